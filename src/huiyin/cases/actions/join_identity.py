"""Says which customer somebody on a platform is, and takes it back: one contact, one record (CHN-1)."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.cases.actions.moving import beside
from huiyin.cases.actions.recognise import customer_named, give_customer
from huiyin.cases.models import Case, CaseIdentity
from huiyin.cases.rules.needs import NEEDS
from huiyin.channels.public import OutsideIdentity, join_identity, part_identity
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import NotFound


@action("cases.join_identity", needs=NEEDS["join_identity"])
def join_writer(act: Act, case_id: int, *, identity_id: int, number: str = "") -> Case:
    """Whoever wrote on the platform is the customer with this number, from now on and in all their cases without one.

    Without a number it is the customer of this case.

    Raises:
        Invalid: the actor sees no customer of this number.
        Conflict: they are joined to a customer already.
    """
    case = beside(act, case_id, "join_identity")
    identity = _writer(case, identity_id)
    customer = customer_named(act, number or (case.customer.number if case.customer else ""))
    join_identity(act.call, identity.pk, customer)
    given = []
    for tie in _ties(identity):
        if tie.case.customer_id is None:
            give_customer(act, _locked(act, tie.case, case), customer)
            given.append(tie.pk)
    CaseIdentity.objects.filter(pk__in=given).update(gave_customer=True)
    act.record(case, customer_id=customer.pk, number=customer.number, cases=len(given))
    return case


@action("cases.part_identity", needs=NEEDS["part_identity"])
def part_writer(act: Act, case_id: int, *, identity_id: int) -> Case:
    """Takes it back: they are a stranger again, and so are the cases that had their customer from it alone.

    Raises:
        Conflict: they are not joined to anybody.
    """
    case = beside(act, case_id, "part_identity")
    identity = _writer(case, identity_id)
    was = identity.customer
    part_identity(act.call, identity.pk)
    ties = [tie for tie in _ties(identity) if tie.gave_customer]
    for tie in ties:
        if was and tie.case.customer_id == was.pk:
            give_customer(act, _locked(act, tie.case, case), None)
    CaseIdentity.objects.filter(pk__in=[tie.pk for tie in ties]).update(gave_customer=False)
    act.record(case, customer_id=was.pk if was else None, number=was.number if was else "", cases=len(ties))
    return case


def _writer(case: Case, identity_id: int) -> OutsideIdentity:
    """Raises NotFound for somebody who never wrote about this case."""
    tie = CaseIdentity.objects.filter(case=case, identity=identity_id).select_related("identity__customer").first()
    if tie is None:
        raise NotFound
    return tie.identity


def _ties(identity: OutsideIdentity) -> Iterable[CaseIdentity]:
    return CaseIdentity.objects.filter(identity=identity).select_related("case__customer").order_by("case_id")


def _locked(act: Act, found: Case, here: Case) -> Case:
    """Their other cases may lie outside the actor's area: whose they are follows from the person who wrote them."""
    return here if found.pk == here.pk else act.lock(Case.objects.all(), found.pk)
