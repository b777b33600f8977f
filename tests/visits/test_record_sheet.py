"""The visit record sheet: every field on one page, in both languages, masked unless taken out for a reason (VIS-30)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.customers.public import Address, Contact, PurchaseLine, take_out
from huiyin.customers.rules.hiding import Hiding
from huiyin.foundation.models import ActEntry
from huiyin.kernel.refusal import Forbidden, Invalid, NotFound
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.correct import correct_record
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.owe_answer import owe_answer
from huiyin.visits.models import Visit
from tests.api.conftest import Caller, caller
from tests.conftest import Company, MovableClock
from tests.documents.reading import pdf_fonts, pdf_pages, pdf_text, squeezed, word_tables, word_text
from tests.visits.conftest import GOOD

__all__ = ["caller"]

EVIL = "#panic(1) $x$ {{ 7*7 }} <script>alert(1)</script> =1+1 *b*"
LONG = "客户反映热水器出水忽冷忽热，已请店里的师傅上门看过两次，仍希望厂家再派人检查并说明原因。"


@pytest.fixture
def recorded(visit_for: Callable[..., Visit], visiting: Company, clock: MovableClock) -> Visit:
    """A visit as full as visits get: a call in vain, a low score with its case, an owed answer, a late correction."""
    visit = visit_for(name="王小明", tier="vip")
    assert visit.purchase
    PurchaseLine.objects.create(purchase=visit.purchase, line_no=1, description="热水器 R-60", quantity=2)
    Contact.objects.filter(customer=visit.customer).update(
        name="王太太", position="采购", email="wang@example.com", wechat="wx-wang88"
    )
    Address.objects.create(
        customer=visit.customer, province="上海市", district="静安区", line="南京西路100号", is_primary=True
    )
    agent = visiting.call("agent")
    log_attempt(agent, visit.pk, line="no_answer", note="稍后再打")
    clock.set("2026-09-15 14:30")
    answers = {**GOOD, "product": 2, "product.why": "漏水", "need": EVIL, "suggestion": LONG}
    complete_visit(
        visiting.call("agent"),
        visit.pk,
        answers=answers,
        emotion="dissatisfied",
        emotion_note="语气平和",
        needs=EVIL,
        suggestions=LONG,
        notes="请回电 138 0000 0001 或 wang@example.com",
        goal_met=True,
        seconds=185,
    )
    owner = visiting.staff["engineer"]
    owe_answer(
        visiting.call("agent"),
        visit.pk,
        question="能否换新机？",
        owner_id=owner.pk,
        due_at=clock.now + timedelta(days=1),
    )
    clock.set("2026-09-17 10:00")
    correct_record(visiting.call("quality"), visit.pk, reason="听录音后更正", emotion_note="语气激动")
    visit.refresh_from_db()
    return visit


def sheet(client: Client, visit: Visit, **query: str) -> Any:
    return client.get(f"/visits/{visit.pk}/sheet/file/", query)


def facts(content: bytes) -> dict[str, str]:
    """The labels of the sheet's grids with their values."""
    grids = [table for table in word_tables(content) if all(len(row) % 2 == 0 for row in table)]
    return {row[place]: row[place + 1] for table in grids for row in table for place in range(0, len(row), 2)}


def rows(content: bytes, first: str) -> list[list[str]]:
    """The rows of the table whose first heading is this one."""
    return next(table[1:] for table in word_tables(content) if table[0][0] == first)


