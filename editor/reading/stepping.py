"""The steps that an objective can make in its tree: up, down, out, in."""

from editor.reading.outline import Branch

#: Each with the button that does it, and what is said once it is done.
DIRECTIONS = {
    "up": ("Monter", "est monté"),
    "down": ("Descendre", "est descendu"),
    "out": ("Désindenter", "est sorti d’un niveau"),
    "in": ("Indenter", "est entré d’un niveau"),
}


def aim(node: Branch, direction: str) -> tuple[Branch | None, int | None] | None:
    """Where a step leads: under which objective (None: a root), at which rank (None: last); None: nowhere."""
    last = len(node.siblings) - 1
    if direction == "up":
        return (node.parent, node.position - 1) if node.position else None
    if direction == "down":
        return (node.parent, node.position + 1) if node.position < last else None
    if direction == "in":
        return (node.before, None) if node.before else None
    return (node.parent.parent, node.parent.position + 1) if node.parent else None
