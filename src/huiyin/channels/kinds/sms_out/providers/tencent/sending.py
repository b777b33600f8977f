"""SendSms.

https://cloud.tencent.com/document/api/382/55981: one number in E.164, the template's values in the order of its
placeholders, our number as ``SessionContext``. The call knows no idempotence.
"""

from __future__ import annotations

from typing import Any

from huiyin.channels.kinds.sms_out.asking import NoAnswer, NotReached
from huiyin.channels.kinds.sms_out.providers.tencent.calling import call
from huiyin.channels.kinds.sms_out.providers.tencent.codes import fate_of
from huiyin.channels.kinds.sms_out.registry import Access, Order
from huiyin.channels.registry import Fate, FateKind, Hold, HoldScope
from huiyin.channels.rules.sms.policy import Length


def send(access: Access, order: Order) -> Fate:
    """Hands over one SMS."""
    try:
        response = call(access, "SendSms", _fields(access, order))
    except NotReached as error:
        return Fate(FateKind.LATER, str(error), hold=Hold(HoldScope.ACCOUNT, Length.DOWN))
    except NoAnswer as error:
        return Fate(FateKind.UNKNOWN, str(error), hold=Hold(HoldScope.ACCOUNT, Length.DOWN))
    return _fate(response)


def _fields(access: Access, order: Order) -> dict[str, object]:
    in_order = sorted(order.fills, key=lambda filled: int(filled[0]))
    return {
        "PhoneNumberSet": [f"+86{order.number}"],
        "SmsSdkAppId": access.app_id,
        "SignName": order.signature,
        "TemplateId": order.code,
        "TemplateParamSet": [value for _name, value in in_order],
        "SessionContext": order.reference,
    }


def _fate(response: dict[str, Any]) -> Fate:
    """The request as a whole may be refused (``Error``), or the number in it."""
    error = response.get("Error")
    if isinstance(error, dict):
        return fate_of(str(error.get("Code", "")), str(error.get("Message", "")))
    statuses = response.get("SendStatusSet")
    if not isinstance(statuses, list) or not statuses:
        return Fate(FateKind.UNKNOWN, "no status in the answer")
    status = statuses[0]
    if str(status.get("Code", "")).lower() == "ok":
        return Fate(FateKind.SENT, serial=str(status.get("SerialNo", "")))
    return fate_of(str(status.get("Code", "")), str(status.get("Message", "")))
