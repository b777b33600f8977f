"""The style sheets as they are served: many small files to write, one small file to load."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "web"
EVERYWHERE = (
    "avatar",
    "badge",
    "button",
    "card",
    "clock",
    "dial",
    "empty",
    "field",
    "progress",
    "steps",
    "talk",
    "timeline",
)
STAFF = (
    *(
        "bar",
        "board",
        "chart",
        "command",
        "condition",
        "crumbs",
        "dialog",
        "filter",
        "key",
        "menu",
        "nav",
        "pager",
        "plan",
        "shell",
    ),
    *("stat", "table", "tabs", "toast"),
)
SHEETS = {
    "staff": (*EVERYWHERE, *STAFF, "signin", "print"),
    "public": (*EVERYWHERE, "public", "signin", "print"),
}


def files_of(sheet: str) -> list[Path]:
    """The files of a sheet in the order of the cascade: tokens, plain HTML, components."""
    components = [FOLDER / "components" / f"{name}.css" for name in SHEETS[sheet]]
    return [FOLDER / "tokens.css", FOLDER / "base.css", *components]


def squeezed(css: str) -> str:
    """The same rules without comments, indentation and line ends."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?", r"\1", css).strip()


def written(sheet: str) -> str:
    """The sheet's text, read from its files now."""
    return squeezed("\n".join(path.read_text(encoding="utf-8") for path in files_of(sheet)))


@cache
def kept(sheet: str) -> tuple[str, str]:
    """(mark, text) of a sheet, read once; the mark changes whenever the text does."""
    text = written(sheet)
    return hashlib.sha256(text.encode()).hexdigest()[:10], text
