"""Opens PDF and Word files the way their readers do."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pypdf

BREAK = "\u200b"  # a place where a line may break; it shows nothing


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text().replace(BREAK, "") for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def pdf_text(content: bytes) -> str:
    """The whole text without any white space, so that wrapped lines compare equal."""
    return squeezed("".join(pdf_pages(content)))


def squeezed(text: str) -> str:
    """A text without white space."""
    return re.sub(r"\s", "", text)


def pdf_fonts(content: bytes) -> dict[str, bool]:
    """Every font of the file by its name, without the prefix of its subset, and whether it is embedded."""
    found: dict[str, bool] = {}
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            below = font.get_object()["/DescendantFonts"][0].get_object()
            files = {"/FontFile", "/FontFile2", "/FontFile3"} & set(below["/FontDescriptor"].get_object())
            found[str(below["/BaseFont"]).partition("+")[2]] = bool(files)
    return found


def opened(content: bytes) -> Any:
    """A Word file."""
    return docx.Document(io.BytesIO(content))


def word_tables(content: bytes) -> list[list[list[str]]]:
    """Every table, row by row, cell by cell; a cell over several columns once."""
    return [[[cell.text for cell in _once(row)] for row in table.rows] for table in opened(content).tables]


def _once(row: Any) -> list[Any]:
    seen: list[Any] = []
    for cell in row.cells:
        if not any(cell._tc is other._tc for other in seen):
            seen.append(cell)
    return seen


def word_text(content: bytes) -> str:
    """The whole body's text without white space, in its order."""
    body = opened(content).element.body
    return squeezed("".join(node.text or "" for node in body.iter() if node.tag.endswith("}t")))
