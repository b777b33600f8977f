"""How many short messages a text costs: up to 70 characters are one, longer ones are cut into pieces of 67.

Signature with its brackets and every letter, digit and sign count as one character each
(help.aliyun.com/document_detail/44335.htm; cloud.tencent.com/document/product/382/18058). A character outside the
basic plane (most emoji) takes two places, as UCS-2 sends it.
"""

from __future__ import annotations

ONE = 70
EACH = 67


def characters(text: str) -> int:
    """The places a text takes in UCS-2."""
    return len(text.encode("utf-16-le")) // 2


def segments(text: str) -> int:
    """How many messages are charged; 0 for an empty text."""
    count = characters(text)
    if count <= ONE:
        return 1 if count else 0
    return -(-count // EACH)
