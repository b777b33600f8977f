"""The promises of visits."""

from huiyin.kernel.words import gettext_noop as _
from huiyin.promises.public import PromiseKind
from huiyin.visits.queries.hours import calls_open

KINDS = [
    PromiseKind(
        "visit.call",
        _("Visit the customer"),
        "phone-call",
        "visit",
        _("Call"),
        ready=calls_open,
        handed_over_by_room=True,
    ),
    PromiseKind(
        "visit.record", _("Complete the record"), "clipboard-pen", "visit", _("Fill in"), handed_over_by_room=True
    ),
    PromiseKind(
        "visit.answer_owed", _("Answer the customer's question"), "message-circle-question", "owed-answer", _("Answer")
    ),
]
