"""Attachments: a harmless name, the type their bytes show, and why one is not kept."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from huiyin.kernel.words import gettext_noop as _

NAME_LENGTH = 120
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
RUNS = frozenset(
    [
        "exe",
        "com",
        "bat",
        "cmd",
        "scr",
        "pif",
        "msi",
        "msp",
        "cpl",
        "jar",
        "js",
        "jse",
        "vbs",
        "vbe",
        "wsf",
        "wsh",
        "hta",
        "ps1",
        "psm1",
        "reg",
        "lnk",
        "dll",
        "sys",
        "app",
        "sh",
        "apk",
    ]
)

REFUSALS = {
    "too_large": _("larger than this mailbox accepts"),
    "runs": _("a program, which is never accepted"),
    "too_many": _("more attachments than one mail may have"),
}

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"\xca\xfe\xba\xbe", "application/x-executable"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (0, b"#!", "text/x-shellscript"),
)
_PROGRAMS = frozenset({"application/x-msdownload", "application/x-executable", "text/x-shellscript"})
_MARKUP = re.compile(rb"^\s*(<!doctype html|<html|<script|<svg|<\?xml)", re.IGNORECASE)
_OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def safe_name(name: str, number: int) -> str:
    """A file name that no system takes for a path or a device; the ending survives shortening."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    text = _FORBIDDEN.sub("", text).strip(" .")
    if not text or _RESERVED.match(text):
        text = f"attachment-{number}{ending(text)}"
    if len(text) > NAME_LENGTH:
        tail = ending(text)[:20]
        text = text[: NAME_LENGTH - len(tail)] + tail
    return text


def ending(name: str) -> str:
    """``.pdf`` of ``a.pdf``, in small letters; empty without one."""
    return PurePosixPath(name).suffix.lower() if name else ""


def sniff(content: bytes) -> str:
    """The type the first bytes show, whatever the sender claims."""
    for start, mark, kind in _SIGNATURES:
        if content[start : start + len(mark)] == mark:
            return _office(content) if kind == "application/zip" else kind
    if _MARKUP.match(content[:400]):
        return "text/html"
    return "application/octet-stream" if b"\x00" in content[:2_000] else "text/plain"


def _office(content: bytes) -> str:
    """Which office document a zip is, by the names of its parts."""
    return next((kind for mark, kind in _OFFICE.items() if mark in content[:4_000]), "application/zip")


def refusal(*, name: str, sniffed: str, size: int, number: int, most_bytes: int, most: int) -> str:
    """The code of the reason why an attachment is not kept (a key of ``REFUSALS``); empty when it is."""
    if number > most:
        return "too_many"
    if size > most_bytes:
        return "too_large"
    return "runs" if sniffed in _PROGRAMS or ending(name)[1:] in RUNS else ""
