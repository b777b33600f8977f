"""PullSmsSendStatusByPhoneNumber: what became of a message.

https://tencentcloud.com/document/api/382/40518, fields as in https://cloud.tencent.com/document/product/382/55977.
Only messages that a carrier has sent a receipt for are listed, and
``SessionContext`` is empty unless Tencent opened it for the account. So a row with our number in it, or with the
provider's number that we know, is proof; the absence of one proves nothing.
"""

from __future__ import annotations

from typing import Any

from huiyin.channels.kinds.sms_out.asking import NoAnswer, NotReached
from huiyin.channels.kinds.sms_out.moments import unix_time
from huiyin.channels.kinds.sms_out.providers.tencent.calling import call
from huiyin.channels.kinds.sms_out.registry import Access, Question
from huiyin.channels.registry import Fate, FateKind
from huiyin.foundation import clock

MOST = 100
EARLIER = 60  # seconds: clocks differ


def look(access: Access, question: Question) -> Fate:
    """Looks through the receipts for the number since the message was tried."""
    try:
        response = call(access, "PullSmsSendStatusByPhoneNumber", _fields(access, question))
    except (NotReached, NoAnswer) as error:
        return Fate(FateKind.UNKNOWN, str(error))
    rows = response.get("PullSmsSendStatusSet") or []
    row = next((row for row in rows if _is(row, question)), None)
    if row is None:
        refusal = response.get("Error") or {}
        return Fate(FateKind.UNKNOWN, str(refusal.get("Code", "")))
    kind = FateKind.DELIVERED if row.get("ReportStatus") == "SUCCESS" else FateKind.UNDELIVERED
    at = unix_time(row.get("UserReceiveTime"))
    return Fate(kind, str(row.get("Description", "")), serial=str(row.get("SerialNo", "")), at=at)


def _fields(access: Access, question: Question) -> dict[str, object]:
    return {
        "BeginTime": int(question.since.timestamp()) - EARLIER,
        "EndTime": int(clock.now().timestamp()),
        "Offset": 0,
        "Limit": MOST,
        "PhoneNumber": f"+86{question.number}",
        "SmsSdkAppId": access.app_id,
    }


def _is(row: dict[str, Any], question: Question) -> bool:
    known = bool(question.serial) and row.get("SerialNo") == question.serial
    return known or row.get("SessionContext") == question.reference
