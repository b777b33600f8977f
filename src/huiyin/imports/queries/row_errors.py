"""Rows left out, as a person reads them and as a file to correct and bring again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huiyin.foundation.forms import say
from huiyin.imports.models import ImportRun
from huiyin.imports.queries.runs import row_errors
from huiyin.imports.rules.harmless import harmless
from huiyin.kernel.words import Message


def said(text: str, params: Mapping[str, object]) -> str:
    """A stored message in the language of the moment."""
    return say(Message(text, params))


def error_table(run: ImportRun, headings: tuple[str, str]) -> Iterator[list[str]]:
    """The rows left out with their original cells, preceded by row number and reason; nothing in it is a formula."""
    yield [*headings, *(harmless(column) for column in run.columns)]
    for error in row_errors(run).iterator(chunk_size=2000):
        reason = said(error.text, error.params)
        yield [str(error.row_no), harmless(reason), *(harmless(cell) for cell in error.cells)]
