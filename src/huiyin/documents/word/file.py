"""Writes a paper as a Word file. There is no template in it: a text can neither be a field nor a placeholder."""

from __future__ import annotations

import io
from datetime import UTC
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from huiyin.documents.pdf import other_size
from huiyin.documents.rules.columns import A4, MARGIN, body_width
from huiyin.documents.rules.paper import Paper
from huiyin.documents.rules.plain import clean_paper
from huiyin.documents.word.blocks import Blocks
from huiyin.documents.word.parts import LINE, cell, element, field_runs, grid, paragraph, row, runs, type_of

FONT = "Microsoft YaHei"  # on every Windows and Office; elsewhere Word and LibreOffice take their own Chinese font
ABOVE, BELOW = 30.0, 34.0  # points; a little less than the PDF's, so that what fits there fits here
SMALL = 7.5
NEWEST = "15"  # how Word lays out since 2013; without it a file opens in compatibility mode


def write_word(paper: Paper) -> bytes:
    """The file's bytes, in the type that fits the paper's page."""
    size, wide = other_size(paper), body_width(paper.landscape)
    paper = clean_paper(paper)
    book = Document()
    _set_type(book, size)
    _set_page(book.sections[0], paper)
    _describe(book, paper)
    body = book.element.body
    ending = body.sectPr
    blocks = Blocks(size, wide, partial(_place, book))
    for part in (_title(paper, size, wide), *blocks.drawn(paper.blocks), paragraph([], line=1)):
        ending.addprevious(part)
    _head_and_foot(book.sections[0], paper, wide)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _place(book: Any, png: bytes, wide: float) -> Any:
    """Puts a picture into the book's files; gives the element that shows it, ``wide`` points."""
    return book.part.new_pic_inline(io.BytesIO(png), width=Pt(wide))


def _set_type(book: Any, size: float) -> None:
    for name in ("Normal", "Heading 1", "Header", "Footer"):
        style = book.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), name == "Heading 1"
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)


def _set_page(section: Any, paper: Paper) -> None:
    wide, high = reversed(A4) if paper.landscape else A4
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Pt(wide), Pt(high)
    section.left_margin = section.right_margin = Pt(MARGIN)
    section.top_margin, section.bottom_margin = Pt(ABOVE), Pt(BELOW)
    section.header_distance = section.footer_distance = Pt(14)
    section.different_first_page_header_footer = True


def _describe(book: Any, paper: Paper) -> None:
    facts = book.core_properties
    facts.title, facts.author, facts.comments, facts.language = paper.title, "Huiyin", "", paper.language
    facts.created = facts.modified = paper.made_at.astimezone(UTC).replace(tzinfo=None)
    for setting in book.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), NEWEST)
    for tag in ("w:lang", "w:themeFontLang"):  # the skeleton's East Asian language is Japanese
        for part in (book.settings.element, book.styles.element):
            for language in part.iter(qn(tag)):
                language.set(qn("w:eastAsia"), "zh-CN")


def _title(paper: Paper, size: float, wide: float) -> Any:
    line = size * 1.7 * LINE
    parts = (
        paragraph(runs("  ".join(paper.marks)), line=line),
        paragraph(runs(paper.title, element("b"), type_of(size * 1.7)), line=line, align="center"),
        paragraph(runs(paper.number), line=line, align="right"),
    )
    widths = [wide * 0.26, wide * 0.48, wide * 0.26]
    cells = [cell([part], each) for part, each in zip(parts, widths, strict=True)]
    return grid([row(cells)], widths, size=size, lines=False)


def _head_and_foot(section: Any, paper: Paper, wide: float) -> None:
    with translation.override(paper.language):
        page, continued = gettext("Page {n} of {m}"), gettext(" (continued)")
    name = runs(f"{paper.title}{continued}", type_of(SMALL))
    _fill(section.header, _two_sides(name, runs(paper.number, type_of(SMALL)), wide))
    for foot in (section.footer, section.first_page_footer):
        _fill(foot, _two_sides(runs(paper.foot, type_of(SMALL)), _page_runs(page), wide))


def _page_runs(words: str) -> list[Any]:
    """Page 2 of 3, the numbers as fields."""
    before, _n, rest = words.partition("{n}")
    between, _m, after = rest.partition("{m}")
    found = [*runs(before), *field_runs("PAGE"), *runs(between), *field_runs("NUMPAGES"), *runs(after)]
    for run in found:
        run.insert(0, element("rPr", type_of(SMALL)))
    return found


def _two_sides(left: list[Any], right: list[Any], wide: float) -> Any:
    widths = [wide * 0.75, wide * 0.25]
    line = SMALL * LINE
    cells = [
        cell([paragraph(left, line=line)], widths[0]),
        cell([paragraph(right, line=line, align="right")], widths[1]),
    ]
    return grid([row(cells)], widths, size=SMALL, lines=False)


def _fill(place: Any, table: Any) -> None:
    """Puts a table before the one paragraph that a header or footer must end with."""
    place.is_linked_to_previous = False
    place.paragraphs[0].paragraph_format.line_spacing = Pt(1)
    place.part.element.insert(0, table)
