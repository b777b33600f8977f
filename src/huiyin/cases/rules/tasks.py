"""Kinds of tasks."""

from __future__ import annotations

from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _


class TaskKind(StrEnum):
    """What sort of thing one person has to do; a site visit is done when its report is signed."""

    WORK = "work"
    CALL = "call"
    PAPERS = "papers"
    SITE_VISIT = "site_visit"


TASK_LABELS: dict[str, str] = {
    TaskKind.WORK: _("Work to do"),
    TaskKind.CALL: _("Phone call"),
    TaskKind.PAPERS: _("Papers"),
    TaskKind.SITE_VISIT: _("Site visit"),
}
BY_HAND = (TaskKind.WORK, TaskKind.CALL, TaskKind.PAPERS)
"""Kinds that people give each other; the others come from the rooms above."""
