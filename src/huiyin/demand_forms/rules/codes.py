"""The codes of this room's promises."""

HAND_IN, DECIDE, ANSWER = "demand.hand_in", "demand.decide", "demand.answer"
