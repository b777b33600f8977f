"""The API of policies of clocks: the list, its policies and their versions, a trial, the file, agreements, work."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from ninja import Field, Router, Schema

from huiyin.cases.actions.agree_service import agree_service
from huiyin.cases.actions.begin_clock_work import stop_clock_work
from huiyin.cases.actions.import_sla import import_sla
from huiyin.cases.actions.save_sla import checked, save_sla, save_sla_list
from huiyin.cases.models import SlaList, SlaPolicy
from huiyin.cases.queries.agreements import agreements_of, customer_seen
from huiyin.cases.queries.clock_works import newest_works, work_called
from huiyin.cases.queries.sla import company_day
from huiyin.cases.queries.sla_contents import (
    content_of,
    exported,
    newest_of,
    newest_policies,
    versions_of_list,
    versions_of_policy,
)
from huiyin.cases.queries.sla_preview import preview_of
from huiyin.cases.rules.needs import CHANGE_CLOCKS
from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, answers, call_of_api, needs, outcome
from huiyin.foundation.version_schemas import ChangeIn, SavedOut, VersionOut, saved_out, versions_out

SEE = "cases.see"
router = Router(tags=["policies of clocks"])


class ListIn(Schema):
    """The codes in the order in which they are asked, from which day, and why; ``expected``: the version changed."""

    codes: list[str]
    effective_from: date
    reason: str = Field(max_length=200)
    expected: int | None = None


class TrialIn(Schema):
    """The values of a policy that is not saved."""

    content: dict[str, Any]


class MovedOut(Schema):
    """A deadline that would differ; null where there is none."""

    goal: str
    before: datetime | None
    after: datetime | None


class TriedOut(Schema):
    """A case that would come under the policy."""

    pk: int
    number: str
    level: str
    moved: list[MovedOut]


class TrialOut(Schema):
    """Of ``total`` cases of the last ``days``: how many meet the conditions, how many no earlier policy takes."""

    days: int
    total: int
    meet: int
    own: int
    cases: list[TriedOut]


class FileOut(Schema):
    """The whole file as text."""

    text: str


class FileIn(FileOut):
    """A file to be taken, and why."""

    reason: str = Field(max_length=200)


class TakenOut(Schema):
    """How much was changed."""

    changes: int


class AgreementIn(Schema):
    """What was agreed with a customer; days are included."""

    code: str = Field(max_length=40)
    policy: str
    valid_from: date
    valid_to: date | None = None
    note: str = Field("", max_length=200)


class WorkOut(Schema):
    """Work on running clocks and how far it is."""

    id: int
    calendar: str
    policy: str
    version: int
    state: str
    total: int
    seen: int
    moved: int
    left: int


def _list_values(row: SlaList) -> dict[str, Any]:
    return {"codes": row.codes}


@router.get("/list", auth=needs(SEE), response=answers(list[VersionOut]))
def get_clock_list(request: ApiRequest) -> list[VersionOut]:  # noqa: ARG001 - ninja passes it
    """Every version of the list, newest first."""
    return versions_out(versions_of_list(company_day(clock.now())), _list_values)


@router.put("/list", auth=needs(CHANGE_CLOCKS), response=answers(SavedOut))
def put_clock_list(request: ApiRequest, data: ListIn) -> SavedOut:
    """Puts the list in another order."""
    row = SlaList.objects.get(pk=outcome(save_sla_list, call_of_api(request), **data.dict()))
    return saved_out(row, _list_values(row))


@router.get("/policies", auth=needs(SEE), response=answers(list[SavedOut]))
def list_clock_policies(request: ApiRequest) -> list[SavedOut]:  # noqa: ARG001
    """The newest version of every policy."""
    return [saved_out(row, content_of(row)) for row in newest_policies()]


@router.get("/policies/{slug:code}", auth=needs(SEE), response=answers(list[VersionOut]))
def get_clock_policy(request: ApiRequest, code: str) -> list[VersionOut]:  # noqa: ARG001
    """Every version of a policy, newest first."""
    return versions_out(versions_of_policy(code, company_day(clock.now())), content_of)


@router.put("/policies/{slug:code}", auth=needs(CHANGE_CLOCKS), response=answers(SavedOut))
def put_clock_policy(request: ApiRequest, code: str, data: ChangeIn) -> SavedOut:
    """Saves a policy as a new version, or makes a new one (``expected`` 0)."""
    outcome(save_sla, call_of_api(request), data.content | {"code": code}, **data.how())
    row: SlaPolicy = newest_of(code)
    return saved_out(row, content_of(row))


@router.post("/trial", auth=needs(CHANGE_CLOCKS), response=answers(TrialOut))
def try_clock_policy(request: ApiRequest, data: TrialIn) -> TrialOut:
    """Which cases of the last months a policy would have had, and how their deadlines would differ."""
    found = preview_of(request.actor, checked(data.content), clock.now())
    return TrialOut(**asdict(found))


@router.get("/file", auth=needs(SEE), response=answers(FileOut))
def get_clock_file(request: ApiRequest) -> FileOut:  # noqa: ARG001
    """The list and its policies as a file."""
    return FileOut(text=exported())


@router.post("/file", auth=needs(CHANGE_CLOCKS), response=answers(TakenOut))
def take_clock_file(request: ApiRequest, data: FileIn) -> TakenOut:
    """Takes a file, all of it or nothing."""
    return TakenOut(changes=outcome(import_sla, call_of_api(request), data.text, reason=data.reason))


@router.get("/agreements/{int:customer_id}", auth=needs(SEE), response=answers(list[AgreementIn]))
def list_agreements(request: ApiRequest, customer_id: int) -> list[AgreementIn]:
    """A customer's service agreements."""
    customer_seen(request.actor, customer_id)
    return [AgreementIn.from_orm(row) for row in agreements_of(customer_id)]


@router.put("/agreements/{int:customer_id}", auth=needs(CHANGE_CLOCKS), response=answers(list[AgreementIn]))
def put_agreement(request: ApiRequest, customer_id: int, data: AgreementIn) -> list[AgreementIn]:
    """Makes or changes a customer's agreement; answers with all of them."""
    outcome(agree_service, call_of_api(request), customer_id, **data.dict())
    return list_agreements(request, customer_id)


@router.get("/work", auth=needs(SEE), response=answers(list[WorkOut]))
def list_clock_work(request: ApiRequest) -> list[WorkOut]:  # noqa: ARG001
    """The last few pieces of work on running clocks, newest first."""
    return [WorkOut.from_orm(work) for work in newest_works()]


@router.post("/work/{int:work_id}/stop", auth=needs(CHANGE_CLOCKS), response=answers(WorkOut))
def stop_work(request: ApiRequest, work_id: int) -> WorkOut:
    """Stops work after its present slice."""
    outcome(stop_clock_work, call_of_api(request), work_id)
    return WorkOut.from_orm(work_called(work_id))
