"""Every way the tags of a contract may change: the schemes and themes by which its objectives are found."""

from accounts.models import User
from document.nodes import WORD_LENGTH
from objectives.changes import Entry, Refused, changing
from objectives.marks import bearers_of, touch_bearers
from objectives.models import Contract, Tag
from objectives.staleness import check_since

VERBS = ("add_tag", "change_tag", "delete_tag", "restore_tag")


def add_tag(contract: Contract, *, name: str, by: User | None) -> Tag:
    """Adds a tag. Raises Refused for a name that is empty, too long or taken."""
    with changing(contract, "add_tag", by=by) as entry:
        tag = Tag.objects.create(contract=entry.contract, name=_free_name(entry.contract, name))
        entry.key, entry.after = tag.name, {"name": tag.name}
    return tag


def change_tag(tag: Tag, *, name: str, by: User | None, revision: int | None) -> Tag:
    """Renames a tag wherever it is borne; `revision` is the contract's when it was shown. Raises Stale, Refused."""
    with changing(tag.contract, "change_tag", by=by) as entry:
        kept = _kept(tag, entry, revision)
        entry.before = {"name": kept.name}
        kept.name = _free_name(entry.contract, name, but=kept)
        kept.save(update_fields=["name"])
        touch_bearers(kept, entry.revision)
        entry.key, entry.after = kept.name, {"name": kept.name}
    return kept


def delete_tag(tag: Tag, *, by: User | None, revision: int | None) -> int:
    """Deletes a tag and takes it off its objectives; returns how many bore it. Raises Stale, Refused."""
    with changing(tag.contract, "delete_tag", by=by) as entry:
        kept = _kept(tag, entry, revision)
        bearers = bearers_of(kept)
        entry.key, entry.before = kept.name, {"name": kept.name, "objectives": bearers}
        touch_bearers(kept, entry.revision)
        kept.delete()
    return len(bearers)


def _kept(tag: Tag, entry: Entry, revision: int | None) -> Tag:
    kept: Tag = entry.kept(tag)
    check_since(entry.contract, kept, verbs=VERBS, key=kept.name, revision=revision)
    return kept


def _free_name(contract: Contract, name: str, but: Tag | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused({"name": "Nommez cette étiquette."})
    if len(name) > WORD_LENGTH:
        raise Refused({"name": f"Ce nom a {len(name)} caractères ; la limite est de {WORD_LENGTH}."})
    others = Tag.objects.filter(contract=contract, name=name)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise Refused({"name": f"Ce contrat a déjà une étiquette « {name} »."})
    return name
