"""Tencent Cloud SMS (2021-01-11)."""

import re

from huiyin.channels.kinds.sms_out.providers.tencent.callbacks import read_replies, read_reports
from huiyin.channels.kinds.sms_out.providers.tencent.looking import look
from huiyin.channels.kinds.sms_out.providers.tencent.sending import send
from huiyin.channels.kinds.sms_out.registry import SmsProvider
from huiyin.kernel.words import gettext_noop as _

PROVIDER = SmsProvider(
    code="tencent",
    label=_("Tencent Cloud"),
    base_url="https://sms.tencentcloudapi.com",
    region="ap-guangzhou",
    needs_app=True,
    placeholder=re.compile(r"\{(\d{1,2})\}"),
    placeholder_example="{1}",
    send=send,
    look=look,
    read_reports=read_reports,
    read_replies=read_replies,
    thanks={"result": 0, "errmsg": "OK"},
)
