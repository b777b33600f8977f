"""What a customer said of a plan or a result is recorded only about the one that its recorder saw."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.cases.models import Case
from tests.cases.conftest import Cases, traces

SignIn = Callable[[str], Client]


def seen_on(client: Client, case: Case, verb: str) -> str:
    """What the form of a step would send."""
    return str(client.get(f"/cases/{case.pk}/{verb}/").context["page"].seen)


def told_anew(cases: Cases, case: Case) -> None:
    """A colleague records a bad verdict, works again and tells another result."""
    cases.step(case, "verdict", by="technical_head", verdict="not", score=1)
    for verb in ("start", "finish", "tell"):
        cases.step(case, verb, by="technical_head")


def planned_anew(cases: Cases, case: Case) -> None:
    cases.step(case, "plan", by="technical_head", steps="改为更换整机")
    cases.step(case, "send_plan", by="technical_head")


@pytest.mark.parametrize(
    ("until", "verb", "values", "meanwhile"),
    [
        ("send_plan", "confirm", {"way": "phone", "words": "同意先清洗滤网"}, planned_anew),
        ("send_plan", "decline", {"way": "phone", "words": "同意先清洗滤网，不换"}, planned_anew),
        ("tell", "verdict", {"verdict": "satisfied", "score": 5, "words": "修好了", "way": "phone"}, told_anew),
        ("tell", "verdict", {"verdict": "not", "score": 1, "words": "还是漏", "way": "phone"}, told_anew),
    ],
)
def test_a_customers_word_is_not_recorded_about_what_its_recorder_never_saw(
    cases: Cases,
    sign_in: SignIn,
    until: str,
    verb: str,
    values: dict[str, object],
    meanwhile: Callable[[Cases, Case], None],
) -> None:
    case, client = cases.until(until), sign_in("agent")
    seen = seen_on(client, case, verb)
    meanwhile(cases, case)
    case.refresh_from_db()
    state, before = case.state, traces()
    refused = client.post(f"/cases/{case.pk}/{verb}/", {**values, "seen": seen})
    page = refused.content.decode()
    case.refresh_from_db()
    assert (refused.status_code, case.state, traces()) == (422, state, before)
    assert ("您输入的内容已保留" in page, str(values["words"]) in page) == (True, True)
    again = {**values, "seen": seen_on(client, case, verb)}
    assert client.post(f"/cases/{case.pk}/{verb}/", again).status_code == 302


def test_what_one_did_oneself_is_no_news(cases: Cases, sign_in: SignIn) -> None:
    case, client = cases.until("send_plan"), sign_in("agent")
    seen = seen_on(client, case, "confirm")
    cases.step(case, "plan", steps="改为更换整机")
    cases.step(case, "send_plan")
    answer = client.post(f"/cases/{case.pk}/confirm/", {"way": "phone", "words": "好", "seen": seen})
    assert answer.status_code == 302
