"""Alibaba Cloud's and Tencent Cloud's SMS services on loopback, as their documentation describes them.

Signatures are checked from the documents alone, with nothing of the product's code: what the product signs is rebuilt
here from the request as it came over the wire.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import socket
import struct
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
KEY_ID, KEY = "LTAI-loopback", "loopback-only"


@dataclass
class Received:
    """One SMS that a peer accepted."""

    number: str
    signature: str
    template: str
    values: Any
    reference: str
    serial: str
    at: datetime
    status: str = "waiting"  # delivered, failed


@dataclass
class Peer:
    """A service: what it accepted, and how it shall behave next.

    ``moods`` are used up one per SendSms: ("error", code, words), "drop" (accepts, then breaks the connection), "lost"
    (breaks it before accepting), "hang" (accepts, answers too late), "html" (a proxy's error page).
    """

    now: Callable[[], datetime]
    accepted: list[Received] = field(default_factory=list)
    moods: list[Any] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    query_mood: Any = None
    hidden: bool = False
    url: str = ""
    serials: Any = field(default_factory=lambda: count(1))
    answering: threading.Event = field(default_factory=threading.Event)

    def mood(self) -> Any:
        return self.moods.pop(0) if self.moods else "ok"


class Handler(BaseHTTPRequestHandler):
    """The parts that both services share."""

    protocol_version = "HTTP/1.1"
    peer: ClassVar[Peer]

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Keeps quiet."""

    def answer(self, status: int, body: Any) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json;charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def drop(self) -> None:
        """Breaks the connection as a dying server does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))


# Alibaba Cloud ----------------------------------------------------------------------------------------------------


def encode(text: str) -> str:
    """RFC 3986 as the document asks for it: unreserved characters stay, a blank is %20, a star %2A, a tilde ~."""
    return "".join(
        chr(byte) if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in "-_.~") else f"%{byte:02X}"
        for byte in text.encode()
    )


def acs3_signature(key: str, method: str, path: str, query: str, headers: dict[str, str], names: str) -> str:
    """help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature, steps 1 to 3."""
    pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
    decoded = sorted((urllib.parse.unquote(name), urllib.parse.unquote(value)) for name, value in pairs)
    canonical_query = "&".join(f"{encode(name)}={encode(value)}" for name, value in decoded)
    lines = [f"{name}:{headers[name].strip()}" for name in names.split(";")]
    request = "\n".join([method, path, canonical_query, *lines, "", names, headers["x-acs-content-sha256"]])
    text = "ACS3-HMAC-SHA256\n" + hashlib.sha256(request.encode("utf-8")).hexdigest()
    return hmac.new(key.encode(), text.encode(), "sha256").hexdigest()


class AliyunHandler(Handler):
    """Dysmsapi 2017-05-25."""

    def do_POST(self) -> None:
        body = self.body()
        path, _mark, query = self.path.partition("?")
        wrong = self.wrong(path, query, body)
        if wrong:
            self.peer.calls.append(wrong)
            return self.answer(400, {"RequestId": "R", "HostId": "h", "Code": wrong, "Message": "as documented"})
        parameters = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        action = self.headers["x-acs-action"]
        self.peer.calls.append(action)
        return self.send(parameters) if action == "SendSms" else self.details(parameters)

    def wrong(self, path: str, query: str, body: bytes) -> str:
        headers = {name.lower(): value for name, value in self.headers.items()}
        found = re.fullmatch(
            r"ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})",
            headers.get("authorization", ""),
        )
        if not found or headers.get("x-acs-version") != "2017-05-25":
            return "IncompleteSignature"
        who, names, signature = found.groups()
        needed = {name for name in headers if name.startswith("x-acs-") or name in ("host", "content-type")}
        if who != KEY_ID:
            return "InvalidAccessKeyId.NotFound"
        if set(names.split(";")) != needed or names != ";".join(sorted(needed)):
            return "IncompleteSignature"
        if hashlib.sha256(body).hexdigest() != headers["x-acs-content-sha256"]:
            return "SignatureDoesNotMatch"
        at = datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if abs(self.peer.now() - at) > timedelta(minutes=15):
            return "InvalidTimeStamp.Expired"
        right = acs3_signature(KEY, "POST", path, query, headers, names)
        return "" if hmac.compare_digest(right, signature) else "SignatureDoesNotMatch"

    def send(self, parameters: dict[str, str]) -> None:
        mood = self.peer.mood()
        if mood == "lost":
            return self.drop()
        if isinstance(mood, tuple):
            return self.answer(200, {"RequestId": "R", "Code": mood[1], "Message": mood[2]})
        if mood == "html":
            return self.answer(502, b"<html>502 Bad Gateway</html>")
        one = Received(
            number=parameters["PhoneNumbers"],
            signature=parameters["SignName"],
            template=parameters["TemplateCode"],
            values=json.loads(parameters.get("TemplateParam", "{}")),
            reference=parameters.get("OutId", ""),
            serial=f"9006197469364984{next(self.peer.serials)}^0",
            at=self.peer.now(),
        )
        self.peer.accepted.append(one)
        if mood == "drop":
            return self.drop()
        if mood == "hang":
            self.peer.answering.wait(10)
        return self.answer(200, {"RequestId": "R", "Code": "OK", "Message": "OK", "BizId": one.serial})

    def details(self, parameters: dict[str, str]) -> None:
        if self.peer.query_mood:
            return self.answer(400, {"RequestId": "R", "Code": self.peer.query_mood, "Message": "no"})
        rows = [
            one
            for one in self.peer.accepted
            if one.number == parameters["PhoneNumber"]
            and one.at.astimezone(BEIJING).strftime("%Y%m%d") == parameters["SendDate"]
            and parameters.get("BizId", one.serial) == one.serial
        ]
        size, page = int(parameters["PageSize"]), int(parameters["CurrentPage"])
        assert 1 <= size <= 50
        shown = [] if self.peer.hidden else rows[(page - 1) * size : page * size]
        states = {"waiting": 1, "failed": 2, "delivered": 3}
        listed = [
            {
                "ErrCode": {"waiting": "", "failed": "MK:0010", "delivered": "DELIVERED"}[one.status],
                "TemplateCode": one.template,
                "OutId": one.reference,
                "ReceiveDate": one.at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S"),
                "SendDate": one.at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S"),
                "PhoneNum": one.number,
                "Content": "【…】",
                "SendStatus": states[one.status],
            }
            for one in shown
        ]
        return self.answer(
            200,
            {
                "TotalCount": len(rows),
                "Message": "OK",
                "RequestId": "R",
                "Code": "OK",
                "SmsSendDetailDTOs": {"SmsSendDetailDTO": listed},
            },
        )


# Tencent Cloud ----------------------------------------------------------------------------------------------------


def tc3_signature(key: str, headers: dict[str, str], names: str, payload: bytes, service: str) -> str:
    """cloud.tencent.com/document/api/362/4208, steps 1 to 3. The action is signed in small letters."""
    date = datetime.fromtimestamp(int(headers["x-tc-timestamp"]), UTC).strftime("%Y-%m-%d")
    lines = "".join(f"{name}:{headers[name].strip().lower()}\n" for name in names.split(";"))
    request = "POST\n" + "/\n" + "\n" + lines + "\n" + names + "\n" + hashlib.sha256(payload).hexdigest()
    text = "\n".join(
        [
            "TC3-HMAC-SHA256",
            headers["x-tc-timestamp"],
            f"{date}/{service}/tc3_request",
            hashlib.sha256(request.encode()).hexdigest(),
        ]
    )
    secret_date = hmac.digest(b"TC3" + key.encode(), date.encode(), "sha256")
    secret_service = hmac.digest(secret_date, service.encode(), "sha256")
    secret_signing = hmac.digest(secret_service, b"tc3_request", "sha256")
    return hmac.digest(secret_signing, text.encode(), "sha256").hex()


class TencentHandler(Handler):
    """SMS 2021-01-11; ``SessionContext`` comes back in lists only when the peer is told so, as with Tencent."""

    opened: ClassVar[bool] = False

    def do_POST(self) -> None:
        payload = self.body()
        wrong = self.wrong(payload)
        if wrong:
            self.peer.calls.append(wrong)
            return self.refuse(wrong, "as documented")
        action = self.headers["X-TC-Action"]
        self.peer.calls.append(action)
        fields = json.loads(payload)
        assert fields["SmsSdkAppId"] == "1400006666"
        return self.send(fields) if action == "SendSms" else self.statuses(fields)

    def wrong(self, payload: bytes) -> str:
        headers = {name.lower(): value for name, value in self.headers.items()}
        found = re.fullmatch(
            r"TC3-HMAC-SHA256 Credential=([^/]+)/([\d-]+)/(\w+)/tc3_request, SignedHeaders=([^,]+), "
            r"Signature=([0-9a-f]{64})",
            headers.get("authorization", ""),
        )
        if not found or headers.get("x-tc-version") != "2021-01-11" or not headers.get("x-tc-region"):
            return "AuthFailure.InvalidAuthorization"
        who, _date, service, names, signature = found.groups()
        if who != KEY_ID:
            return "AuthFailure.SecretIdNotFound"
        if not {"content-type", "host"} <= set(names.split(";")):
            return "AuthFailure.InvalidAuthorization"
        if abs(self.peer.now().timestamp() - int(headers["x-tc-timestamp"])) > 300:
            return "AuthFailure.SignatureExpire"
        right = tc3_signature(KEY, headers, names, payload, "sms")
        same = hmac.compare_digest(right, signature) and service == "sms"
        return "" if same else "AuthFailure.SignatureFailure"

    def refuse(self, code: str, words: str) -> None:
        self.answer(200, {"Response": {"Error": {"Code": code, "Message": words}, "RequestId": "R"}})

    def send(self, fields: dict[str, Any]) -> None:
        mood = self.peer.mood()
        if mood == "lost":
            return self.drop()
        if isinstance(mood, tuple) and mood[0] == "refuse":
            return self.refuse(mood[1], mood[2])
        number = fields["PhoneNumberSet"][0]
        assert re.fullmatch(r"\+86\d{11}", number)
        if isinstance(mood, tuple):
            return self.status(number, "", mood[1], mood[2])
        one = Received(
            number=number,
            signature=fields["SignName"],
            template=fields["TemplateId"],
            values=fields["TemplateParamSet"],
            reference=fields["SessionContext"],
            serial=f"5000:104571066915705365784949961{next(self.peer.serials)}",
            at=self.peer.now(),
        )
        self.peer.accepted.append(one)
        if mood == "drop":
            return self.drop()
        return self.status(number, one.serial, "Ok", "send success")

    def status(self, number: str, serial: str, code: str, words: str) -> None:
        status = {
            "SerialNo": serial,
            "PhoneNumber": number,
            "Fee": 1 if serial else 0,
            "SessionContext": "",
            "Code": code,
            "Message": words,
            "IsoCode": "CN",
        }
        self.answer(200, {"Response": {"SendStatusSet": [status], "RequestId": "R"}})

    def statuses(self, fields: dict[str, Any]) -> None:
        assert fields["Offset"] == 0
        assert fields["Limit"] <= 100
        rows = [
            {
                "UserReceiveTime": int(one.at.timestamp()) + 3,
                "CountryCode": "86",
                "SubscriberNumber": one.number[3:],
                "PhoneNumber": one.number,
                "SerialNo": one.serial,
                "ReportStatus": "SUCCESS" if one.status == "delivered" else "FAIL",
                "Description": "DELIVRD" if one.status == "delivered" else "UNDELIV",
                "SessionContext": one.reference if self.opened else "",
            }
            for one in self.peer.accepted
            if one.number == fields["PhoneNumber"]
            and one.status != "waiting"
            and fields["BeginTime"] <= one.at.timestamp() <= fields["EndTime"]
        ]
        self.answer(200, {"Response": {"PullSmsSendStatusSet": rows, "RequestId": "R"}})


class Running:
    """A peer with its server; stopped, it refuses connections as a service that is down."""

    def __init__(self, handler: type[Handler], now: Callable[[], datetime], peer: Any = None) -> None:
        self.peer = peer or Peer(now)
        self.handler = type("Bound", (handler,), {"peer": self.peer})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler)
        self.port = self.server.server_address[1]
        self.peer.url = f"http://127.0.0.1:{self.port}"
        self.begin()

    def begin(self) -> None:
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        if self.peer.answering:
            self.peer.answering.set()
        self.server.shutdown()
        self.server.server_close()

    def start_again(self) -> None:
        deadline = time.monotonic() + 5
        while True:
            try:
                self.server = ThreadingHTTPServer(("127.0.0.1", self.port), self.handler)
                break
            except OSError:
                assert time.monotonic() < deadline
        self.begin()
