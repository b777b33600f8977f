"""What the service pushes to us as JSON lists: receipts (SmsReport) and customers' answers (SmsUp).

https://help.aliyun.com/zh/sms/developer-reference/smsreport-2, …/smsup-http. The pushes bear no signature; what is not
answered with status 200 comes again after 1, 5 and 10 minutes.
"""

from __future__ import annotations

from typing import Any

from huiyin.channels.kinds.sms_out.moments import beijing_time
from huiyin.channels.rules.sms.mobile import mobile_number
from huiyin.channels.rules.sms.receipts import Reply, Report


def read_reports(body: Any) -> list[Report]:
    """The receipts of one push."""
    return [
        Report(
            serial=str(item["biz_id"])[:120],
            reference=str(item.get("out_id") or ""),
            number=mobile_number(str(item["phone_number"])),
            delivered=item["success"] in (True, "true"),
            reason=f"{item.get('err_code', '')} {item.get('err_msg', '')}".strip()[:300],
            at=beijing_time(item.get("report_time")),
        )
        for item in _items(body, ("biz_id", "phone_number", "success"))
    ]


def read_replies(body: Any) -> list[Reply]:
    """The answers of one push; ``sequence_id`` is the same when one comes again."""
    return [
        Reply(
            key=str(item["sequence_id"])[:100],
            number=mobile_number(str(item["phone_number"])),
            text=str(item["content"]),
            at=beijing_time(item.get("send_time")),
        )
        for item in _items(body, ("sequence_id", "phone_number", "content"))
    ]


def _items(body: Any, needed: tuple[str, ...]) -> list[dict[str, Any]]:
    items = body if isinstance(body, list) else [body]
    return [item for item in items if isinstance(item, dict) and all(name in item for name in needed)]
