"""Deletes rows with all that hangs on them, one statement a table, and tells what the rest of the draft loses."""

from typing import Any

from django.db.models import CASCADE, QuerySet

from document.codec import plain
from objectives.models import Citation, ObjectiveQuerySet
from objectives.rows import read_references


def delete_rows(rows: QuerySet[Any]) -> None:
    """Deletes those rows and, first, all that cascades from them; the number of statements is that of the tables."""
    for relation in rows.model._meta.related_objects:
        if relation.on_delete is CASCADE:
            hanging = relation.related_model._base_manager
            delete_rows(hanging.filter(**{f"{relation.field.name}__in": rows}))
    rows._raw_delete(rows.db)


def release_citing(branch: ObjectiveQuerySet, gone: set[str], revision: int) -> list[dict[str, Any]]:
    """What refers to those objectives from elsewhere, as it was: `key` and `references`, as a verb takes them again.

    It is about to lose targets, so it takes that revision. `gone` are the keys that go themselves.
    """
    found = []
    for model in Citation.__subclasses__():
        owners = model._meta.get_field(model.OWNER).related_model.objects.filter(references__targets__in=branch)
        references = read_references(model, model.objects.filter(**{f"{model.OWNER}__in": owners}))
        for pk, key in owners.order_by("key").values_list("pk", "key").distinct():
            if key not in gone:
                found.append({"key": key, "references": plain(tuple(references[pk]))})
        owners.update(revision=revision)
    return found
