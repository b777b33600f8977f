"""What a stranger's link never shows, and where answers go that nobody asked for in that form."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.cases.actions.cancel import cancel_case
from huiyin.cases.actions.merge import merge_case
from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.actions.verify import verify_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import Case, CasePlan
from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.plan_reply import read_reply
from huiyin.channels.models import StaffNotice
from huiyin.foundation.calls import system_call
from huiyin.promises.public import Promise
from tests.cases.conftest import Cases
from tests.conftest import Company

PHONE = "13800000042"


def by_form(client: Client, **more: str) -> tuple[Case, str]:
    """A case that somebody opened in the public form with no more than another person's number; and its link."""
    given = {
        "kind": "complaint",
        "topic": "technical",
        "description": "热水器不出热水",
        "reporter_phone": PHONE,
        **more,
    }
    answer = client.post("/feedback/", given)
    assert answer.status_code == 302
    return Case.objects.latest("pk"), answer.headers["Location"]


def test_who_gives_a_number_in_a_form_does_not_learn_whose_it_is(cases: Cases, client: Client) -> None:
    case, link = by_form(client)
    assert case.customer_id == cases.customer.pk
    page = client.get(link).content.decode()
    assert (cases.customer.name in page, "尊敬的客户" in page) == (False, True)


@pytest.mark.parametrize("verified", [False, True])
def test_a_strangers_link_leads_into_the_customers_case_only_once_the_record_was_checked_with_the_customer(
    cases: Cases, company: Company, client: Client, verified: bool
) -> None:
    case, link = by_form(client)
    into = cases.open(title="我家地址是锦绣路88号")
    if verified:
        verify_case(company.call("director"), case.pk)
    merge_case(company.call("director"), case.pk, into=into.number, reason="同一件事")
    page = client.get(link).content.decode()
    assert (into.title in page, into.number in page) == (verified, verified)


def test_a_page_with_one_plan_does_not_confirm_the_plan_of_the_case_it_was_merged_into(
    cases: Cases, company: Company, client: Client
) -> None:
    small, large = cases.until("send_plan"), cases.until("send_plan", cost=Decimal(1980))
    address = f"/c/{small.links.get().token}/"
    read = {"version": 1, "plan_id": small.plans.get().pk, "answer": "yes", "words": "那就换门封"}
    merge_case(company.call("director"), small.pk, into=large.number, reason="同一件事")
    refused = client.post(f"{address}plan/", read)
    page = refused.content.decode()
    assert (refused.status_code, "已有新版本，本次未作确认" in page, "那就换门封" in page) == (422, True, True)
    assert set(CasePlan.objects.values_list("answer", flat=True)) == {""}
    assert client.post(f"{address}plan/", {**read, "plan_id": large.plans.get().pk}).status_code == 302


@pytest.mark.parametrize(("channel", "sender"), [("email_in", "lin@customer.example"), ("sms", PHONE)])
def test_a_yes_to_the_plan_of_a_merged_case_is_read_by_a_person(
    cases: Cases, company: Company, channel: str, sender: str
) -> None:
    large, small = cases.until("send_plan", cost=Decimal(1980)), cases.until("send_plan")
    merge_case(company.call("director"), small.pk, into=large.number, reason="同一件事")

    def agrees(key: int, to: Case) -> None:
        receive_message(
            system_call(),
            message_id=key,
            channel=channel,
            sender=sender,
            subject="Re:",
            text="同意",
            thread_of=("cases.case", to.pk),
        )

    agrees(1, small)
    assert set(CasePlan.objects.values_list("answer", flat=True)) == {""}
    assert list(large.notes.filter(kind="said", text="同意").values_list("said_in", flat=True)) == [small.pk]
    agrees(2, large)
    assert large.plans.get().answer == "confirmed"


def test_a_question_about_a_plan_of_an_ended_case_starts_no_promise_and_its_words_are_kept(
    cases: Cases, company: Company, client: Client
) -> None:
    case = cases.until("send_plan")
    address = f"/c/{case.links.get().token}/"
    cancel_case(company.call("director"), case.pk, why="mistaken", reason="误录")
    refused = client.post(f"{address}plan/", {"version": 1, "answer": "ask", "words": "包含上门费吗"})
    page = refused.content.decode()
    assert (refused.status_code, "此事项已结束，本次未发送" in page, "包含上门费吗" in page) == (422, True, True)
    assert Promise.objects.filter(kind="case.answer").count() == 0
    assert case.notes.filter(kind="said").count() == 0


