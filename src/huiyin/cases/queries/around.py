"""Everything said, done and kept around a case, read in one statement: a dozen small ones cost more than the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from huiyin.cases.models import Case
from huiyin.cases.rules.tasks import TaskKind
from huiyin.foundation.planned import planned_cursor


@dataclass(frozen=True)
class Stage:
    """A change of state: what, when, who (empty: the customer or the system) and why."""

    verb: str
    at: datetime
    who: str
    reason: str


@dataclass(frozen=True)
class Note:
    """An entry of the conversation; ``kind`` is a :class:`NoteKind`."""

    kind: str
    at: datetime
    who: str
    text: str
    channel: str
    reached: bool | None


@dataclass(frozen=True)
class Judgement:
    """A verdict or the outcome of a revisit, with its score."""

    at: datetime
    code: str
    score: int | None


@dataclass(frozen=True)
class PlanRow:
    """A step of the newest plan; ``task`` is its task once the plan has begun, ``done_at`` when that was done."""

    what: str
    person: str
    department: str
    due_on: date | None
    cost: Decimal
    risk: str
    result: str
    internal: bool
    task: int | None
    done_at: datetime | None
    dropped: bool


@dataclass(frozen=True)
class Plan:
    """The newest plan; ``cost`` in yuan."""

    version: int
    steps: str
    person: str
    due_at: datetime
    cost: Decimal
    risk: str
    result: str
    made_at: datetime
    sent_at: datetime | None
    answer: str
    answered_at: datetime | None
    way: str
    answer_words: str
    why: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True)
class Task:
    """Something one person has to do; ``kind`` is a :class:`TaskKind`, ``evidence`` what shows that it is done."""

    pk: int
    title: str
    person: str
    due_on: date | None
    done_at: datetime | None
    dropped: bool
    kind: str = TaskKind.WORK
    evidence: str = ""


@dataclass(frozen=True)
class File:
    """A file kept with the case; ``size`` in bytes."""

    pk: int
    name: str
    size: int


@dataclass(frozen=True)
class Link:
    """The customer's way in."""

    token: str
    expires_at: datetime


@dataclass(frozen=True)
class Names:
    """Who and what the case names; empty where it names nobody."""

    owner: str
    handler: str
    revisitor: str
    level_by: str
    department: str
    involved: str
    store: str
    repeat_of: str


@dataclass(frozen=True)
class Around:
    """All of it; lists are oldest first. ``merged``: cases that were merged into this one."""

    names: Names
    stages: list[Stage]
    notes: list[Note]
    verdicts: list[Judgement]
    revisits: list[Judgement]
    plan: Plan | None
    tasks: list[Task]
    files: list[File]
    link: Link | None
    merged: list[Stage]
    open_parts: int


