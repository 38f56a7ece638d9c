"""The PDF of Alès, made cold, against WeasyPrint on bare HTML of the contract’s text, then of all that it prints."""

import gc
import time
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from weasyprint import HTML

from document.nodes import Document
from document.walk import walk
from publications.editions import edition_of
from publications.models import Publication
from publications.renditions.pdf import Contents, render_pdf, write_html
from script.measures.report import Line
from script.measures.serving import SLUG

TIMES = 2


def measure_prints() -> Iterator[Line]:
    """Ours and theirs by turns; the shortest of several times, since nothing makes a render shorter than it is."""
    edition = edition_of(Publication.objects.get(contract__slug=SLUG, number=1))
    html = bare_html(edition.document)
    # Memory first: what a render has let go of, the next one takes again without asking for more.
    start = _memory("VmRSS")
    least, most = (_peak(one) - start for one in (HTML(string=html).write_pdf, lambda: render_pdf(edition)))
    spent = [(_timed(lambda: render_pdf(edition)), _timed(HTML(string=html).write_pdf)) for _ in range(TIMES)]
    ours, floor = (min(column) for column in zip(*spent, strict=True))
    yield Line("PDF d’Alès, à froid", f"{ours:,.2f} s", f"{floor:,.2f} s", floor / ours, wished=0.5)
    unstyled = HTML(string=write_html(edition, Contents(edition.document))).write_pdf
    bare = min(_timed(unstyled) for _ in range(TIMES))
    yield Line("… contre la même page sans style ni balises", f"{ours:,.2f} s", f"{bare:,.2f} s", bare / ours)
    yield Line("PDF d’Alès, mémoire", f"{most} Mo", f"{least} Mo", least / most)


def bare_html(document: Document) -> str:
    """Every text of the document as headings, paragraphs and lists, without a style."""
    blocks = [f"<h1>{escape(document.contract.title)}</h1>"]
    for place in walk(document):
        node, rank = place.objective, min(place.depth + 2, 6)
        title = escape(f"{node.code} {node.title}" if node.code else node.title)
        blocks.append(f"<h{rank}>{title}</h{rank}>")
        texts = [node.description, *(note.text for note in node.notes), *(one.text for one in node.references)]
        blocks += [f"<p>{escape(text)}</p>" for text in (*texts, *node.remarks) if text]
        items = [f"{one.code or ''} {one.title}" for one in node.actions]
        items += [one.text for one in node.clauses] + [one.title for one in node.indicators]
        if items:
            blocks.append(f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>")
    return f'<!doctype html><html lang="fr"><body>{"".join(blocks)}</body></html>'


def _timed(render: Callable[[], object]) -> float:
    start = time.perf_counter()
    render()
    return time.perf_counter() - start


def _peak(render: Callable[[], object]) -> int:
    """The most memory that this process holds at once during a render, in megabytes (Linux counts it)."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # forgets the peak so far
    render()
    return _memory("VmHWM")


def _memory(name: str) -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0]) // 1000
