"""Actions and clauses keep to the contract of their objective: held by the database."""

from django.db import migrations

from objectives.constraints import keep_in_contract


class Migration(migrations.Migration):
    dependencies = [("actions", "0001_initial"), ("objectives", "0002_constraints")]
    operations = [
        migrations.RunPython(*keep_in_contract("actions_action", "objective_id", "objectives_objective")),
        migrations.RunPython(*keep_in_contract("actions_clause", "objective_id", "objectives_objective")),
    ]
