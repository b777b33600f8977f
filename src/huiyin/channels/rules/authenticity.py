"""Whether the sender of a mail is who he says, as the company's own mail server found it (RFC 8601, RFC 7489).

Only the header that bears the name of that server is believed; anybody can write the others.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*(dmarc|spf|dkim)\s*=\s*([a-z]+)", re.IGNORECASE)
_FAILED = frozenset({"fail", "permerror", "reject"})


def is_forged(results: str, server: str) -> bool:
    """Whether the server's ``Authentication-Results`` say that the address is not the sender's own.

    DMARC decides where its owner published it; else a failed SPF does, unless a signature (DKIM) stands. Without a
    server to believe, or without its header, nothing is known and nobody is accused.
    """
    name, *parts = _COMMENT.sub("", results).split(";")
    if not server or name.split()[:1] != [server]:
        return False
    found = {method.lower(): verdict.lower() for method, verdict in filter(None, map(_read, reversed(parts)))}
    if found.get("dmarc") in {"pass", *_FAILED}:
        return found["dmarc"] in _FAILED
    return found.get("spf") in _FAILED and found.get("dkim") != "pass"


def _read(part: str) -> tuple[str, str] | None:
    match = _RESULT.match(part)
    return (match[1], match[2]) if match else None
