"""What was done to an objective and to all it holds, or to a whole contract: the rows of the log, the latest first."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.timezone import is_naive, make_aware

from accounts.models import User
from objectives.items import Item
from objectives.models import Change, Contract, Objective

#: Verbs whose key names an objective or an item: levels and tags have names of their own, which may be alike.
TREE = tuple(
    f"{verb}_{thing}"
    for verb in ("add", "change", "move", "delete", "restore")
    for thing in ("objective", "action", "clause", "indicator")
) + ("copy_branch",)
#: Those that say of a whole branch what they do to each of its objectives.
BRANCH = ("delete_objective", "restore_objective", "copy_branch")


def history(
    contract: Contract,
    *,
    key: str | None = None,
    by: User | None = None,
    since: date | datetime | None = None,
    until: date | datetime | None = None,
) -> QuerySet[Change]:
    """The changes of a contract, or of the objective or item of that key with what it holds or held, the latest first.

    `by`: one person's. `since` and `until` are days, both included, or moments. With who did it, in one query.
    """
    changes = Change.objects.filter(contract=contract).select_related("by").order_by("-revision")
    if key is not None:
        changes = changes.filter(_about(contract, key))
    if by is not None:
        changes = changes.filter(by=by)
    if since is not None:
        changes = changes.filter(at__gte=_moment(since))
    if until is not None:
        day = not isinstance(until, datetime)
        changes = changes.filter(Q(at__lt=_moment(until + timedelta(days=1))) if day else Q(at__lte=_moment(until)))
    return changes


def _moment(given: date | datetime) -> datetime:
    moment = given if isinstance(given, datetime) else datetime.combine(given, time())
    return make_aware(moment) if is_naive(moment) else moment


def _text(path: str) -> Cast:
    return Cast(KT(path), TextField())


def _about(contract: Contract, key: str) -> Q:
    """The rows of the thing itself, of what it holds, of what came, left and went there, and of what held it."""
    log = Change.objects.filter(contract=contract, verb__in=TREE).order_by()
    node = Objective.objects.of(contract).filter(key=key).first()
    branch = Objective.objects.branch(node).order_by().values("key") if node is not None else [key]
    places = {
        f"was_{when}_{name}": _text(f"{when}__{name}")
        for when in ("before", "after")
        for name in ("under", "objective")
    }
    there = Q(*((f"{name}__in", branch) for name in places), _connector=Q.OR)
    held = log.annotate(**places).filter(there)
    gone = held.filter(verb__startswith="delete_").values("key")
    about = Q(key__in=branch) | Q(pk__in=held.values("pk")) | Q(key__in=gone)
    for model in Item.__subclasses__():
        items = model.objects.filter(contract=contract, objective__key__in=branch)
        about |= Q(key__in=items.order_by().values("key"))
    about &= Q(verb__in=TREE)
    if node is not None:
        about |= Q(verb__in=BRANCH, key__in=Objective.objects.above(node).order_by().values("key"))
    return about | Q(verb="renumber", after__has_key=key) | Q(verb="write_draft")
