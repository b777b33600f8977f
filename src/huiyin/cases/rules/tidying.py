"""Texts from exports without their padding."""

from __future__ import annotations


def tidy(text: str) -> str:
    """The text without the indentation and empty lines an export pads it with; paragraphs stay."""
    lines = (line.strip(" \t\r\u3000\xa0") for line in text.replace("\x00", "").splitlines())
    return "\n".join(line for line in lines if line)
