"""The way of a report: draft, submitted, approved, published; it can be returned before it is published."""

from __future__ import annotations

from enum import StrEnum

from huiyin.kernel.lifecycle import Lifecycle, Move
from huiyin.kernel.words import gettext_noop as _


class ReportState(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"


STATE_LABELS: dict[str, str] = {
    ReportState.DRAFT: _("Draft"),
    ReportState.SUBMITTED: _("Submitted"),
    ReportState.APPROVED: _("Approved"),
    ReportState.PUBLISHED: _("Published"),
}

LIFECYCLE = Lifecycle(
    [
        Move("submit", frozenset({ReportState.DRAFT}), ReportState.SUBMITTED, _("Submit")),
        Move("approve", frozenset({ReportState.SUBMITTED}), ReportState.APPROVED, _("Approve")),
        Move("return", frozenset({ReportState.SUBMITTED, ReportState.APPROVED}), ReportState.DRAFT, _("Return")),
        Move("publish", frozenset({ReportState.APPROVED}), ReportState.PUBLISHED, _("Publish")),
    ]
)
