"""Bytes of unknown or wrongly named encoding become text; nothing is thrown away without a mark."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header

from charset_normalizer import from_bytes

ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030", "unknown-8bit": ""}
HEADER_LENGTH = 50_000
_UNWANTED = re.compile(r"[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """Text that PostgreSQL can store: without NUL and lone surrogates."""
    return _UNWANTED.sub("", text)


def text_of(data: bytes, declared: str = "") -> str:
    """Decodes with the declared charset if it fits, else UTF-8, GB18030 or the likeliest other one."""
    for charset in (ALIASES.get(declared.lower(), declared), "utf-8", "gb18030"):
        try:
            return clean(data.decode(charset)) if charset else _utf8(data)
        except (LookupError, ValueError):  # Python knows charsets that read nothing ("undefined"), and no name with NUL
            continue
    best = from_bytes(data[:20_000]).best()
    return clean(data.decode(best.encoding if best else "utf-8", "replace"))


def _utf8(data: bytes) -> str:
    return clean(data.decode("utf-8"))


def header_text(value: object) -> str:
    """A header in words: encoded words of any charset, or raw bytes that some programs send."""
    raw = str(value)[:HEADER_LENGTH].replace("\r", "").replace("\n", "")
    data = raw.encode("utf-8", "surrogateescape")
    if not data.isascii():
        return text_of(data)
    try:
        words = decode_header(raw)
    except (HeaderParseError, ValueError):
        return clean(raw)
    return "".join(
        clean(word) if isinstance(word, str) else text_of(word, charset or "") for word, charset in words
    ).strip()
