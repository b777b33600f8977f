"""What is owed about one subject, read once for all that an action does with it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models

from huiyin.kernel.call import Call
from huiyin.promises.actions.make import Wanted, make_promises
from huiyin.promises.actions.pause import pause_all, resume_all
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

    def keep(self, kinds: Collection[str], evidence: str = "") -> list[Promise]:
        """Marks what was owed of these kinds as done."""
        return keep_all(self.call, [each for each in self.promises if each.kind in kinds], evidence)

    def cancel(self, reason: str, kinds: Collection[str] | None = None) -> list[Promise]:
        """Lets go of all that is owed, or of these kinds."""
        dropped = [each for each in self.promises if kinds is None or each.kind in kinds]
        return cancel_all(self.call, dropped, reason)

    def pause(self, reason: str) -> list[Promise]:
        """Stops the running clocks that are not late yet."""
        return pause_all(self.call, self.promises, reason)

    def resume(self) -> list[Promise]:
        """Lets the stopped clocks run again."""
        return resume_all(self.call, self.promises)
