"""The past visits of the demo company: visits, dials, records, askings, answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any

from huiyin.contact_ledger.models import ContactEntry
from huiyin.contact_ledger.public import Outcome, Purpose, Way
from huiyin.demo.loading.buying import Handful
from huiyin.demo.loading.copying import reserve
from huiyin.demo.loading.organisation import Places
from huiyin.demo.rules.buyers import Bought, Buyer
from huiyin.demo.rules.visits import DIMENSIONS, VisitStory
from huiyin.foundation.copying import copy_rows
from huiyin.questionnaires.models import Answer, Asking, Question, Questionnaire
from huiyin.visits.models import Attempt, Visit, VisitPolicy, VisitRecord

BANDS = ((1500, "below"), (3000, "1500"), (5000, "3000"))
TEXTS = ("problem", "need", "suggestion")


@dataclass(frozen=True)
class Told:
    """A visit's story with whom, what and under which ids it is told."""

    visit: int
    customer: int
    purchase: int
    who: Buyer
    bought: Bought
    story: VisitStory

    @property
    def done(self) -> bool:
        """Whether it has a record and answers."""
        return self.story.state == "done"


@dataclass(frozen=True)
class Telephone:
    """What visits are made by: the policy in force, the form and its questions."""

    policy: VisitPolicy
    form: int
    questions: dict[str, int]


def telephone() -> Telephone:
    """As shipped."""
    form = Questionnaire.objects.filter(code="service").latest("version")
    return Telephone(
        VisitPolicy.objects.filter(code="regular").latest("version"),
        form.pk,
        {question.code: question.pk for question in Question.objects.filter(questionnaire=form)},
    )


def load_visits(handful: Handful, by: Telephone) -> int:
    """The past visits to these customers with what they brought; returns how many."""
    events = [each for each in handful.events() if each[3].visit]
    first = reserve(Visit, len(events))
    told = [
        Told(first + at, customer, purchase, who, event.bought, event.visit)
        for at, (customer, purchase, who, event) in enumerate(events)
        if event.visit
    ]
    done = [each for each in told if each.done]
    places = handful.books.places
    copy_rows(Visit, VISIT_COLUMNS, _visits(told, places, by.policy))
    copy_rows(Attempt, ATTEMPT_COLUMNS, _attempts(told, places))
    copy_rows(ContactEntry, CONTACT_COLUMNS, _contacts(told, places))
    copy_rows(VisitRecord, RECORD_COLUMNS, _records(done, places))
    asking = reserve(Asking, len(done))
    copy_rows(Asking, ASKING_COLUMNS, _askings(done, places, asking, by.form))
    copy_rows(Answer, ANSWER_COLUMNS, _answers(done, places, asking, by.questions))
    return len(told)


VISIT_COLUMNS = (
    "id", "kind", "policy_id", "customer_id", "purchase_id", "amount", "due_from", "due_by", "breach_at", "state",
    "sampled", "department_id", "store_id", "band", "place_band", "planned_on", "agent_id", "started_at",
    "started_by_id", "contact_at", "ended_at", "ended_because", "way", "again_asked", "attribution", "created_at",
)  # fmt: skip
ATTEMPT_COLUMNS = (
    "visit_id", "customer_id", "at", "by_id", "channel", "number", "line", "business", "sub_result", "seconds", "note",
    "override", "override_reason",
)  # fmt: skip
CONTACT_COLUMNS = (
    "customer_id", "way", "purpose", "subject", "subject_id", "outcome", "at", "by_id", "override", "override_reason",
)  # fmt: skip
RECORD_COLUMNS = (
    "visit_id", "version", "current", "needs", "suggestions", "emotion", "emotion_note", "notes", "seconds", "due_at",
    "completed_at", "late", "author_id", "reason",
)  # fmt: skip
ASKING_COLUMNS = (
    "id", "questionnaire_id", "subject", "subject_id", "customer_id", "agent_id", "department_id", "store_id",
    "attribution", "asked_by", "asked_at", "expires_at", "state", "way", "emotion", "started_at", "completed_at",
    "seconds", "flags", "scores", "mean",
)  # fmt: skip
ANSWER_COLUMNS = (
    "asking_id", "question_id", "version", "current", "number", "text", "choices", "why", "at", "author_kind",
    "author_id", "reason",
)  # fmt: skip


