"""The cases of the demo company, closed and running: stages, plans, notes, verdicts, revisits and promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.db import connection

from huiyin.cases.models import Case, CaseNote, CasePlan, CaseRevisit, CaseStage, CaseVerdict, ProblemType, SlaPolicy
from huiyin.cases.models.case import NO_CLOCK
from huiyin.demo.loading.buying import Books, Handful
from huiyin.demo.loading.copying import reserve
from huiyin.demo.rules.buyers import Buyer
from huiyin.demo.rules.cases import LEVEL_RANK, CaseStory
from huiyin.demo.rules.owing import Owed, what_is_owed
from huiyin.foundation.copying import copy_rows
from huiyin.promises.public import Promise

SUBJECT = "cases.case"
PLANNED = timedelta(days=3)


@dataclass(frozen=True)
class Handled:
    """A case's story with whom and under which id and number it is told."""

    case: int
    number: str
    customer: int
    who: Buyer
    store: int
    story: CaseStory
    owed: tuple[Owed, ...]

    @property
    def due(self) -> datetime:
        """When the earliest running promise is due."""
        return self._first.due if self._first else NO_CLOCK

    @property
    def warn(self) -> datetime | None:
        """From when on that is near."""
        return self._first.ladder[0] if self._first else None

    @property
    def _first(self) -> Owed | None:
        return min((each for each in self.owed if each.kept is None), key=lambda each: each.due, default=None)


@dataclass(frozen=True)
class Desk:
    """What cases are handled by: the books, the policy in force, problem types by code."""

    books: Books
    policy: SlaPolicy
    types: dict[str, int]

    @property
    def now(self) -> datetime:
        """Until when the story is told."""
        return self.books.telling.now


def desk(books: Books) -> Desk:
    """As shipped."""
    types = dict(ProblemType.objects.values_list("code", "pk"))
    return Desk(books, SlaPolicy.objects.filter(code="standard").latest("version"), types)


def load_cases(handful: Handful, at: Desk) -> int:
    """The cases of these customers, closed and running; returns how many."""
    told = _told(handful, at)
    for model, columns, rows in (
        (Case, CASE_COLUMNS, _cases),
        (CaseStage, STAGE_COLUMNS, _stages),
        (CasePlan, PLAN_COLUMNS, _plans),
        (CaseNote, NOTE_COLUMNS, _notes),
        (CaseVerdict, VERDICT_COLUMNS, _verdicts),
        (CaseRevisit, REVISIT_COLUMNS, _revisits),
        (Promise, PROMISE_COLUMNS, _promises),
    ):
        copy_rows(model, columns, rows(told, at))
    return len(told)


def close_the_day(books: Books) -> None:
    """Lets the desk's own numbering go on after ours, on every day that has cases."""
    used = [(datetime.strptime(day, "%Y%m%d").date(), many) for day, many in books.cases_of_day.items()]  # noqa: DTZ007
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO cases_caseday (day, base) VALUES (%s, nextval('cases_number') + 1 - %s)", sorted(used)
        )
        cursor.execute(_STEPS)


_STEPS = """
    INSERT INTO cases_caseplanstep (plan_id, position, text, person_id, department_id, cost, risk, result, internal)
    SELECT id, 1, steps, person_id, department_id, cost, '', '', false FROM cases_caseplan AS plan
     WHERE NOT EXISTS (SELECT 1 FROM cases_caseplanstep WHERE plan_id = plan.id)
"""


def _told(handful: Handful, at: Desk) -> list[Handled]:
    """The cases in order, numbered per day as the desk numbers them."""
    events = [each for each in handful.events() if each[3].case]
    ids, running = count(reserve(Case, len(events))), at.books.cases_of_day
    told = []
    for customer, _purchase, who, event in events:
        if story := event.case:
            day = f"{story.received + timedelta(hours=8):%Y%m%d}"
            running[day] += 1
            store = at.books.places.stores[event.bought.store.code]
            owed = tuple(what_is_owed(story, at.policy.clocks, at.books.telling))
            told.append(Handled(next(ids), f"GD{day}-{running[day]:04d}", customer, who, store, story, owed))
    return told


CASE_COLUMNS = (
    "id", "number", "kind", "topic", "channel", "title", "description", "happened_at", "received_at", "product_id",
    "product_name", "serial", "frequency", "wish", "emotion", "severity", "reach", "repeated", "suggested_level",
    "suggested_because", "level", "level_rank", "level_by_id", "level_at", "level_reason", "needs_senior", "state",
    "state_since", "waiting_for", "returns_to", "verdict", "revisit", "reopened_times", "policy", "policy_version",
    "due_at", "warn_at", "planned_at", "finished_at", "told_at", "settled_at", "closed_at", "department_id", "store_id", "owner_id", "handler_id",
    "created_by_id", "customer_id", "reporter_name", "reporter_phone", "reporter_email", "source", "ended_as",
    "problem_type_id",
)  # fmt: skip
STAGE_COLUMNS = (
    "case_id", "verb", "from_state", "to_state", "at", "actor_kind", "actor_id", "reason", "lasted", "worked",
)  # fmt: skip
PLAN_COLUMNS = (
    "case_id", "version", "steps", "person_id", "department_id", "due_at", "cost", "risk", "result", "made_by_id",
    "made_at", "sent_at", "answer", "answered_at", "way", "answer_words",
)  # fmt: skip
NOTE_COLUMNS = ("case_id", "kind", "text", "at", "author_id", "channel", "message")
VERDICT_COLUMNS = ("case_id", "verdict", "score", "words", "way", "at", "taken_by_id")
REVISIT_COLUMNS = ("case_id", "outcome", "score", "words", "at", "made_by_id", "source")
PROMISE_COLUMNS = (
    "kind", "title", "subject", "subject_id", "owner_id", "department_id", "store_id", "customer_id", "start_at",
    "span_amount", "span_unit", "calendar", "calendar_version", "policy", "due_at", "moved_reason", "state",
    "ladder_at", "step", "next_at", "broken_at", "settled_at", "margin", "evidence",
)  # fmt: skip


