"""The numbers of reviews in force, and every version of them."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.foundation.kept import kept
from huiyin.foundation.versions import Version, versions_of
from huiyin.knowledge.models import KnowledgeNumbers
from huiyin.knowledge.rules.numbers import ReviewNumbers
from huiyin.working_time.public import calendar_of


@kept
def numbers_on(day: date) -> ReviewNumbers:
    """The numbers in force on a day; the shipped ones where the company has none."""
    found = KnowledgeNumbers.objects.filter(effective_from__lte=day).order_by("-effective_from", "-version").first()
    return found.of_reviews if found else ReviewNumbers()


def newest_numbers(today: date) -> KnowledgeNumbers:
    """The newest version; version 0, not saved, where the company has none."""
    return KnowledgeNumbers.objects.order_by("-version").first() or KnowledgeNumbers(version=0, effective_from=today)


def numbers_versions(today: date) -> list[Version]:
    """Every version, newest first."""
    return versions_of(KnowledgeNumbers.objects.all(), today)


def today_of(now: datetime) -> date:
    """The day it is where the company's calendar holds."""
    return now.astimezone(calendar_of("standard").zone).date()