def band_of(amount: int) -> str:
    """The amount band of the shipped plan."""
    return next((band for limit, band in BANDS if amount < limit), "5000")


def _attribution(places: Places, told: Told) -> str:
    return (
        f'{{"agent": {places.staff[told.story.agent]}, "department": {places.departments["service"]},'
        f' "store": {places.stores[told.bought.store.code]}, "band": "{band_of(told.bought.amount)}",'
        f' "store_size": "{told.bought.store.size}"}}'
    )


def _visits(every: list[Told], places: Places, policy: VisitPolicy) -> Iterator[tuple[Any, ...]]:
    service = places.departments["service"]
    for told in every:
        bought, story = told.bought, told.story
        agent, band = places.staff[story.agent], band_of(bought.amount)
        by = bought.at + timedelta(days=policy.days_by)
        last = story.dials[-1].at
        yield (
            told.visit, policy.code, policy.pk, told.customer, told.purchase, bought.amount,
            bought.at + timedelta(days=policy.days_from), by, by, story.state, True, service,
            places.stores[bought.store.code], band, band, (story.dials[0].at + timedelta(hours=8)).date(), agent,
            story.dials[0].at, agent, last if story.dials[-1].line == "connected" else None,
            story.recorded_at, "", "phone" if told.done else "", False, _attribution(places, told),
            bought.at + timedelta(days=policy.days_from),
        )  # fmt: skip


def _attempts(every: list[Told], places: Places) -> Iterator[tuple[Any, ...]]:
    for told in every:
        agent = places.staff[told.story.agent]
        masked = f"{told.who.phone[3:6]}****{told.who.phone[-4:]}"
        for dial in told.story.dials:
            seconds = told.story.seconds if dial.business == "completed" else 20
            yield (
                told.visit, told.customer, dial.at, agent, "phone", masked, dial.line, dial.business, "", seconds, "",
                "", "",
            )  # fmt: skip


def _contacts(every: list[Told], places: Places) -> Iterator[tuple[Any, ...]]:
    """Each dial as the contact ledger knows it; only the refusal that ended the visit counts as one."""
    for told in every:
        last = told.story.dials[-1]
        for dial in told.story.dials:
            reached = Outcome.REACHED if dial.line == "connected" else Outcome.NOT_REACHED
            refused = dial is last and told.story.state == "refused"
            yield (
                told.customer, Way.PHONE, Purpose.FOLLOW_UP, "visits.visit", told.visit,
                Outcome.REFUSED if refused else reached, dial.at, places.staff[told.story.agent], "", "",
            )  # fmt: skip


def _records(every: list[Told], places: Places) -> Iterator[tuple[Any, ...]]:
    for told in every:
        story = told.story
        yield (
            told.visit, 1, True, story.need, story.suggestion, story.emotion, "", "", story.seconds,
            story.dials[-1].at + timedelta(hours=24), story.recorded_at, story.late, places.staff[story.agent], "",
        )  # fmt: skip


def _askings(every: list[Told], places: Places, first: int, form: int) -> Iterator[tuple[Any, ...]]:
    for asking, told in enumerate(every, start=first):
        story, agent = told.story, places.staff[told.story.agent]
        asked = story.dials[-1].at
        yield (
            asking, form, "visits.visit", told.visit, told.customer, agent, places.departments["service"],
            places.stores[told.bought.store.code], _attribution(places, told), agent, asked,
            asked + timedelta(days=14), "complete", "phone", story.emotion, asked, story.recorded_at, story.seconds, [],
            json.dumps({one: story.scores[one] for one in DIMENSIONS}), fmean(story.scores[one] for one in DIMENSIONS),
        )  # fmt: skip


def _answers(every: list[Told], places: Places, first: int, questions: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    for asking, told in enumerate(every, start=first):
        yield from _answers_of(asking, told.story, places.staff[told.story.agent], questions)


def _answers_of(asking: int, story: VisitStory, agent: int, questions: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    at: datetime = story.recorded_at
    for dimension in DIMENSIONS:
        score = story.scores[dimension]
        why = story.problem if score <= 2 else ""
        yield asking, questions[dimension], 1, True, score, "", [], why, at, "staff", agent, ""
    for code in TEXTS:
        if said := getattr(story, code):
            yield asking, questions[code], 1, True, None, said, [], "", at, "staff", agent, ""
    yield asking, questions["emotion"], 1, True, None, "", [story.emotion], "", at, "staff", agent, ""
