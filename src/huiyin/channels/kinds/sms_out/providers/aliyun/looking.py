"""QuerySendDetails: what became of a message.

https://help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-querysenddetails: all messages to a number on
a day, with our ``OutId``; SendStatus 1 waits for the receipt, 2 failed, 3 succeeded. Whatever the service accepted is
listed, so a message that is not there was not accepted, provided that the whole list was read: it happens that
``TotalCount`` speaks of rows which the list does not show.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from huiyin.channels.kinds.sms_out.asking import NoAnswer, NotReached
from huiyin.channels.kinds.sms_out.moments import BEIJING, beijing_time
from huiyin.channels.kinds.sms_out.providers.aliyun.calling import call
from huiyin.channels.kinds.sms_out.registry import Access, Question
from huiyin.channels.registry import Fate, FateKind
from huiyin.foundation import clock

PAGE = 50
MOST_PAGES = 10
FAILED, DELIVERED = 2, 3


class _NotWhole(Exception):
    """The list could not be read to its end."""


def look(access: Access, question: Question) -> Fate:
    """Looks through the messages to the number on the day it was tried, and on the next while that has begun."""
    try:
        for day in _days(question):
            for row in _rows(access, question, day):
                if row.get("OutId") == question.reference:
                    return _fate(row, question)
    except (NotReached, NoAnswer, _NotWhole) as error:
        return Fate(FateKind.UNKNOWN, str(error))
    return Fate(FateKind.NOT_SENT)


def _days(question: Question) -> list[date]:
    first = question.since.astimezone(BEIJING).date()
    return [first, first + timedelta(days=1)] if clock.now().astimezone(BEIJING).date() > first else [first]


def _rows(access: Access, question: Question, day: date) -> Iterator[dict[str, Any]]:
    seen = 0
    for page in range(1, MOST_PAGES + 1):
        body = _page(access, question, day, page)
        rows = (body.get("SmsSendDetailDTOs") or {}).get("SmsSendDetailDTO") or []
        yield from rows
        seen += len(rows)
        if seen >= int(body.get("TotalCount", 0)):
            return
        if not rows:
            break
    raise _NotWhole("the provider's list is not complete")


def _page(access: Access, question: Question, day: date, page: int) -> dict[str, Any]:
    parameters = {
        "PhoneNumber": question.number,
        "SendDate": day.strftime("%Y%m%d"),
        "PageSize": str(PAGE),
        "CurrentPage": str(page),
    }
    if question.serial:
        parameters["BizId"] = question.serial
    body = call(access, "QuerySendDetails", parameters).body
    if body.get("Code") != "OK":
        raise _NotWhole(str(body.get("Code", "")))
    return body


def _fate(row: dict[str, Any], question: Question) -> Fate:
    status, reason = int(row.get("SendStatus", 0)), str(row.get("ErrCode", ""))
    at = beijing_time(row.get("ReceiveDate"))
    if status == DELIVERED:
        return Fate(FateKind.DELIVERED, reason, serial=question.serial, at=at)
    if status == FAILED:
        return Fate(FateKind.UNDELIVERED, reason, serial=question.serial, at=at)
    return Fate(FateKind.SENT, serial=question.serial)
