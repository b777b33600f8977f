"""The same push at two web processes, the same person's messages at two workers: everything happens once."""

from __future__ import annotations

import pytest

from huiyin.cases.models import Case, CaseNote
from huiyin.channels.models import IncomingMessage, OutsideIdentity
from huiyin.channels.tasks import take_up_all_from
from tests.cases.test_races import at_once
from tests.channels import platform_pushes as push
from tests.conftest import Company

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_push_at_four_processes_is_one_message(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    account = push.account(monkeypatch, "wecom")
    answers = at_once(*[lambda: push.wecom(account, "空调不制冷").status_code] * 4)
    assert answers == [200] * 4
    assert (IncomingMessage.objects.count(), OutsideIdentity.objects.count()) == (1, 1)


def test_two_messages_of_a_stranger_at_four_workers_are_one_case_with_a_line(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = push.account(monkeypatch, "dingtalk")
    for key, text in (("1", "空调不制冷"), ("2", "在三楼"), ("3", "下午在")):
        push.dingtalk(account, text, key=key)
    person = OutsideIdentity.objects.get().pk
    taken = at_once(*[lambda: take_up_all_from(person)] * 4)
    assert sum(int(str(one)) for one in taken) == 3
    assert Case.objects.get().description == "空调不制冷"
    said = CaseNote.objects.filter(kind="said").order_by("pk").values_list("text", flat=True)
    assert list(said) == ["在三楼", "下午在"]
