"""How the name of somebody at a platform is shown."""

from __future__ import annotations

SHOWN = 2


def mask_outside(external_id: str) -> str:
    """``wmAbCdEfGh`` → ``wm****Gh``: enough to tell two people apart, too little to write to one (PRV-1)."""
    if len(external_id) <= 2 * SHOWN + 1:
        return f"{external_id[:1]}****" if external_id else ""
    return f"{external_id[:SHOWN]}****{external_id[-SHOWN:]}"
