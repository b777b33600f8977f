"""The first rows of a file in each encoding it could be in, so that a person can see which one is right."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from huiyin.imports.files import Layout, Looked, Unreadable, look
from huiyin.imports.models import ImportRun
from huiyin.imports.queries.runs import folder, kind_of, layout_of, limits
from huiyin.kernel.refusal import Refused

ROWS = 5
SAMPLE = 3


@dataclass(frozen=True)
class Preview:
    """First rows, sheets to choose from, and what the file reads like in other encodings (name, sample)."""

    rows: list[tuple[int, list[str]]]
    header_row: int
    sheets: tuple[str, ...]
    samples: list[tuple[str, list[str]]]
    formulas_without_values: bool


def preview_of(run: ImportRun) -> Preview | None:
    """Reads the start of the run's file; None when it cannot be read."""
    layout = layout_of(run)
    doubtful = not run.encoding and bool(run.delimiter)
    wanted = Layout(encoding="", delimiter=run.delimiter, sheet=run.sheet, header_row=run.header_row)
    try:
        looked = look(folder() / run.file, kind_of(run).known(), limits(), wanted if doubtful else layout)
    except (Refused, OSError, LookupError):
        return None
    return Preview(
        rows=list(islice(looked.rows, ROWS)),
        header_row=looked.layout.header_row,
        sheets=looked.sheets,
        samples=_samples(run, looked) if doubtful else [],
        formulas_without_values=looked.formulas_without_values,
    )


def _samples(run: ImportRun, looked: Looked) -> list[tuple[str, list[str]]]:
    samples = []
    for encoding in looked.encodings:
        wanted = Layout(encoding=encoding, delimiter=run.delimiter, sheet="", header_row=run.header_row)
        try:
            read = look(folder() / run.file, kind_of(run).known(), limits(), wanted)
        except (Unreadable, LookupError):
            continue
        lines = [" · ".join(read.columns), *(" · ".join(cells) for _no, cells in islice(read.rows, SAMPLE - 1))]
        samples.append((encoding, lines))
    return samples
