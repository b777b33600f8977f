"""Text as files can hold it: what no file format may hold is shown as missing, never dropped without a trace."""

from __future__ import annotations

import re
import unicodedata

UNKNOWN = "\ufffd"
# Control characters, half surrogates and non-characters; Word's XML and PDF can hold none of them.
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
NEW_LINE = re.compile("\r\n|[\r\u0085\u2028\u2029]")
# What stands together on a line: everything but spaces and the characters that a line may break beside.
PIECE = re.compile(r"[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u200b]+")
WIDE, CAPITAL, NARROW = 1.0, 0.68, 0.58  # ems of Noto Sans and its like, on the safe side


def clean(text: str) -> str:
    """The text with one kind of line end, spaces for tabs, and a mark where a character cannot be written."""
    return IMPOSSIBLE.sub(UNKNOWN, NEW_LINE.sub("\n", text)).replace("\t", "    ").rstrip()


def width(text: str) -> float:
    """About how wide a line of text is, in ems."""
    return sum(map(_width, text))


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return WIDE
    return CAPITAL if character.isupper() or character in "@%&#_—…" else NARROW


def longest_piece(text: str) -> float:
    """The width of the longest piece that has to stay on one line, in ems."""
    return max((width(piece) for piece in PIECE.findall(text)), default=min(width(text), WIDE))


def breakable(text: str, longest: float) -> str:
    """The text with places to break (zero-width spaces) inside pieces wider than ``longest`` ems."""
    return PIECE.sub(lambda found: "\u200b".join(found[0]) if width(found[0]) > longest else found[0], text)
