"""The few elements of WordprocessingML that a paper needs, and how one of them is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LINE = 1.3  # the distance between two lines, in sizes of type; fixed, so that every machine breaks pages alike
GREY, BORDER = "EDF1F5", "8A97A5"


def element(tag: str, *children: Any, **attributes: object) -> Any:
    """An element such as ``w:p`` with its ``w:`` attributes and children."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def twips(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * 20)


def runs(text: str, *properties: Any) -> list[Any]:
    """A text of one or several lines as one run; nothing in it is a field, a link or markup."""
    run = element("r")
    if properties:
        run.append(element("rPr", *properties))
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(element("br"))
        shown = element("t")
        shown.text = line
        shown.set(qn("xml:space"), "preserve")
        run.append(shown)
    return [run]


def field_runs(code: str) -> list[Any]:
    """A field that Word fills in: ``PAGE`` or ``NUMPAGES``."""
    instruction = element("instrText")
    instruction.text = code
    marks = [element("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end")]
    number = element("t")
    number.text = "1"
    return [element("r", part) for part in (marks[0], instruction, marks[1], number, marks[2])]


def type_of(points: float) -> Any:
    """A size of type as a run's property."""
    return element("sz", val=round(points * 2))


def paragraph(
    content: Iterable[Any],
    *,
    style: str = "",
    align: str = "",
    line: float | None = None,
    before: float = 0.0,
    after: float = 0.0,
    keep: bool = False,
) -> Any:
    """A paragraph; ``line``, ``before`` and ``after`` in points."""
    properties = element("pPr")
    if style:
        properties.append(element("pStyle", val=style))
    if keep:
        properties.append(element("keepNext"))
    if line is not None:
        spacing = {"before": twips(before), "after": twips(after), "line": twips(line), "lineRule": "exact"}
        properties.append(element("spacing", **spacing))
    if align:
        properties.append(element("jc", val=align))
    return element("p", properties, *content)


def cell(
    paragraphs: Iterable[Any], wide: float, *, span: int = 1, grey: bool = False, low: bool = False, line: bool = False
) -> Any:
    """A cell ``wide`` points; ``low``: its text stands at the bottom; ``line``: to sign on, under it."""
    properties = element("tcPr", element("tcW", w=twips(wide), type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=span))
    if line:
        properties.append(element("tcBorders", _edge("bottom")))
    if grey:
        properties.append(element("shd", val="clear", color="auto", fill=GREY))
    if low:
        properties.append(element("vAlign", val="bottom"))
    return element("tc", properties, *paragraphs)


def row(cells: Iterable[Any], *, heading: bool = False, whole: bool = False, height: float = 0.0) -> Any:
    """A row; a heading is repeated on every page, a whole one stays on one page; ``height`` at least, in points."""
    properties = element("trPr")
    if whole or heading:
        properties.append(element("cantSplit"))
    if heading:
        properties.append(element("tblHeader"))
    if height:
        properties.append(element("trHeight", val=twips(height), hRule="atLeast"))
    return element("tr", *([properties] if len(properties) else []), *cells)


def grid(rows: Iterable[Any], widths: Iterable[float], *, size: float, lines: bool = True) -> Any:
    """A table of fixed columns, ``widths`` in points, for type of ``size``; with or without lines."""
    columns = list(widths)
    sides, high = twips(size * 0.42), twips(size * 0.13)
    properties = element(
        "tblPr",
        element("tblW", w=twips(sum(columns)), type="dxa"),
        element("jc", val="center"),
        *([_borders()] if lines else []),
        element("tblLayout", type="fixed"),
        element(
            "tblCellMar",
            element("top", w=high, type="dxa"),
            element("left", w=sides if lines else 0, type="dxa"),
            element("bottom", w=high, type="dxa"),
            element("right", w=sides if lines else 0, type="dxa"),
        ),
    )
    return element("tbl", properties, element("tblGrid", *(element("gridCol", w=twips(w)) for w in columns)), *rows)


def _borders() -> Any:
    return element("tblBorders", *map(_edge, ("top", "left", "bottom", "right", "insideH", "insideV")))


def _edge(side: str) -> Any:
    return element(side, val="single", sz=4, space=0, color=BORDER)
