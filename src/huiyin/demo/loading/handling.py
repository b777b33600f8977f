"""The past cases of the demo company: cases, stages, plans, notes, verdicts, revisits and kept promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from huiyin.cases.models import Case, CaseNote, CasePlan, CaseRevisit, CaseStage, CaseVerdict, SlaPolicy
from huiyin.cases.models.case import NO_CLOCK
from huiyin.customers.public import Product
from huiyin.demo.loading.copying import copy_rows, reserve
from huiyin.demo.loading.visiting import Past
from huiyin.demo.rules.buyers import Buyer, everybody, purchases
from huiyin.demo.rules.cases import LEVEL_RANK, CaseStory, case_story
from huiyin.promises.public import Promise

SUBJECT = "cases.case"


@dataclass(frozen=True)
class Handled:
    """A case's story with whom and under which id and number it is told."""

    case: int
    number: str
    customer: int
    who: Buyer
    store: int
    story: CaseStory


def stories(past: Past, first_case: int) -> Iterator[Handled]:
    """All past cases in order, numbered per day as the desk numbers them."""
    ids = count(first_case)
    running: Counter[str] = Counter()
    for who in everybody(past.world):
        for bought in purchases(past.world, who):
            story = case_story(past.world, past.calendar, who, bought, past.share)
            if story:
                day = f"{story.received + timedelta(hours=8):%Y%m%d}"
                running[day] += 1
                number = f"GD{day}-{running[day]:04d}"
                store = past.places.stores[bought.store.code]
                yield Handled(next(ids), number, past.loaded.first_customer + who.index, who, store, story)


def load_cases(past: Past) -> int:
    """All past cases; returns how many."""
    total = sum(1 for _case in stories(past, 0))
    first = reserve(Case, total)
    policy = SlaPolicy.objects.filter(code="standard").latest("version")
    products = dict(Product.objects.values_list("model", "pk"))
    copy_rows(Case, CASE_COLUMNS, _cases(past, first, policy, products))
    copy_rows(CaseStage, STAGE_COLUMNS, _stages(past, first))
    copy_rows(CasePlan, PLAN_COLUMNS, _plans(past, first))
    copy_rows(CaseNote, NOTE_COLUMNS, _notes(past, first))
    copy_rows(CaseVerdict, VERDICT_COLUMNS, _verdicts(past, first))
    copy_rows(CaseRevisit, REVISIT_COLUMNS, _revisits(past, first))
    copy_rows(Promise, PROMISE_COLUMNS, _promises(past, first, policy))
    return total


CASE_COLUMNS = (
    "id", "number", "kind", "topic", "channel", "title", "description", "happened_at", "received_at", "product_id",
    "product_name", "serial", "frequency", "wish", "emotion", "severity", "reach", "repeated", "suggested_level",
    "suggested_because", "level", "level_rank", "level_by_id", "level_at", "level_reason", "needs_senior", "state",
    "state_since", "waiting_for", "returns_to", "verdict", "revisit", "reopened_times", "policy", "policy_version",
    "due_at", "told_at", "settled_at", "closed_at", "department_id", "store_id", "owner_id", "handler_id",
    "created_by_id", "customer_id", "reporter_name", "reporter_phone", "reporter_email", "source",
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
    "ladder_at", "step", "broken_at", "settled_at", "margin", "evidence",
)  # fmt: skip


