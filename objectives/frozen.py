"""Rows that are added and never change nor go: the change log, publications. `constraints.freeze` holds it too."""

from typing import Any, NoReturn

from django.db import models


class Frozen(TypeError):
    """An attempt to alter a row that is kept for ever."""


class FrozenQuerySet(models.QuerySet[Any]):
    """Reads, and additions; the rest is refused."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise _refusal(self.model)

    update = bulk_update = delete = _refuse


class FrozenRow(models.Model):
    """A row that is saved once."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; refuses to change one."""
        if not self._state.adding:
            raise _refusal(type(self))
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise _refusal(type(self))


def _refusal(model: type[models.Model]) -> Frozen:
    return Frozen(f"{model._meta.verbose_name} : une ligne enregistrée ne se modifie ni ne se supprime.")
