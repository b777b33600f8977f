"""What customers write by mail becomes a case, or a line in the case it is about; every mail once."""

from __future__ import annotations

from pathlib import Path

from pytest_django import Settings

from huiyin.cases.models import Case, CaseNote
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.reactions import take_message
from huiyin.channels.models import IncomingAttachment
from huiyin.channels.public import IncomingMessage, MessageReceived, keep
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


def test_a_mail_that_answers_a_message_about_something_else_is_a_case(cases: Cases) -> None:
    mail(1, thread_of=("visits.visit", 7))
    assert Case.objects.get().channel == "email"


def a_mail_with_files(**files: bytes) -> IncomingMessage:
    """A kept mail; names are written with one underscore for the dot."""
    received = IncomingMessage.objects.create(key="<1@x>", sender=LIN, size=9, received_at=system_call().now)
    for number, (name, content) in enumerate(files.items(), start=1):
        IncomingAttachment.objects.create(
            message=received, number=number, name=name.replace("_", "."), size=len(content), path=keep(content)
        )
    IncomingAttachment.objects.create(message=received, number=9, name="a.exe", size=3, refused="runs")
    return received


def test_files_of_a_mail_stand_with_its_case(cases: Cases, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    picture = b"\x89PNG\r\n\x1a\n1"
    first = a_mail_with_files(a_png=picture, again_png=picture, note_txt=b"words", lies_png=b"words")
    mail(first.pk)
    case = Case.objects.get()
    assert [(file.name, file.size) for file in case.attachments.order_by("id")] == [("a.png", 9), ("note.txt", 5)]
    assert case.attachments.get(name="a.png").file.read() == picture
    first.refresh_from_db()
    assert (first.state, first.about_id) == ("handled", case.pk)


def test_the_files_of_an_answer_join_those_of_its_case_up_to_the_limit(
    cases: Cases, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = cases.open()
    room = conduct_at(system_call().now).attachments_a_case
    for number in range(room - 1):
        case.attachments.create(name="x.txt", media_type="text/plain", size=1, digest=str(number), at=case.received_at)
    mail(a_mail_with_files(a_txt=b"one", b_txt=b"two").pk, thread_of=("cases.case", case.pk))
    assert list(case.attachments.exclude(name="x.txt").values_list("name", flat=True)) == ["a.txt"]