def test_the_chinese_sheet_has_every_field(recorded: Visit, sign_in: Callable[[str], Client]) -> None:
    content = sheet(sign_in("agent"), recorded, **{"as": "docx"}).content
    said = facts(content)
    assert recorded.purchase
    assert recorded.found_case
    assert {
        "客户": "王**",
        "客户编号": "CS2026090001",
        "客户级别": "VIP",
        "联系人": "王** · 采购",
        "电话": "138****0001",
        "微信": "w***",
        "电子邮件": "w***@example.com",
        "地址": "上海市静安区****",
        "购买日期": "2026-09-07",
        "单号": "N1",
        "金额": "¥ 6,000.00",
        "门店": "人民路店",
        "产品": "热水器 R-60 × 2",
        "方式": "电话",
        "回访人": "agent",
        "计划时间": "2026-09-15 10:05–11:30",
        "接触时间": "2026-09-15 14:30",
        "结果": "已完成",
        "通话时长": "3:05",
        "录音": "□\xa0同意   □\xa0不同意",
        "目标达成": "是",
        "情绪": "不满意 · 语气激动",
        "需求": EVIL,
        "建议": LONG,
        "备注": "请回电 138****0001 或 w***@example.com",
    }.items() <= said.items()
    assert said["回访类型"] == recorded.policy.name_zh
    assert rows(content, "时间") == [
        ["2026-09-15 10:05", "agent", "138****0001", "无人接听", "", "", "稍后再打"],
        ["2026-09-15 14:30", "agent", "138****0001", "接通", "已完成", "3:05", ""],
    ]
    assert rows(content, "产品质量") == [["2", "5", "4", "5", "4", "4.00"]]
    answers = rows(content, "题目")
    assert answers[0] == ["您对产品质量满意吗？", "2", "漏水"]
    assert [row[1] for row in answers] == ["2", "5", "4", "5", "4", ""]
    assert rows(content, "待答复问题") == [["能否换新机？", "engineer", "2026-09-16 14:30", "", ""]]
    assert rows(content, "工单") == [[recorded.found_case.number, "本次回访新建", recorded.found_case.title]]
    assert rows(content, "版本") == [
        ["1", "2026-09-15 14:30", "agent", "时限内", ""],
        ["2", "2026-09-17 10:00", "quality", "时限内", "听录音后更正"],
    ]
    assert word_tables(content)[-1] == [["回访人签字", "", "审核人签字", "", "日期", ""]]


def test_pdf_and_word_say_the_same_on_one_page(recorded: Visit, sign_in: Callable[[str], Client]) -> None:
    agent = sign_in("agent")
    word, pdf = (sheet(agent, recorded, **{"as": form}).content for form in ("docx", "pdf"))
    assert len(pdf_pages(pdf)) == 1
    assert pdf_fonts(pdf) == {"NotoSansSC-Regular": True}
    text = pdf_text(pdf)
    for table in word_tables(word):
        assert all(squeezed(cell) in text for row in table for cell in row)
    assert "个人信息已脱敏。" in text


def test_the_english_sheet_has_no_chinese_label(
    visit_for: Callable[..., Visit], visiting: Company, sign_in: Callable[[str], Client]
) -> None:
    visit = visit_for(name="Wang", store=None)
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD, emotion="satisfied")
    content = sheet(sign_in("agent"), visit, **{"as": "docx", "in": "en"}).content
    assert not [each for each in word_text(content) if "\u4e00" <= each <= "\u9fff"]
    assert word_tables(content)[0] == [["", "Customer visit record", f"Visit no. {visit.pk}"]]
    assert (facts(content)["Result"], facts(content)["Emotion"]) == ("Done", "Satisfied")
    assert rows(content, "Case") == [["No cases."]]
    pdf = sheet(sign_in("agent"), visit, **{"in": "en"}).content
    assert "PersonaldataismaskedPage1of1" in pdf_text(pdf).replace(".", "")


def test_the_sheet_of_an_open_visit_is_a_form_to_fill_in(
    visit_for: Callable[..., Visit], sign_in: Callable[[str], Client]
) -> None:
    visit = visit_for()
    content = sheet(sign_in("agent"), visit, **{"as": "docx"}).content
    assert rows(content, "题目")[0] == ["您对产品质量满意吗？", "", ""]
    assert rows(content, "产品质量") == [["–"] * 6]
    assert facts(content)["目标达成"] == "□\xa0是   □\xa0否"
    assert (rows(content, "时间"), rows(content, "版本")) == ([["无拨打记录。"]], [["尚未记录。"]])


def test_a_late_record_says_so_for_ever(
    visit_for: Callable[..., Visit], visiting: Company, sign_in: Callable[[str], Client], clock: MovableClock
) -> None:
    visit = visit_for()
    log_attempt(visiting.call("agent"), visit.pk, line="connected", business="completed")
    clock.set("2026-09-17 10:05")
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD)
    content = sheet(sign_in("agent"), visit, **{"as": "docx"}).content
    assert word_tables(content)[0][0][0] == "记录超时"
    assert rows(content, "版本")[0][3] == "记录超时"


