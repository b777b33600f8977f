"""How a stage reads in the history of a case: a whole sentence and an icon per verb."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _

STAGE_WORDS: dict[str, tuple[str, str]] = {
    "open": (_("Case opened"), "inbox"),
    "verify": (_("Record confirmed with the customer"), "clipboard-check"),
    "plan": (_("Plan made"), "list-checks"),
    "send_plan": (_("Plan sent to the customer"), "send"),
    "confirm": (_("Plan confirmed by the customer"), "circle-check"),
    "decline": (_("Plan declined by the customer"), "circle-slash"),
    "start": (_("Work started"), "play"),
    "wait": (_("Waiting"), "circle-pause"),
    "resume": (_("Work goes on"), "play"),
    "finish": (_("Work finished"), "flag"),
    "tell": (_("Result told to the customer"), "megaphone"),
    "verdict": (_("The customer has judged"), "star"),
    "ask_revisit": (_("Revisit asked for"), "phone-call"),
    "record_revisit": (_("Revisit recorded"), "phone-call"),
    "close": (_("Case closed"), "archive"),
    "reopen": (_("Case reopened"), "rotate-ccw"),
    "cancel": (_("Case cancelled"), "circle-slash"),
    "merge": (_("Merged into another case"), "git-merge"),
    "merged_here": (_("Another case was merged into this one"), "git-merge"),
    "unmerge": (_("Merge undone"), "undo-2"),
    "import": (_("Taken over from another system"), "download"),
}
VERB_ICONS: dict[str, str] = {verb: icon for verb, (_words, icon) in STAGE_WORDS.items()} | {
    "take": "hand",
    "triage": "gauge",
    "assign": "user-check",
    "route": "arrow-right",
    "recognise": "user-search",
    "join_identity": "link",
    "part_identity": "unlink",
    "note": "notebook-pen",
    "contact": "phone",
    "answer": "reply",
    "add_task": "list-checks",
    "sort": "list-tree",
    "diagnose": "stethoscope",
    "split": "split",
    "own_stage": "milestone",
    "agree_follow_up": "calendar-plus",
    "move_deadline": "calendar-clock",
    "link": "link",
    "unlink": "unlink",
    "need_part": "package",
    "attach": "paperclip",
    "watch": "eye",
    "unwatch": "eye-off",
}
STATE_TONES: dict[str, str] = {
    "open": "neutral",
    "verified": "accent",
    "planned": "accent",
    "confirmed": "accent",
    "executing": "accent",
    "waiting": "neutral",
    "reopened": "soon",
    "done": "kept",
    "told": "kept",
    "accepted": "kept",
    "revisit": "accent",
    "closed": "kept",
    "cancelled": "neutral",
    "merged": "neutral",
}
CUSTOMER_STEPS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("received", _("Message received"), frozenset({"open"})),
    (
        "worked",
        _("Being worked on"),
        frozenset({"verified", "planned", "confirmed", "executing", "waiting", "reopened", "merged"}),
    ),
    ("done", _("Work done"), frozenset({"done", "told"})),
    ("closed", _("Settled"), frozenset({"accepted", "revisit", "closed", "cancelled"})),
)
"""The way as the customer sees it: code, words, and the states it stands for."""
CUSTOMER_WORDS: dict[str, str] = {
    "open": _("We have received your message and check the details with you next."),
    "verified": _("The details are checked. We are working out a solution."),
    "planned": _("We have a plan for your matter."),
    "confirmed": _("You have agreed to the plan. We start as planned."),
    "executing": _("Your matter is being worked on."),
    "waiting": _("Your matter rests while we wait for something. We have not forgotten it."),
    "reopened": _("Your matter is open again and is being worked on."),
    "done": _("The work is done. We tell you the result shortly."),
    "told": _("The work is done. Please tell us whether you are satisfied."),
    "accepted": _("Thank you. This matter is settled."),
    "revisit": _("Thank you. This matter is settled. A colleague may ask you once more how it went."),
    "closed": _("Thank you. This matter is settled."),
    "cancelled": _("This matter is not pursued any further."),
    "merged": _("Your matter is handled together with another one. We tell you the result."),
}
"""What the customer reads about each state."""


def customer_step(state: str) -> str:
    """Where the customer sees the case stand."""
    return next(code for code, _words, states in CUSTOMER_STEPS if state in states)
