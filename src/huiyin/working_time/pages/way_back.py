"""The way back to the calendar after a change."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse


def back_to(code: str, year: int) -> HttpResponse:
    """To the year of the calendar that was changed."""
    return HttpResponseRedirect(f"{reverse('calendar')}?{urlencode({'code': code, 'year': year})}")
