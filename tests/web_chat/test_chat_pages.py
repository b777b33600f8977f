"""Our side of the chat in the browser: lists, one talk, its steps, the numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.web_chat.models import ChatRules
from huiyin.web_chat.rules.numbers import ChatNumbers
from tests.conftest import Company
from tests.web_chat.conftest import Visitor

SignIn = Callable[[str], Client]


def test_an_agent_takes_answers_and_makes_a_case(company: Company, visitor: Visitor, sign_in: SignIn) -> None:
    chat, agent = visitor.begin(), sign_in("agent")
    assert "林悦" in agent.get("/chats/").content.decode()
    assert agent.post(f"/chats/{chat.pk}/take/", {"once": "1"})["Location"] == f"/chats/{chat.pk}/"
    assert agent.post(f"/chats/{chat.pk}/say/", {"text": "您好", "once": "2"}).status_code == 302
    again = agent.post(f"/chats/{chat.pk}/say/", {"text": "您好", "once": "2"}, headers={"X-Requested-With": "fetch"})
    assert (again.status_code, again.json()) == (200, {"problem": ""})
    assert chat.lines.filter(side="ours").count() == 1
    page = agent.get(f"/chats/{chat.pk}/").content.decode()
    assert "138****0042" in page
    assert "13800000042" not in page
    made = agent.post(f"/chats/{chat.pk}/case/", {"kind": "repair", "topic": "product", "once": "3"})
    assert made["Location"] == f"/chats/{chat.pk}/"
    chat.refresh_from_db()
    assert chat.case is not None
    assert chat.case.number in agent.get(f"/chats/{chat.pk}/").content.decode()
    assert chat.case.number in agent.get("/chats/?tab=over").content.decode()


def test_a_refused_line_keeps_what_was_typed(company: Company, visitor: Visitor, sign_in: SignIn) -> None:
    chat = visitor.begin()
    sign_in("agent").post(f"/chats/{chat.pk}/take/")
    answer = sign_in("service_manager").post(f"/chats/{chat.pk}/say/", {"text": "让我来"})
    assert (answer.status_code, "让我来" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("role", "statuses"),
    [("agent", (200, 200, 403)), ("auditor", (200, 200, 403)), ("service_manager", (200, 200, 200))],
)
def test_pages_are_for_their_roles(
    company: Company, visitor: Visitor, sign_in: SignIn, role: str, statuses: tuple[int, ...]
) -> None:
    chat = visitor.begin()
    client = sign_in(role)
    found = tuple(client.get(path).status_code for path in ("/chats/", f"/chats/{chat.pk}/", "/chat-rules/"))
    assert found == statuses
    assert Client().get(f"/chats/{chat.pk}/").status_code == 302


def test_somebody_elses_talk_is_not_found(company: Company, visitor: Visitor, sign_in: SignIn) -> None:
    chat = visitor.begin()
    for path in ("", "news/", "take/", "case/"):
        assert sign_in("engineer").get(f"/chats/{chat.pk}/{path}").status_code == 404
    assert sign_in("agent").get(f"/chats/{chat.pk}/nonsense/").status_code == 404
    assert sign_in("auditor").get(f"/chats/{chat.pk}/take/").status_code == 403


def test_handing_over_leads_back_to_the_list(company: Company, visitor: Visitor, sign_in: SignIn) -> None:
    chat, agent = visitor.begin(), sign_in("agent")
    agent.post(f"/chats/{chat.pk}/take/")
    assert agent.post(f"/chats/{chat.pk}/hand-over/", {}).status_code == 422
    sent = agent.post(f"/chats/{chat.pk}/hand-over/", {"department_id": company.departments["rnd"].pk})
    assert sent["Location"] == "/chats/"


def rules(**values: object) -> dict[str, object]:
    data = ChatNumbers().as_data() | {"sites": "https://www.example.cn"}
    return {**data, "version": 0, "effective_from": "2026-09-28", "reason": "试用", **values}


def test_a_new_version_holds_and_an_old_form_is_told(company: Company, sign_in: SignIn) -> None:
    manager = sign_in("service_manager")
    assert manager.post("/chat-rules/", {**rules(first_answer_minutes=5), "once": "1"}).status_code == 302
    row = ChatRules.objects.get()
    assert (row.version, row.data["first_answer_minutes"], row.data["sites"]) == (1, 5, ["https://www.example.cn"])
    assert "5 分钟内有人应答" in Client().get("/chat/").content.decode()
    assert manager.post("/chat-rules/", rules()).status_code == 422, "somebody saved version 1 meanwhile"
    assert "试用" in manager.get("/chat-rules/").content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [({"sites": "javascript:x"}, "sites"), ({"poll_seconds": 1}, "poll_seconds"), ({"reason": ""}, "reason")],
)
def test_wrong_numbers_are_told_at_their_field(
    company: Company, sign_in: SignIn, values: dict[str, object], field: str
) -> None:
    answer = sign_in("service_manager").post("/chat-rules/", rules(**values))
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)
    assert not ChatRules.objects.exists()


def test_the_visitors_page_is_light(company: Company, visitor: Visitor) -> None:
    visitor.begin()
    page = visitor.client.get(visitor.address)
    assert len(page.content) < 20_000
    assert "htmx" not in page.content.decode()
