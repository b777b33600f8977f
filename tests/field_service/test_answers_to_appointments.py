"""An answer to a message about a site visit stands in the visit's case; a person reads it, nothing else happens."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.cases.actions.merge import merge_case
from huiyin.cases.models import Case, CaseNote
from huiyin.cases.models.talk import NoteKind
from huiyin.channels.actions.take_reply import take_reply
from huiyin.channels.models import IncomingMessage, OutgoingMessage, SmsAccount, StaffNotice
from huiyin.channels.rules.sms.receipts import Reply
from huiyin.field_service.models import SiteVisit
from huiyin.foundation.calls import system_call
from tests.field_service.conftest import Field

pytestmark = pytest.mark.django_db
PHONE = "13800000042"


def told(visit: SiteVisit, field: Field) -> None:
    """Our newest SMS to the customer is about the visit."""
    OutgoingMessage.objects.create(
        kind="sms", to=PHONE, about="field_service.sitevisit", about_id=visit.pk, created_at=field.clock.now
    )


def answers(field: Field, text: str, key: str = "1") -> IncomingMessage | None:
    account, _made = SmsAccount.objects.get_or_create(provider="aliyun", name="阿里云")
    return take_reply(system_call(), account, Reply(key, PHONE, text, field.clock.now))


def said(case: Case) -> list[tuple[str, str]]:
    return list(case.notes.filter(kind=NoteKind.SAID).order_by("pk").values_list("text", "channel"))


@pytest.mark.parametrize("text", ["同意", "不同意", "那天我不在家，改到周六吧", "2"])
def test_an_sms_after_an_appointment_is_a_line_of_its_case_and_its_people_hear(field: Field, text: str) -> None:
    visit = field.plan()
    told(visit, field)
    before = SiteVisit.objects.values().get(), field.case.state, Case.objects.count()
    StaffNotice.objects.all().delete()
    row = answers(field, text)
    assert row is not None
    row.refresh_from_db()
    field.case.refresh_from_db()
    assert (row.state, row.about, row.about_id) == ("handled", "cases.case", field.case.pk)
    assert (SiteVisit.objects.values().get(), field.case.state, Case.objects.count()) == before
    assert said(field.case) == [(text, "sms")]
    heard = StaffNotice.objects.filter(text__contains="has written about").values_list("staff", flat=True)
    assert list(heard) == [field.case.owner_id]


def test_the_same_sms_told_twice_stands_once(field: Field) -> None:
    told(field.plan(), field)
    assert [answers(field, "好的") is None for _time in range(2)] == [False, True]
    assert said(field.case) == [("好的", "sms")]


def test_a_yes_to_an_appointment_agrees_to_no_plan_of_another_case(field: Field) -> None:
    told(field.plan(), field)
    waits = field.cases.until("send_plan", cost=Decimal(1980))
    OutgoingMessage.objects.filter(about="cases.case").delete()
    answers(field, "同意")
    assert (waits.plans.get().answer, said(waits), said(field.case)) == ("", [], [("同意", "sms")])


def test_after_a_merge_the_answer_stands_where_the_case_went(field: Field) -> None:
    told(field.plan(), field)
    into = field.cases.until("start")
    merge_case(field.call("agent"), field.case.pk, into=into.number, reason="同一件事")
    answers(field, "周六可以")
    assert CaseNote.objects.get(text="周六可以").case_id == into.pk


def test_words_after_the_case_has_ended_are_a_case_that_points_to_it(field: Field) -> None:
    visit = field.plan()
    told(visit, field)
    Case.objects.filter(pk=field.case.pk).update(state="closed")
    answers(field, "又不制冷了")
    made = Case.objects.latest("pk")
    assert (made.repeat_of_id, made.description, said(field.case)) == (field.case.pk, "又不制冷了", [])
