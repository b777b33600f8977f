"""Reads rows of an export of complaints with their replies: two ways of writing time, texts over many lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, tzinfo

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

COLUMNS = {
    "number": "留言编号",
    "author": "留言用户",
    "subject": "留言主题",
    "received_at": "留言时间",
    "text": "留言详情",
    "reply": "答复意见",
    "answered_at": "答复时间",
}
MOMENT = re.compile(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$")


@dataclass(frozen=True)
class ComplaintRow:
    """One complaint with its reply; moments are aware, the answer may be missing."""

    number: str
    author: str
    subject: str
    text: str
    received_at: datetime
    reply: str
    answered_at: datetime | None


def read_moment(text: str, zone: tzinfo) -> datetime:
    """A moment written as 2019/4/25 9:32:09, 2019-04-25 09:32 or 2019年4月25日; without a clock time it is midnight.

    Raises:
        ValueError: it is no date, or there is no such day.
    """
    found = MOMENT.match(text.strip())
    if found is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime.combine(datetime(year, month, day), time(hour, minute, second), zone)  # noqa: DTZ001 - zone follows


def tidy(text: str) -> str:
    """The text without the indentation and empty lines an export pads it with."""
    lines = (line.strip(" \t\r\u3000\xa0") for line in text.replace("\x00", "").splitlines())
    return "\n".join(line for line in lines if line)


def read_row(row: Mapping[str, str], zone: tzinfo) -> ComplaintRow:
    """Reads one row by the names of :data:`COLUMNS`' keys.

    Raises:
        Invalid: ``fields`` says which values are missing or impossible.
    """
    wrong: dict[str, Message] = {}
    received = _moment(row, "received_at", zone, wrong)
    answered = _moment(row, "answered_at", zone, wrong) if row.get("answered_at", "").strip() else None
    for name in ("number", "text"):
        if not row.get(name, "").strip():
            wrong[name] = message(_("This value is missing."))
    if received and answered and answered.date() < received.date():
        wrong["answered_at"] = message(_("The answer comes before the complaint."))
    if wrong or received is None:
        raise Invalid(message(_("The row was not taken over.")), wrong)
    return ComplaintRow(
        number=row["number"].strip(),
        author=row.get("author", "").strip(),
        subject=tidy(row.get("subject", ""))[:200],
        text=tidy(row["text"]),
        received_at=received,
        reply=tidy(row.get("reply", "")),
        answered_at=answered,
    )


def _moment(row: Mapping[str, str], name: str, zone: tzinfo, wrong: dict[str, Message]) -> datetime | None:
    try:
        return read_moment(row.get(name, ""), zone)
    except ValueError:
        wrong[name] = message(_("“%(value)s” is not a moment in time."), value=row.get(name, "")[:40])
        return None
