"""The running clocks of a case under another level or another policy: same starts, same pauses, other spans."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from huiyin.cases.actions.clocks import hold, owed_about, set_due, wanted_by
from huiyin.cases.actions.put_under import put_under
from huiyin.cases.actions.stage_clocks import begun_by_stages, stage_now
from huiyin.cases.models import Case, OwnStageStay
from huiyin.cases.queries.customers import tier_of
from huiyin.cases.queries.sla import policy_for, policy_of
from huiyin.cases.rules.own_stages import PREFIX
from huiyin.cases.rules.sla import Policy, owed
from huiyin.cases.rules.states import State
from huiyin.foundation.actions import Act
from huiyin.promises.public import kept_kinds

ALWAYS = frozenset({"case.first_response", "case.plan", "case.solve"})
"""What any set of clocks may promise from the beginning, also by an agreed plan."""


def fit_clocks(act: Act, case: Case, reason: str, *, levelled: bool = False) -> None:
    """Puts a case of which something else is known now under the policy that fits it, and its clocks under that.

    Under the same policy it keeps its version (SLA-6); its clocks run on unless its level is another (``levelled``).
    """
    before = policy_of(case)
    if _chosen_anew(act, case) or levelled:
        restart(act, case, before, reason)


def _chosen_anew(act: Act, case: Case) -> bool:
    chosen = policy_for(case, tier_of(case.customer), act.now)
    if chosen.policy.code == case.policy:
        return False
    put_under(case, chosen)
    case.save(update_fields=["policy", "policy_version", "policy_list", "agreement"])
    return True


def restart(act: Act, case: Case, before: Policy, reason: str, *, renew_late: bool = True) -> None:
    """Gives the running clocks the spans of the case's level and policy now, from the same start, those of stages too.

    ``before``: the policy until now. Goals already reached stay so; what the new clocks do not promise is let go of.
    What is late is promised anew, its breach on record, unless ``renew_late`` is False: then it stays as it is.
    """
    event, at = ("reopened", case.state_since) if case.reopened_times else ("received", case.received_at)
    policy, standing = policy_of(case), owed_about(act, case)
    wanted = {f"case.{clock.goal}": clock for clock in owed(policy, case.level, event)}
    starts = (event, stage_now(case))
    begun = ALWAYS | {f"case.{clock.goal}" for clock in before.clocks if clock.start in starts}
    of_stages = begun_by_stages(case, policy, {each.kind for each in standing.promises})
    standing.cancel(reason, begun - set(wanted) - {each.kind for each in of_stages})
    kept = set() if event == "reopened" else kept_kinds(case._meta.label_lower, case.pk)
    reached = kept | _stages_reached(case, wanted, at)
    anew = [wanted_by(case, policy, clock, at) for kind, clock in wanted.items() if kind not in reached]
    anew += [each for each in of_stages if each.kind not in wanted]
    standing.change(anew, reason, renew_late=renew_late)
    if case.state == State.WAITING:
        hold(act, case, case.waiting_for, reason)
    set_due(act, case)


def _stages_reached(case: Case, wanted: Collection[str], since: datetime) -> set[str]:
    """Stages it was in without owing it; nothing is asked where the policy has no such clock."""
    if not any(kind.startswith(f"case.{PREFIX}") for kind in wanted):
        return set()
    stays = OwnStageStay.objects.filter(case=case, since__gte=since)
    return {f"case.{PREFIX}{code}" for code in stays.values_list("stage__code", flat=True)}
