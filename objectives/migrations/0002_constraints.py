"""Nodes keep to their contract, and the change log only grows: held by the database."""

from django.db import migrations

from objectives.constraints import freeze, keep_in_contract


class Migration(migrations.Migration):
    dependencies = [("objectives", "0001_initial")]
    operations = [
        migrations.RunPython(*keep_in_contract("objectives_objective", "parent_id", "objectives_objective")),
        migrations.RunPython(*keep_in_contract("objectives_objective", "level_id", "objectives_level")),
        migrations.RunPython(*keep_in_contract("objectives_declaredcount", "objective_id", "objectives_objective")),
        migrations.RunPython(*freeze("objectives_change", "revision")),
    ]
