"""What WeasyPrint's tags still lack for PDF/UA: running heads as artifacts, names of links, scopes of headers."""

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf
from weasyprint import Document


def finish_tags(document: Document, pdf: pydyf.PDF, names: Mapping[str, str]) -> None:
    """Mends the tags of a PDF that is about to be written; `names` gives what an anchor leads to, in words."""
    objects = {one.reference: one for one in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    elements = list(_elements(root, objects))
    _set_scopes(elements, objects)
    _make_artifacts(pdf, root, objects, {element.reference for element in elements})
    _name_links(document, names)
    _relate_attachments(pdf)


def _elements(root: pydyf.Dictionary, objects: Mapping[bytes, Any]) -> Iterator[pydyf.Dictionary]:
    """Every element of the structure, the root left out."""
    stack = list(root["K"])
    while stack:
        kid = stack.pop()
        # Kids are references to elements or to annotations, and numbers of marked contents.
        element = objects[kid] if isinstance(kid, bytes) else {}
        if element.get("Type") == "/StructElem":
            yield element
            stack.extend(element["K"])


def _set_scopes(elements: list[pydyf.Dictionary], objects: Mapping[bytes, Any]) -> None:
    """A header beside cells heads its row, one among headers its column; WeasyPrint itself only writes ids."""
    for row in elements:
        if row["S"] == "/TR":
            cells = [objects[kid] for kid in row["K"] if isinstance(kid, bytes)]
            scope = "/Row" if any(cell["S"] == "/TD" for cell in cells) else "/Column"
            for cell in cells:
                if cell["S"] == "/TH":
                    cell["A"]["Scope"] = scope


def _make_artifacts(pdf: pydyf.PDF, root: pydyf.Dictionary, objects: Mapping[bytes, Any], known: set[bytes]) -> None:
    """Text that belongs to no element of the structure, which is that of the page margins, becomes pagination."""
    numbers = objects[root["ParentTree"]]["Nums"]
    pages = pdf.page_references
    for number, entries in zip(numbers[::2], numbers[1::2], strict=True):
        if not isinstance(entries, pydyf.Array):
            continue
        loose = {rank for rank, reference in enumerate(entries) if reference not in known}
        stream = objects[objects[pages[number]]["Contents"]].stream
        for rank, part in enumerate(stream):
            if isinstance(part, pydyf.Dictionary) and part.get("MCID") in loose:
                stream[rank - 1] = "/Artifact"
                stream[rank] = pydyf.Dictionary({"Type": "/Pagination"})
        for rank in loose:
            entries[rank] = "null"


def _name_links(document: Document, names: Mapping[str, str]) -> None:
    """The text that a screen reader says of a link is what it leads to, not the name of its anchor."""
    for page in document.pages:
        for _, target, _, box in page.links:
            if box.link_annotation and target in names:
                box.link_annotation["Contents"] = pydyf.String(names[target])


def _relate_attachments(pdf: pydyf.PDF) -> None:
    """The files attached are data of the whole document; WeasyPrint says so, and only in part, in PDF/A alone."""
    files = [one for one in pdf.objects if isinstance(one, pydyf.Dictionary) and one.get("Type") == "/Filespec"]
    for one in files:
        one["AFRelationship"] = "/Data"
    if files:
        pdf.catalog["AF"] = pydyf.Array([one.reference for one in files])
