"""The pages of gift lists, by role and scope; what is wrong is said where it is typed."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from huiyin.promotions.actions.mend import mend_error
from huiyin.promotions.actions.sign import sign_list
from huiyin.promotions.actions.verify import close_error
from huiyin.promotions.models import GiftError, GiftLine, GiftList, GiftRules
from huiyin.promotions.public import make_list
from tests.conftest import Company
from tests.promotions.conftest import answer, gift

pytestmark = pytest.mark.django_db
SEES = {
    "director": 200,
    "service_manager": 200,
    "agent": 200,
    "quality": 200,
    "auditor": 200,
    "administrator": 200,
    "store_manager": 200,
    "engineer": 403,
    "rnd_head": 403,
}
LINE = {"name": "王芳", "phone": "12", "gift": "雨伞", "value": "29.9", "quantity": "1", "given_on": "2026-09-10"}


@pytest.fixture
def error(handed_in: Callable[..., GiftList]) -> GiftError:
    handed_in(gift(1, 399), gift(2, 10, phone="12"))
    answer(GiftLine.objects.get(position=1), received="no", note="没见到")
    return GiftError.objects.get()


@pytest.mark.parametrize("who", SEES)
def test_who_sees_which_pages(sign_in: Callable[[str], Client], error: GiftError, who: str) -> None:
    client, pk = sign_in(who), error.line.list_id
    pages = [
        reverse("gift-lists"),
        reverse("gift-lists") + "?tab=done",
        reverse("gift-list", args=[pk]),
        reverse("gift-list", args=[pk]) + "?which=errors",
        reverse("gift-result", args=[pk]),
        reverse("gift-errors"),
        reverse("gift-error", args=[error.pk]),
    ]
    assert [client.get(page).status_code for page in pages] == [SEES[who]] * len(pages)
    rules = 200 if who in ("director", "service_manager") else 403
    assert client.get(reverse("gift-rules")).status_code == rules
    new = 200 if who in ("director", "service_manager", "store_manager") else 403
    assert client.get(reverse("gift-list-new")).status_code == new


def test_a_store_sees_its_own_lists_only(shop: Company, sign_in: Callable[[str], Client], error: GiftError) -> None:
    make_list(shop.call("director"), name="滨江店礼品", check="gifts", store_id=shop.stores["S02"].pk)
    other = GiftList.objects.get(name="滨江店礼品")
    store, agent = sign_in("store_manager"), sign_in("agent")
    assert [row.name for row, _counts in store.get("/gift-lists/").context["page"].rows] == ["中秋礼品"]
    assert len(agent.get("/gift-lists/").context["page"].rows) == 2
    assert store.get(reverse("gift-list", args=[other.pk])).status_code == 404
    assert store.get(reverse("gift-result", args=[other.pk])).status_code == 404
    GiftError.objects.update(store=shop.stores["S02"])
    assert store.get(reverse("gift-error", args=[error.pk])).status_code == 404
    assert store.get("/gift-errors/").context["page"].pager.rows == []


def test_numbers_are_masked_for_everybody(sign_in: Callable[[str], Client], error: GiftError) -> None:
    for who in ("store_manager", "agent", "director"):
        text = sign_in(who).get(reverse("gift-list", args=[error.line.list_id])).content.decode()
        assert "138****0001" in text
        assert "13800200001" not in text


def test_a_list_is_entered_line_by_line_and_handed_in_once(shop: Company, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("store_manager")
    sent = {"name": "国庆礼品", "check": "gifts", "store": shop.stores["S01"].pk, "once": "a"}
    made = client.post(reverse("gift-list-new"), sent)
    again = client.post(reverse("gift-list-new"), sent)
    assert (made.status_code, GiftList.objects.count()) == (302, 1)
    assert again.status_code == 302
    gifts = GiftList.objects.get()
    here = reverse("gift-list", args=[gifts.pk])
    wrong = client.post(here, {**LINE, "given_on": "2027-01-01", "once": "b"})
    assert (wrong.status_code, "这一天还没有到" in wrong.content.decode()) == (422, True)
    assert 'value="王芳"' in wrong.content.decode()
    for _press in range(2):
        assert client.post(here, {**LINE, "once": "c"}).status_code == 302
    line = GiftLine.objects.get()
    assert (line.hindrance, "电话有误" in client.get(here).content.decode()) == ("wrong_phone", True)
    do = reverse("gift-list-do", args=[gifts.pk])
    assert client.post(do, {"do": "remove", "line": line.pk, "once": "d"}).status_code == 302
    empty = client.post(do, {"do": "submit", "once": "e"})
    assert (empty.status_code, "清单还没有任何行" in empty.content.decode()) == (422, True)
    client.post(here, {**LINE, "once": "f"})
    assert client.post(do, {"do": "submit", "once": "g"}).status_code == 302
    second = client.post(do, {"do": "submit", "once": "h"})
    assert (second.status_code, "store_manager 已提交这份清单" in second.content.decode()) == (422, True)
    changed = client.post(here, {**LINE, "once": "i"})
    assert (changed.status_code, GiftLine.objects.count()) == (422, 1)


def test_an_error_is_mended_and_closed_on_its_page(sign_in: Callable[[str], Client], error: GiftError) -> None:
    here = reverse("gift-error", args=[error.pk])
    store, agent = sign_in("store_manager"), sign_in("agent")
    assert "没见到" in store.get(here).content.decode()
    assert agent.get(here).context["page"].step == ""
    missing = store.post(here, {"do": "mend", "explanation": "", "evidence": "底单", "once": "a"})
    assert missing.status_code == 422
    sent = {"do": "mend", "explanation": "漏发", "evidence": "已补寄 SF1", "once": "b"}
    assert [store.post(here, sent).status_code for _press in range(2)] == [302, 302]
    assert agent.get(here).context["page"].step == "verify"
    back = agent.post(here, {"do": "return", "note": "查无此单", "once": "c"})
    assert back.status_code == 302
    assert "查无此单" in store.get(here).content.decode()
    store.post(here, {**sent, "once": "d"})
    assert agent.post(here, {"do": "close", "note": "底单无误", "once": "e"}).status_code == 302
    error.refresh_from_db()
    assert (error.state, error.returned) == ("closed", 1)
    assert store.post(here, {**sent, "once": "f"}).status_code == 422


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_signed_sheet_comes_as_excel_word_and_pdf(
    shop: Company, sign_in: Callable[[str], Client], error: GiftError, language: str
) -> None:
    mend_error(shop.call("store_manager"), error.pk, explanation="漏发", evidence="已补寄")
    close_error(shop.call("agent"), error.pk, note="无误")
    gifts = GiftList.objects.get()
    client = sign_in("service_manager")
    file = reverse("gift-result-file", args=[gifts.pk])
    sign_list(shop.call("service_manager"), gifts.pk)
    book = load_workbook(io.BytesIO(client.get(f"{file}?as=xlsx&in={language}").content))
    cells = [[cell for cell in row if cell is not None] for row in book.worksheets[0].iter_rows(values_only=True)]
    wanted = {"zh-hans": ["未收到", 1, 1, 100, 20.7, 100], "en": ["Not received", 1, 1, 100, 20.7, 100]}
    assert wanted[language] in cells
    mended = {"zh-hans": ["已补正并核实（元）", "399.00"], "en": ["Mended and verified, yuan", "399.00"]}
    assert mended[language] in cells
    assert client.get(f"{file}?as=docx&in={language}").content[:2] == b"PK"
    assert client.get(f"{file}?as=pdf&in={language}").content[:5] == b"%PDF-"
    assert client.get(f"{file}?as=odt").status_code == 404


def test_the_numbers_are_changed_as_a_version_with_a_reason(sign_in: Callable[[str], Client]) -> None:
    from huiyin.foundation.calls import system_call
    from huiyin.foundation.shipping import ship_all
    from huiyin.promotions.rules.numbers import GiftNumbers, numbers_to

    ship_all(system_call())
    client = sign_in("service_manager")
    sent = {**numbers_to(GiftNumbers()), "effective_from": "2026-09-28", "reason": "旺季加量", "version": "1"}
    here = reverse("gift-rules")
    wrong = client.post(here, {**sent, "gift_share": "50", "answer_days": "3", "once": "a"})
    assert (wrong.status_code, "询问分布在 5 个工作日内" in wrong.content.decode()) == (422, True)
    assert client.post(here, {**sent, "gift_share": "0", "once": "b"}).status_code == 422
    assert client.post(here, {**sent, "gift_share": "50", "once": "c"}).status_code == 302
    assert client.post(here, {**sent, "gift_share": "60", "once": "d"}).status_code == 422  # version 1 was changed
    assert [(rules.version, rules.gift_numbers.gift_share) for rules in GiftRules.objects.all()] == [(2, 50), (1, 40)]
