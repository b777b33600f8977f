"""Response rate: complete answers among the customers who were asked (AAPOR RR1 when unknowns count as asked)."""

from __future__ import annotations

from huiyin.questionnaires.rules.figure import Figure, share


def response_rate(complete: int, asked: int) -> Figure:
    """Percent of askings that were answered completely, Wilson interval."""
    return share(complete, asked, "response_rate")
