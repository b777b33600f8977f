"""The promises a report owes."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _
from huiyin.promises.public import PromiseKind
from huiyin.reports.queries.deadlines import explain_deadline
from huiyin.reports.rules.codes import DECIDE, SUBMIT

KINDS = [
    PromiseKind(
        code=SUBMIT,
        label=_("Submit the report"),
        icon="file-up",
        page="report",
        act=_("Submit"),
        explain=explain_deadline,
    ),
    PromiseKind(
        code=DECIDE, label=_("Approve or return the report"), icon="file-check", page="report", act=_("Decide")
    ),
]
