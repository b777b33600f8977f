"""Typesets a paper as PDF with fonts that come with the product; the machine's own fonts are never looked at."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext

from huiyin.documents.rules.columns import READABLE, SIZES, table_size
from huiyin.documents.rules.paper import Paper
from huiyin.documents.rules.plain import as_json, clean_paper

if TYPE_CHECKING:
    import typst

PDF_MIME = "application/pdf"
LARGE = 3_000  # cells of a table; above, reading aids (tags) would make the file ten times as large
REMEMBERED = 11  # papers that the typesetter keeps in memory
SPARE = 0.5  # points of type, as another font may be wider than ours
TEMPLATE = Path(__file__).parent / "paper.typ"


def pdf_of(paper: Paper) -> bytes:
    """The PDF's bytes; the same paper gives the same bytes."""
    large = sum(len(table.rows) * len(table.columns) for table in paper.tables) > LARGE
    made = _typesetter(paper).compile(format="pdf", timestamp=int(paper.made_at.timestamp()), pdf_tags=not large)
    if large:
        _forget()
    if not isinstance(made, bytes):
        raise TypeError("one PDF was asked for")
    return made


def _forget() -> None:
    """Lets the typesetter forget a large paper: it keeps what it drew until it has drawn as many others."""
    import typst  # noqa: PLC0415

    for _ in range(REMEMBERED):
        typst.Compiler(b" ", font_paths=fonts(), ignore_system_fonts=True).compile(format="pdf")


def type_size(paper: Paper) -> float:
    """The size of type, in points, in which the paper fits: on one page where that is asked, else by its columns."""
    if not paper.one_page:
        return table_size(paper)
    return float(json.loads(_typesetter(paper).query("<size>", field="value", one=True)))


def other_size(paper: Paper) -> float:
    """The type for readers with fonts of their own (Word, browsers): a little less."""
    return type_size(paper) - SPARE


def _typesetter(paper: Paper) -> typst.Compiler:
    """The typesetter with the paper as its input; it may read no file but its template."""
    import typst  # noqa: PLC0415 - 80 MB of code, needed only by whoever draws a PDF

    return typst.Compiler(
        TEMPLATE.read_bytes(),
        root=TEMPLATE.parent,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_input(paper), ensure_ascii=False)},
    )


@cache
def fonts() -> typst.Fonts:
    """Noto Sans SC, and behind it the few fonts that come with the typesetter; read once."""
    import pylopdf_fonts_zh_cn  # noqa: PLC0415 - with the typesetter only
    import typst  # noqa: PLC0415

    folder = pylopdf_fonts_zh_cn.sans_path().parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _input(paper: Paper) -> dict[str, object]:
    with translation.override(paper.language):
        words = {"page": gettext("Page {n} of {m}"), "continued": gettext(" (continued)")}
    return {**as_json(clean_paper(paper)), "words": words, "sizes": SIZES, "readable": READABLE}