def around(case: Case) -> Around:
    """What stands around a case the viewer may see."""
    with planned_cursor() as cursor:
        cursor.execute(
            _AROUND,
            {
                "case": case.pk,
                "owner": case.owner_id,
                "handler": case.handler_id,
                "revisitor": case.revisitor_id,
                "level_by": case.level_by_id,
                "department": case.department_id,
                "involved": case.involved or [],
                "store": case.store_id,
                "repeat_of": case.repeat_of_id,
            },
        )
        *names, stages, notes, verdicts, revisits, plan, tasks, files, link, merged, parts = cursor.fetchone()
    return Around(
        names=Names(*(name or "" for name in names)),
        stages=[Stage(verb, _moment(at), who or "", reason) for verb, at, who, reason in stages or ()],
        notes=[Note(kind, _moment(at), who or "", *rest) for kind, at, who, *rest in notes or ()],
        verdicts=[Judgement(_moment(at), code, score) for at, code, score in verdicts or ()],
        revisits=[Judgement(_moment(at), code, score) for at, code, score in revisits or ()],
        plan=_plan(plan) if plan else None,
        tasks=[_task(*task) for task in tasks or ()],
        files=[File(*file) for file in files or ()],
        link=Link(link[0], _moment(link[1])) if link else None,
        merged=[Stage("merged_here", _moment(at), who or "", words) for at, who, words in merged or ()],
        open_parts=parts,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _plan(values: list[Any]) -> Plan:
    version, steps, person, due, cost, risk, result, made, sent, answer, answered, way, words, why, rows = values
    return Plan(
        version=version,
        steps=steps,
        person=person or "",
        due_at=_moment(due),
        cost=Decimal(cost),
        risk=risk,
        result=result,
        made_at=_moment(made),
        sent_at=_moment(sent) if sent else None,
        answer=answer,
        answered_at=_moment(answered) if answered else None,
        way=way,
        answer_words=words,
        why=why,
        rows=tuple(_plan_row(*row) for row in rows or ()),
    )


def _plan_row(
    what: str,
    person: str | None,
    department: str | None,
    due: str | None,
    cost: str,
    risk: str,
    result: str,
    internal: bool,
    task: int | None,
    done: str | None,
    dropped: bool | None,
) -> PlanRow:
    return PlanRow(
        what,
        person or "",
        department or "",
        date.fromisoformat(due) if due else None,
        Decimal(cost),
        risk,
        result,
        internal,
        task,
        _moment(done) if done else None,
        bool(dropped),
    )


def _task(
    pk: int, title: str, person: str | None, due: str | None, done: str | None, dropped: bool, kind: str, evidence: str
) -> Task:
    day, at = date.fromisoformat(due) if due else None, _moment(done) if done else None
    return Task(pk, title, person or "", day, at, dropped, kind, evidence)


_AROUND = """
SELECT
    (SELECT name FROM organisation_staff WHERE id = %(owner)s),
    (SELECT name FROM organisation_staff WHERE id = %(handler)s),
    (SELECT name FROM organisation_staff WHERE id = %(revisitor)s),
    (SELECT name FROM organisation_staff WHERE id = %(level_by)s),
    (SELECT name FROM organisation_department WHERE id = %(department)s),
    (SELECT string_agg(name, ' · ' ORDER BY code) FROM organisation_department WHERE id = ANY(%(involved)s::bigint[])),
    (SELECT name FROM organisation_store WHERE id = %(store)s),
    (SELECT number FROM cases_case WHERE id = %(repeat_of)s),
    (SELECT json_agg(json_build_array(s.verb, s.at, p.name, s.reason) ORDER BY s.id)
       FROM cases_casestage s LEFT JOIN organisation_staff p ON p.id = s.actor_id WHERE s.case_id = %(case)s),
    (SELECT json_agg(json_build_array(n.kind, n.at, p.name, n.text, n.channel, n.reached) ORDER BY n.id)
       FROM cases_casenote n LEFT JOIN organisation_staff p ON p.id = n.author_id WHERE n.case_id = %(case)s),
    (SELECT json_agg(json_build_array(at, verdict, score) ORDER BY id) FROM cases_caseverdict WHERE case_id = %(case)s),
    (SELECT json_agg(json_build_array(at, outcome, score) ORDER BY id) FROM cases_caserevisit WHERE case_id = %(case)s),
    (SELECT json_build_array(n.version, n.steps, p.name, n.due_at, n.cost::text, n.risk, n.result, n.made_at, n.sent_at,
                             n.answer, n.answered_at, n.way, n.answer_words, n.why,
        (SELECT json_agg(json_build_array(r.text, q.name, d.name, r.due_on, r.cost::text, r.risk, r.result, r.internal,
                                          t.id, t.done_at, t.dropped) ORDER BY r.position)
           FROM cases_caseplanstep r LEFT JOIN organisation_staff q ON q.id = r.person_id
           LEFT JOIN organisation_department d ON d.id = r.department_id
           LEFT JOIN cases_casetask t ON t.step_id = r.id WHERE r.plan_id = n.id))
       FROM cases_caseplan n LEFT JOIN organisation_staff p ON p.id = n.person_id
      WHERE n.case_id = %(case)s ORDER BY n.version DESC LIMIT 1),
    (SELECT json_agg(json_build_array(t.id, t.title, p.name, t.due_on, t.done_at, t.dropped, t.kind, t.evidence)
                     ORDER BY t.id)
       FROM cases_casetask t LEFT JOIN organisation_staff p ON p.id = t.person_id WHERE t.case_id = %(case)s),
    (SELECT json_agg(json_build_array(id, name, size) ORDER BY id) FROM cases_attachment WHERE case_id = %(case)s),
    (SELECT json_build_array(token, expires_at) FROM cases_caselink
      WHERE case_id = %(case)s AND revoked_at IS NULL ORDER BY id DESC LIMIT 1),
    (SELECT json_agg(json_build_array(m.at, p.name, c.number || ' · ' || m.reason) ORDER BY m.id)
       FROM cases_casemerge m JOIN cases_case c ON c.id = m.case_id LEFT JOIN organisation_staff p ON p.id = m.by_id
      WHERE m.into_id = %(case)s AND m.undone_at IS NULL),
    (SELECT count(*) FROM spare_parts_need WHERE subject = 'cases.case' AND subject_id = %(case)s
        AND (missing > 0 OR reserved > 0 OR issued > 0))
"""
