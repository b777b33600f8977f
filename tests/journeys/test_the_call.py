"""One key dials, the line tells what happened, the customer agrees to be recorded, quality control listens (VIS-23,
VIS-25, CHN-4): the number is seen by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

import httpx
import pytest
from django.conf import settings
from playwright.sync_api import expect

from huiyin.channels.public import last_call_about
from huiyin.foundation.models import ActEntry
from huiyin.visits.public import Attempt, Visit, VisitRecord
from huiyin.visits.tasks import fetch_recordings
from tests.channels.exchange_server import SECRET, Peer, exchange, pushed
from tests.journeys.test_refusal import planned
from tests.journeys.walk import Walk, words
from tests.visits.sounds import wav

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
EVENTS = count(1)


@pytest.fixture
def peer(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    monkeypatch.setenv("HUIYIN_CTI_LOOPBACK", SECRET)
    with exchange(lambda: walk.clock.now.timestamp()) as running:  # noqa: PLW0108 - the clock moves
        yield running


def test_a_call_over_the_exchange(walk: Walk, peer: Peer) -> None:
    walk.clock.set("2026-09-21 09:00")
    planned(walk, monday=date(2026, 9, 21))
    _set_up(walk, peer)
    visit = Visit.objects.get(customer__name="赵敏")
    walk.at("2026-09-21 14:05")
    page = walk.open("agent", f"/visits/{visit.pk}/")
    walk.picture(page, "before-dialling")
    page.keyboard.press("c")
    expect(page.locator("#line .line-state")).to_contain_text(walk.say("正在外呼", "Being dialled"))
    assert peer.dialled[0]["number"] == "+8613800001111"

    _tell(walk, visit, "ringing")
    _tell(walk, visit, "answered", after=8)
    expect(page.locator("#line .line-state")).to_contain_text(walk.say("通话中", "On the line"))
    page.keyboard.press("y")
    expect(page.locator("#recording .badge")).to_have_text(walk.say("已同意", "Agreed"))
    walk.picture(page, "on-the-line")
    assert "13800001111" not in page.content().replace(" ", "")

    peer.sounds["/rec/1.wav"] = wav(0.5)
    _tell(walk, visit, "hung_up", after=251, code="q850:16", seconds=243)
    _tell(walk, visit, "recording", after=252, recording_url=f"{peer.url}/rec/1.wav")
    expect(page.locator("#line")).to_contain_text(walk.say("请按一个键登记结果", "log what it brought with one key"))
    for key in "55454":
        page.keyboard.press(key)
    page.keyboard.press("a")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: f"/visits/{visit.pk}/" not in url)
    dial = Attempt.objects.get(visit=visit)
    assert (dial.business, dial.heard, dial.seconds) == ("completed", "connected", 243)
    assert VisitRecord.objects.get(visit=visit).late is False

    walk.job(fetch_recordings)
    _heard(walk, visit)


def _heard(walk: Walk, visit: Visit) -> None:
    """Quality control plays the recording; the agent cannot."""
    page = walk.open("quality", f"/visits/{visit.pk}/")
    assert words(page.locator(".timeline").first.locator(".timeline-body").first).startswith("138****1111 · 4:03")
    walk.picture(page, "heard-by-quality")
    with page.expect_response("**/visits/recordings/*/") as answer:
        page.locator("#recording audio").evaluate("sound => sound.play()")
    assert answer.value.status == 200
    assert ActEntry.objects.filter(verb="visits.hear_recording", actor_name="quality").exists()
    assert walk.open("agent", f"/visits/{visit.pk}/").locator("#recording audio").count() == 0


def _set_up(walk: Walk, peer: Peer) -> None:
    """The administrator sets the exchange up."""
    page = walk.open("administrator", "/telephone/")
    walk.picture(page, "no-exchange")
    page = walk.open("administrator", "/telephone/exchanges/new/")
    page.locator("[name=name]").fill("话务台")
    page.locator("[name=dial_url]").fill(f"{peer.url}/calls")
    page.locator("[name=secret]").fill("env:HUIYIN_CTI_LOOPBACK")
    page.locator("[name=extensions]").fill(f"{walk.company.staff['agent'].username} = 8001")
    page.locator(".form-end .btn-primary").click()
    page.locator("#events").wait_for()
    walk.picture(page, "exchange")


def _tell(walk: Walk, visit: Visit, kind: str, *, after: int = 0, **more: Any) -> None:
    """The exchange pushes an event, twice, as exchanges do."""
    call = last_call_about("visits.visit", visit.pk)
    assert call is not None
    at = (call.asked_at + timedelta(seconds=after)).isoformat()
    body = {"id": f"e{next(EVENTS)}", "call": str(call.key), "kind": kind, "occurred_at": at, **more}
    for _ in range(2):
        raw, headers = pushed(body, walk.clock.now.timestamp())
        address = f"{settings.PUBLIC_URL}/telephone/in/{call.exchange_id}/events/"
        assert httpx.post(address, content=raw, headers=headers).status_code == 200