def _cases(every: list[Handled], at: Desk) -> Iterator[tuple[Any, ...]]:
    staff, departments, products = at.books.places.staff, at.books.places.departments, at.books.products
    for told in every:
        story, policy = told.story, at.policy
        handler, agent = staff[story.handler], staff[story.agent]
        yield (
            told.case, told.number, story.kind, story.topic, story.channel, story.title, story.words, story.received,
            story.received, products[story.product], "", "", "", "", story.emotion, "", "", False, story.level, "[]",
            story.level, LEVEL_RANK[story.level], agent, story.answered, "", False, story.state, story.since, "",
            "", story.verdict if "verdict" in story.at else "", "confirmed" if story.state == "closed" else "", 0,
            policy.code, policy.version, told.due, told.warn,
            story.at["plan"] + PLANNED if "plan" in story.at else None, story.at.get("finish"), story.at.get("tell"), story.at.get("verdict"),
            story.at.get("record_revisit"), departments[story.department], told.store,
            handler if story.answered else None, handler if "verify" in story.at else None, agent, told.customer,
            told.who.contact, told.who.phone, told.who.email, "", "verdict" if story.state == "closed" else "",
            at.types.get(story.problem_type) if story.answered else None,
        )  # fmt: skip


def _stages(every: list[Handled], at: Desk) -> Iterator[tuple[Any, ...]]:
    staff, worked_between = at.books.places.staff, at.books.telling.calendar.working_time_between
    for told in every:
        story = told.story
        handler, agent = staff[story.handler], staff[story.agent]
        yield told.case, "open", "", "open", story.received, "staff", agent, "", timedelta(0), timedelta(0)
        before = story.received
        for stage in story.stages:
            actor = agent if stage.verb in ("verify", "record_revisit") else handler
            worked = worked_between(before, stage.at)
            yield (
                told.case, stage.verb, stage.source, stage.target, stage.at, "staff", actor, "", stage.at - before,
                worked,
            )  # fmt: skip
            before = stage.at


def _plans(every: list[Handled], at: Desk) -> Iterator[tuple[Any, ...]]:
    for told in every:
        story = told.story
        if made := story.at.get("plan"):
            handler, department = at.books.places.staff[story.handler], at.books.places.departments[story.department]
            confirmed = story.at.get("confirm")
            yield (
                told.case, 1, story.plan, handler, department, made + PLANNED, story.cost, "", "", handler,
                made, made, "confirmed" if confirmed else "", confirmed, "link" if confirmed else "", "",
            )  # fmt: skip


def _notes(every: list[Handled], at: Desk) -> Iterator[tuple[Any, ...]]:
    for told in every:
        story = told.story
        agent, handler = at.books.places.staff[story.agent], at.books.places.staff[story.handler]
        received = f"已收到您的反馈，编号 {told.number}，我们会尽快与您核实。"
        if story.answered:
            yield told.case, "told", received, story.answered, agent, "phone", ""
        if "plan" in story.at:
            yield told.case, "note", story.plan, story.at["plan"], handler, "", ""
        if "tell" in story.at:
            yield told.case, "told", "处理结果已向客户说明。", story.at["tell"], handler, "phone", ""


def _verdicts(every: list[Handled], at: Desk) -> Iterator[tuple[Any, ...]]:
    for told in every:
        if said := told.story.at.get("verdict"):
            handler = at.books.places.staff[told.story.handler]
            yield told.case, told.story.verdict, told.story.score, "", "phone", said, handler


def _revisits(every: list[Handled], at: Desk) -> Iterator[tuple[Any, ...]]:
    for told in every:
        if made := told.story.at.get("record_revisit"):
            agent = at.books.places.staff[told.story.agent]
            yield told.case, "confirmed", told.story.second_score, "", made, agent, ""


def _promises(every: list[Handled], at: Desk) -> Iterator[tuple[Any, ...]]:
    return (_promise(told, owed, at) for told in every for owed in told.owed)


def _promise(told: Handled, owed: Owed, at: Desk) -> tuple[Any, ...]:
    story, places, calendar = told.story, at.books.places, at.books.telling.calendar
    by = story.agent if owed.goal in ("first_response", "verify", "revisit") else story.handler
    owner = places.staff[by] if story.answered or owed.kept else None
    settled = owed.kept is not None
    taken, late = owed.steps_by(at.now), owed.late_by(at.now)
    return (
        f"case.{owed.goal}", f"{told.number} {story.title}", SUBJECT, told.case, owner,
        places.departments[story.department], told.store, told.customer, owed.start, owed.amount, owed.unit,
        "standard", 1, "standard v1", owed.due, "", "kept" if settled else "open", list(owed.ladder), taken,
        None if settled or taken == len(owed.ladder) else owed.ladder[taken], owed.due if late else None, owed.kept,
        calendar.working_time_between(owed.kept, owed.due) if owed.kept else None, "",
    )  # fmt: skip