def test_the_longest_reasonable_record_is_one_page(
    visit_for: Callable[..., Visit], visiting: Company, sign_in: Callable[[str], Client]
) -> None:
    visit = visit_for(name="上海某某家用电器销售服务有限公司", kind="company")
    for number in range(1, 7):
        PurchaseLine.objects.create(purchase=visit.purchase, line_no=number, description=f"家用热水器 R-{number}0")
    long = LONG * 5
    complete_visit(
        visiting.call("agent"),
        visit.pk,
        answers={**GOOD, "product": 1, "product.why": LONG, "staff": 2, "staff.why": LONG, "problem": LONG * 2},
        emotion="angry",
        emotion_note=LONG,
        needs=long,
        suggestions=long,
        notes=long,
    )
    pdf = sheet(sign_in("agent"), visit).content
    assert len(pdf_pages(pdf)) == 1
    assert pdf_text(pdf).count(squeezed(long)) == 3


def test_what_is_longer_still_goes_on_and_loses_nothing(
    visit_for: Callable[..., Visit], visiting: Company, sign_in: Callable[[str], Client]
) -> None:
    visit = visit_for()
    texts = {name: "".join(f"{name}第{n}句。" for n in range(200))[:2000] for name in ("needs", "suggestions", "notes")}
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD, **texts)
    pages = pdf_pages(sheet(sign_in("agent"), visit).content)
    assert len(pages) == 3
    assert all(page.startswith("客户回访记录表（续）") for page in pages[1:])
    edges = re.compile(
        rf"2026-09-1510:05由agent生成个人信息已脱敏。第\d页，共3页(客户回访记录表（续）回访编号{visit.pk})?"
    )
    found = edges.sub("", squeezed("".join(pages)))
    assert all(f"{name}第{number}句。" in found for name in texts for number in range(texts[name].count("句。")))


def test_the_print_page_is_the_same_sheet(recorded: Visit, sign_in: Callable[[str], Client]) -> None:
    page = sign_in("agent").get(f"/visits/{recorded.pk}/sheet/").content.decode()
    for part in ("<h1>客户回访记录表</h1>", "138****0001", "王**", "听录音后更正", "&lt;script&gt;alert(1)"):
        assert part in page
    assert "<script>alert" not in page
    assert all(
        secret not in page for secret in ("13800000001", "138 0000 0001", "wang@example.com", "南京西路", "王太太")
    )
    english = sign_in("agent").get(f"/visits/{recorded.pk}/sheet/?in=en").content.decode()
    assert "<h1>Customer visit record</h1>" in english
    assert f'href="/visits/{recorded.pk}/sheet/"' in sign_in("agent").get(f"/visits/{recorded.pk}/").content.decode()


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_without_the_right_no_file_carries_personal_data(
    recorded: Visit, sign_in: Callable[[str], Client], form: str
) -> None:
    for who in ("agent", "service_manager"):
        content = sheet(sign_in(who), recorded, **{"as": form}).content
        text = pdf_text(content) if form == "pdf" else word_text(content)
        assert all(
            secret not in text
            for secret in ("13800000001", "wang@example", "wx-wang88", "南京西路", "王小明", "王太太")
        )
    posted = sign_in("agent").post(f"/visits/{recorded.pk}/sheet/", {"reason": "归档", "form": form, "once": "1"})
    assert posted.status_code == 403
    assert not ActEntry.objects.filter(verb="customers.take_out").exists()


