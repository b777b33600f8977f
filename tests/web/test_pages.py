"""The shell's own pages: both languages, theme, sign-in, refusals, and how heavy a customer's page is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import Settings

from huiyin.kernel.actor import NOBODY
from huiyin.web import sheets
from tests.conftest import Company

SignIn = Callable[[str], Client]


@pytest.fixture
def demo(settings: Settings) -> None:
    """The site as a demo."""
    settings.DEMO = True


def visible(html: str) -> str:
    """The text of a page without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL))


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "组件"), ("en", "Components")])
def test_the_gallery_is_drawn_in_both_languages(demo: None, sign_in: SignIn, language: str, word: str):
    client = sign_in("agent")
    client.post("/language/", {"language": language})
    page = client.get("/components/")
    assert page.status_code == 200
    assert f"<h1>{word}</h1>" in page.content.decode()
    assert f'lang="{language}"' in page.content.decode()


def test_the_english_gallery_holds_no_chinese(demo: None, sign_in: SignIn):
    client = sign_in("agent")
    client.post("/language/", {"language": "en"})
    text = visible(client.get("/components/").content.decode()).replace("简体中文", "")
    assert re.findall(r"[\u4e00-\u9fff]+", text) == []


def test_the_gallery_does_not_exist_outside_the_demo(sign_in: SignIn):
    assert sign_in("agent").get("/components/").status_code == 404


def test_pages_carry_no_inline_script_or_style_and_a_policy_that_refuses_them(demo: None, sign_in: SignIn):
    page = sign_in("agent").get("/components/")
    html = page.content.decode()
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert re.findall(r'<style|\sstyle="|\son\w+="|href="javascript:', html) == []
    assert [
        kind for kind in re.findall(r"<script([^>]*)>", html) if "src=" not in kind and "application/json" not in kind
    ] == []


