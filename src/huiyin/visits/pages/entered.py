"""What an agent enters about a call, as the action takes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from huiyin.foundation import clock
from huiyin.foundation.forms import say
from huiyin.kernel.refusal import Invalid
from huiyin.visits.rules.named_time import named_time

LINES = ("no_answer", "busy", "powered_off", "out_of_service", "wrong_number")
OUTCOMES = {"refused": "refused", "partly": "partly", "call_back": "call_back", "talked": "completed"}
NAMED, NEVER = "named", "never"


class NamedTimeField(forms.CharField):
    """A time as people write it; what it stands for is reckoned from now, in the person's own zone."""

    def clean(self, value: Any) -> Any:
        """The moment, None when nothing was entered."""
        text = str(super().clean(value) or "")
        try:
            return named_time(text, timezone.localtime(clock.now())) if text else None
        except Invalid as refusal:
            raise ValidationError(say(refusal.why)) from None


def is_result(do: str) -> bool:
    """Whether a button says how a call went; ``partly.hung_up`` names a finer result after the dot."""
    return do.partition(".")[0] in (*LINES, *OUTCOMES)


def result_of(do: str, entered: Mapping[str, Any]) -> dict[str, Any]:
    """The two layers of the result, the finer one, and the hour of the next try."""
    code, _dot, finer = do.partition(".")
    line = code if code in LINES else "connected"
    said = {"line": line, "business": OUTCOMES.get(code, ""), "sub_result": finer or _finer(code, entered)}
    if code == "refused":
        return {**said, **_later_chance(str(entered["chance"]), entered)}
    named = entered["again_at"] if code in ("call_back", "partly") else None
    return {**said, "again_at": named, "outside": bool(entered["outside"])}


def _finer(code: str, entered: Mapping[str, Any]) -> str:
    return str(entered["reason"]) if code == "refused" else ""


def _later_chance(chance: str, entered: Mapping[str, Any]) -> dict[str, Any]:
    if chance == NEVER:
        return {"final": True}
    try:
        return {"try_at": datetime.fromisoformat(chance)} if chance not in ("", NAMED) else _named(entered)
    except ValueError:
        return _named(entered)


def _named(entered: Mapping[str, Any]) -> dict[str, Any]:
    hour = entered["chance_at"] or entered["again_at"]
    return {"again_at": hour, "outside": bool(entered["outside"])}
