"""What somebody writes on WeCom, DingTalk or Feishu, from the encrypted push to the case; one contact, one record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.cases.actions.cancel import cancel_case
from huiyin.cases.actions.join_identity import join_writer, part_writer
from huiyin.cases.actions.merge import merge_case
from huiyin.cases.models import Case, CaseIdentity, CaseNote
from huiyin.cases.queries.alike import alike, told_by
from huiyin.cases.rules.alike import LikenessNumbers
from huiyin.channels.models import IncomingMessage, OutsideIdentity
from huiyin.channels.tasks import take_up_waiting
from huiyin.customers.actions.merge import merge_customers, suspect_pair, undo_merge
from huiyin.customers.public import Customer
from huiyin.foundation.models import ActEntry
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from tests.api.conftest import Caller
from tests.api.conftest import caller as caller  # noqa: PLC0414 - the fixture
from tests.cases.conftest import Cases
from tests.channels import platform_pushes as push
from tests.conftest import Company, MovableClock

PLATFORMS = ("wecom", "dingtalk", "feishu")
Patch = pytest.MonkeyPatch


def say(platform: str, account: object, text: str, **more: object) -> IncomingMessage:
    """An encrypted push, taken up by the job."""
    assert push.SAY[platform](account, text, **more).status_code == 200
    take_up_waiting(0)
    row = IncomingMessage.objects.order_by("-id").first()
    assert row is not None
    return row


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_strangers_words_become_a_case_and_the_next_ones_a_line_in_it(
    company: Company, monkeypatch: Patch, platform: str
) -> None:
    account = push.account(monkeypatch, platform)
    row = say(platform, account, "空调不制冷 🥵\n<b>急</b>", key="m1")
    case = Case.objects.get()
    assert (case.channel, case.description, case.customer_id) == (platform, "空调不制冷 🥵\n<b>急</b>", None)
    assert (case.reporter_phone, case.reporter_email, case.unanswered_since) == ("", "", case.received_at)
    assert (row.state, row.about, row.about_id) == ("handled", "cases.case", case.pk)
    say(platform, account, "还在吗", key="m2")
    say(platform, account, "还在吗", key="m2")
    assert Case.objects.count() == 1
    assert list(CaseNote.objects.filter(case=case, kind="said").values_list("text", "channel")) == [
        ("还在吗", platform)
    ]


def test_after_the_end_a_new_case_begins_and_one_that_is_named_is_pointed_to(
    company: Company, monkeypatch: Patch
) -> None:
    account = push.account(monkeypatch, "wecom")
    say("wecom", account, "不制冷", key="1")
    first = Case.objects.get()
    cancel_case(company.call("director"), first.pk, why="withdrawn", reason="已解决")
    say("wecom", account, "换一件事:发票", key="2")
    second = Case.objects.latest("pk")
    assert (second.pk != first.pk, second.repeat_of_id, second.kind) == (True, None, "other")
    say("wecom", account, f"【{first.number}】又坏了", key="3")
    third = Case.objects.latest("pk")
    assert (third.repeat_of_id, Case.objects.count()) == (first.pk, 3)
    say("wecom", account, f"[{second.number}] 请开专票", key="4")
    assert CaseNote.objects.get(text=f"[{second.number}] 请开专票").case == second


def test_the_number_of_somebody_elses_case_opens_nothing_there(
    cases: Cases, company: Company, monkeypatch: Patch
) -> None:
    other = cases.open()
    account = push.account(monkeypatch, "wecom")
    say("wecom", account, f"【{other.number}】我也要看")
    assert not CaseNote.objects.filter(case=other).exclude(kind="told").exists()
    assert Case.objects.exclude(pk=other.pk).count() == 1


def test_what_answers_a_merged_case_stands_where_that_went(cases: Cases, company: Company, monkeypatch: Patch) -> None:
    account = push.account(monkeypatch, "feishu")
    say("feishu", account, "空调不制冷", key="1")
    mine, into = Case.objects.get(), cases.open(topic="other")
    director = company.call("director")
    merge_case(director, mine.pk, into=into.number, reason="同一件事", two_customers=True)
    say("feishu", account, "修好了吗", key="2")
    assert CaseNote.objects.get(text="修好了吗").case == into


def test_a_text_of_100_kb_is_kept_whole_and_the_case_begins_with_its_first_part(
    company: Company, monkeypatch: Patch
) -> None:
    account = push.account(monkeypatch, "wecom")
    row = say("wecom", account, "长" * 34_000)
    assert (len(row.text), len(Case.objects.get().description)) == (34_000, 20_000)


@pytest.mark.parametrize("text", ["", "   \n", "\u202e\u200b"])
def test_hardly_any_words_are_a_case_too(company: Company, monkeypatch: Patch, text: str) -> None:
    say("dingtalk", push.account(monkeypatch, "dingtalk"), text)
    assert Case.objects.get().description


def joined(company: Company, monkeypatch: Patch, customer: Customer) -> OutsideIdentity:
    """A stranger at WeCom with two cases, said by the agent to be the customer."""
    account = push.account(monkeypatch, "wecom")
    say("wecom", account, "不制冷", key="1")
    cancel_case(company.call("director"), Case.objects.get().pk, why="withdrawn", reason="已解决")
    say("wecom", account, "又不制冷", key="2")
    identity, case = OutsideIdentity.objects.get(), Case.objects.latest("pk")
    join_writer(company.call("director"), case.pk, identity_id=identity.pk, number=customer.number)
    identity.refresh_from_db()
    return identity


def test_who_is_joined_is_one_person_in_all_their_cases_and_it_can_be_taken_back(
    company: Company, monkeypatch: Patch, customer: Customer
) -> None:
    identity = joined(company, monkeypatch, customer)
    assert (identity.customer, identity.joined_by) == (customer, company.staff["director"])
    assert list(Case.objects.order_by("pk").values_list("customer", flat=True)) == [customer.pk] * 2
    last = Case.objects.latest("pk")
    with pytest.raises(Conflict):
        join_writer(company.call("director"), last.pk, identity_id=identity.pk, number=customer.number)
    part_writer(company.call("director"), last.pk, identity_id=identity.pk)
    with pytest.raises(Conflict):
        part_writer(company.call("director"), last.pk, identity_id=identity.pk)
    identity.refresh_from_db()
    assert (identity.customer, identity.joined_by, identity.joined_at) == (None, None, None)
    assert list(Case.objects.values_list("customer", flat=True)) == [None, None]
    verbs = set(ActEntry.objects.values_list("verb", flat=True))
    assert {"cases.join_identity", "channels.join_identity", "cases.part_identity"} <= verbs


def test_taking_back_leaves_alone_what_had_its_customer_otherwise(
    company: Company, monkeypatch: Patch, customer: Customer
) -> None:
    identity = joined(company, monkeypatch, customer)
    CaseIdentity.objects.filter(case=Case.objects.earliest("pk")).update(gave_customer=False)
    part_writer(company.call("director"), Case.objects.latest("pk").pk, identity_id=identity.pk)
    assert list(Case.objects.order_by("pk").values_list("customer", flat=True)) == [customer.pk, None]


def test_new_words_of_who_is_joined_go_to_the_customers_open_case_of_any_way(
    cases: Cases, company: Company, monkeypatch: Patch, customer: Customer
) -> None:
    identity = joined(company, monkeypatch, customer)
    for one in Case.objects.live():
        cancel_case(company.call("director"), one.pk, why="withdrawn", reason="已解决")
    by_phone = cases.open()
    say("wecom", identity.account, "电话里说的那台", key="9")
    assert CaseNote.objects.get(text="电话里说的那台").case == by_phone
    assert CaseIdentity.objects.filter(case=by_phone, identity=identity).exists()


def test_a_repeat_complainer_is_recognised_over_mail_and_a_platform_once_joined(
    cases: Cases, company: Company, monkeypatch: Patch, customer: Customer, clock: MovableClock
) -> None:
    account = push.account(monkeypatch, "wecom")
    say("wecom", account, "空调不制冷,要求退货")
    first = Case.objects.get()
    Case.objects.filter(pk=first.pk).update(kind="complaint")
    before = cases.open(customer_id=None, reporter_email="lin@customer.example", channel="email")
    assert before.earlier_complaints == 0
    identity = OutsideIdentity.objects.get()
    join_writer(company.call("director"), first.pk, identity_id=identity.pk, number=customer.number)
    after = cases.open(customer_id=None, reporter_email="lin@customer.example", channel="email", description="又坏了")
    assert (after.repeated, after.earlier_complaints) == (True, 2)
    found = alike(company.actor("director"), told_by(after), LikenessNumbers(), clock.now)
    assert "identity" in {one for each in found if each.pk == first.pk for one in each.same}


def test_two_cases_of_one_stranger_on_a_platform_are_shown_side_by_side(
    company: Company, monkeypatch: Patch, clock: MovableClock
) -> None:
    account = push.account(monkeypatch, "wecom")
    say("wecom", account, "空调不制冷", key="1")
    cancel_case(company.call("director"), Case.objects.get().pk, why="withdrawn", reason="x")
    say("wecom", account, "发票开错了", key="2")
    first, second = Case.objects.order_by("pk")
    found = alike(company.actor("director"), told_by(second), LikenessNumbers(), clock.now)
    assert [(each.pk, each.same) for each in found] == [(first.pk, frozenset({"identity"}))]


def test_the_person_goes_with_a_merge_of_customers_and_comes_back(
    company: Company, monkeypatch: Patch, customer: Customer
) -> None:
    identity = joined(company, monkeypatch, customer)
    kept = Customer.objects.create(number="CS202609002", name="林悦", sort_key="lin", registered_at=identity.first_at)
    director = company.call("director")
    pair = suspect_pair(director, customer.pk, kept.pk)
    merge_customers(director, pair.pk, keep_id=kept.pk)
    identity.refresh_from_db()
    assert identity.customer == kept
    undo_merge(director, pair.pk)
    identity.refresh_from_db()
    assert identity.customer == customer


def test_who_may_not_or_names_somebody_unknown_joins_nobody(
    company: Company, monkeypatch: Patch, customer: Customer, cases: Cases
) -> None:
    account = push.account(monkeypatch, "wecom")
    say("wecom", account, "不制冷")
    case, identity = Case.objects.get(), OutsideIdentity.objects.get()
    with pytest.raises(Forbidden):
        join_writer(company.call("auditor"), case.pk, identity_id=identity.pk, number=customer.number)
    with pytest.raises(Invalid):
        join_writer(company.call("director"), case.pk, identity_id=identity.pk, number="CS0")
    with pytest.raises(Invalid):
        join_writer(company.call("director"), case.pk, identity_id=identity.pk)
    with pytest.raises(NotFound):
        join_writer(company.call("director"), cases.open().pk, identity_id=identity.pk, number=customer.number)
    identity.refresh_from_db()
    assert identity.customer is None


def test_the_case_page_shows_the_writer_masked_and_joins_by_one_field(
    company: Company, monkeypatch: Patch, customer: Customer, sign_in: Callable[[str], Client]
) -> None:
    account = push.account(monkeypatch, "wecom")
    say("wecom", account, "<script>alert(1)</script>", who="wmSecretName99")
    case, identity = Case.objects.get(), OutsideIdentity.objects.get()
    director = sign_in("director")
    page = director.get(f"/cases/{case.pk}/").content.decode()
    assert ("wm****99" in page, "wmSecretName99" in page, "<script>alert(1)" in page) == (True, False, False)
    sent = {"identity_id": identity.pk, "number": customer.number, "once": "j1"}
    assert director.post(f"/cases/{case.pk}/join_identity/", sent).status_code == 302
    page = director.get(f"/cases/{case.pk}/").content.decode()
    assert f"是客户 {customer.number}" in page
    back = {"identity_id": identity.pk, "once": "p1"}
    assert director.post(f"/cases/{case.pk}/part_identity/", back).status_code == 302
    assert Case.objects.get().customer_id is None
    wrong = director.post(f"/cases/{case.pk}/join_identity/", {"identity_id": identity.pk, "number": "CS0"})
    assert wrong.status_code == 422
    assert sign_in("auditor").post(f"/cases/{case.pk}/join_identity/", sent).status_code == 403


def test_over_the_api_the_writer_is_shown_masked_joined_and_parted(
    cases: Cases, company: Company, monkeypatch: Patch, customer: Customer, caller: Callable[..., Caller]
) -> None:
    account = push.account(monkeypatch, "dingtalk")
    say("dingtalk", account, "不制冷", who="$:LWCP_v1:$secret")
    case, identity = Case.objects.get(), OutsideIdentity.objects.get()
    director = caller("director")
    told = director("GET", f"/cases/{case.pk}").json()
    writer = {"id": identity.pk, "platform": "dingtalk", "name": "林*", "masked": "$:****et", "customer": ""}
    assert (told["writers"], "LWCP" in str(told)) == ([writer], False)
    body = {"identity_id": identity.pk, "number": customer.number}
    assert caller("auditor")("POST", f"/cases/{case.pk}/join-identity", body).status_code == 403
    joined_to = director("POST", f"/cases/{case.pk}/join-identity", body).json()["writers"][0]["customer"]
    assert joined_to == customer.number
    assert director("POST", f"/cases/{case.pk}/join-identity", body).status_code == 409
    parted = director("POST", f"/cases/{case.pk}/part-identity", {"identity_id": identity.pk})
    assert (parted.status_code, parted.json()["writers"]) == (200, [writer])
    received = director("GET", "/channels/received").json()["items"][0]
    assert (received["identity_id"], received["sender"]) == (identity.pk, "$:****et")
