"""Writes a batch of complaints from another system, with the times at which things really happened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from huiyin.cases.actions.clocks import start_clocks
from huiyin.cases.models import Case, CaseNote, CaseStage
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.numbers import next_number
from huiyin.cases.queries.settings import policy_for_new, settings_at
from huiyin.cases.rules.kinds import LEVEL_RANK
from huiyin.cases.rules.routing import route_of
from huiyin.cases.rules.sla import Policy, owed
from huiyin.cases.rules.states import State
from huiyin.cases.rules.threads import title_of
from huiyin.cases.rules.tidying import tidy
from huiyin.cases.rules.triage import Suggestion, TriageFacts, suggest
from huiyin.imports.public import Batch, Record
from huiyin.kernel.actor import ActorKind
from huiyin.kernel.call import Call
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Department
from huiyin.promises.public import keep_promise, make_promise
from huiyin.working_time.public import Span, Unit, calendar_of, working_time_between


def write_complaints(batch: Batch) -> None:
    """A complaint is known by its number in the other system; one that is here already is left as it is."""
    source = batch.options["source"]
    marks = {f"{source}:{record.first['number']}": record for record in batch.records}
    there = set(Case.objects.filter(imported_as__in=marks).values_list("imported_as", flat=True))
    batch.same += len(there)
    writer = _Writer(batch)
    for mark, record in marks.items():
        if mark not in there and _sensible(batch, record):
            batch.new += 1
            if not batch.trial:
                writer.write(mark, record.first)


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


class _Writer:
    """What all complaints of a batch share: policy, department, level."""

    def __init__(self, batch: Batch) -> None:
        now = batch.act.now
        settings = settings_at(now)
        self.act = batch.act
        self.policy: Policy = policy_for_new(now)
        self.level: Suggestion = suggest(TriageFacts(kind="complaint"), settings.weights)
        department = route_of("other", settings.routing).department
        self.department = Department.objects.filter(code=department).first()
        self.calendar = calendar_of(self.policy.calendar)

    def write(self, mark: str, values: dict[str, Any]) -> None:
        """One case with its stages, its answer and its clock."""
        received = values["received_at"]
        answered = max(values["answered_at"], received) if values.get("answered_at") else None
        case = self._case(mark, values, received, answered)
        case.save(force_insert=True)
        self._stage(case, "open", "", State.OPEN, received, received)
        if answered is None:
            start_clocks(self.act, case, "received", received, self.policy)
        else:
            self._answer(case, values.get("reply", ""), received, answered)
        self.act.record(case, imported_as=mark)

    def _case(self, mark: str, values: dict[str, Any], received: datetime, answered: datetime | None) -> Case:
        text = tidy(values["text"])
        return Case(
            number=next_number(received),
            kind="complaint",
            topic="other",
            channel="platform",
            title=tidy(values.get("subject", ""))[:200] or title_of(text),
            description=text,
            received_at=received,
            state=State.CLOSED if answered else State.OPEN,
            state_since=answered or received,
            closed_at=answered,
            settled_at=answered,
            suggested_level=self.level.level,
            level=self.level.level,
            level_rank=LEVEL_RANK[self.level.level],
            department=self.department,
            reporter_name=values.get("author", "")[:80],
            policy=self.policy.code,
            policy_version=self.policy.version,
            imported_as=mark,
        )

    def _stage(
        self, case: Case, verb: str, before: str, state: str, since: datetime, at: datetime, reason: str = ""
    ) -> None:
        CaseStage.objects.create(
            case=case,
            verb=verb,
            from_state=before,
            to_state=state,
            at=at,
            actor_kind=ActorKind.SYSTEM,
            reason=reason[:500],
            lasted=at - since,
            worked=working_time_between(self.calendar, since, at),
        )

    def _answer(self, case: Case, reply: str, received: datetime, answered: datetime) -> None:
        if reply.strip():
            CaseNote.objects.create(case=case, kind=NoteKind.TOLD, text=tidy(reply), at=answered, channel="platform")
        self._stage(case, "import", State.OPEN, State.CLOSED, received, answered)
        then = Call(actor=self.act.actor, now=answered)
        for clock in owed(self.policy, case.level, "received"):
            if clock.goal == "solve":
                make_promise(
                    then,
                    kind="case.solve",
                    subject=case,
                    span=Span(clock.amount, Unit(clock.unit)),
                    start=received,
                    title=f"{case.number} {case.title}",
                    department=case.department_id,
                    policy=self.policy.title,
                    calendar=self.policy.calendar,
                )
                keep_promise(then, kind="case.solve", subject=case, evidence=case.number)
