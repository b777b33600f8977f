"""The API of policies: kinds of visits, plan numbers, scripts, their versions, previews and files."""

from __future__ import annotations

from django.utils.translation import gettext
from ninja import Router

from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, answers, call_of_api, needs, outcome
from huiyin.foundation.forms import say
from huiyin.foundation.version_schemas import ChangeIn, SavedOut, VersionOut, saved_out, versions_out
from huiyin.visits.actions.agree_visit import agree_visit
from huiyin.visits.actions.import_policies import changes_in, import_policies
from huiyin.visits.actions.save_numbers import save_numbers
from huiyin.visits.actions.save_policy import CHANGE, checked, save_policy, switch_policy
from huiyin.visits.actions.save_script import save_script
from huiyin.visits.api.policy_schemas import (
    AgreedOut,
    AgreeIn,
    ChangeOut,
    ChangesOut,
    FileIn,
    GapOut,
    MeasuredOut,
    PreviewIn,
    PreviewOut,
    ResultsOut,
    SplitMeasureOut,
    SplitOut,
    SwitchIn,
)
from huiyin.visits.models import Script
from huiyin.visits.queries.plan_means import warnings_of
from huiyin.visits.queries.policies import company_today, hours_of, rules_in_force
from huiyin.visits.queries.policy_contents import (
    content_of,
    kinds_on,
    newest_of,
    newest_rules,
    newest_script,
    newest_scripts,
    numbers_content,
    policy_versions,
    rules_versions,
    script_content,
    script_versions,
)
from huiyin.visits.queries.policy_files import exported
from huiyin.visits.queries.previews import preview_of
from huiyin.visits.queries.script_results import Measured, results_of
from huiyin.visits.queries.script_splits import SplitResults, splits_of

SEE = "visits.see_policies"
PREFIX = "/visits"
router = Router(tags=["visit policies"])


@router.post("/agreed", auth=needs("visits.work"), response=answers(AgreedOut))
def agree_on_visit(request: ApiRequest, data: AgreeIn) -> AgreedOut:
    """Makes a visit for a day agreed with a customer."""
    made = outcome(agree_visit, call_of_api(request), data.customer_id, kind=data.kind, on=data.on)
    return AgreedOut(visit_id=made)


@router.get("/policies", auth=needs(SEE), response=answers(list[SavedOut]))
def list_policies(request: ApiRequest) -> list[SavedOut]:  # noqa: ARG001 - ninja passes it
    """Every kind of visit as it stands today."""
    rows = kinds_on(company_today(clock.now()))
    return [saved_out(row.policy, content_of(row.policy)) for row in rows]


@router.get("/policies/{slug:code}", auth=needs(SEE), response=answers(list[VersionOut]))
def get_policy_versions(request: ApiRequest, code: str) -> list[VersionOut]:  # noqa: ARG001
    """Every version of a kind, newest first."""
    return versions_out(policy_versions(code, company_today(clock.now())), content_of)


@router.put("/policies/{slug:code}", auth=needs(CHANGE), response=answers(SavedOut))
def change_policy(request: ApiRequest, code: str, data: ChangeIn) -> SavedOut:
    """Saves a kind of visit as a new version, or makes a new kind."""
    outcome(save_policy, call_of_api(request), {**data.content, "code": code}, **data.how())
    saved = newest_of(code)
    return saved_out(saved, content_of(saved))


@router.post("/policies/{slug:code}/switch", auth=needs(CHANGE), response=answers(SavedOut))
def switch_kind(request: ApiRequest, code: str, data: SwitchIn) -> SavedOut:
    """Takes a kind of visit out of use, or into use again, from today on."""
    outcome(switch_policy, call_of_api(request), code, active=data.active, reason=data.reason)
    saved = newest_of(code)
    return saved_out(saved, content_of(saved))


@router.get("/policies/{slug:code}/split", auth=needs(SEE), response=answers(list[SplitOut]))
def get_script_splits(request: ApiRequest, code: str) -> list[SplitOut]:  # noqa: ARG001
    """Every test of two versions of a script in this kind of visit, newest first."""
    today = company_today(clock.now())
    versions = [each.row for each in policy_versions(code, today)]
    return [_split(test) for test in splits_of(versions, today)]


