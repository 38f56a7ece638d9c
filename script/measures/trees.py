"""What officers do to a tree: by our verbs (right, lock, log, revision, labels), and by django-mptt on like rows."""

import time
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median

from django.db import transaction
from mptt.models import MPTTModel
from mptt.utils import get_cached_trees

from document import nodes
from drafts.write import write_draft
from objectives.edits import add_objective, change_objective, move_objective
from objectives.models import Contract, Level, Objective
from objectives.rows import read_tree
from objectives.tree import disordered, relabel
from script.measures.report import Line

#: Roots, branches of each, leaves of each branch: the nodes are about as many as the key says.
SHAPES = {300: (1, 15, 19), 3_000: (1, 50, 59)}
TIMES = 9
LEVELS = tuple(nodes.Level(key=key, name=key, plural=key) for key in ("axe", "orientation", "objectif"))
_serial = count(1)


def measure_trees() -> Iterator[Line]:
    """Each operation on trees of each size, ours and theirs by turns; the median of several times."""
    for size, shape in SHAPES.items():
        ours, theirs = (_Tree(f"{name}-{size}", shape) for name in ("verbes", "mptt"))
        for name, ours_do, theirs_do in (
            ("ajouter", ours.add, theirs.add_barely),
            ("renommer", ours.rename, theirs.rename_barely),
            ("déplacer", ours.move, theirs.move_barely),
            ("renuméroter les bornes", ours.relabel, theirs.rebuild),
            ("lire l’arbre", ours.read, theirs.read_barely),
        ):
            spent = [(_timed(ours_do), _timed(theirs_do)) for _ in range(TIMES)]
            mine, floor = (median(column) for column in zip(*spent, strict=True))
            yield Line(f"{size} nœuds : {name}", f"{1e3 * mine:,.1f} ms", f"{1e3 * floor:,.1f} ms", floor / mine)
        if broken := disordered(Objective.objects.of(ours.contract)):
            raise RuntimeError(f"l’arbre est faux après la mesure : {broken[:3]}")


class _Tree:
    """A contract of one root, with the operations that are measured; what they take is read anew each time."""

    def __init__(self, slug: str, shape: tuple[int, int, int]) -> None:
        self.contract = write_draft(_document(slug, *shape), by=None)
        self.level = Level.objects.get(contract=self.contract, key="objectif")
        self.turns = count()

    def branch(self) -> Objective:
        """A branch, another each time."""
        branches = Objective.objects.of(self.contract).filter(level__key="orientation").order_by("position")
        return branches[next(self.turns) % branches.count()]

    def leaf(self) -> Objective:
        """The first leaf of the next branch."""
        return self.branch().children.order_by("position", "pk")[0]

    def add(self) -> Callable[[], object]:
        """By the verb."""
        under = self.branch()
        return lambda: add_objective(self.contract, level=self.level, title="Nouveau", under=under, by=None)

    def add_barely(self) -> Callable[[], object]:
        """By django-mptt's own insertion."""
        key, under = f"neuf-{next(_serial)}", self.branch()
        added = Objective(contract=self.contract, key=key, level=self.level, title="Nouveau", parent=under)
        return lambda: _save(added)

    def rename(self) -> Callable[[], object]:
        """By the verb."""
        node = self.leaf()
        return lambda: change_objective(node, title=f"Titre {next(_serial)}", by=None, revision=node.revision)

    def rename_barely(self) -> Callable[[], object]:
        """By saving the row."""
        node = self.leaf()
        node.title = f"Titre {next(_serial)}"
        return lambda: _save(node)

    def move(self) -> Callable[[], object]:
        """By the verb."""
        node, under = self.leaf(), self.branch()
        return lambda: move_objective(node, under=under, position=None, by=None, revision=node.revision)

    def move_barely(self) -> Callable[[], object]:
        """By django-mptt's own move."""
        node, under = self.leaf(), self.branch()
        node.parent = under
        return lambda: _save(node)

    def relabel(self) -> Callable[[], object]:
        """Of a tree whose labels are all false."""
        nodes_of = Objective.objects.of(self.contract)
        nodes_of.update(lft=0, rght=0, depth=0)
        return transaction.atomic(lambda: relabel(nodes_of))

    def rebuild(self) -> Callable[[], object]:
        """The same by django-mptt."""
        nodes_of = Objective.objects.of(self.contract)
        nodes_of.update(lft=0, rght=0, depth=0)
        tree = nodes_of.get(parent=None).tree_id
        return transaction.atomic(lambda: Objective.objects.partial_rebuild(tree))

    def read(self) -> Callable[[], object]:
        """As values, with all that hangs on the objectives."""
        return lambda: read_tree(Objective.objects.of(self.contract))

    def read_barely(self) -> Callable[[], object]:
        """As rows, with nothing that hangs on them."""
        return lambda: get_cached_trees(Objective.objects.of(self.contract))


def _save(node: Objective) -> None:
    """What an application that leaves the tree to django-mptt does; ours refuses it."""
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=node.contract_id)
        MPTTModel.save(node)


def _timed(prepare: Callable[[], Callable[[], object]]) -> float:
    operation = prepare()
    start = time.perf_counter()
    operation()
    return time.perf_counter() - start


def _document(slug: str, roots: int, branches: int, leaves: int) -> nodes.Document:
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
