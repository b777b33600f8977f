"""Mail addresses: compared in one form, shown masked."""

from __future__ import annotations

from email.utils import parseaddr


def plain_address(text: str) -> str:
    """``"Zhang" <Zhang@X.cn>`` → ``zhang@x.cn``; empty when there is none."""
    address = parseaddr(text)[1].strip().lower()
    return address if "@" in address else ""


def mask_address(text: str) -> str:
    """``zhang.san@x.cn`` → ``z***@x.cn``: enough to recognise, too little to use (PRV-1)."""
    name, at, domain = text.partition("@")
    return f"{name[:1]}***{at}{domain}" if text else ""