def _split(test: SplitResults) -> SplitOut:
    split = test.split
    return SplitOut(
        **{name: getattr(split, name) for name in ("one", "other", "share", "until", "seed", "least")},
        one_due=test.one.due,
        other_due=test.other.due,
        measures=[
            SplitMeasureOut(
                name=gettext(each.name),
                unit=each.unit,
                one=_m(each.one),
                other=_m(each.other),
                difference=GapOut(value=each.gap.value, low=each.gap.low, high=each.gap.high) if each.gap else None,
                differs=each.told,
            )
            for each in test.measures
        ],
    )


@router.post("/policies-preview", auth=needs(CHANGE), response=answers(PreviewOut))
def preview_policy(request: ApiRequest, data: PreviewIn) -> PreviewOut:
    """Whom a kind of visit with these values would have chosen last month; nothing is written."""
    return PreviewOut.from_orm(preview_of(checked(data.content), clock.now(), request.actor))


@router.get("/plan-numbers", auth=needs(SEE), response=answers(list[VersionOut]))
def get_plan_numbers(request: ApiRequest) -> list[VersionOut]:  # noqa: ARG001
    """Every version of the plan's numbers, newest first."""
    return versions_out(rules_versions(company_today(clock.now())), numbers_content)


@router.put("/plan-numbers", auth=needs(CHANGE), response=answers(SavedOut))
def change_plan_numbers(request: ApiRequest, data: ChangeIn) -> SavedOut:
    """Saves the plan's numbers as a new version and says what of them will not work out."""
    outcome(save_numbers, call_of_api(request), data.content, **data.how())
    saved = newest_rules()
    return saved_out(saved, numbers_content(saved), [say(each) for each in warnings_of(saved, saved.effective_from)])


@router.get("/scripts", auth=needs(SEE), response=answers(list[SavedOut]))
def list_scripts(request: ApiRequest) -> list[SavedOut]:  # noqa: ARG001
    """The newest version of each script."""
    return [saved_out(row, script_content(row)) for row in newest_scripts()]


@router.get("/scripts/{slug:code}", auth=needs(SEE), response=answers(list[VersionOut]))
def get_script_versions(request: ApiRequest, code: str) -> list[VersionOut]:  # noqa: ARG001
    """Every version of a script, newest first."""
    return versions_out(script_versions(code, company_today(clock.now())), script_content)


@router.put("/scripts/{slug:code}", auth=needs(CHANGE), response=answers(SavedOut))
def change_script(request: ApiRequest, code: str, data: ChangeIn) -> SavedOut:
    """Saves a script as a new version, or writes a new one."""
    outcome(save_script, call_of_api(request), {**data.content, "code": code}, **data.how())
    saved = newest_script(code)
    return saved_out(saved, script_content(saved))


@router.get("/scripts/{slug:code}/results", auth=needs(SEE), response=answers(list[ResultsOut]))
def get_script_results(request: ApiRequest, code: str) -> list[ResultsOut]:  # noqa: ARG001
    """What visits brought under each version of a script, newest first."""
    now = clock.now()
    rows: list[Script] = [each.row for each in script_versions(code, company_today(now))]
    zone = hours_of(rules_in_force(now.date())).zone
    found = [results_of(row, rows, zone, now.date()) for row in rows]
    return [
        ResultsOut(version=each.version, success=_m(each.success), score=_m(each.score), minutes=_m(each.minutes))
        for each in found
    ]


def _m(measured: Measured) -> MeasuredOut:
    figure = measured.figure
    return MeasuredOut(value=figure.value, n=figure.n, low=figure.low, high=figure.high, enough=measured.enough)


@router.get("/policies-file", auth=needs(SEE), response=answers(str))
def export_policies(request: ApiRequest) -> str:  # noqa: ARG001
    """Everything as the text of one JSON file."""
    return exported()


@router.post("/policies-file", auth=needs(CHANGE), response=answers(ChangesOut))
def take_policies(request: ApiRequest, data: FileIn) -> ChangesOut:
    """Says what a file would change; with ``take`` changes it, all or nothing."""
    call = call_of_api(request)
    changes = [
        ChangeOut(
            what=each.item.what,
            code=each.item.code,
            after_version=each.last,
            effective_from=each.effective_from,
            fields=[difference.label for difference in each.differences],
        )
        for each in changes_in(data.text, call)
    ]
    if data.take:
        outcome(import_policies, call, data.text, reason=data.reason)
    return ChangesOut(taken=data.take, changes=changes)
