"""A message to the customer that did not arrive: whoever works on the case hears of it, once."""

from __future__ import annotations

import pytest

from huiyin.cases.models import Case, CaseNote
from huiyin.channels.actions.take_bounce import take_bounce
from huiyin.channels.models import StaffNotice
from huiyin.channels.public import OutgoingMessage
from huiyin.channels.rules.bounces import Bounce
from huiyin.foundation.calls import system_call
from tests.cases.conftest import Cases
from tests.conftest import Company


def letter_about(case: Case) -> OutgoingMessage:
    return OutgoingMessage.objects.filter(about="cases.case", about_id=case.pk).latest("id")


def comes_back(case: Case, *, final: bool = True) -> None:
    take_bounce(system_call(), Bounce(letter_about(case).message_id, "550 no such user", final))


def said(case: Case) -> list[str]:
    return list(CaseNote.objects.filter(case=case, kind="note").order_by("id").values_list("text", flat=True))


def test_a_letter_that_came_back_stands_in_the_case_and_is_told_once(cases: Cases, company: Company) -> None:
    case = cases.until("send_plan")
    StaffNotice.objects.all().delete()
    for _twice in range(2):
        comes_back(case)
    subject = letter_about(case).subject
    assert said(case) == [f"这条给客户的消息没有送达：{subject} (550 no such user)"]
    told = StaffNotice.objects.get()
    assert (told.staff, told.page, told.args) == (company.staff["agent"], "case", [case.pk])
    assert told.sentence == f"给 {case.number} 的客户的消息没有送达：{case.title}"


def test_word_of_a_delay_or_of_another_matter_is_told_to_nobody(cases: Cases) -> None:
    case = cases.open()
    StaffNotice.objects.all().delete()
    comes_back(case, final=False)
    OutgoingMessage.objects.filter(pk=letter_about(case).pk).update(about="", about_id=None)
    take_bounce(system_call(), Bounce(OutgoingMessage.objects.latest("id").message_id, "550", True))
    assert (said(case), StaffNotice.objects.count()) == ([], 0)


@pytest.mark.parametrize(("state", "words"), [("failed", "没有送达"), ("uncertain", "不知道这条给客户的消息是否送达")])
def test_it_stands_where_a_merged_case_went_and_says_when_it_is_not_sure(
    cases: Cases, company: Company, state: str, words: str
) -> None:
    from huiyin.cases.reactions import say_what_did_not_arrive
    from huiyin.channels.public import MessageNotDelivered

    kept, gone = cases.open(), cases.open()
    letter = letter_about(gone)
    Case.objects.filter(pk=gone.pk).update(merged_into=kept)
    say_what_did_not_arrive(company.call("agent"), MessageNotDelivered(letter.pk, state, "", ("cases.case", gone.pk)))
    assert len(said(kept)) == 1
    assert words in said(kept)[0]
    assert said(gone) == []