def test_in_full_needs_a_reason_and_every_file_is_on_record(
    recorded: Visit, sign_in: Callable[[str], Client], visiting: Company
) -> None:
    manager, address = sign_in("service_manager"), f"/visits/{recorded.pk}/sheet/"
    assert manager.post(address, {"reason": " ", "form": "pdf", "once": "1"}).status_code == 422
    given = [manager.post(address, {"reason": "客户索取存档", "form": "docx", "once": "2"}) for _again in range(2)]
    said = facts(given[1].content)
    assert (said["客户"], said["联系人"], said["电话"]) == ("王小明", "王太太 · 采购", "138 0000 0001")
    assert (said["电子邮件"], said["微信"], said["地址"]) == (
        "wang@example.com",
        "wx-wang88",
        "上海市静安区南京西路100号",
    )
    assert said["备注"] == "请回电 138 0000 0001 或 wang@example.com"
    assert given[0]["Cache-Control"] == "no-store"
    looks = ActEntry.objects.filter(verb="customers.take_out")
    assert [(look.actor_name, look.reason, look.data["file"], look.customer_id) for look in looks] == [
        ("service_manager", "客户索取存档", f"visits.visit:{recorded.pk} docx", recorded.customer_id)
    ] * 2
    pdf = manager.post(address, {"reason": "客户索取存档", "form": "pdf", "once": "3"}).content
    assert "导出原因：客户索取存档。" in pdf_text(pdf)


def test_who_may_not_see_the_visit_gets_404_for_its_sheet(
    recorded: Visit, sign_in: Callable[[str], Client], caller: Callable[..., Caller]
) -> None:
    for path in ("", "file/"):
        assert sign_in("engineer").get(f"/visits/{recorded.pk}/sheet/{path}").status_code == 404
    assert caller("engineer")("GET", f"/visits/{recorded.pk}/sheet").status_code == 404
    assert sheet(sign_in("agent"), recorded, **{"as": "exe"}).status_code == 404
    assert sign_in("agent").get("/visits/999999/sheet/file/").status_code == 404


def test_the_api_gives_the_same_files(recorded: Visit, caller: Callable[..., Caller]) -> None:
    agent, manager = caller("agent"), caller("service_manager")
    masked = agent("GET", f"/visits/{recorded.pk}/sheet?form=docx&language=en")
    assert facts(masked.content)["Phone"] == "138****0001"
    name = unquote(masked["Content-Disposition"].partition("''")[2])
    assert name == f"Customer visit record-CS2026090001-{recorded.pk}.docx"
    assert agent("GET", f"/visits/{recorded.pk}/sheet?form=exe").status_code == 422
    wanted = {"reason": "存档", "form": "docx", "language": "zh-hans"}
    assert agent("POST", f"/visits/{recorded.pk}/sheet/full", wanted).status_code == 403
    assert manager("POST", f"/visits/{recorded.pk}/sheet/full", {**wanted, "reason": " "}).status_code == 422
    full = manager("POST", f"/visits/{recorded.pk}/sheet/full", wanted)
    assert facts(full.content)["电话"] == "138 0000 0001"
    assert ActEntry.objects.filter(verb="customers.take_out").count() == 1


def test_a_case_outside_the_reader_s_area_shows_its_number_only(
    recorded: Visit, sign_in: Callable[[str], Client]
) -> None:
    case = recorded.found_case
    assert case
    case.department = case.handler = case.store = None
    case.save()
    assert rows(sheet(sign_in("store_manager"), recorded, **{"as": "docx"}).content, "工单")[0][:1] == [case.number]


def test_the_sheet_asks_a_fixed_number_of_queries(recorded: Visit, sign_in: Callable[[str], Client]) -> None:
    agent = sign_in("agent")
    agent.get(f"/visits/{recorded.pk}/sheet/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert sheet(agent, recorded).status_code == 200
    assert len(asked) <= 24, len(asked)


def test_taking_out_needs_right_reason_and_area(recorded: Visit, visiting: Company) -> None:
    with pytest.raises(Forbidden):
        take_out(visiting.call("agent"), recorded.customer_id, reason="x", file="x")
    with pytest.raises(Invalid):
        take_out(visiting.call("director"), recorded.customer_id, reason=" ", file="x")
    with pytest.raises(NotFound):
        take_out(visiting.call("director"), 999_999, reason="x", file="x")


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("打 13800000001", "打 138****0001"),
        ("+86 138-0000-0001。", "+86 138****0001。"),
        ("WANG@Example.com, wx-wang88", "w***@example.com, w***"),
        ("订单 6000 元，分机 001", "订单 6000 元，分机 001"),
    ],
)
def test_known_numbers_are_masked_in_texts(text: str, hidden: str) -> None:
    assert Hiding((("+8613800000001", "wang@example.com", "wx-wang88"),)).hide(text) == hidden
