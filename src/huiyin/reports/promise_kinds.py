"""The promises a report owes."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _
from huiyin.promises.public import PromiseKind

SUBMIT = "report.submit"
DECIDE = "report.decide"

KINDS = [
    PromiseKind(code=SUBMIT, label=_("Submit the report"), icon="file-up", page="report", act=_("Submit")),
    PromiseKind(
        code=DECIDE, label=_("Approve or return the report"), icon="file-check", page="report", act=_("Decide")
    ),
]
