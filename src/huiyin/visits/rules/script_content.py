"""What a script says, block by block (VIS-21), and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.rules.policy_content import CODE

PART_LABELS = {
    "opening": _("Opening"),
    "question": _("What is asked"),
    "probe": _("Probe"),
    "objection": _("Objection"),
    "improved": _("What we improved"),
    "bridge": _("Leads over to it in another visit's call"),
    "closing": _("Closing"),
    "consent": _("Asking to record"),
    "refusal": _("When the customer refuses"),
    "goodbye": _("After the last refusal"),
}
APART = ("consent", "refusal", "goodbye")
"""Parts that have a place of their own beside the talk; where a script has none, the shared script's are said."""
SHARED = "every_talk"
VARIABLES = ("customer", "agent")
VARIABLE = re.compile(r"\{([^{}]*)\}")
LONGEST, MOST_BLOCKS = 2000, 60
Block = dict[str, str]


def blocks_from(rows: Sequence[Mapping[str, Any]]) -> list[Block]:
    """The blocks with their three parts and no blanks around; empty ones are left out."""
    plain = [{name: str(row.get(name) or "").strip() for name in ("part", "zh", "en")} for row in rows]
    return [block for block in plain if block["zh"] or block["en"]]


def script_faults(code: str, title_zh: str, blocks: Sequence[Block]) -> dict[str, Message]:
    """What is wrong, by field; of the blocks the first fault with its number (from 1)."""
    found: dict[str, Message] = {}
    if not CODE.fullmatch(code):
        found["code"] = message(
            _("A code begins with a small letter and has letters, digits, - and _ only, 30 at most.")
        )
    if not title_zh.strip():
        found["title_zh"] = message(_("A script needs a title."))
    fault = _missing(blocks) or next((why for n, block in enumerate(blocks, 1) if (why := _block(n, block))), None)
    if fault:
        found["blocks"] = fault
    return found


def _missing(blocks: Sequence[Block]) -> Message | None:
    if len(blocks) > MOST_BLOCKS:
        return message(_("A script has at most %(most)s blocks."), most=MOST_BLOCKS)
    parts = {block["part"] for block in blocks}
    if parts and parts <= set(APART):
        return None
    for part in ("opening", "closing"):
        if part not in parts:
            return message(_("A script needs an opening and a closing."))
    return None


def _block(number: int, block: Block) -> Message | None:
    if block["part"] not in PART_LABELS:
        return message(_("Block %(number)s: say what part of the talk it is."), number=number)
    if not block["zh"]:
        return message(_("Block %(number)s has no Chinese text."), number=number)
    if max(len(block["zh"]), len(block["en"])) > LONGEST:
        return message(_("Block %(number)s is longer than %(most)s letters."), number=number, most=LONGEST)
    strange = [name for text in (block["zh"], block["en"]) for name in VARIABLE.findall(text) if name not in VARIABLES]
    if strange:
        text = _("Block %(number)s: {%(name)s} is not filled in; {customer} and {agent} are.")
        return message(text, number=number, name=strange[0][:30])
    return None
