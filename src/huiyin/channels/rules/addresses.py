"""Mail addresses: compared in one form; they and phone numbers are shown masked."""

from __future__ import annotations

from email.utils import parseaddr

PHONE = 11  # digits


def plain_address(text: str) -> str:
    """``"Zhang" <Zhang@X.cn>`` → ``zhang@x.cn``; empty when there is none."""
    address = parseaddr(text)[1].strip().lower()
    return address if "@" in address else ""


def mask_address(text: str) -> str:
    """``zhang.san@x.cn`` → ``z***@x.cn``, ``13812345678`` → ``138****5678``: enough to recognise, too little to use
    (PRV-1)."""
    name, at, domain = text.partition("@")
    if text.isdigit():
        return f"{text[:-8]}****{text[-4:]}" if len(text) >= PHONE else f"****{text[-2:]}"
    return f"{name[:1]}***{at}{domain}" if text else ""
