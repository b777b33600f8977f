"""Which right each verb needs; actions, buttons and the API read it here."""

from __future__ import annotations

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
    "take": "cases.work",
    "triage": "cases.triage",
    "assign": "cases.assign",
    "route": "cases.triage",
    "recognise": "cases.work",
    "note": "cases.note",
    "contact": "cases.work",
    "answer": "cases.work",
    "add_task": "cases.work",
    "finish_task": "cases.work",
    "attach": "cases.note",
}
