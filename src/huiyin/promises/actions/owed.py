"""What is owed about one subject, read once for all that an action does with it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models

from huiyin.kernel.call import Call
from huiyin.promises.actions.make import Wanted, make_promises
from huiyin.promises.actions.pause import pause_all, resume_all
from huiyin.promises.actions.respan import is_late, respan, stand_still_like
from huiyin.promises.actions.settle import cancel_all, keep_all, standing
from huiyin.promises.models import UNSETTLED, Promise


class Owed:
    """The open promises of a subject, locked; each change is one statement. For one transaction only.

    A ``new`` subject was made in this transaction: nothing can be owed about it, and nothing is read.
    """

    def __init__(self, call: Call, subject: models.Model, *, new: bool = False) -> None:
        self.call = call
        self.subject = subject
        self._all: list[Promise] = [] if new else standing(subject)

    @property
    def promises(self) -> list[Promise]:
        """Those still owed."""
        return [promise for promise in self._all if promise.state in UNSETTLED]

    def make(self, wanted: list[Wanted]) -> list[Promise]:
        """Makes promises about the subject, or answers with those that stand."""
        made = make_promises(self.call, wanted, standing=self.promises)
        known = {promise.pk for promise in self._all}
        self._all += [promise for promise in dict.fromkeys(made) if promise.pk not in known]
        return made

    def change(self, wanted: list[Wanted], reason: str, *, renew_late: bool = True) -> list[Promise]:
        """Gives what is owed of the same kinds the wanted spans, from the same start and with its pauses.

        What is late is let go of with its breach on record and made anew, or stays as it is. What is not owed yet is
        made; it stood still when the others did.
        """
        kinds = {each.kind for each in wanted}
        late = [each for each in self.promises if each.kind in kinds and is_late(each, self.call.now)]
        if renew_late:
            cancel_all(self.call, late, reason)
        standing = {promise.kind: promise for promise in self.promises}
        respan(self.call, [(standing[each.kind], each) for each in wanted if each.kind in standing], reason)
        fresh = self.make([each for each in wanted if each.kind not in standing])
        stand_still_like(self.call, fresh, self._all)
        return fresh

    def keep(self, kinds: Collection[str], evidence: str = "") -> list[Promise]:
        """Marks what was owed of these kinds as done."""
        return keep_all(self.call, [each for each in self.promises if each.kind in kinds], evidence)

    def cancel(self, reason: str, kinds: Collection[str] | None = None) -> list[Promise]:
        """Lets go of all that is owed, or of these kinds."""
        dropped = [each for each in self.promises if kinds is None or each.kind in kinds]
        return cancel_all(self.call, dropped, reason)

    def pause(self, reason: str, kinds: Collection[str] | None = None) -> list[Promise]:
        """Stops the running clocks that are not late yet, or those of these kinds."""
        return pause_all(self.call, [each for each in self.promises if kinds is None or each.kind in kinds], reason)

    def resume(self) -> list[Promise]:
        """Lets the stopped clocks run again."""
        return resume_all(self.call, self.promises)
