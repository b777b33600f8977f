"""What somebody wrote on WeCom, DingTalk or Feishu: a line of the case they talk about, else a new case."""

from __future__ import annotations

from huiyin.cases.actions.hearing import hear
from huiyin.cases.actions.opening import open_new
from huiyin.cases.models import Case, CaseIdentity
from huiyin.cases.queries.merged import standing_case
from huiyin.cases.queries.outside import case_named_by, live_case_of
from huiyin.cases.rules.new_case import LONGEST_TEXT, NewCase
from huiyin.channels.public import OutsideIdentity
from huiyin.foundation.actions import Act


def hear_from_platform(act: Act, identity_id: int, channel: str, text: str, source: tuple[str, int]) -> Case:
    """The case the words went to.

    That is the case they name, if it is the writer's; else the newest one of theirs that is not over. On a platform
    nobody answers a letter, one goes on talking. Words that name an ended case open a new one that points to it.
    """
    identity = OutsideIdentity.objects.select_related("customer").get(pk=identity_id)
    named = case_named_by(identity, text)
    case = standing_case(named) if named else live_case_of(identity)
    if case is None or not case.live:
        return _opened(act, identity, channel, text, source, case)
    case = act.lock(Case.objects.all(), case.pk)
    CaseIdentity.objects.get_or_create(case=case, identity=identity)
    hear(act, case, text or "–", channel=channel, source=source, said_in=named)
    return case


def _opened(
    act: Act, identity: OutsideIdentity, channel: str, text: str, source: tuple[str, int], earlier: Case | None
) -> Case:
    new = NewCase(
        kind=earlier.kind if earlier else "other",
        topic=earlier.topic if earlier else "other",
        channel=channel,
        description=(text.strip() or "–")[:LONGEST_TEXT],
        customer_id=identity.customer_id,
        reporter_name=identity.name,
        source=source,
        identity_id=identity.pk,
    )
    case = open_new(act, new)
    if earlier:
        case.repeat_of = earlier
        case.save(update_fields=["repeat_of"])
    return case