def _cases(past: Past, first: int, policy: SlaPolicy, products: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    staff, departments = past.places.staff, past.places.departments
    for told in stories(past, first):
        story = told.story
        at = {stage.verb: stage.at for stage in story.stages}
        handler, agent = staff[story.handler], staff[story.agent]
        yield (
            told.case, told.number, story.kind, story.topic, story.channel, story.title, story.words, story.received,
            story.received, products[story.product], "", "", "", "", story.emotion, "", "", False, story.level, "[]",
            story.level, LEVEL_RANK[story.level], agent, story.answered, "", False, "closed", at["record_revisit"], "",
            "", story.verdict, "done", 0, policy.code, policy.version, NO_CLOCK, at["tell"], at["verdict"],
            at["record_revisit"], departments[story.department], told.store, handler, handler, agent, told.customer,
            told.who.contact, told.who.phone, told.who.email, "",
        )  # fmt: skip


def _stages(past: Past, first: int) -> Iterator[tuple[Any, ...]]:
    for told in stories(past, first):
        story = told.story
        handler, agent = past.places.staff[story.handler], past.places.staff[story.agent]
        yield told.case, "open", "", "open", story.received, "staff", agent, "", timedelta(0), timedelta(0)
        before = story.received
        for stage in story.stages:
            actor = agent if stage.verb in ("verify", "record_revisit") else handler
            worked = past.calendar.working_time_between(before, stage.at)
            yield (
                told.case, stage.verb, stage.source, stage.target, stage.at, "staff", actor, "", stage.at - before,
                worked,
            )  # fmt: skip
            before = stage.at


def _plans(past: Past, first: int) -> Iterator[tuple[Any, ...]]:
    for told in stories(past, first):
        story = told.story
        at = {stage.verb: stage.at for stage in story.stages}
        handler = past.places.staff[story.handler]
        yield (
            told.case, 1, story.plan, handler, past.places.departments[story.department],
            at["plan"] + timedelta(days=3), story.cost, "", "", handler, at["plan"], at["plan"], "confirmed",
            at["confirm"], "link", "",
        )  # fmt: skip


def _notes(past: Past, first: int) -> Iterator[tuple[Any, ...]]:
    for told in stories(past, first):
        story = told.story
        at = {stage.verb: stage.at for stage in story.stages}
        agent, handler = past.places.staff[story.agent], past.places.staff[story.handler]
        yield (
            told.case,
            "told",
            "已收到您的反馈，编号 " + told.number + "，我们会尽快与您核实。",
            story.answered,
            agent,
            "phone",
            "",
        )
        yield told.case, "note", story.plan, at["plan"], handler, "", ""
        yield told.case, "told", "处理结果已向客户说明。", at["tell"], handler, "phone", ""


def _verdicts(past: Past, first: int) -> Iterator[tuple[Any, ...]]:
    for told in stories(past, first):
        at = next(stage.at for stage in told.story.stages if stage.verb == "verdict")
        handler = past.places.staff[told.story.handler]
        yield told.case, told.story.verdict, told.story.score, "", "phone", at, handler


def _revisits(past: Past, first: int) -> Iterator[tuple[Any, ...]]:
    for told in stories(past, first):
        agent = past.places.staff[told.story.agent]
        yield told.case, "settled", told.story.second_score, "", told.story.stages[-1].at, agent, ""


def _promises(past: Past, first: int, policy: SlaPolicy) -> Iterator[tuple[Any, ...]]:
    reckon = _reckoner(past)
    for told in stories(past, first):
        moments = {stage.verb: stage.at for stage in told.story.stages}
        starts = {"received": told.story.received, "finished": moments["finish"], "settled": moments["verdict"]}
        kept = {
            "first_response": told.story.answered, "verify": moments["verify"], "plan": moments["plan"],
            "solve": moments["finish"], "tell_result": moments["tell"], "revisit": moments["record_revisit"],
        }  # fmt: skip
        for clock in policy.clocks:
            if clock["level"] in ("*", told.story.level) and clock["start"] in starts:
                start = starts[clock["start"]]
                due = reckon(start, clock["amount"], clock["unit"])
                yield _promise(past, told, clock, start, due, kept[clock["goal"]])


def _promise(
    past: Past, told: Handled, clock: dict[str, Any], start: datetime, due: datetime, kept: datetime
) -> tuple[Any, ...]:
    late = kept > due
    owner = told.story.agent if clock["goal"] in ("first_response", "verify", "revisit") else told.story.handler
    climb = past.calendar.add_working_time(due, timedelta(hours=4))
    return (
        f"case.{clock['goal']}", f"{told.number} {told.story.title}", SUBJECT, told.case, past.places.staff[owner],
        past.places.departments[told.story.department], told.store, told.customer, start, clock["amount"],
        clock["unit"], "standard", 1, "standard v1", due, "", "kept", [start + (due - start) * 0.75, due, climb],
        2 if late else 0, due if late else None, kept, past.calendar.working_time_between(kept, due), "",
    )  # fmt: skip


def _reckoner(past: Past) -> Callable[[datetime, float, str], datetime]:
    def reckon(start: datetime, amount: float, unit: str) -> datetime:
        if unit == "working_days":
            return past.calendar.add_working_days(start, int(amount))
        if unit == "working_hours":
            return past.calendar.add_working_time(start, timedelta(hours=amount))
        return start + timedelta(hours=amount) if unit == "hours" else start + timedelta(days=amount)

    return reckon
