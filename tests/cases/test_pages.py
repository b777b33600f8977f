"""The pages of cases: list, case, steps, board, the public form and the customer's side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.cases.actions.verify import verify_case
from huiyin.cases.models import Case, CaseNote
from huiyin.cases.rules.views import SHIPPED_VIEWS
from tests.cases.conftest import Cases
from tests.conftest import Company, MovableClock

SignIn = Callable[[str], Client]


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("tab", [view["code"] for view in SHIPPED_VIEWS])
def test_every_tab_opens_and_says_what_to_do_when_it_is_empty(cases: Cases, sign_in: SignIn, tab: str) -> None:
    assert "这里没有工单" in text(sign_in("auditor"), f"/cases/?tab={tab}")


def test_the_list_shows_what_the_tab_means(
    cases: Cases, company: Company, sign_in: SignIn, clock: MovableClock
) -> None:
    mine, head_of_service = cases.open(), cases.open(topic="attitude")
    page = text(sign_in("agent"), "/cases/?tab=mine")
    assert mine.number in page
    assert head_of_service.number not in page
    assert mine.number in text(sign_in("technical_head"), "/cases/?tab=department")
    clock.set("2026-09-28 15:00")
    assert mine.number in text(sign_in("agent"), "/cases/?tab=late")
    assert mine.number not in text(sign_in("agent"), "/cases/?tab=urgent")


@pytest.mark.parametrize("needle", ["GD20260928-0001", "gd20260928", "压缩机", "林悦", "CS202609001"])
def test_the_list_is_searched_by_number_words_and_customer(cases: Cases, sign_in: SignIn, needle: str) -> None:
    case = cases.open()
    other = cases.open(description="门封条漏气", customer_id=None)
    page = text(sign_in("director"), f"/cases/?tab=all&text={needle}")
    assert case.number in page
    assert (other.number in page) == (needle == "gd20260928")


def test_a_strange_filter_or_cursor_does_no_harm(cases: Cases, sign_in: SignIn) -> None:
    case = cases.open()
    page = text(sign_in("director"), "/cases/?tab=none&after=%00%ff&department=x&text=%00")
    assert "我的" in page
    assert case.number in text(sign_in("director"), "/cases/?tab=all&after=rubbish")


def test_the_list_pages_by_key_without_gap_or_double(cases: Cases, sign_in: SignIn) -> None:
    opened = {cases.open(kind="inquiry").pk for _n in range(35)}
    client, address, seen = sign_in("agent"), "/cases/?tab=mine", []
    while address:
        page = client.get(address)
        seen += [row["pk"] for row in page.context["page"].rows]
        following = page.context["page"].keys.next
        address = f"/cases/?tab=mine&after={following}" if following else ""
    assert (len(seen), set(seen)) == (35, opened)


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_list_costs_the_same_queries_for_one_and_for_thirty(cases: Cases, sign_in: SignIn) -> None:
    cases.open()
    client = sign_in("agent")
    client.get("/cases/")
    for_one = queries_of(client, "/cases/")
    for _n in range(29):
        cases.open()
    assert queries_of(client, "/cases/") == for_one <= LIST_QUERIES


LIST_QUERIES, CASE_QUERIES = 10, 28


def test_the_case_page_keeps_its_query_budget(cases: Cases, sign_in: SignIn, django_assert_max_num_queries) -> None:
    case = cases.until("tell")
    client = sign_in("agent")
    client.get(f"/cases/{case.pk}/")
    with django_assert_max_num_queries(CASE_QUERIES):
        client.get(f"/cases/{case.pk}/")


def test_the_case_page_offers_only_the_steps_of_the_state_and_the_role(cases: Cases, sign_in: SignIn) -> None:
    case = cases.open()
    page = sign_in("agent").get(f"/cases/{case.pk}/").context["page"]
    assert [step.verb for step in [*page.main, *page.more]] == ["verify", "wait"]
    head = sign_in("technical_head").get(f"/cases/{case.pk}/").context["page"]
    assert [step.verb for step in [*head.main, *head.more]] == ["verify", "wait", "cancel"]
    auditor = sign_in("auditor").get(f"/cases/{case.pk}/").context["page"]
    assert [*auditor.main, *auditor.more, *auditor.asides] == []


def test_a_step_that_a_guard_holds_back_says_why(cases: Cases, sign_in: SignIn) -> None:
    case = cases.until("send_plan", cost=Decimal(380))
    page = text(sign_in("agent"), f"/cases/{case.pk}/")
    assert "方案涉及费用或周期较长，须客户书面确认后才能开始处理。" in page
    assert f'href="/cases/{case.pk}/start/"' not in page


def test_contact_details_are_masked_on_the_page(cases: Cases, sign_in: SignIn) -> None:
    case = cases.open()
    page = text(sign_in("agent"), f"/cases/{case.pk}/")
    assert "138****0042" in page
    assert "13800000042" not in page
    assert "lin@customer.example" not in page


def test_html_in_every_text_is_shown_as_text(cases: Cases, sign_in: SignIn) -> None:
    evil = "<script>alert(1)</script>"
    case = cases.open(description=evil, wish=evil, product_name=evil, serial=evil, reporter_name=evil)
    sign_in("agent").post(f"/cases/{case.pk}/note/", {"text": evil})
    for address in (f"/cases/{case.pk}/", "/cases/", "/cases/board/", f"/c/{case.links.get().token}/"):
        page = text(sign_in("agent"), address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_a_case_outside_the_scope_is_not_there(cases: Cases, company: Company, sign_in: SignIn) -> None:
    case = cases.open()
    text(sign_in("rnd_head"), f"/cases/{case.pk}/", 404)
    text(sign_in("agent2"), f"/cases/{case.pk}/", 404)
    text(sign_in("technical_head"), f"/cases/{case.pk}/")
    assert sign_in("rnd_head").post(f"/cases/{case.pk}/verify/").status_code == 404


def test_a_step_is_taken_by_its_form_and_once_by_a_double_click(cases: Cases, sign_in: SignIn) -> None:
    case, client = cases.open(), sign_in("agent")
    assert "与客户核实的内容" in text(client, f"/cases/{case.pk}/verify/")
    for _twice in range(2):
        answer = client.post(f"/cases/{case.pk}/verify/", {"note": "已核对", "once": "k1"})
        assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.pk}/")
    case.refresh_from_db()
    assert (case.state, case.stages.filter(verb="verify").count()) == ("verified", 1)


def test_a_step_inside_the_page_answers_htmx(cases: Cases, sign_in: SignIn) -> None:
    case, client = cases.open(), sign_in("agent")
    part = client.get(f"/cases/{case.pk}/wait/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    wrong = client.post(f"/cases/{case.pk}/wait/", {"waiting_for": "rain"}, headers={"HX-Request": "true"})
    assert wrong.status_code == 422
    done = client.post(
        f"/cases/{case.pk}/wait/", {"waiting_for": "part", "reason": "缺货"}, headers={"HX-Request": "true"}
    )
    assert (done.status_code, done["HX-Redirect"]) == (204, f"/cases/{case.pk}/")


def test_a_refused_step_keeps_what_was_typed(cases: Cases, sign_in: SignIn) -> None:
    case, client = cases.open(), sign_in("agent")
    answer = client.post(f"/cases/{case.pk}/finish/", {"test": "试机正常,客户在场"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "试机正常,客户在场" in page
    assert "当前状态不能进行这一步" in page


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        ("plan", {"steps": "换新", "due_at": "2026-09-30T10:00", "cost": "0"}),
        ("contact", {"reached": "yes", "channel": "phone"}),
        ("answer", {"text": "今天上门"}),
        ("add_task", {"title": "带备件"}),
        ("triage", {"level": "urgent", "severity": "down"}),
        ("route", {"topic": "product"}),
    ],
)
def test_the_other_forms_work(cases: Cases, sign_in: SignIn, verb: str, values: dict[str, str]) -> None:
    case, client = cases.until("verify"), sign_in("agent")
    text(client, f"/cases/{case.pk}/{verb}/")
    assert client.post(f"/cases/{case.pk}/{verb}/", values).status_code == 302


def test_a_person_without_the_right_gets_403_and_nothing_happens(cases: Cases, sign_in: SignIn) -> None:
    case = cases.open()
    assert sign_in("auditor").post(f"/cases/{case.pk}/verify/", {"note": ""}).status_code == 403
    assert sign_in("agent").get(f"/cases/{case.pk}/fly/").status_code == 404
    case.refresh_from_db()
    assert case.state == "open"


NEW = {"kind": "complaint", "topic": "product", "channel": "store", "description": "冰箱不制冷"}


def test_a_new_case_is_opened_once_from_the_counter(company: Company, sign_in: SignIn) -> None:
    client = sign_in("store_manager")
    text(client, "/cases/new/")
    answers = [client.post("/cases/new/", {**NEW, "once": "k9"}) for _twice in range(2)]
    case = Case.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/cases/{case.pk}/"] * 2
    wrong = client.post("/cases/new/", {**NEW, "description": "", "wish": "换新"})
    assert (wrong.status_code, "换新" in wrong.content.decode(), Case.objects.count()) == (422, True, 1)


def test_the_board_shows_a_limited_column_per_state(cases: Cases, sign_in: SignIn) -> None:
    for _n in range(17):
        cases.open()
    columns = sign_in("agent").get("/cases/board/").context["page"].columns
    assert [(column.state, len(column.cards), column.count) for column in columns][:2] == [
        ("open", 10, 17),
        ("verified", 0, 0),
    ]


def test_the_board_counts_each_column_to_a_limit(
    cases: Cases, company: Company, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huiyin.cases.queries.board.COUNTED_TO", 3)
    monkeypatch.setattr("huiyin.cases.queries.board.CARDS", 2)
    pressing = [cases.open(level=level).number for level in ("general", "urgent", "important", "urgent")]
    verify_case(company.call("agent"), cases.open().pk)
    page = sign_in("agent").get("/cases/board/").context["page"]
    first, second = page.columns[:2]
    assert [card["number"] for card in first.cards] == [pressing[1], pressing[3]]
    assert (first.count, first.more, second.count, second.more) == (3, True, 1, False)


def test_the_board_shows_own_cases_or_all_in_sight(cases: Cases, company: Company, sign_in: SignIn) -> None:
    own, others = cases.open(), cases.open(by="agent2")
    everything, mine = (text(sign_in("technical_head"), f"/cases/board/?view={view}") for view in ("all", "mine"))
    assert (own.number in everything, others.number in everything) == (True, True)
    assert (own.number in mine, others.number in mine) == (False, False)
    assert others.number not in text(sign_in("agent"), "/cases/board/")


@pytest.mark.parametrize("address", ["/cases/?tab=mine", "/cases/board/"])
def test_a_deadline_that_is_near_stands_out_in_list_and_board(
    cases: Cases, sign_in: SignIn, clock: MovableClock, address: str
) -> None:
    case = cases.open()
    assert case.warn_at is not None
    seen = []
    for moment in (case.warn_at - timedelta(minutes=1), case.warn_at, case.due_at + timedelta(minutes=1)):
        clock.set(moment)
        page = text(sign_in("agent"), address)
        seen.append(next(tone for tone in ("due", "soon", "late") if f"clock clock-{tone}" in page))
    assert seen == ["due", "soon", "late"]


def test_the_link_as_a_picture_is_for_those_who_see_the_case(cases: Cases, sign_in: SignIn) -> None:
    case = cases.open()
    address = f"/cases/{case.pk}/link.svg"
    assert address in text(sign_in("agent"), f"/cases/{case.pk}/")
    answer = sign_in("agent").get(address)
    assert (answer.status_code, answer["Content-Type"], b"<svg" in answer.content) == (200, "image/svg+xml", True)
    assert sign_in("agent2").get(address).status_code == 404
    case.links.all().delete()
    assert sign_in("agent").get(address).status_code == 404


FEEDBACK = {"kind": "complaint", "topic": "product", "description": "电视有亮线", "reporter_phone": "138 0000 0042"}


def test_a_stranger_writes_and_gets_a_number_and_a_link(cases: Cases) -> None:
    client = Client()
    assert "服务反馈" in text(client, "/feedback/")
    answer = client.post("/feedback/", {**FEEDBACK, "once": "f1"})
    again = client.post("/feedback/", {**FEEDBACK, "once": "f1"})
    case = Case.objects.get()
    assert (case.channel, case.customer, case.owner) == ("website", cases.customer, None)
    assert answer["Location"] == again["Location"] == f"/c/{case.links.get().token}/"
    assert case.number in text(client, answer["Location"])


def test_a_code_on_a_device_fills_product_and_serial(company: Company) -> None:
    page = text(Client(), "/feedback/?product_name=HW-500&serial=SN1%22%3E%3Cb")
    assert 'value="HW-500"' in page
    assert "SN1&quot;&gt;&lt;b" in page


def test_the_public_form_refuses_programs_floods_and_letters_without_address(company: Company) -> None:
    client = Client()
    assert client.post("/feedback/", {**FEEDBACK, "website": "http://spam"}).status_code == 422
    assert client.post("/feedback/", {**FEEDBACK, "reporter_phone": ""}).status_code == 422
    letters = [{**FEEDBACK, "description": f"{FEEDBACK['description']} {number}"} for number in range(6)]
    statuses = [client.post("/feedback/", letter).status_code for letter in letters]
    assert statuses == [302] * 5 + [422]
    assert Case.objects.count() == 5


def test_the_customer_confirms_the_plan_on_the_phone(cases: Cases) -> None:
    case = cases.until("send_plan", cost=Decimal(380))
    address = f"/c/{case.links.get().token}/"
    client = Client()
    assert "同意此方案" in text(client, address)
    for _twice in range(2):
        answer = client.post(f"{address}plan/", {"version": 1, "answer": "yes"})
        assert (answer.status_code, answer["Location"]) == (302, address)
    assert "您已同意此方案" in text(client, address)
    case.refresh_from_db()
    assert case.state == "confirmed"


def test_a_plan_changed_since_is_said_on_the_page(cases: Cases) -> None:
    case = cases.until("send_plan")
    cases.step(case, "plan", steps="改为换新")
    cases.step(case, "send_plan")
    answer = Client().post(f"/c/{case.links.get().token}/plan/", {"version": 1, "answer": "yes"})
    page = answer.content.decode()
    assert (answer.status_code, "您看到的方案已有新版本，本次未作确认" in page, "改为换新" in page) == (422, True, True)


def test_declining_needs_a_word_and_keeps_it(cases: Cases) -> None:
    case = cases.until("send_plan")
    address = f"/c/{case.links.get().token}/"
    assert Client().post(f"{address}plan/", {"version": 1, "answer": "no"}).status_code == 422
    assert Client().post(f"{address}plan/", {"version": 1, "answer": "no", "words": "太慢"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.plans.get().answer_words) == ("verified", "太慢")


def test_the_customer_judges_the_result_on_the_phone(cases: Cases) -> None:
    case = cases.until("tell")
    address = f"/c/{case.links.get().token}/"
    assert Client().post(f"{address}verdict/", {"verdict": "satisfied", "score": "6"}).status_code == 422
    assert Client().post(f"{address}verdict/", {"verdict": "not", "score": "1", "words": "又坏了"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.reopened_times) == ("reopened", 1)
    assert "已重新打开" in text(Client(), address)


def test_links_that_are_guessed_or_expired_say_so(cases: Cases, clock: MovableClock) -> None:
    case = cases.until("send_plan")
    assert "链接不存在" in text(Client(), "/c/guessed/", 404)
    clock.set(clock.now + timedelta(days=91))
    address = f"/c/{case.links.get().token}/"
    assert "链接已过期" in text(Client(), address, 410)
    assert Client().post(f"{address}plan/", {"version": 1, "answer": "yes"}).status_code == 410


def test_the_customers_page_tells_nothing_internal(cases: Cases, sign_in: SignIn) -> None:
    case = cases.open()
    sign_in("agent").post(f"/cases/{case.pk}/note/", {"text": "客户很难缠"})
    page = text(Client(), f"/c/{case.links.get().token}/")
    assert "客户很难缠" not in page
    assert "赵" not in page
    assert CaseNote.objects.filter(case=case, kind="note").count() == 1


def test_the_customers_page_is_small(cases: Cases) -> None:
    case = cases.until("tell")
    assert len(text(Client(), f"/c/{case.links.get().token}/").encode()) < 20_000


def test_english_is_complete_on_the_pages(cases: Cases, company: Company, sign_in: SignIn) -> None:
    company.staff["agent"].language = "en"
    company.staff["agent"].save()
    case = cases.open(description="The compressor stops", customer_id=None)
    for address in ("/cases/", "/cases/board/", f"/cases/{case.pk}/", "/cases/new/", f"/cases/{case.pk}/triage/"):
        page = text(sign_in("agent"), address)
        assert "<html" in page
