"""What customers write by mail becomes a case, or a line in the case it is about; every mail once."""

from __future__ import annotations

from huiyin.cases.models import Case, CaseNote
from huiyin.cases.reactions import take_message
from huiyin.channels.public import MessageReceived
from huiyin.foundation.calls import system_call
from tests.cases.conftest import Cases
from tests.conftest import Company

LIN = "lin@customer.example"


def mail(number: int, **values: object) -> None:
    given = {"channel": "email_in", "sender": LIN, "subject": "空调不制冷", "text": "昨天开始", "thread_of": None}
    take_message(system_call(), MessageReceived(message_id=number, **(given | values)))


def test_a_mail_becomes_a_case_of_the_customer_it_comes_from(cases: Cases, company: Company) -> None:
    mail(1)
    case = Case.objects.get()
    assert (case.title, case.description, case.channel, case.customer) == (
        "空调不制冷",
        "昨天开始",
        "email",
        cases.customer,
    )
    assert (case.kind, case.department, case.owner) == ("other", company.departments["service"], None)
    assert case.notes.get().kind == "told"


def test_a_mail_of_a_stranger_becomes_a_case_with_the_address(cases: Cases) -> None:
    mail(1, sender="new@customer.example", text="")
    case = Case.objects.get()
    assert (case.customer, case.reporter_email, case.description) == (None, "new@customer.example", "空调不制冷")


def test_an_answer_goes_into_its_case(cases: Cases) -> None:
    case = cases.open()
    mail(1, thread_of=("cases.case", case.pk), sender="other@customer.example", text="照片见附件")
    mail(2, subject=f"Re: [{case.number}] 已受理", text="还是不行")
    said = CaseNote.objects.filter(case=case, kind="said").order_by("message_id")
    assert [note.text for note in said] == ["照片见附件", "还是不行"]
    assert Case.objects.count() == 1


def test_a_stranger_who_names_a_number_gets_a_case_of_their_own(cases: Cases) -> None:
    case = cases.open()
    mail(1, subject=case.number, sender="guesser@elsewhere.example")
    assert (case.notes.filter(kind="said").count(), Case.objects.count()) == (0, 2)


def test_a_mail_told_twice_is_kept_once(cases: Cases) -> None:
    case = cases.open()
    for _twice in range(2):
        mail(1, subject=case.number)
    assert (case.notes.filter(kind="said").count(), Case.objects.count()) == (1, 1)


def test_a_mail_told_twice_opens_one_case(cases: Cases) -> None:
    for _twice in range(2):
        mail(1)
    assert Case.objects.count() == 1


def test_words_to_a_closed_case_open_a_new_one_that_points_to_it(cases: Cases, company: Company) -> None:
    case = cases.open(kind="inquiry", topic="technical")
    for verb in ("verify", "start", "finish", "tell", "verdict"):
        cases.step(case, verb)
    mail(1, subject=f"Re: [{case.number}]", text="又坏了")
    new = Case.objects.latest("pk")
    assert (case.state, new.repeat_of, new.kind, new.topic) == ("closed", case, "inquiry", "technical")


def test_mails_about_other_records_are_left_to_their_rooms(cases: Cases) -> None:
    mail(1, thread_of=("visits.visit", 7))
    assert Case.objects.count() == 0
