"""Alibaba Cloud Short Message Service (Dysmsapi 2017-05-25)."""

import re

from huiyin.channels.kinds.sms_out.providers.aliyun.callbacks import read_replies, read_reports
from huiyin.channels.kinds.sms_out.providers.aliyun.looking import look
from huiyin.channels.kinds.sms_out.providers.aliyun.sending import send
from huiyin.channels.kinds.sms_out.registry import SmsProvider
from huiyin.kernel.words import gettext_noop as _

PROVIDER = SmsProvider(
    code="aliyun",
    label=_("Alibaba Cloud"),
    base_url="https://dysmsapi.aliyuncs.com",
    region="",
    needs_app=False,
    placeholder=re.compile(r"\$\{(\w+)\}"),
    placeholder_example="${number}",
    send=send,
    look=look,
    read_reports=read_reports,
    read_replies=read_replies,
    thanks={"code": 0, "msg": "OK"},
)
