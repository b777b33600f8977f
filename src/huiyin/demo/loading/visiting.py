"""The past visits of the demo company: visits, dials, records, askings, answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from huiyin.demo.loading.buying import Loaded
from huiyin.demo.loading.copying import copy_rows, reserve
from huiyin.demo.loading.organisation import Places
from huiyin.demo.rules.buyers import Bought, Buyer, World, everybody, purchases
from huiyin.demo.rules.visits import DIMENSIONS, VisitStory, visit_story
from huiyin.questionnaires.models import Answer, Asking, Question, Questionnaire
from huiyin.visits.models import Attempt, Visit, VisitPolicy, VisitRecord
from huiyin.working_time.public import CompiledCalendar

BANDS = ((1500, "under_1500"), (3000, "1500_2999"), (5000, "3000_4999"))
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
class Past:
    """What all tables of the past need to know."""

    world: World
    calendar: CompiledCalendar
    places: Places
    loaded: Loaded
    share: float

    def stories(self, first_visit: int) -> Iterator[Told]:
        """All visits in order, with the ids they have or will have."""
        purchase, visit = count(self.loaded.first_purchase), count(first_visit)
        for who in everybody(self.world):
            for bought in purchases(self.world, who):
                bought_as = next(purchase)
                story = visit_story(self.world, self.calendar, who, bought, self.share)
                if story:
                    yield Told(next(visit), self.loaded.first_customer + who.index, bought_as, who, bought, story)


def load_visits(past: Past) -> int:
    """All past visits with what they brought; returns how many."""
    total = sum(1 for _told in past.stories(0))
    first = reserve(Visit, total)
    policy = VisitPolicy.objects.filter(code="regular").latest("version")
    copy_rows(Visit, VISIT_COLUMNS, _visits(past, first, policy))
    copy_rows(Attempt, ATTEMPT_COLUMNS, _attempts(past, first))
    copy_rows(VisitRecord, RECORD_COLUMNS, _records(past, first))
    _load_answers(past, first)
    return total


def _load_answers(past: Past, first_visit: int) -> None:
    done = sum(told.done for told in past.stories(0))
    form = Questionnaire.objects.filter(code="service").latest("version")
    questions = {question.code: question.pk for question in Question.objects.filter(questionnaire=form)}
    first = reserve(Asking, done)
    copy_rows(Asking, ASKING_COLUMNS, _askings(past, first_visit, first, form.pk))
    copy_rows(Answer, ANSWER_COLUMNS, _answers(past, first_visit, first, questions))


VISIT_COLUMNS = (
    "id", "kind", "policy_id", "customer_id", "purchase_id", "amount", "due_from", "due_by", "breach_at", "state",
    "sampled", "department_id", "store_id", "band", "place_band", "planned_on", "agent_id", "started_at",
    "started_by_id", "contact_at", "ended_at", "ended_because", "way", "again_asked", "attribution", "created_at",
)  # fmt: skip
ATTEMPT_COLUMNS = (
    "visit_id", "customer_id", "at", "by_id", "channel", "number", "line", "business", "sub_result", "seconds", "note",
    "override", "override_reason",
)  # fmt: skip
RECORD_COLUMNS = (
    "visit_id", "version", "current", "needs", "suggestions", "emotion", "emotion_note", "notes", "seconds", "due_at",
    "completed_at", "late", "author_id", "reason",
)  # fmt: skip
ASKING_COLUMNS = (
    "id", "questionnaire_id", "subject", "subject_id", "customer_id", "agent_id", "department_id", "store_id",
    "attribution", "asked_by", "asked_at", "expires_at", "state", "way", "emotion", "started_at", "completed_at",
    "seconds", "flags",
)  # fmt: skip
ANSWER_COLUMNS = (
    "asking_id", "question_id", "version", "current", "number", "text", "choices", "why", "at", "author_kind",
    "author_id", "reason",
)  # fmt: skip


def band_of(amount: int) -> str:
    """The amount band of the shipped plan."""
    return next((band for limit, band in BANDS if amount < limit), "from_5000")


def _attribution(past: Past, told: Told) -> str:
    places = past.places
    return (
        f'{{"agent": {places.staff[told.story.agent]}, "department": {places.departments["service"]},'
        f' "store": {places.stores[told.bought.store.code]}}}'
    )


def _visits(past: Past, first: int, policy: VisitPolicy) -> Iterator[tuple[Any, ...]]:
    service = past.places.departments["service"]
    for told in past.stories(first):
        bought, story = told.bought, told.story
        agent, band = past.places.staff[story.agent], band_of(bought.amount)
        by = bought.at + timedelta(days=policy.days_by)
        last = story.dials[-1].at
        yield (
            told.visit, policy.code, policy.pk, told.customer, told.purchase, bought.amount,
            bought.at + timedelta(days=policy.days_from), by, by, story.state, True, service,
            past.places.stores[bought.store.code], band, band, (story.dials[0].at + timedelta(hours=8)).date(), agent,
            story.dials[0].at, agent, last if story.dials[-1].line == "connected" else None,
            story.recorded_at, "", "phone" if told.done else "", False, _attribution(past, told),
            bought.at + timedelta(days=policy.days_from),
        )  # fmt: skip


def _attempts(past: Past, first: int) -> Iterator[tuple[Any, ...]]:
    for told in past.stories(first):
        agent = past.places.staff[told.story.agent]
        masked = f"{told.who.phone[3:6]}****{told.who.phone[-4:]}"
        for dial in told.story.dials:
            seconds = told.story.seconds if dial.business == "completed" else 20
            yield (
                told.visit, told.customer, dial.at, agent, "phone", masked, dial.line, dial.business, "", seconds, "",
                "", "",
            )  # fmt: skip


def _records(past: Past, first: int) -> Iterator[tuple[Any, ...]]:
    for told in past.stories(first):
        if told.done:
            story = told.story
            yield (
                told.visit, 1, True, story.need, story.suggestion, story.emotion, "", "", story.seconds,
                story.dials[-1].at + timedelta(hours=24), story.recorded_at, story.late,
                past.places.staff[story.agent], "",
            )  # fmt: skip


def _askings(past: Past, first_visit: int, first: int, form: int) -> Iterator[tuple[Any, ...]]:
    ids = count(first)
    for told in past.stories(first_visit):
        if told.done:
            story, agent = told.story, past.places.staff[told.story.agent]
            asked = story.dials[-1].at
            yield (
                next(ids), form, "visits.visit", told.visit, told.customer, agent,
                past.places.departments["service"], past.places.stores[told.bought.store.code],
                _attribution(past, told), agent, asked, asked + timedelta(days=14), "complete", "phone", story.emotion,
                asked, story.recorded_at, story.seconds, [],
            )  # fmt: skip


def _answers(past: Past, first_visit: int, first: int, questions: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    ids = count(first)
    for told in past.stories(first_visit):
        if told.done:
            yield from _answers_of(next(ids), told.story, past.places.staff[told.story.agent], questions)


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
