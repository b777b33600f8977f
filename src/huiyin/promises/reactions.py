"""What the ledger does when a lower room speaks: open promises of somebody who leaves or is away need another
owner."""

from __future__ import annotations

from huiyin.foundation.events import reacts_to
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import PersonAway, PersonLeaving
from huiyin.promises.actions.stand_in import hand_over_due
from huiyin.promises.models import UNSETTLED, Promise


@reacts_to(PersonLeaving)
def hand_over_promises(call: Call, event: PersonLeaving) -> None:  # noqa: ARG001 - listeners take the call
    """Gives the open promises to the successor; clocks run on.

    Raises:
        Conflict: there are open promises and nobody to take them.
    """
    owed = Promise.objects.filter(owner_id=event.staff_id, state__in=UNSETTLED)
    if event.successor_id is not None:
        owed.update(owner_id=event.successor_id)
        return
    count = owed.count()
    if count:
        raise Conflict(
            message(_("%(count)s promises are still open. Choose somebody who takes them over."), count=count)
        )


@reacts_to(PersonAway)
def hand_over_due_promises(call: Call, event: PersonAway) -> None:
    """What falls due while somebody is away goes to the stand-in or back to the department."""
    hand_over_due(Call(SYSTEM, call.now), event)
