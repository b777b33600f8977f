"""What the product ships as data: policies, questionnaires, scripts; put in place after each migrate."""

from __future__ import annotations

from huiyin.foundation.discovery import discover
from huiyin.kernel.call import Call


def ship_all(call: Call) -> int:
    """Calls every room's ``public.ship``, which adds what is missing and leaves the rest; returns how many came new."""
    return sum(module.ship(call) for module in discover("public") if hasattr(module, "ship"))
