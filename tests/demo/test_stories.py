"""The demo company shows every room alive: somebody waits in the chat, a part is owed, a case is followed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from huiyin.cases.models import Agreement, AnswerTemplate, CaseMarks, CaseView, CaseWatcher, Macro, OwnStage
from huiyin.cases.public import Case
from huiyin.demo.loading.company import Size, load_company
from huiyin.devices.models import DeviceLabel, DeviceSource
from huiyin.field_service.public import SiteVisit
from huiyin.foundation.calls import system_call
from huiyin.foundation.shipping import ship_all
from huiyin.spare_parts.models import Need
from huiyin.web_chat.models import Chat
from tests.conftest import MovableClock

SUNDAY, WEEKDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC), datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("now", [SUNDAY, WEEKDAY])
def test_a_new_user_finds_something_in_every_room_on_whatever_day(now: datetime, clock: MovableClock) -> None:
    clock.set(now)
    ship_all(system_call())
    load_company(system_call(), size=Size(400, 2026, 1.0, 1.0))

    told = {(chat.state, chat.outcome, chat.owner.username if chat.owner else "") for chat in Chat.objects.all()}
    assert told == {
        ("waiting", "", ""),
        ("talking", "", "2001"),
        ("ended", "case", "2003"),
        ("ended", "answered", "2005"),
    }
    assert Case.objects.get(channel="chat").title == "送来的油烟机少了一根排烟管，门店说补发，五天了没有消息。"
    assert set(Macro.objects.values_list("owner__username", "department__code")) == {
        (None, None),
        (None, "service"),
        ("2001", None),
    }
    assert AnswerTemplate.objects.count() == 5
    assert OwnStage.objects.get().name == "送检维修中"
    assert set(CaseView.objects.filter(code=None).values_list("audience", flat=True)) == {"all", "team"}
    assert Agreement.objects.get().customer.tier == "vip"
    assert CaseWatcher.objects.filter(why="mention", staff__username="1002").exists()
    assert not Case.objects.filter(marks=None).exists()
    assert CaseMarks.objects.count() == Case.objects.count()
    assert sorted(need.missing for need in Need.objects.open()) == [0, 2]
    assert SiteVisit.objects.filter(report__signed_at__isnull=False).count() == 1
    assert (DeviceLabel.objects.filter(installed__isnull=False).count(), DeviceSource.objects.count()) == (4, 1)
