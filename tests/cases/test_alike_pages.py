"""Beside a case: the same matter, articles, what solved others; an article made of a solved case."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.actions.merge import merge_case
from huiyin.cases.actions.write_up import write_up_case
from huiyin.cases.models import Case
from huiyin.cases.queries.summary import case_summary, cases_counted, cases_of_customer
from huiyin.cases.rules.anonymous import without_persons
from huiyin.customers.public import Contact
from huiyin.kernel.refusal import Conflict, Forbidden, NotFound
from huiyin.knowledge.models import Article, ArticleUse
from tests.cases.conftest import Cases
from tests.conftest import Company
from tests.knowledge.conftest import Articles

SignIn = Callable[[str], Client]
STOPS = "空调压缩机十分钟后停机,店里无法营业,林悦 13800000042 请回电"


@pytest.fixture
def articles(company: Company) -> Articles:
    return Articles(company)


def part(client: Client, pk: int, status: int = 200) -> str:
    answer = client.get(f"/cases/{pk}/alike/", headers={"HX-Request": "true"})
    assert answer.status_code == status
    return answer.content.decode()


def test_the_page_of_a_case_asks_for_the_part_afterwards(cases: Cases, sign_in: SignIn) -> None:
    case = cases.open()
    page = sign_in("agent").get(f"/cases/{case.pk}/").content.decode()
    assert f'hx-get="/cases/{case.pk}/alike/"' in page


def test_the_part_shows_duplicates_articles_and_what_solved_others(
    cases: Cases, articles: Articles, sign_in: SignIn
) -> None:
    article = articles.published()
    solved = cases.until("verdict", description=STOPS)
    case = cases.open(customer_id=None, description=STOPS, serial="SN1")
    text = part(sign_in("director"), case.pk)
    assert "是否同一件事" in text
    assert solved.number in text
    assert "相似度 100%" in text
    assert f'href="/articles/{article.pk}/"' in text
    assert "以往解决的类似工单" in text
    assert "压缩机已更换" in text  # the result the customer was told
    assert "<html" not in text
    assert "<html" in sign_in("director").get(f"/cases/{case.pk}/alike/").content.decode()


def test_a_new_case_names_its_likes_while_it_is_typed(cases: Cases, sign_in: SignIn) -> None:
    known = cases.open(description=STOPS, serial="SN-7")
    client = sign_in("agent")
    assert 'hx-post="/cases/new/alike/"' in client.get("/cases/new/").content.decode()
    typed = client.post("/cases/new/alike/", {"description": STOPS}).content.decode()
    assert known.number in typed
    assert "相似度 100%" in typed
    by_serial = client.post("/cases/new/alike/", {"serial": "SN-7", "description": "\x00"}).content.decode()
    assert "相同序列号" in by_serial
    assert client.post("/cases/new/alike/", {"description": ""}).content.decode().strip() == ""
    assert sign_in("auditor").post("/cases/new/alike/").status_code == 403


def test_a_new_case_with_the_number_of_a_file_belongs_to_that_customer(cases: Cases, sign_in: SignIn) -> None:
    told = {"kind": "complaint", "topic": "other", "channel": "phone", "description": STOPS}
    for number in ("138 0000 0042", "13800000043"):
        assert sign_in("agent").post("/cases/new/", {**told, "reporter_phone": number}).status_code == 302
    assert list(Case.objects.order_by("pk").values_list("customer", flat=True)) == [cases.customer.pk, None]


def test_what_was_merged_stands_no_more_beside_the_case_nor_in_the_file(cases: Cases, sign_in: SignIn) -> None:
    into, case, client = cases.open(description=STOPS), cases.open(description=STOPS), sign_in("agent")
    button = f'action="/cases/{into.pk}/merge/"'
    assert (case.number in part(client, into.pk), button in part(client, into.pk)) == (True, True)
    merge_case(cases.company.call("agent"), case.pk, into=into.number, reason="同一件事")
    assert case.number not in part(client, into.pk)
    assert into.number not in part(client, case.pk)
    actor = cases.company.actor("agent")
    assert list(cases_of_customer(actor, cases.customer.pk)) == [into]
    assert cases_counted(actor, cases.customer.pk) == (1, 1)
    summary = case_summary(actor, cases.customer.pk)
    assert (summary.total, summary.open, summary.complaints) == (1, 1, 1)


def test_nothing_can_be_merged_into_a_case_that_has_ended(cases: Cases, sign_in: SignIn) -> None:
    ended, case = cases.open(description=STOPS), cases.open(description=STOPS)
    assert "/merge/" in part(sign_in("agent"), case.pk)
    cases.step(ended, "cancel", by="director")
    text = part(sign_in("agent"), case.pk)
    assert (ended.number in text, "/merge/" in text) == (True, False)


def test_nothing_alike_says_so(cases: Cases, sign_in: SignIn) -> None:
    assert "没有找到相似内容" in part(sign_in("director"), cases.open().pk)


def test_an_article_that_helped_is_kept_once(cases: Cases, articles: Articles, sign_in: SignIn) -> None:
    article, case = articles.published(), cases.open(description=STOPS)
    client = sign_in("agent")
    for _n in range(2):
        assert client.post(f"/cases/{case.pk}/used/{article.pk}/").status_code == 302
    article.refresh_from_db()
    assert (article.used, ArticleUse.objects.count()) == (1, 1)
    answer = client.post(f"/cases/{case.pk}/used/{article.pk}/", headers={"HX-Request": "true"})
    assert "采用" in answer.content.decode()


def test_a_solved_case_becomes_an_article_in_one_step_without_the_customer(cases: Cases, sign_in: SignIn) -> None:
    case = cases.until("tell", description=STOPS, product_name="KFR-35GW", serial="SN-99", title="林悦家空调停机")
    client = sign_in("agent")
    made = client.post(f"/cases/{case.pk}/article/", {"once": "a1"})
    again = client.post(f"/cases/{case.pk}/article/", {"once": "a2"})
    article = Article.objects.get()
    assert made.headers["Location"] == again.headers["Location"] == f"/articles/{article.pk}/"
    text = article.newest
    assert text is not None
    assert text.title == "【姓名】家空调停机"
    assert text.text == (
        "## 问题\n空调压缩机十分钟后停机,店里无法营业,【姓名】 【号码】 请回电\n\n"
        "## 原因\n（待补充）\n\n## 解决\n压缩机已更换"
    )
    assert (article.source, article.source_id, article.products) == ("cases.case", case.pk, ["KFR-35GW"])


def test_nobody_of_the_customers_file_is_named_in_an_article(cases: Cases) -> None:
    Contact.objects.create(customer=cases.customer, name="欧阳晓峰", phone="+8613800000043")
    case = cases.until("tell", description="前台欧阳晓峰说空调十分钟后停机")
    text = write_up_case(cases.company.call("agent"), case.pk).newest
    assert text is not None
    assert "前台【姓名】说空调十分钟后停机" in text.text
    assert "欧阳" not in f"{text.title}{text.text}"


def test_an_open_case_and_a_case_out_of_sight_make_no_article(cases: Cases) -> None:
    case = cases.open()
    with pytest.raises(Conflict):
        write_up_case(cases.company.call("agent"), case.pk)
    with pytest.raises(NotFound):
        write_up_case(cases.company.call("rnd_head"), case.pk)
    with pytest.raises(Forbidden):
        write_up_case(cases.company.call("auditor"), case.pk)
    assert Article.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "see", "write"),
    [("director", 200, 302), ("auditor", 200, 403), ("rnd_head", 404, 404), ("store_manager", 404, 403)],
)
def test_who_may_see_the_part_and_make_an_article(
    cases: Cases, sign_in: SignIn, who: str, see: int, write: int
) -> None:
    case = cases.until("tell")
    client = sign_in(who)
    assert client.get(f"/cases/{case.pk}/alike/").status_code == see
    assert client.post(f"/cases/{case.pk}/article/").status_code == write


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("电话138 0000 0042或+86-13800000042", "电话【号码】或【号码】"),
        ("写信到 lin.yue@mail.example.cn 谢谢", "写信到 【邮箱】 谢谢"),
        ("王先生说李小姐在家", "【姓名】先生说【姓名】小姐在家"),
        ("2026-09-28 10:30 来过", "2026-09-28 10:30 来过"),
        ("型号 KFR-35GW 报 E4,压力 0.4 MPa", "型号 KFR-35GW 报 E4,压力 0.4 MPa"),
        ("身份证 11010119900101123X", "身份证 【号码】"),
        ("座机 021-62345678", "座机 【号码】"),
    ],
)
def test_what_names_a_person_is_taken_out_and_the_rest_stays(text: str, plain: str) -> None:
    assert without_persons(text) == plain


@given(st.text(max_size=80), st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.sampled_from(["林悦", "Anna Lin"]))
def test_no_phone_and_no_name_of_the_customer_stays(text: str, phone: str, name: str) -> None:
    plain = without_persons(f"{text} {phone} {name} 先生", names=[name])
    assert phone not in plain
    assert name not in plain
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", without_persons(f"电话{phone},谢谢"))
