"""A company with the shipped questionnaires, and what it hears."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.foundation import events
from huiyin.foundation.calls import system_call
from huiyin.kernel.call import Call
from huiyin.questionnaires.events import AnswersGiven
from huiyin.questionnaires.public import Asking, ask, ship
from tests.conftest import Company

SUBJECT = ("organisation.store", 7)
FIVE = {"product": 5, "response": 4, "staff": 5, "process": 4, "value": 3}


@pytest.fixture(autouse=True)
def nobody_above_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """The room alone: visit 7 of these tests does not exist."""
    monkeypatch.setitem(events._listeners, AnswersGiven, [])


@pytest.fixture
def shipped(company: Company) -> Company:
    """The small company after the shipped questionnaires were put in place."""
    ship(system_call())
    return company


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[AnswersGiven]:
    """Every AnswersGiven of the test, in order; nobody else listens meanwhile."""
    said: list[AnswersGiven] = []

    def note(_call: Call, event: Any) -> None:
        said.append(event)

    monkeypatch.setitem(events._listeners, AnswersGiven, [note])
    return said


def asked(company: Company, form: str = "service", who: str = "agent", **more: Any) -> Asking:
    """A questionnaire asked by an agent about visit 7."""
    places = {"agent": company.staff["agent"].pk, "department": company.departments["service"].pk}
    about = {"subject": SUBJECT, "customer": 3, "attribution": places, **more}
    return ask(company.call(who), questionnaire=form, **about)
