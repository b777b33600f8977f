"""A company whose agents are known at one platform on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from huiyin.channels.models import OutgoingMessage, StaffAccount, StaffAddress
from huiyin.channels.platforms import calling
from huiyin.foundation import clock
from tests.channels.platform_servers import HANDLERS, SECRET, SIGN, PlatformPeer
from tests.channels.sms_servers import Running
from tests.conftest import Company


@dataclass
class Platform:
    """One platform: its peer, the company's application there, and a group's robot (not in use at first)."""

    code: str
    running: Running
    app: StaffAccount
    robot: StaffAccount

    @property
    def peer(self) -> PlatformPeer:
        return self.running.peer  # type: ignore[return-value]

    @property
    def told(self) -> list[str]:
        """To whom something came, in order."""
        return [one.to for one in self.peer.told]

    def sent(self) -> list[OutgoingMessage]:
        """What left by this platform."""
        return list(OutgoingMessage.objects.filter(kind=self.code).order_by("id"))


@pytest.fixture
def platform_at(company: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Platform]]:
    """Opens a platform: the agent is zhangsan there, the other agent somebody it does not know."""
    monkeypatch.setenv("HUIYIN_STAFF_TEST", SECRET)
    monkeypatch.setenv("HUIYIN_STAFF_SIGN", SIGN)
    calling._tokens.clear()
    opened: list[Running] = []

    def open_one(code: str) -> Platform:
        running = Running(HANDLERS[code], clock.now, PlatformPeer(clock.now))
        opened.append(running)
        common = {"platform": code, "base_url": running.peer.url, "secret": "env:HUIYIN_STAFF_TEST"}
        app = StaffAccount.objects.create(name=f"{code} app", mode="app", key_id="corp", agent_id="1000002", **common)
        robot = StaffAccount.objects.create(
            name=f"{code} robot",
            mode="robot",
            sign_secret="env:HUIYIN_STAFF_SIGN",
            groups=["late"],
            is_active=False,
            **common,
        )
        for role, address in (("agent", "zhangsan"), ("agent2", "nobody-there")):
            StaffAddress.objects.create(staff=company.staff[role], platform=code, address=address)
        return Platform(code, running, app, robot)

    yield open_one
    for one in opened:
        one.stop()


@pytest.fixture(params=sorted(HANDLERS))
def platform(request: pytest.FixtureRequest, platform_at: Callable[[str], Platform]) -> Platform:
    """Each of the three."""
    return platform_at(request.param)
