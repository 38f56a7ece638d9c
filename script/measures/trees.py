"""What officers do to a tree: by our verbs (right, lock, log, revision, labels), and by django-mptt on like rows."""

import time
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median
from typing import Any

from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from mptt.models import MPTTModel, TreeForeignKey
from mptt.utils import get_cached_trees

from document import nodes
from drafts.write import write_draft
from objectives.edits import add_objective, change_objective, move_objective
from objectives.models import Contract, Level, Objective
from objectives.rows import read_tree
from objectives.tree import disordered, relabel
from script.measures.report import Line

#: Roots, branches of each, leaves of each branch: the nodes are about as many as the key says.
SHAPES = {300: (1, 15, 19), 3_000: (1, 50, 59), 30_000: (1, 100, 299)}
#: The least ratio wished for of django-mptt's bare move to ours, by size.
MOVES = {3_000: 1 / 1.2, 30_000: 1 / 1.6}
#: Up to so many nodes whole trees are read and relabelled too: above, django-mptt takes minutes.
WHOLE = 3_000
TIMES = 5
#: So many contracts in the database, of so many nodes each, and one that is edited.
CROWD, CROWD_SHAPE = 434, (1, 10, 9)
LEVELS = tuple(nodes.Level(key=key, name=key, plural=key) for key in ("axe", "orientation", "objectif"))
_serial = count(1)

Operation = Callable[[], object]


class BareNode(MPTTModel):
    """A row of an objective as an application holds it that leaves its tree to django-mptt."""

    contract = models.ForeignKey(Contract, on_delete=models.DO_NOTHING, related_name="+")
    parent = TreeForeignKey("self", null=True, on_delete=models.DO_NOTHING, related_name="children")
    level = models.ForeignKey(Level, on_delete=models.DO_NOTHING, related_name="+")
    key = models.TextField()
    code = models.TextField(null=True)
    title = models.TextField()
    description = models.TextField(default="")
    transversal = models.BooleanField(default=False)
    remarks = models.JSONField(default=list)
    position = models.IntegerField(default=0)
    revision = models.IntegerField(default=0)

    class Meta:
        managed = False
        app_label = "objectives"
        db_table = Objective._meta.db_table

    class MPTTMeta:
        level_attr = "depth"

    def __str__(self) -> str:
        return self.title


def measure_trees() -> Iterator[Line]:
    """Each operation on trees of each size, ours and theirs by turns; the median of several times."""
    queries: dict[str, dict[int, int]] = {name: {} for name in ("ajouter", "renommer", "déplacer")}
    for size, shape in SHAPES.items():
        ours, theirs = (_Tree(f"{name}-{size}", shape) for name in ("verbes", "mptt"))
        operations = [
            ("ajouter", ours.add, theirs.add_barely),
            ("renommer", ours.rename, theirs.rename_barely),
            ("déplacer", ours.move, theirs.move_barely),
            ("recalculer les bornes", ours.relabel, theirs.rebuild),
            ("lire l’arbre", ours.read, theirs.read_barely),
        ]
        for name, ours_do, _ in operations[:3]:
            queries[name][size] = _counted(ours_do)
        for name, ours_do, theirs_do in operations if size <= WHOLE else operations[:3]:
            spent = [(_timed(ours_do), _timed(theirs_do)) for _ in range(TIMES)]
            mine, floor = (median(column) for column in zip(*spent, strict=True))
            wished = MOVES.get(size) if name == "déplacer" else None
            figures = f"{1e3 * mine:,.1f} ms", f"{1e3 * floor:,.1f} ms", floor / mine
            yield Line(f"{size} nœuds : {name}", *figures, wished=wished)
        if broken := disordered(Objective.objects.of(ours.contract)):
            raise RuntimeError(f"l’arbre est faux après la mesure : {broken[:3]}")
    for name, counts in queries.items():
        few, many = counts[min(counts)], counts[max(counts)]
        said = f"{name} : requêtes à {max(counts):,} nœuds, puis à {min(counts):,}"
        yield Line(said, f"{many}", f"{few}", few / many, wished=1)
    yield from _measure_crowd()


def _measure_crowd() -> Iterator[Line]:
    """The same gestures in one contract, among those measured before and then among hundreds: the quickest of many."""
    tree = _Tree("seul", SHAPES[300])
    gestures = {"ajouter": tree.add, "renommer": tree.rename, "déplacer": tree.move}
    alone = {name: min(_timed(do) for _ in range(4 * TIMES)) for name, do in gestures.items()}
    for rank in range(CROWD):
        write_draft(document_of(f"autre-{rank}", *CROWD_SHAPE), by=None)
    for name, do in gestures.items():
        crowded, floor = min(_timed(do) for _ in range(4 * TIMES)), alone[name]
        said = f"{name} parmi {CROWD + 1} contrats, puis parmi peu"
        yield Line(said, f"{1e3 * crowded:,.1f} ms", f"{1e3 * floor:,.1f} ms", floor / crowded, wished=0.8)


