"""WeCom, DingTalk and Feishu on loopback, as their documentation describes them.

Signatures are checked from the documents alone, with nothing of the product's code. What keeps a message from coming
twice is each platform's own: WeCom's duplicate check over the same request, DingTalk's one same content a person and
day, Feishu's ``uuid`` within an hour. Robots have nothing of the kind.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, ClassVar

from tests.channels.sms_servers import Handler

SECRET, SIGN = "loopback-secret", "SECloopback"


@dataclass
class Told:
    """One message that somebody got: the person, or the group's robot key."""

    to: str
    text: str
    at: datetime


@dataclass
class PlatformPeer:
    """What came to whom, and how the platform shall behave next (one mood per sending request)."""

    now: Callable[[], datetime]
    told: list[Told] = field(default_factory=list)
    moods: list[Any] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    people: set[str] = field(default_factory=lambda: {"zhangsan", "lisi"})
    tokens: list[str] = field(default_factory=list)
    once: dict[str, datetime] = field(default_factory=dict)
    tasks: dict[str, tuple[str, bool]] = field(default_factory=dict)
    url: str = ""
    serials: Any = field(default_factory=lambda: count(1))
    answering: Any = None

    def mood(self) -> Any:
        return self.moods.pop(0) if self.moods else "ok"

    def token(self) -> str:
        self.tokens = [f"token-{next(self.serials)}"]
        return self.tokens[0]

    def first(self, key: str, within: timedelta) -> bool:
        """Whether the same thing did not come within that time."""
        earlier = self.once.get(key)
        self.once.setdefault(key, self.now())
        return earlier is None or self.now() - earlier >= within


class PlatformHandler(Handler):
    """What the three share."""

    peer: ClassVar[PlatformPeer]  # type: ignore[assignment]

    def do_GET(self) -> None:  # noqa: N802 - the base class names it so
        self.handle_one(None)

    def do_POST(self) -> None:  # noqa: N802
        self.handle_one(json.loads(self.body() or b"{}"))

    def handle_one(self, body: Any) -> None:
        path, _mark, query = self.path.partition("?")
        self.peer.calls.append(path)
        self.route(path, dict(urllib.parse.parse_qsl(query)), body)

    def moody(self, accept: Callable[[], Any]) -> None:
        """Accepts, or does what the mood says."""
        mood = self.peer.mood()
        if mood == "lost":
            return self.drop()
        if isinstance(mood, dict):
            return self.answer(200, mood)
        answer = accept()
        return self.drop() if mood == "drop" else self.answer(200, answer)

    def tell(self, to: str, text: str) -> None:
        self.peer.told.append(Told(to, text, self.peer.now()))

    def route(self, path: str, query: dict[str, str], body: Any) -> None:
        raise NotImplementedError


class WecomHandler(PlatformHandler):
    """developer.work.weixin.qq.com"""

    def route(self, path: str, query: dict[str, str], body: Any) -> None:
        if path == "/cgi-bin/gettoken":
            if (query.get("corpid"), query.get("corpsecret")) != ("corp", SECRET):
                return self.answer(200, {"errcode": 40001, "errmsg": "invalid credential"})
            return self.answer(
                200, {"errcode": 0, "errmsg": "ok", "access_token": self.peer.token(), "expires_in": 7200}
            )
        if path == "/cgi-bin/webhook/send":
            if query.get("key") != SECRET:
                return self.answer(200, {"errcode": 93000, "errmsg": "invalid webhook url"})
            return self.moody(lambda: self.to_group(body))
        if query.get("access_token") not in self.peer.tokens:
            return self.answer(200, {"errcode": 42001, "errmsg": "access_token expired"})
        return self.moody(lambda: self.to_person(body))

    def to_group(self, body: Any) -> Any:
        self.tell("group", body["text"]["content"])
        return {"errcode": 0, "errmsg": "ok"}

    def to_person(self, body: Any) -> Any:
        assert body["msgtype"] == "text"
        assert body["agentid"] == 1000002
        if body["touser"] not in self.peer.people:
            return {"errcode": 81013, "errmsg": "user & party & tag all invalid", "invaliduser": body["touser"]}
        assert 0 < body["duplicate_check_interval"] <= 4 * 3600
        same = timedelta(seconds=body["duplicate_check_interval"])
        if self.peer.first(json.dumps(body, sort_keys=True), same) or not body["enable_duplicate_check"]:
            self.tell(body["touser"], body["text"]["content"])
        return {"errcode": 0, "errmsg": "ok", "msgid": f"msg-{next(self.peer.serials)}"}


