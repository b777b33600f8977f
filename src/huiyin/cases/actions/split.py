"""Makes a case of its own out of a part of another one."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.cases.actions.moving import locked
from huiyin.cases.actions.opening import open_new
from huiyin.cases.actions.tie import tied
from huiyin.cases.models import Attachment, Case, CaseNote
from huiyin.cases.rules.lifecycle import aside
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.new_case import NewCase
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.split", needs=NEEDS["split"])
def split_case(
    act: Act,
    case_id: int,
    *,
    description: str,
    kind: str,
    topic: str,
    title: str = "",
    notes: Sequence[int] = (),
    attachments: Sequence[int] = (),
) -> Case:
    """Opens a case for one part of what the customer wrote; chosen entries and files go there, both cases are linked.

    It counts as received when the first one was: the customer has waited since then.

    Raises:
        Invalid: nothing said, or entries and files that are not of this case.
    """
    case = locked(act, case_id)
    aside("split", case.state)
    words = CaseNote.objects.filter(case=case, pk__in=list(notes))
    kept = Attachment.objects.filter(case=case, pk__in=list(attachments))
    if words.count() != len(set(notes)) or kept.count() != len(set(attachments)):
        raise Invalid(message(_("Some of the chosen entries are no longer part of this case. Reload the page.")))
    part = open_new(act, _part_of(act, case, description, kind, topic, title))
    words.update(case=part)
    kept.update(case=part)
    tied(act, part, case, "split")
    act.record(case, customer_id=case.customer_id, to=part.number, notes=len(set(notes)), files=len(set(attachments)))
    return part


def _part_of(act: Act, case: Case, description: str, kind: str, topic: str, title: str) -> NewCase:
    return NewCase(
        kind=kind,
        topic=topic,
        channel=case.channel,
        title=title,
        description=description,
        customer_id=case.customer_id,
        reporter_name=case.reporter_name,
        reporter_phone=case.reporter_phone,
        reporter_email=case.reporter_email,
        reporter_language=case.reporter_language,
        received_at=case.received_at,
        happened_at=case.happened_at,
        product_id=case.product_id,
        product_name=case.product_name,
        serial=case.serial,
        store_id=case.store_id,
        recorded_by_id=case.created_by_id or act.actor.staff_id,
    )
