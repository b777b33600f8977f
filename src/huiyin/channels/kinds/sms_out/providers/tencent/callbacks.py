"""What the service posts to us: lists of receipts, and customers' answers one by one.

https://cloud.tencent.com/document/api/382/59178 and …/382/5809. The posts bear no signature. ``ext`` is our number of
the message where Tencent opened that for the account. An answer has no number of its own: number, moment and words
together stand for one.
"""

from __future__ import annotations

import hashlib
from typing import Any

from huiyin.channels.kinds.sms_out.moments import beijing_time, unix_time
from huiyin.channels.rules.sms.mobile import mobile_number
from huiyin.channels.rules.sms.receipts import Reply, Report


def read_reports(body: Any) -> list[Report]:
    """The receipts of one post; most name the provider's number only."""
    return [
        Report(
            serial=str(item["sid"])[:120],
            reference=str(item.get("ext") or ""),
            number=mobile_number(str(item["mobile"])),
            delivered=item["report_status"] == "SUCCESS",
            reason=f"{item.get('errmsg', '')} {item.get('description', '')}".strip()[:300],
            at=beijing_time(item.get("user_receive_time")),
        )
        for item in _items(body, ("sid", "mobile", "report_status"))
    ]


def read_replies(body: Any) -> list[Reply]:
    """The answers of one post."""
    return [
        Reply(
            key=hashlib.sha256(f"{item['mobile']} {item['time']} {item['text']}".encode()).hexdigest(),
            number=mobile_number(str(item["mobile"])),
            text=str(item["text"]),
            at=unix_time(item["time"]),
        )
        for item in _items(body, ("mobile", "text", "time"))
    ]


def _items(body: Any, needed: tuple[str, ...]) -> list[dict[str, Any]]:
    items = body if isinstance(body, list) else [body]
    return [item for item in items if isinstance(item, dict) and all(name in item for name in needed)]
