"""What a sound tree is, told naively from parents and ranks, and held against labels and django-mptt's answers."""

from objectives.models import Contract, Objective


def check_sound(contract: Contract) -> None:
    """Asserts that labels, ranks and django-mptt's reads all agree with the parents."""
    nodes = {node.pk: node for node in Objective.objects.of(contract)}
    children: dict[int | None, list[Objective]] = {pk: [] for pk in (None, *nodes)}
    for node in sorted(nodes.values(), key=lambda one: (one.position, one.pk)):
        children[node.parent_id].append(node)
    for siblings in children.values():
        assert [node.position for node in siblings] == list(range(len(siblings)))
    seen: list[Objective] = []
    for root in children[None]:
        _check_branch(root, children, root, [], 1, seen)
    assert len(seen) == len(nodes), "un nœud n’est sous aucune racine"


def _check_branch(
    node: Objective,
    children: dict[int | None, list[Objective]],
    root: Objective,
    above: list[Objective],
    left: int,
    seen: list[Objective],
) -> int:
    """Walks in reading order, counting doors: `lft` on the way in, `rght` on the way out. Returns the next number."""
    seen.append(node)
    first, number = len(seen), left + 1
    for child in children[node.pk]:
        number = _check_branch(child, children, root, [*above, node], number, seen)
    below = seen[first:]
    assert (node.tree_id, node.lft, node.rght, node.depth) == (root.pk, left, number, len(above))
    assert list(node.get_ancestors()) == above
    assert list(node.get_children()) == children[node.pk]
    assert list(node.get_descendants()) == below
    assert node.get_descendant_count() == len(below)
    assert node.is_leaf_node() == (not below)
    assert node.get_root() == root
    assert list(Objective.objects.above(node)) == above
    assert set(Objective.objects.branch(node)) == {node, *below}
    return number + 1
