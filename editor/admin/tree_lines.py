"""The lines of the tree page: one contract's objectives in reading order, what each holds, and what a filter keeps."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from django import forms
from django.db.models import Count

from document.checks import Finding
from editor.forms.item_rows import KINDS
from editor.reading.outline import Branch, Outline
from editor.reading.search import bare
from editor.reading.stepping import DIRECTIONS, aim
from objectives.models import Contract, ObjectiveTag
from publications.entries import tag_form

#: Above so many objectives only the first level is open at first.
OPEN_LIMIT = 150
#: Above so many, what is closed is not sent at all: three thousand lines weigh five megabytes.
SEEN_LIMIT = 600


@dataclass(slots=True, eq=False)
class Line:
    """One line: an objective, the name of its level, what it holds; `closes`: how many lists end after it."""

    node: Branch
    level: str
    counts: list[tuple[int, str]]
    tags: list[str]
    #: How many findings of the checks are about it, and whether one of them is grave.
    findings: int = 0
    is_grave: bool = False
    #: Whether it answers the filter itself, or only leads to one that does.
    is_found: bool = True
    is_open: bool = True
    #: How many below it are left out of the page.
    unseen: int = 0
    has_shown_children: bool = False
    closes: list[int] = field(default_factory=list)

    @property
    def moves(self) -> dict[str, bool]:
        """Which way it can go."""
        return {name: aim(self.node, name) is not None for name in DIRECTIONS}


class TreeFilter(forms.Form):
    """What the tree page shows: a level, a tag, words."""

    level = forms.ChoiceField(label="Niveau", required=False)
    tag = forms.ChoiceField(label="Étiquette", required=False)
    q = forms.CharField(label="Mots", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    at = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    open = forms.ChoiceField(required=False, choices=[("", ""), ("all", "all"), ("roots", "roots")])

    def __init__(self, data: object, contract: Contract, outline: Outline) -> None:
        super().__init__(data, label_suffix="")
        tags = sorted(contract.tags.values_list("name", flat=True), key=tag_form)
        self.fields["tag"].choices = [("", "Toutes"), *((name, name) for name in tags)]
        self.fields["level"].choices = [("", "Tous"), *((one.key, one.plural) for one in outline.levels.values())]

    @property
    def is_active(self) -> bool:
        """Whether something is asked."""
        return any(self.cleaned_data[name] for name in ("level", "tag", "q"))


def read_lines(contract: Contract, outline: Outline, asked: TreeFilter, findings: Iterable[Finding]) -> list[Line]:
    """The lines to show, in reading order; a fixed number of queries whatever the size of the tree."""
    tags: dict[int, list[str]] = defaultdict(list)
    rows = ObjectiveTag.objects.filter(objective__contract=contract).order_by("position", "pk")
    for pk, name in rows.values_list("objective_id", "tag__name"):
        tags[pk].append(name)
    counts: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for kind in KINDS:
        found = kind.model.objects.filter(contract=contract).order_by().values("objective_id")
        for pk, number in found.annotate(number=Count("pk")).values_list("objective_id", "number"):
            counts[pk].append((number, kind.words))
    levels = {pk: level.name for pk, level in outline.levels.items()}
    lines = [Line(node, levels[node.level_id], counts[node.pk], tags[node.pk]) for node in outline.nodes]
    found_on = Counter(finding.key for finding in findings)
    grave_on = {finding.key for finding in findings if finding.severity == "grave"}
    for line in lines:
        line.findings, line.is_grave = found_on[line.node.key], line.node.key in grave_on
    return _nested(_kept(lines, outline, asked), asked)


def _kept(lines: list[Line], outline: Outline, asked: TreeFilter) -> list[Line]:
    """Those that answer the filter, with those that lead to them."""
    data = asked.cleaned_data
    words = bare(data["q"]).split()
    levels = {pk: level.key for pk, level in outline.levels.items()}

    def answers(line: Line) -> bool:
        text = bare(f"{line.node.code or ''} {line.node.title}")
        return (
            data["level"] in ("", levels[line.node.level_id])
            and (not data["tag"] or data["tag"] in line.tags)
            and all(word in text for word in words)
        )

    kept: set[int] = set()
    for line in lines:
        line.is_found = answers(line)
        if line.is_found:
            kept |= {line.node.pk, *(node.pk for node in line.node.above)}
    return [line for line in lines if line.node.pk in kept]


def _nested(lines: list[Line], asked: TreeFilter) -> list[Line]:
    """Says of each line whether a list begins or lists end after it, and whether its list is open.

    Of a huge tree, what is closed is left out: `unseen` says how many, and a link opens that branch.
    """
    data = asked.cleaned_data
    whole = asked.is_active or data["open"] == "all"
    closed = data["open"] == "roots" or (len(lines) > OPEN_LIMIT and not whole)
    at = {node.pk for line in lines if line.node.key == data["at"] for node in (*line.node.above, line.node)}
    for line in lines:
        line.is_open = not closed or line.node.pk in at
    if len(lines) > SEEN_LIMIT and not asked.is_active:
        is_open = {line.node.pk: line.is_open and (not whole or line.node.pk in at) for line in lines}
        lines = [line for line in lines if all(is_open[node.pk] for node in line.node.above)]
        for line in lines:
            line.unseen = 0 if is_open[line.node.pk] else len(line.node.all) - 1
    for line, following in zip_longest(lines, lines[1:]):
        depth = following.node.depth if following else 0
        line.has_shown_children = depth > line.node.depth
        line.closes = list(range(max(0, line.node.depth - depth)))
    return lines
