"""The customer's answer to a plan: by link, SMS, mail, signed paper; twice, late, from two devices, fifty hands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.actions.answer_plan import answer_plan_by_link, ask_about_plan, confirm_plan
from huiyin.cases.actions.attach import attach_file
from huiyin.cases.actions.note import answer_customer
from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.models import Case, CaseNote, CasePlan, CaseRules, CaseStage
from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.plan_reply import PlanReply, names, read_reply
from huiyin.cases.tasks import remind_of_plans
from huiyin.channels.models import StaffNotice
from huiyin.customers.public import Contact
from huiyin.foundation.calls import system_call
from huiyin.kernel.actor import NOBODY
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Invalid
from tests.cases.conftest import Cases, owed
from tests.cases.test_races import at_once
from tests.conftest import Company, MovableClock

PHONE, MAIL = "13800000042", "lin@customer.example"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def stranger(company: Company) -> Call:
    return Call(actor=NOBODY, now=company.call("agent").now)


def sent(cases: Cases, **more: object) -> Case:
    return cases.until("send_plan", cost=Decimal(380), **more)


def token_of(case: Case) -> str:
    return str(case.links.get().token)


def says(words: str, key: int, channel: str = "sms", sender: str = PHONE, thread: int | None = None) -> Case | None:
    return receive_message(
        system_call(),
        message_id=key,
        channel=channel,
        sender=sender,
        subject="Re:",
        text=words,
        thread_of=("cases.case", thread) if thread else None,
    )


AGREE, DECLINE = Conduct().agree_words, Conduct().decline_words
READ = {
    "Y": (True, ""),
    "y 0007": (True, "0007"),
    "Y0007": (True, "0007"),
    "同意": (True, ""),
    "【回音】同意。": (True, ""),
    "０００７同意": (True, "0007"),
    "同意 GD20260928-0007": (True, "gd20260928-0007"),
    "I agree!\n\n> On Monday you wrote:": (True, ""),
    "不同意": (False, ""),
    "N，太贵了": (False, ""),
    "不同意，太贵了 0012": (False, "0012"),
    "No, too expensive": (False, ""),
    "decline 12": (False, "12"),
}
UNREAD = (
    "同意，但是要周五",
    "可以",
    "ok",
    "好的",
    "",
    "压缩机同意吗",
    "nobody answers",
    "notebook",
    "yesterday",
    "N95口罩呢",
)


@pytest.mark.parametrize("text", READ)
def test_a_plain_yes_or_no_is_read_with_the_number_it_names(text: str) -> None:
    found = read_reply(text, AGREE, DECLINE)
    assert found is not None
    assert (found.agreed, found.token) == READ[text]


@pytest.mark.parametrize("text", UNREAD)
def test_whatever_else_is_for_a_person_to_read(text: str) -> None:
    assert read_reply(text, AGREE, DECLINE) is None


@given(st.text(max_size=200))
def test_no_text_whatever_breaks_the_reading_and_a_yes_stands_alone(text: str) -> None:
    found = read_reply(text, AGREE, DECLINE)
    assert found is None or isinstance(found, PlanReply)
    if found and found.agreed:
        assert len(found.words) < 60


def test_a_case_is_named_by_its_number_or_the_running_part() -> None:
    number = "GD20260928-0007"
    assert [names(token, number) for token in ("gd20260928-0007", "0007", "7", "07", "0017", "gd20260929-0007")] == [
        *(True, True, True, True),
        *(False, False),
    ]


def test_an_sms_confirms_in_writing_and_is_answered(cases: Cases, company: Company) -> None:
    case = sent(cases)
    assert says("同意", 1) == case
    case.refresh_from_db()
    plan = CasePlan.objects.get()
    assert (case.state, plan.answer, plan.way, plan.answer_words) == ("confirmed", "confirmed", "sms", "同意")
    assert Case.objects.count() == 1
    last = case.notes.filter(kind="told").order_by("pk").last()
    assert last is not None
    assert "您已同意" in last.text
    assert "380.00" in last.text
    assert StaffNotice.objects.filter(staff=company.staff["agent"], text__contains="has agreed").count() == 1


def test_an_sms_declines_with_words_and_a_new_plan_is_promised(cases: Cases) -> None:
    case = sent(cases)
    says("不同意，太贵了", 1)
    case.refresh_from_db()
    plan = CasePlan.objects.get()
    assert (case.state, plan.answer, plan.answer_words) == ("verified", "declined", "不同意，太贵了")
    assert owed(case) == {"plan": "09-29 09:00"}


def test_with_several_plans_open_the_number_decides_and_without_it_nothing_is_confirmed(cases: Cases) -> None:
    one, two = sent(cases), sent(cases)
    assert says("Y", 1) == two
    for case in (one, two):
        case.refresh_from_db()
    assert (one.state, two.state) == ("planned", "planned")
    asked = two.notes.filter(kind="told").order_by("pk").last()
    assert asked is not None
    assert "GD20260928-0001、GD20260928-0002" in asked.text
    assert says("Y 0001", 2) == one
    for case in (one, two):
        case.refresh_from_db()
    assert (one.state, two.state) == ("confirmed", "planned")


def test_the_same_sms_answer_twice_is_the_same_answer(cases: Cases) -> None:
    case = sent(cases)
    for key in (1, 2):
        says("同意", key)
    says("同意", 1)
    assert CaseStage.objects.filter(case=case, verb="confirm").count() == 1
    assert CaseNote.objects.filter(case=case, kind="said").count() == 2
    last = case.notes.filter(kind="told").order_by("pk").last()
    assert last is not None
    assert "无需再操作" in last.text


def test_an_sms_while_the_plan_is_being_changed_confirms_nothing(cases: Cases) -> None:
    case = sent(cases)
    cases.step(case, "plan", steps="改为更换整机")
    says("同意", 1)
    case.refresh_from_db()
    assert (case.state, set(CasePlan.objects.values_list("answer", flat=True))) == ("planned", {""})
    last = case.notes.filter(kind="told").order_by("pk").last()
    assert last is not None
    assert "本次未作确认" in last.text


def test_words_that_are_no_plain_answer_stay_words(cases: Cases) -> None:
    case = sent(cases)
    says("同意，但是要周五来", 1, thread=case.pk)
    case.refresh_from_db()
    assert (case.state, case.notes.filter(kind="said").count()) == ("planned", 1)


@pytest.mark.parametrize(("sender", "state"), [(MAIL, "confirmed"), ("forger@elsewhere.example", "planned")])
def test_a_mail_confirms_only_from_the_customers_own_address(cases: Cases, sender: str, state: str) -> None:
    case = sent(cases)
    says("同意\n\n> 原文", 1, channel="email_in", sender=sender, thread=case.pk)
    case.refresh_from_db()
    assert case.state == state


def test_a_strangers_yes_becomes_a_case_of_its_own(cases: Cases) -> None:
    case = sent(cases)
    assert says("Y", 1, sender="13911112222") != case
    case.refresh_from_db()
    assert case.state == "planned"


def test_a_signed_paper_needs_its_scan(cases: Cases, company: Company) -> None:
    case = sent(cases)
    call = company.call("agent")
    with pytest.raises(Invalid) as refusal:
        confirm_plan(call, case.pk, way="signed")
    assert set(refusal.value.fields) == {"upload"}
    scan = attach_file(call, case.pk, upload=SimpleUploadedFile("signed.png", PNG))
    confirm_plan(call, case.pk, way="signed", file_id=scan.pk)
    plan = CasePlan.objects.get()
    assert (plan.answer, plan.scan) == ("confirmed", scan)


def test_the_form_keeps_the_scan_and_confirms(
    cases: Cases, sign_in: Callable[[str], Client], settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    case, client = sent(cases), sign_in("agent")
    assert client.post(f"/cases/{case.pk}/confirm/", {"way": "signed"}).status_code == 422
    given_ = {"way": "signed", "upload": SimpleUploadedFile("签字.png", PNG)}
    assert client.post(f"/cases/{case.pk}/confirm/", given_).status_code == 302
    plan = CasePlan.objects.get()
    assert plan.scan is not None
    assert (plan.way, plan.scan.name) == ("signed", "签字.png")


def test_by_link_yes_after_yes_is_the_same_and_no_after_yes_is_told(cases: Cases, company: Company) -> None:
    case = sent(cases)
    token = token_of(case)
    assert answer_plan_by_link(stranger(company), token, version=1, agreed=True) == "confirmed"
    assert answer_plan_by_link(stranger(company), token, version=1, agreed=True) == "already"
    with pytest.raises(Conflict, match="already been agreed"):
        answer_plan_by_link(stranger(company), token, version=1, agreed=False, words="太贵")


def test_a_page_opened_before_the_plan_changed_confirms_nothing_and_shows_what_is_new(
    cases: Cases, company: Company, client: Client
) -> None:
    case = sent(cases)
    address = f"/c/{token_of(case)}/"
    cases.step(case, "plan", steps="改为更换整机", cost=Decimal(500), reason="压缩机停产")
    refused = client.post(f"{address}plan/", {"version": 1, "answer": "yes"})
    assert (refused.status_code, "该方案正在调整，本次未作确认" in refused.content.decode()) == (422, True)
    cases.step(case, "send_plan")
    refused = client.post(f"{address}plan/", {"version": 1, "answer": "yes"})
    page = refused.content.decode()
    assert (refused.status_code, "您看到的方案已有新版本，本次未作确认" in page) == (422, True)
    assert "由您承担的费用由 380.00 元改为 500.00 元" in page
    assert "压缩机停产" not in page
    assert set(CasePlan.objects.values_list("answer", flat=True)) == {""}
    mail = case.notes.filter(kind="told").order_by("pk").last()
    assert mail is not None
    assert "变更内容：\n· 不再安排：更换压缩机\n· 新增：改为更换整机" in mail.text
    assert client.post(f"{address}plan/", {"version": 2, "answer": "yes"}).status_code == 302
    assert CasePlan.objects.get(version=2).answer == "confirmed"


def test_a_no_needs_words_and_promises_a_new_plan(cases: Cases, company: Company, client: Client) -> None:
    case = sent(cases)
    address = f"/c/{token_of(case)}/plan/"
    refused = client.post(address, {"version": 1, "answer": "no"})
    assert (refused.status_code, "请说明" in refused.content.decode()) == (422, True)
    assert client.post(address, {"version": 1, "answer": "no", "words": "太贵"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, owed(case)) == ("verified", {"plan": "09-29 09:00"})


def test_a_question_keeps_the_plan_open_and_is_owed_an_answer(cases: Cases, company: Company, client: Client) -> None:
    case = sent(cases)
    address = f"/c/{token_of(case)}/plan/"
    assert client.post(address, {"version": 1, "answer": "ask", "words": ""}).status_code == 422
    assert client.post(address, {"version": 1, "answer": "ask", "words": "周末能来吗"}).status_code == 302
    assert ask_about_plan(stranger(company), token_of(case), words="几点来") == "asked"
    assert owed(case) == {"agree": "09-30 09:00", "answer": "09-28 18:00"}
    answer_customer(company.call("agent"), case.pk, text="周六上午可以")
    assert owed(case) == {"agree": "09-30 09:00"}


def test_an_expired_link_takes_no_answer(cases: Cases, company: Company, client: Client, clock: MovableClock) -> None:
    case = sent(cases)
    address = f"/c/{token_of(case)}/plan/"
    clock.advance(days=91)
    assert client.post(address, {"version": 1, "answer": "yes"}).status_code == 410
    with pytest.raises(Conflict, match="expired"):
        ask_about_plan(stranger(company), token_of(case), words="x")
    assert CasePlan.objects.get().answer == ""


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "处理方案"), ("en", "Our plan")])
def test_the_customer_reads_the_plan_in_the_language_of_the_file(
    cases: Cases, client: Client, language: str, words: str
) -> None:
    cases.customer.language = language
    cases.customer.save()
    case = sent(cases)
    answer = client.get(f"/c/{token_of(case)}/", headers={"Accept-Language": "fr"})
    page = answer.content.decode()
    assert (words in page, len(answer.content) < 100_000, f'lang="{language}"' in page) == (True, True, True)


def test_the_customer_is_reminded_once_and_in_working_time(cases: Cases, clock: MovableClock) -> None:
    case = sent(cases)
    clock.set("2026-09-29 08:55")
    assert remind_of_plans(0) == 0
    clock.set("2026-09-29 22:00")
    assert remind_of_plans(0) == 0
    clock.set("2026-09-30 09:30")
    assert [remind_of_plans(0), remind_of_plans(0)] == [1, 0]
    last = case.notes.filter(kind="told").order_by("pk").last()
    assert last is not None
    assert "还没有收到您的答复" in last.text
    clock.set("2026-10-12 10:00")
    assert remind_of_plans(0) == 0


def test_who_has_answered_is_not_reminded_and_zero_hours_remind_nobody(cases: Cases, clock: MovableClock) -> None:
    cases.step(sent(cases), "confirm")
    waiting = sent(cases)
    CaseRules.objects.create(
        kind="conduct", version=9, data={"remind_plan_hours": 0}, effective_from=clock.set("2026-09-29 09:00")
    )
    clock.set("2026-09-30 10:00")
    assert remind_of_plans(0) == 0
    CaseRules.objects.create(
        kind="conduct", version=10, data={"remind_plan_hours": 2}, effective_from=clock.set("2026-09-30 10:00")
    )
    assert remind_of_plans(0) == 1
    assert set(CasePlan.objects.exclude(reminded_at=None).values_list("case", flat=True)) == {waiting.pk}


@pytest.mark.django_db(transaction=True)
def test_fifty_hands_confirm_and_decline_one_plan_and_one_answer_stands(cases: Cases, company: Company) -> None:
    case = sent(cases)
    token, call = token_of(case), stranger(company)
    results = at_once(
        *(
            lambda agreed=n % 2 == 0: answer_plan_by_link(call, token, version=1, agreed=agreed, words="太贵")
            for n in range(50)
        )
    )
    said = Counter(result if isinstance(result, str) else type(result).__name__ for result in results)
    plan = CasePlan.objects.get()
    assert said == {plan.answer: 1, "already": 24, "Conflict": 25}
    assert CaseStage.objects.filter(case=case, verb__in=["confirm", "decline"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirming_while_the_plan_changes_confirms_the_old_or_nothing(cases: Cases, company: Company) -> None:
    case = sent(cases)
    token, call = token_of(case), stranger(company)
    at_once(
        lambda: cases.step(Case.objects.get(pk=case.pk), "plan", steps="改为更换整机"),
        *(lambda: answer_plan_by_link(call, token, version=1, agreed=True) for _n in range(10)),
    )
    case.refresh_from_db()
    assert (case.state, CasePlan.objects.get(version=2).answer) == ("planned", "")


def test_without_an_address_an_answer_by_sms_makes_nobody_call(cases: Cases) -> None:
    Contact.objects.update(email="")
    case = sent(cases)
    before = case.notes.filter(kind="told").count()
    says("同意", 1)
    case.refresh_from_db()
    assert (case.state, case.notes.filter(kind="told").count()) == ("confirmed", before)