def test_the_language_is_kept_in_the_profile(company: Company, sign_in: SignIn):
    client = sign_in("agent")
    answer = client.post("/language/", {"language": "en", "next": "/accounts/password/change/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/password/change/")
    company.staff["agent"].refresh_from_db()
    assert company.staff["agent"].language == "en"
    assert "Change password" in client.get("/accounts/password/change/").content.decode()


def test_a_stranger_keeps_the_language_in_a_cookie(db: None):
    client = Client()
    client.post("/language/", {"language": "en"})
    assert "Sign in" in client.get("/accounts/login/").content.decode()
    client.post("/language/", {"language": "zh-hans"})
    assert "登录" in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("bad", ["", "fr", "zh-hans'; drop", "x" * 5000])
def test_an_unknown_language_or_theme_changes_nothing(company: Company, sign_in: SignIn, bad: str):
    client = sign_in("agent")
    assert client.post("/language/", {"language": bad}).status_code == 302
    assert client.post("/theme/", {"theme": bad}).status_code == 302
    company.staff["agent"].refresh_from_db()
    assert (company.staff["agent"].language, company.staff["agent"].theme) == ("zh-hans", "auto")


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_the_way_back_never_leads_to_another_site(db: None, away: str):
    assert Client().post("/language/", {"language": "en", "next": away}).headers["Location"] == "/"


def test_the_theme_is_kept_and_drawn(company: Company, sign_in: SignIn):
    client = sign_in("agent")
    assert 'data-theme="' not in client.get("/accounts/password/change/").content.decode()
    client.post("/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/accounts/password/change/").content.decode()
    company.staff["agent"].refresh_from_db()
    assert company.staff["agent"].theme == "dark"


def test_switching_needs_a_form_that_was_sent(db: None):
    assert Client().get("/language/").status_code == 405
    assert Client().get("/theme/").status_code == 405


def test_a_person_signs_in_with_the_staff_number(company: Company):
    client = Client()
    answer = client.post("/accounts/login/", {"login": "t002", "password": "correct horse battery"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("language", "wrong", "shut"),
    [
        ("zh-hans", "工号或密码不正确", "登录失败次数过多"),
        ("en", "Staff number or password is wrong", "Too many failed tries"),
    ],
)
def test_the_sixth_wrong_password_is_refused_in_words(company: Company, language: str, wrong: str, shut: str):
    cache.clear()
    client = Client()
    client.post("/language/", {"language": language})
    for _ in range(5):
        page = client.post("/accounts/login/", {"login": "t002", "password": "wrong"})
        assert wrong in page.content.decode()
    page = client.post("/accounts/login/", {"login": "t002", "password": "correct horse battery"})
    assert page.status_code == 200
    assert shut in page.content.decode()
    cache.clear()


def test_one_click_signs_in_to_the_demo_in_a_role(demo: None, company: Company):
    client = Client()
    assert "一下即可登录" in client.get("/accounts/login/").content.decode()
    assert client.post("/demo/sign-in/", {"role": "agent"}).status_code == 302
    assert client.session["_auth_user_id"] == str(company.staff["agent"].pk)


def test_one_click_sign_in_does_not_exist_outside_the_demo(company: Company):
    client = Client()
    assert "demo/sign-in" not in client.get("/accounts/login/").content.decode()
    assert client.post("/demo/sign-in/", {"role": "agent"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", ["", "emperor"])
def test_an_unknown_role_is_not_found(demo: None, company: Company, role: str):
    assert Client().post("/demo/sign-in/", {"role": role}).status_code == 404


@pytest.mark.parametrize("address", ["signup/", "password/reset/"])
def test_nobody_registers_or_resets_alone(db: None, address: str):
    assert "管理员" in Client().get(f"/accounts/{address}").content.decode()


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "没有页面"), ("en", "no page at this address")])
def test_a_wrong_address_says_what_to_do(db: None, language: str, word: str):
    page = Client(headers={"accept-language": language}).get("/nowhere/")
    assert page.status_code == 404
    assert word in page.content.decode()


@pytest.mark.parametrize("status", [403, 404, 409])
def test_a_refusal_says_what_happened_what_was_kept_and_what_to_do(status: int):
    request = RequestFactory().get("/")
    request.actor = NOBODY  # type: ignore[attr-defined]
    with translation.override("en"):
        html = render_to_string("shell/refused.html", {"why": "Somebody was faster.", "status": status}, request)
    assert "Somebody was faster." in html
    assert "Nothing was changed" in html
    assert "To the start page" in html


@pytest.mark.parametrize(("address", "status"), [("/wall/", 403), ("/promises/999/", 404), ("/nowhere/", 404)])
def test_whoever_is_refused_keeps_the_navigation(company: Company, sign_in: SignIn, address: str, status: int):
    answer = sign_in("agent").get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert ('<nav class="nav"' in page, page.count("<h1"), "sheet-head" in page) == (True, 1, False)
    assert '<nav class="nav"' not in Client().get("/nowhere/").content.decode()


def test_the_page_of_a_failure_needs_nothing_but_its_template():
    assert "500" in render_to_string("500.html")


def test_a_customers_page_weighs_less_than_100_kilobytes(db: None):
    client = Client()
    page = client.get("/accounts/login/")
    loaded = re.findall(r'<(?:link rel="stylesheet"|script)[^>]*(?:href|src)="([^"]+)"', page.content.decode())
    assert len(loaded) == 1
    weight = len(page.content) + len(client.get(loaded[0]).content) + len((sheets.FOLDER / "mark.svg").read_bytes())
    assert weight < 100_000
    assert weight < 60_000, "there must be room left for the page itself"


def test_a_style_sheet_is_kept_for_a_year_only_under_its_present_mark(db: None):
    mark, text = sheets.kept("staff")
    present, old = Client().get(f"/look/staff-{mark}.css"), Client().get("/look/staff-0000000000.css")
    assert present.content.decode() == old.content.decode() == text
    assert "immutable" in present.headers["Cache-Control"]
    assert "no-cache" in old.headers["Cache-Control"]
    assert Client().get("/look/nothing-0.css").status_code == 404


def test_every_component_is_in_a_sheet():
    named = {name for names in sheets.SHEETS.values() for name in names}
    assert {path.stem for path in (sheets.FOLDER / "components").glob("*.css")} == named
