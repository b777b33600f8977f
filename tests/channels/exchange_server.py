"""A telephone exchange on loopback, as docs/set-up-cti.md describes it, with nothing of the product's code: it checks
the signature of what it is asked, and signs what it pushes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "loopback-only-secret"


def sign(stamp: str, body: bytes) -> str:
    return "v1=" + hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def pushed(body: Any, now: float) -> tuple[bytes, dict[str, str]]:
    """What the exchange sends: the body and the headers it signs it with."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = str(int(now))
    return raw, {"X-Huiyin-Timestamp": stamp, "X-Huiyin-Signature": sign(stamp, raw)}


@dataclass
class Peer:
    """The exchange: what it dialled, and how it shall behave next (``moods``, used up one per request).

    "refuse" answers 409, "break" 500, "hang" dials and answers when it is ``released``, "drop" dials and breaks the
    connection. ``rang`` is set once it dialled.
    """

    now: Callable[[], float]
    dialled: list[dict[str, Any]] = field(default_factory=list)
    moods: list[str] = field(default_factory=list)
    asked: int = 0
    refused: list[str] = field(default_factory=list)
    sounds: dict[str, bytes] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    url: str = ""
    rang: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)


def _handler(peer: Peer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            """Keeps quiet."""

        def do_POST(self) -> None:
            peer.asked += 1
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            stamp = self.headers.get("X-Huiyin-Timestamp", "")
            if self.headers.get("X-Huiyin-Signature") != sign(stamp, body) or abs(int(stamp) - peer.now()) > 300:
                peer.refused.append("signature")
                self.answer(401, b"{}")
                return
            mood = peer.moods.pop(0) if peer.moods else "ok"
            if mood in ("refuse", "break"):
                self.answer(409 if mood == "refuse" else 500, b'{"error": "all lines busy"}')
                return
            peer.dialled.append(json.loads(body))
            peer.rang.set()
            if mood == "hang":
                peer.released.wait(60)
            if mood == "drop":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                return
            self.answer(202, b"")

        def do_GET(self) -> None:
            stamp = self.headers.get("X-Huiyin-Timestamp", "")
            if self.headers.get("X-Huiyin-Signature") != sign(stamp, self.path.encode()):
                self.answer(401, b"")
                return
            peer.fetched.append(self.path)
            sound = peer.sounds.get(self.path)
            self.answer(200 if sound is not None else 404, sound or b"")

        def answer(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler


@contextmanager
def exchange(now: Callable[[], float]) -> Iterator[Peer]:
    """A running exchange."""
    peer = Peer(now)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(peer))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    peer.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield peer
    finally:
        peer.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
