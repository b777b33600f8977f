"""Colleagues while an @ is being typed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.cases.rules.mentions import Named, written
from huiyin.foundation.pages import Request, page, show
from huiyin.organisation.public import Colleague, find_colleagues


@dataclass(frozen=True)
class ColleaguesPage:
    """People who fit, each with how a mention of them is written."""

    people: list[tuple[Colleague, str]]


@page("cases/colleagues/", name="case-colleagues", needs="cases.note")
def colleagues(request: Request) -> HttpResponse:
    """A few people by name, pinyin or staff number."""
    found = find_colleagues(request.GET.get("q", "")[:60])
    people = [(one, written(Named(one.id, one.number, one.name))) for one in found]
    return show(request, "cases/_colleagues.html", ColleaguesPage(people))