class _Tree:
    """A contract of one root, with the operations that are measured; what they take is read anew each time."""

    def __init__(self, slug: str, shape: tuple[int, int, int]) -> None:
        self.contract = write_draft(document_of(slug, *shape), by=None)
        self.level = Level.objects.get(contract=self.contract, key="objectif")
        self.turns = count()

    def branch(self, model: type[Any] = Objective) -> Any:
        """A branch, another each time."""
        branches = model.objects.filter(contract=self.contract, level__key="orientation").order_by("position")
        return branches[next(self.turns) % branches.count()]

    def leaf(self, model: type[Any] = Objective) -> Any:
        """The first leaf of the next branch."""
        return self.branch(model).children.order_by("position", "pk")[0]

    def add(self) -> Operation:
        """By the verb."""
        under = self.branch()
        return lambda: add_objective(self.contract, level=self.level, title="Nouveau", under=under, by=None)

    def add_barely(self) -> Operation:
        """By django-mptt's own insertion."""
        key, under = f"neuf-{next(_serial)}", self.branch(BareNode)
        node = BareNode(contract=self.contract, key=key, level=self.level, title="Nouveau", parent=under)
        return lambda: self.locked(node.save)

    def rename(self) -> Operation:
        """By the verb."""
        node = self.leaf()
        return lambda: change_objective(node, title=f"Titre {next(_serial)}", by=None, revision=node.revision)

    def rename_barely(self) -> Operation:
        """By saving the row."""
        node = self.leaf(BareNode)
        node.title = f"Titre {next(_serial)}"
        return lambda: self.locked(node.save)

    def move(self) -> Operation:
        """By the verb."""
        node, under = self.leaf(), self.branch()
        return lambda: move_objective(node, under=under, position=None, by=None, revision=node.revision)

    def move_barely(self) -> Operation:
        """By django-mptt's own move."""
        node, under = self.leaf(BareNode), self.branch(BareNode)
        return lambda: self.locked(lambda: node.move_to(under, "last-child"))

    def relabel(self) -> Operation:
        """Of a tree whose labels are all false."""
        self.spoil()
        return lambda: self.locked(lambda: relabel(Objective.objects.of(self.contract)))

    def rebuild(self) -> Operation:
        """The same by django-mptt."""
        self.spoil()
        tree = BareNode.objects.get(contract=self.contract, parent=None).tree_id
        return lambda: self.locked(lambda: BareNode.objects.partial_rebuild(tree))

    def read(self) -> Operation:
        """As values, with all that hangs on the objectives."""
        return lambda: read_tree(Objective.objects.of(self.contract))

    def read_barely(self) -> Operation:
        """As rows, with nothing that hangs on them."""
        return lambda: get_cached_trees(BareNode.objects.filter(contract=self.contract))

    def spoil(self) -> None:
        """Makes all labels false."""
        BareNode.objects.filter(contract=self.contract).update(lft=0, rght=0, depth=0)

    def locked(self, change: Operation) -> None:
        """The change in a transaction, under the lock without which django-mptt corrupts trees."""
        with transaction.atomic():
            Contract.objects.select_for_update().get(pk=self.contract.pk)
            change()


def _counted(prepare: Callable[[], Operation]) -> int:
    operation = prepare()
    with CaptureQueriesContext(connection) as queries:
        operation()
    return len(queries)


def _timed(prepare: Callable[[], Operation]) -> float:
    operation = prepare()
    start = time.perf_counter()
    operation()
    return time.perf_counter() - start


def document_of(slug: str, roots: int, branches: int, leaves: int) -> nodes.Document:
    """A document of that many roots, branches of each, leaves of each branch."""

    def objective(key: str, depth: int, children: tuple[nodes.Objective, ...] = ()) -> nodes.Objective:
        return nodes.Objective(key=key, level=LEVELS[depth].key, title=f"Objectif {key}", children=children)

    tree = tuple(
        objective(
            f"{root}",
            0,
            tuple(
                objective(f"{root}-{one}", 1, tuple(objective(f"{root}-{one}-{leaf}", 2) for leaf in range(leaves)))
                for one in range(branches)
            ),
        )
        for root in range(roots)
    )
    head = nodes.Contract(slug=slug, title=slug, territory="Mesures")
    return nodes.Document(contract=head, levels=LEVELS, objectives=tree)