@pytest.mark.parametrize("words", ["同意", "不同意，我要退货"])
def test_an_answer_that_no_plan_asks_for_is_read_by_a_person_and_nothing_false_is_told(
    cases: Cases, company: Company, words: str
) -> None:
    case = cases.until("send_plan")
    wait_for(company.call("agent"), case.pk, waiting_for="part", reason="等配件")
    told = case.notes.filter(kind="told").count()
    receive_message(system_call(), message_id=1, channel="sms", sender=PHONE, subject="", text=words, thread_of=None)
    case.refresh_from_db()
    assert (case.state, case.plans.get().answer, case.notes.filter(kind="told").count()) == ("waiting", "", told)
    assert case.notes.filter(kind="said").latest("pk").text == words
    assert StaffNotice.objects.filter(staff=company.staff["agent"], text__contains="has written about").count() == 1


def test_an_sms_after_a_message_about_something_else_is_not_lost(cases: Cases) -> None:
    other = ("field_service.sitevisit", 7)
    text = "冰箱漏电冒烟了"
    made = receive_message(
        system_call(), message_id=1, channel="sms", sender=PHONE, subject="", text=text, thread_of=other
    )
    assert made is not None
    assert (made.customer_id, made.description, made.channel) == (cases.customer.pk, text, "sms")


def test_a_yes_after_a_message_about_something_else_answers_the_plan_that_waits(cases: Cases) -> None:
    case = cases.until("send_plan")
    other = ("field_service.sitevisit", 7)
    receive_message(system_call(), message_id=1, channel="sms", sender=PHONE, subject="", text="同意", thread_of=other)
    assert case.plans.get().answer == "confirmed"


def test_the_same_words_about_another_device_are_another_case(cases: Cases, client: Client) -> None:
    made = [by_form(client, serial=serial)[0].pk for serial in ("SN-1", "SN-1", "SN-2")]
    assert (made[0] == made[1], made[1] == made[2]) == (True, False)


@pytest.mark.parametrize(
    ("text", "alone", "read"),
    [
        ("同意\n但是我只付100元", True, False),
        ("同意\n\n", True, True),
        ("同意\n林悦\n13800000042", False, True),  # a signature below a mail
        ("不同意\n太贵了", True, True),
    ],
)
def test_an_sms_that_goes_on_after_its_yes_is_for_a_person_to_read(text: str, alone: bool, read: bool) -> None:
    conduct = Conduct()
    reply = read_reply(text, conduct.agree_words, conduct.decline_words, alone=alone)
    assert (reply is not None) is read


def test_words_that_are_too_long_for_a_customers_page_stand_there_with_the_reason(cases: Cases, client: Client) -> None:
    case = cases.until("tell")
    address = f"/c/{case.links.get().token}/say/"
    refused = client.post(address, {"text": "漏" * 5001})
    assert (refused.status_code, "漏" * 5001 in refused.content.decode()) == (422, True)
    assert client.post(address, {"text": "漏\r\n" * 2500}).status_code == 302
    assert case.notes.filter(kind="said").latest("pk").text == ("漏\n" * 2500).strip()


def test_other_words_with_the_same_verdict_are_kept(cases: Cases, client: Client) -> None:
    case = cases.until("tell")
    address = f"/c/{case.links.get().token}/verdict/"
    for words in ("还行", "其实漏水还在", "其实漏水还在"):
        client.post(address, {"verdict": "mostly", "score": 4, "words": words})
    assert case.verdicts.get().words == "还行"
    assert "其实漏水还在" in case.notes.filter(kind="said").values_list("text", flat=True)


def test_files_of_the_customer_open_behind_the_link_after_a_merge(
    cases: Cases, company: Company, client: Client
) -> None:
    case, into = cases.until("send_plan"), cases.open()
    link = f"/c/{case.links.get().token}/"
    client.post(f"{link}say/", {"text": "", "uploads": SimpleUploadedFile("a.txt", b"abc", "text/plain")})
    merge_case(company.call("director"), case.pk, into=into.number, reason="同一件事")
    file = into.attachments.get()
    assert f"{link}files/{file.pk}/" in client.get(link).content.decode()
    assert client.get(f"{link}files/{file.pk}/").status_code == 200


@pytest.mark.parametrize(("known", "language"), [(True, "zh-hans"), (False, "en")])
def test_who_has_no_file_reads_the_page_in_the_language_of_the_browser(
    cases: Cases, client: Client, known: bool, language: str
) -> None:
    _case, link = by_form(client, **({} if known else {"reporter_phone": "13911112222"}))
    page = client.get(link, headers={"accept-language": "en-GB"}).content.decode()
    assert f'<html lang="{language}"' in page