class DingtalkHandler(PlatformHandler):
    """open.dingtalk.com"""

    def route(self, path: str, query: dict[str, str], body: Any) -> None:
        if path == "/gettoken":
            good = (query.get("appkey"), query.get("appsecret")) == ("corp", SECRET)
            return self.answer(
                200,
                {"errcode": 0, "errmsg": "ok", "access_token": self.peer.token(), "expires_in": 7200}
                if good
                else {"errcode": 40089, "errmsg": "不合法的corpid或corpsecret"},
            )
        if path == "/robot/send":
            wrong = self.wrong(query)
            return self.answer(200, wrong) if wrong else self.moody(lambda: self.to_group(body))
        if query.get("access_token") not in self.peer.tokens:
            return self.answer(200, {"errcode": 40014, "errmsg": "不合法的access_token"})
        if path.endswith("/getsendresult"):
            return self.answer(200, self.result(body))
        return self.moody(lambda: self.to_person(body))

    def wrong(self, query: dict[str, str]) -> Any:
        if query.get("access_token") != SECRET:
            return {"errcode": 300001, "errmsg": "token is not exist"}
        stamp = query.get("timestamp", "0")
        if abs(self.peer.now().timestamp() * 1000 - int(stamp)) > 3_600_000:
            return {"errcode": 310000, "errmsg": "invalid timestamp"}
        right = base64.b64encode(hmac.new(SIGN.encode(), f"{stamp}\n{SIGN}".encode(), hashlib.sha256).digest())
        return None if right.decode() == query.get("sign") else {"errcode": 310000, "errmsg": "sign not match"}

    def to_group(self, body: Any) -> Any:
        self.tell("group", body["text"]["content"])
        return {"errcode": 0, "errmsg": "ok"}

    def to_person(self, body: Any) -> Any:
        task, to = str(next(self.peer.serials)), body["userid_list"]
        content = json.dumps([to, body["msg"]], sort_keys=True)
        there = to in self.peer.people and self.peer.first(content, timedelta(days=1))
        self.peer.tasks[task] = (to, there)
        if there:
            self.tell(to, body["msg"]["text"]["content"])
        return {"errcode": 0, "errmsg": "ok", "task_id": int(task), "request_id": "r"}

    def result(self, body: Any) -> Any:
        to, there = self.peer.tasks[str(body["task_id"])]
        lists = {"unread_user_id_list": [to] if there else [], "read_user_id_list": []}
        known = to in self.peer.people
        lists |= {"invalid_user_id_list": [] if known else [to], "failed_user_id_list": []}
        lists |= {"forbidden_user_id_list": [to] if known and not there else []}
        return {"errcode": 0, "errmsg": "ok", "send_result": lists}


class FeishuHandler(PlatformHandler):
    """open.feishu.cn"""

    def route(self, path: str, query: dict[str, str], body: Any) -> None:
        if path == "/open-apis/auth/v3/tenant_access_token/internal":
            good = (body.get("app_id"), body.get("app_secret")) == ("corp", SECRET)
            return self.answer(
                200,
                {"code": 0, "msg": "ok", "tenant_access_token": self.peer.token(), "expire": 7200}
                if good
                else {"code": 10014, "msg": "app secret invalid"},
            )
        if path == f"/open-apis/bot/v2/hook/{SECRET}":
            wrong = self.wrong(body)
            return self.answer(200, wrong) if wrong else self.moody(lambda: self.to_group(body))
        if path != "/open-apis/im/v1/messages":
            return self.answer(400, {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"})
        if self.headers.get("Authorization") not in {f"Bearer {one}" for one in self.peer.tokens}:
            return self.answer(400, {"code": 99991663, "msg": "Invalid access token for authorization."})
        assert query == {"receive_id_type": "user_id"}
        return self.moody(lambda: self.to_person(body))

    def wrong(self, body: Any) -> Any:
        stamp = str(body.get("timestamp", "0"))
        right = base64.b64encode(hmac.new(f"{stamp}\n{SIGN}".encode(), digestmod=hashlib.sha256).digest()).decode()
        fresh = abs(self.peer.now().timestamp() - int(stamp)) <= 3600
        if fresh and right == body.get("sign"):
            return None
        return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}

    def to_group(self, body: Any) -> Any:
        assert body["msg_type"] == "text"
        self.tell("group", body["content"]["text"])
        return {"code": 0, "msg": "success", "data": {}}

    def to_person(self, body: Any) -> Any:
        if body["receive_id"] not in self.peer.people:
            return {"code": 230013, "msg": "Bot has NO availability to this user."}
        assert 0 < len(body["uuid"]) <= 50
        if self.peer.first(body["uuid"], timedelta(hours=1)):
            self.tell(body["receive_id"], json.loads(body["content"])["text"])
        return {"code": 0, "msg": "success", "data": {"message_id": f"om_{next(self.peer.serials)}"}}


HANDLERS: dict[str, type[PlatformHandler]] = {
    "wecom": WecomHandler,
    "dingtalk": DingtalkHandler,
    "feishu": FeishuHandler,
}
