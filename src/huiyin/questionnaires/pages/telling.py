"""Says on the next page why something did not happen."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from huiyin.foundation.forms import say
from huiyin.kernel.refusal import Invalid, Refused


def tell(request: HttpRequest, refusal: Refused) -> None:
    """The refusal as a notice, with what it says about single places."""
    messages.error(request, say(refusal.why))
    for why in refusal.fields.values() if isinstance(refusal, Invalid) else ():
        messages.error(request, say(why))
