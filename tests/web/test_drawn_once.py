"""Parts drawn once and kept stay each person's own, and choices of a select are drawn as Django draws them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.template import Context, engines
from django.test import Client
from django.utils import translation

from tests.conftest import Company

SignIn = Callable[[str], Client]
BY_HAND = (
    '{% for code, label in choices %}<option value="{{ code }}"{% if code == chosen %} selected{% endif %}>'
    "{{ label }}</option>{% endfor %}"
)


def menu(client: Client, address: str) -> str:
    """The person's menu on a page, without the tokens, which differ each time."""
    html = client.get(address).content.decode()
    found = html[html.index('<details class="menu" data-menu>') :].split("</details>")[0]
    assert "\ue001" not in html
    assert "\ue002" not in html
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]{64}"', r'\1token"', found)


def test_the_menu_is_each_persons_own_in_each_language(company: Company, sign_in: SignIn) -> None:
    agent, head = sign_in("agent"), sign_in("technical_head")
    first = menu(agent, "/cases/")
    others = menu(head, "/cases/")
    agent.post("/language/", {"language": "en"})
    english = menu(agent, "/cases/")
    agent.post("/language/", {"language": "zh-hans"})
    names = [company.staff[who].name for who in ("agent", "technical_head")]
    assert [name in first for name in names] == [True, False]
    assert [name in others for name in names] == [False, True]
    assert ("退出" in first, "Sign out" in english) == (True, True)
    assert first == menu(agent, "/cases/")


def test_the_menu_leads_back_to_the_page_it_stands_on(sign_in: SignIn) -> None:
    agent = sign_in("agent")
    addresses = ["/cases/?tab=all&text=%22%3E%3Cb%3E", "/profile/"]
    for address in addresses:
        back = re.findall(r'name="next" value="([^"]*)"', menu(agent, address))
        assert back == [address.replace("&", "&amp;")] * 2


def test_forms_of_the_menu_carry_a_token_that_is_taken(company: Company) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(company.staff["agent"])
    html = strict.get("/profile/").content.decode()
    form = html[html.index('action="/language/"') :]
    token = re.findall(r'csrfmiddlewaretoken" value="([^"]+)"', form)[0]
    sent = strict.post("/language/", {"language": "en", "csrfmiddlewaretoken": token})
    assert sent.status_code == 302


@pytest.mark.parametrize("chosen", ["b", 3, "", None, "none of them"])
def test_choices_are_drawn_as_a_template_draws_them(chosen: object) -> None:
    values = {"choices": [("a", "<甲>"), ("b", "B & 'b'"), (3, "三"), ("", "–")], "chosen": chosen}
    engine = engines["django"].engine  # type: ignore[attr-defined]  # Django's
    drawn, by_hand = (
        engine.from_string(source).render(Context(values)) for source in ("{% options choices chosen %}", BY_HAND)
    )
    assert drawn == by_hand


def test_choices_that_are_message_ids_are_said_in_the_language_of_the_page() -> None:
    drawn = engines["django"].engine.from_string("{% options choices %}")  # type: ignore[attr-defined]  # Django's
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(drawn.render(Context({"choices": {"x": "Close"}})))
    assert said == ['<option value="x">关闭</option>', '<option value="x">Close</option>']
