"""SendSms.

https://help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms: the call knows no idempotence; after
a timeout the fate has to be looked up before anything is sent again. ``OutId`` carries our number and comes back in
receipts and in QuerySendDetails.
"""

from __future__ import annotations

import json

from huiyin.channels.kinds.sms_out.asking import NoAnswer, NotReached
from huiyin.channels.kinds.sms_out.providers.aliyun.calling import call
from huiyin.channels.kinds.sms_out.providers.aliyun.codes import fate_of
from huiyin.channels.kinds.sms_out.registry import Access, Order
from huiyin.channels.registry import Fate, FateKind, Hold, HoldScope
from huiyin.channels.rules.sms.policy import Length


def send(access: Access, order: Order) -> Fate:
    """Hands over one SMS."""
    try:
        answer = call(access, "SendSms", _parameters(order))
    except NotReached as error:
        return Fate(FateKind.LATER, str(error), hold=Hold(HoldScope.ACCOUNT, Length.DOWN))
    except NoAnswer as error:
        return Fate(FateKind.UNKNOWN, str(error), hold=Hold(HoldScope.ACCOUNT, Length.DOWN))
    code = str(answer.body.get("Code", ""))
    if code == "OK":
        return Fate(FateKind.SENT, serial=str(answer.body.get("BizId", "")))
    return fate_of(code, str(answer.body.get("Message", "")))


def _parameters(order: Order) -> dict[str, str]:
    parameters = {
        "PhoneNumbers": order.number,
        "SignName": order.signature,
        "TemplateCode": order.code,
        "OutId": order.reference,
    }
    if order.fills:
        parameters["TemplateParam"] = json.dumps(dict(order.fills), ensure_ascii=False, separators=(",", ":"))
    return parameters
