"""What a kind of visit says of its talks: what the last refusal ends, how long a talk takes (VIS-22, VIS-28)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.rules.talking import TalkLength

EVERYTHING, KIND, KIND_REST_DAYS = "everything", "kind", 180
REFUSAL_ENDS = {
    EVERYTHING: _("Every follow-up, as long as the contact rules say"),
    KIND: _("Visits of this kind only"),
}


def talk_faults(content: Mapping[str, Any], _known: object) -> Iterator[tuple[str, Message]]:
    """What contradicts itself, by field."""
    if content["refusal_ends"] not in REFUSAL_ENDS:
        yield "refusal_ends", message(_("Say what the last refusal ends: %(codes)s."), codes=", ".join(REFUSAL_ENDS))
    usual = TalkLength()
    numbers = {"talk_from_minutes": usual.least, "talk_to_minutes": usual.most, "talk_limit_minutes": usual.limit}
    least, most, limit = (number if content[name] is None else content[name] for name, number in numbers.items())
    if not least <= most <= limit:
        yield "talk_limit_minutes", message(_("A talk may not be shorter than it is announced."))
