"""Writes a batch of complaints from another system, with the times at which things really happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from huiyin.cases.actions.clocks import foresee, wanted_for
from huiyin.cases.actions.marking import mark_many
from huiyin.cases.actions.put_under import put_under
from huiyin.cases.models import Case, CaseNote, CaseStage
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.customers import tier_of
from huiyin.cases.queries.numbers import next_numbers
from huiyin.cases.queries.routing import department_for
from huiyin.cases.queries.settings import settings_at
from huiyin.cases.queries.sla import policy_for, policy_of
from huiyin.cases.rules.ends import IMPORTED
from huiyin.cases.rules.kinds import LEVEL_RANK
from huiyin.cases.rules.states import State
from huiyin.cases.rules.threads import title_of
from huiyin.cases.rules.tidying import tidy
from huiyin.cases.rules.triage import Suggestion, TriageFacts, suggest
from huiyin.imports.public import Batch, Record
from huiyin.kernel.actor import ActorKind
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Department
from huiyin.promises.public import Kept, make_promises, record_kept
from huiyin.working_time.public import compiled


def write_complaints(batch: Batch) -> None:
    """A complaint is known by its number in the other system; one that is here already is left as it is."""
    source = batch.options["source"]
    marks = {f"{source}:{record.first['number']}": record for record in batch.records}
    there = set(Case.objects.filter(imported_as__in=marks).values_list("imported_as", flat=True))
    batch.same += len(there)
    new: dict[str, dict[str, Any]] = {}
    for mark, record in marks.items():
        if mark not in there and _sensible(batch, record):
            batch.new += 1
            new[mark] = record.first
    if not batch.trial:
        _Writer(batch).write(new)


def _sensible(batch: Batch, record: Record) -> bool:
    values = record.first
    answered = values.get("answered_at")
    if len(record.lines) > 1:
        batch.refuse(record, message(_("The same number stands in several rows.")), field="number")
    elif answered and answered < values["received_at"] - timedelta(days=1):
        batch.refuse(record, message(_("The answer comes before the complaint.")), field="answered_at")
    else:
        return True
    return False


@dataclass(frozen=True)
class _Told:
    """A complaint that comes in, with the case it becomes."""

    case: Case
    received: datetime
    answered: datetime | None
    reply: str


OPENED_AS = {"kind": "complaint", "topic": "other", "channel": "platform"}
"""What the rules of routing are told about complaints from a platform's file."""


class _Writer:
    """What all complaints of a batch share: department, level. Each table is written in one statement."""

    def __init__(self, batch: Batch) -> None:
        now = batch.act.now
        settings = settings_at(now)
        self.act = batch.act
        self.level: Suggestion = suggest(TriageFacts(kind="complaint"), settings.weights)
        self.department = Department.objects.filter(code=department_for(OPENED_AS, now)).first()

    def write(self, new: Mapping[str, dict[str, Any]]) -> None:
        """The cases with their stages, answers and clocks."""
        numbers = next_numbers([values["received_at"] for values in new.values()])
        every = [self._told(mark, values, number) for (mark, values), number in zip(new.items(), numbers, strict=True)]
        Case.objects.bulk_create([told.case for told in every])
        mark_many(told.case for told in every)
        CaseStage.objects.bulk_create([stage for told in every for stage in self._stages(told)])
        CaseNote.objects.bulk_create(
            [
                CaseNote(case=told.case, kind=NoteKind.TOLD, text=told.reply, at=told.answered, channel="platform")
                for told in every
                if told.answered and told.reply
            ]
        )
        self._clocks(every)
        self.act.record_each((told.case, {"imported_as": told.case.imported_as}) for told in every)

    def _told(self, mark: str, values: dict[str, Any], number: str) -> _Told:
        received = values["received_at"]
        answered = max(values["answered_at"], received) if values.get("answered_at") else None
        case = self._case(mark, values, number, received, answered)
        return _Told(case, received, answered, tidy(values.get("reply", "")).strip())

    def _case(
        self, mark: str, values: dict[str, Any], number: str, received: datetime, answered: datetime | None
    ) -> Case:
        text = tidy(values["text"])
        case = Case(
            number=number,
            kind="complaint",
            topic="other",
            channel="platform",
            title=tidy(values.get("subject", ""))[:200] or title_of(text),
            description=text,
            received_at=received,
            state=State.CLOSED if answered else State.OPEN,
            state_since=answered or received,
            closed_at=answered,
            ended_as=IMPORTED if answered else "",
            settled_at=answered,
            suggested_level=self.level.level,
            level=self.level.level,
            level_rank=LEVEL_RANK[self.level.level],
            department=self.department,
            reporter_name=values.get("author", "")[:80],
            imported_as=mark,
        )
        policy = put_under(case, policy_for(case, tier_of(None), self.act.now))
        if answered is None:
            foresee(self.act.call, case, policy, received)
        return case

    def _stages(self, told: _Told) -> list[CaseStage]:
        stages = [self._stage(told.case, "open", "", State.OPEN, told.received, told.received)]
        if told.answered:
            stages.append(self._stage(told.case, "import", State.OPEN, State.CLOSED, told.received, told.answered))
        return stages

    def _stage(self, case: Case, verb: str, before: str, state: str, since: datetime, at: datetime) -> CaseStage:
        return CaseStage(
            case=case,
            verb=verb,
            from_state=before,
            to_state=state,
            at=at,
            actor_kind=ActorKind.SYSTEM,
            lasted=at - since,
            worked=compiled(policy_of(case).calendar).working_time_between(since, at),
        )

    def _clocks(self, every: list[_Told]) -> None:
        """What is owed of open complaints, and whether the solution of answered ones came in time."""
        make_promises(
            self.act.call,
            [
                each
                for told in every
                if not told.answered
                for each in wanted_for(told.case, policy_of(told.case), told.received)
            ],
        )
        record_kept(
            self.act.call,
            [
                Kept(each, told.answered, told.case.number)
                for told in every
                if told.answered
                for each in wanted_for(told.case, policy_of(told.case), told.received)
                if each.kind == "case.solve"
            ],
        )
