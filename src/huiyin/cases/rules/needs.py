"""Which right each verb needs; actions, buttons and the API read it here."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

CHANGE_CLOCKS = "cases.change_clocks"
"""To change policies of clocks, their list and agreements, and to stop the work on running clocks."""
NEEDS: dict[str, str] = {
    "open": "cases.open",
    "verify": "cases.work",
    "plan": "cases.work",
    "send_plan": "cases.work",
    "confirm": "cases.work",
    "decline": "cases.work",
    "start": "cases.work",
    "wait": "cases.work",
    "resume": "cases.work",
    "finish": "cases.work",
    "tell": "cases.work",
    "verdict": "cases.work",
    "ask_revisit": "cases.work",
    "record_revisit": "cases.revisit",
    "close": "cases.close",
    "reopen": "cases.close",
    "cancel": "cases.cancel",
    "sort": "cases.work",
    "diagnose": "cases.work",
    "split": "cases.triage",
    "own_stage": "cases.work",
    "agree_follow_up": "cases.work",
    "merge": "cases.triage",
    "unmerge": "cases.triage",
    "link": "cases.work",
    "unlink": "cases.work",
    "take": "cases.work",
    "triage": "cases.triage",
    "assign": "cases.assign",
    "route": "cases.triage",
    "recognise": "cases.work",
    "join_identity": "cases.work",
    "part_identity": "cases.work",
    "note": "cases.note",
    "contact": "cases.work",
    "answer": "cases.work",
    "add_task": "cases.work",
    "move_deadline": "promises.move",
    "finish_task": "cases.work",
    "need_part": "cases.work",
    "attach": "cases.note",
    "watch": "cases.see",
    "unwatch": "cases.see",
}
FOLLOWS_ONLY = message(_("You follow this case: you may read it and add notes. The work is for those responsible."))
"""What is said to who only follows a case and wants to work on it."""
