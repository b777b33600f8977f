"""The numbers of the chat; the shipped ones stand until the company writes its own version."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

SITE = re.compile(r"https://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d{1,5})?")
LIMITS = {
    "first_answer_minutes": (1, 480),
    "missed_minutes": (1, 1440),
    "left_minutes": (1, 1440),
    "idle_minutes": (5, 1440),
    "poll_seconds": (2, 60),
    "lines_per_minute": (1, 200),
    "starts_per_hour": (1, 1000),
    "waiting_at_once": (1, 10_000),
    "longest": (100, 5_000),
    "talks_at_once": (1, 50),
}


@dataclass(frozen=True)
class ChatNumbers:
    """Within how many working minutes the first answer is promised; after how many a waiting visitor counts as missed,
    or as gone when the page is closed; when a silent talk ends. Then what stops floods: lines a minute and talk,
    talks an hour and address, visitors waiting at once. ``sites`` may show the chat inside their pages.
    """

    first_answer_minutes: int = 3
    missed_minutes: int = 15
    left_minutes: int = 5
    idle_minutes: int = 30
    poll_seconds: int = 4
    lines_per_minute: int = 20
    starts_per_hour: int = 10
    waiting_at_once: int = 200
    longest: int = 2_000
    talks_at_once: int = 6
    calendar: str = "standard"
    department: str = "service"
    sites: tuple[str, ...] = ()
    version: int = 0

    @classmethod
    def of(cls, data: Mapping[str, Any], version: int) -> ChatNumbers:
        """Reads stored values; what is missing keeps its default, what is unknown is ignored."""
        known = {each.name: data[each.name] for each in fields(cls) if each.name in data}
        return cls(**{**known, "sites": tuple(known.get("sites", ())), "version": version})

    @property
    def missed_after(self) -> timedelta:
        """How long a visitor waits for a first answer until it is owed as a case."""
        return timedelta(minutes=self.missed_minutes)

    @property
    def left_after(self) -> timedelta:
        """How long after the last sign of the visitor's page the visitor counts as gone."""
        return timedelta(minutes=self.left_minutes)

    @property
    def idle_after(self) -> timedelta:
        """How long nobody says anything until a talk ends."""
        return timedelta(minutes=self.idle_minutes)

    def as_data(self) -> dict[str, Any]:
        """The values as they are stored."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "version"} | {
            "sites": list(self.sites)
        }


def check_numbers(data: Mapping[str, Any]) -> None:
    """Lets sensible numbers pass.

    Raises:
        Invalid: ``fields`` says what is out of its limits or no site's address.
    """
    wrong: dict[str, Message] = {}
    for name, (least, most) in LIMITS.items():
        if not least <= int(data.get(name, least)) <= most:
            wrong[name] = message(_("From %(least)s to %(most)s."), least=least, most=most)
    for site in data.get("sites", ()):
        if not SITE.fullmatch(site):
            wrong["sites"] = message(_("%(site)s: write a site as https://www.example.cn"), site=site[:60])
    for why in wrong.values():
        raise Invalid(why, wrong)


def gone(seen_at: datetime | None, now: datetime, numbers: ChatNumbers) -> bool:
    """Whether the visitor's page has been silent for so long that nobody sits there any more."""
    return seen_at is not None and now - seen_at >= numbers.left_after
