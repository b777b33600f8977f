"""Codes of the promises around articles."""

from __future__ import annotations

DECIDE = "knowledge.decide"
LOOK_AGAIN = "knowledge.look_again"
