"""Codes that actions, promises and policies share."""

from __future__ import annotations

from huiyin.promotions.rules.words import Check

ANSWER, MEND, VERIFY = "promotions.answer", "promotions.mend", "promotions.verify"
POLICIES = {Check.GIFTS: "gift_check", Check.SETTLEMENT: "settlement_check"}
"""The visit policy by which the lines of a list are asked about."""
VERIFYING = "gift_mended"
"""The visit policy by which a recipient is asked again after the store mended."""
SMS = "promotions.gift_check"
