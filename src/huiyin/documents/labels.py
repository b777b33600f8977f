"""Labels with a QR code as a PDF to cut out: for devices, receipts and counters."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno

from huiyin.documents.pdf import fonts
from huiyin.documents.rules.texts import clean

TEMPLATE = Path(__file__).parent / "labels.typ"
LONGEST = 60


@dataclass(frozen=True)
class Label:
    """One label: the address behind its code, a heading and a few lines; every text is literal."""

    address: str
    heading: str
    lines: tuple[str, ...] = ()


def labels_pdf(labels: Sequence[Label], *, title: str, language: str, made_at: datetime) -> bytes:
    """The sheets with the labels in their order, fifteen a page; the same labels give the same bytes."""
    import typst  # noqa: PLC0415 - 80 MB of code, needed only by whoever draws a PDF

    sheet = {"title": clean(title), "lang": "zh" if language.startswith("zh") else "en"}
    made = typst.Compiler(
        TEMPLATE.read_bytes(),
        root=TEMPLATE.parent,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps({**sheet, "labels": [_plain(one) for one in labels]}, ensure_ascii=False)},
    ).compile(format="pdf", timestamp=int(made_at.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError("one PDF was asked for")
    return made


def _plain(label: Label) -> dict[str, object]:
    drawing = io.BytesIO()
    segno.make(label.address, error="m", micro=False).save(drawing, kind="svg", border=2)
    lines = [clean(line)[:LONGEST] for line in label.lines if line]
    return {"code": drawing.getvalue().decode(), "heading": clean(label.heading)[:LONGEST], "lines": lines}
