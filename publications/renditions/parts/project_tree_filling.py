"""Fills panels one after the other with roots and bands, and places what is in one."""

from collections.abc import Callable

from publications.renditions.parts.project_tree_bands import Band, PlacedBand, Unit, band_height, place_band
from publications.renditions.parts.project_tree_layout import ROOTS, Placed, Setting
from publications.renditions.parts.project_tree_twigs import Twig


def fill(
    setting: Setting, units: list[Unit], room_of: Callable[[int], float], *, is_whole: bool, limit: int | None
) -> list[list[Unit]] | None:
    """What is in each panel; None where it takes more than `limit` of them, or where a title is too high for one.

    `room_of` gives the height of the panel of that rank. `is_whole`: no root is cut that holds in a panel.
    """
    panels: list[list[Unit]] = [[]]
    used = 0.0
    stack = list(reversed(units))
    while stack:
        unit = stack.pop()
        full = room_of(len(panels) - 1)
        before = gap_before(setting, panels[-1], unit)
        free = full - used - before
        height = height_of(setting, unit)
        if height <= free:
            panels[-1].append(unit)
            used += before + height
            continue
        head, tail = None, unit
        if isinstance(unit, Twig) and not (is_whole and height <= room_of(len(panels)) and panels[-1]):
            head, tail = setting.cut(unit, free, room_of(len(panels)))
        if head is None and not panels[-1]:
            return None
        if head is not None:
            panels[-1].append(head)
        if limit is not None and len(panels) == limit:
            return None
        panels.append([])
        used = 0.0
        stack.append(tail)
    return panels


def fill_anyhow(setting: Setting, units: list[Unit], room_of: Callable[[int], float]) -> list[list[Unit]]:
    """The same for titles that are too high: nothing is refused, one leaf at least is on a page."""
    panels: list[list[Unit]] = []
    stack = list(reversed(units))
    while stack:
        unit = stack.pop()
        head, tail = (
            setting.cut(unit, room_of(len(panels)), room_of(len(panels))) if isinstance(unit, Twig) else (unit, None)
        )
        if head is None and isinstance(unit, Twig):
            head, tail = setting.shear(unit)
        panels.append([head])
        if tail is not None:
            stack.append(tail)
    return panels


def height_of(setting: Setting, unit: Unit) -> float:
    """From top to bottom."""
    return setting.height(unit) if isinstance(unit, Twig) else band_height(setting, unit)


def gap_before(setting: Setting, panel: list[Unit], unit: Unit) -> float:
    """White over it: none at the top of a panel, less between two bands of the same."""
    if not panel:
        return 0.0
    follows = isinstance(unit, Band) and not unit.title and isinstance(panel[-1], Band)
    return ROOTS * setting.size * setting.stretch * (0.5 if follows else 1.0)


def place_all(setting: Setting, units: list[Unit], x: float, y: float) -> list[Placed | PlacedBand]:
    """What is in a panel, from its top down."""
    placed: list[Placed | PlacedBand] = []
    for rank, unit in enumerate(units):
        y += gap_before(setting, units[:rank], unit)
        if isinstance(unit, Twig):
            placed.append(setting.place(unit, x, y + setting.extent(unit)[0]))
        else:
            placed.append(place_band(setting, unit, x, y))
        y += height_of(setting, unit)
    return placed
