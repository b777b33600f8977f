"""What conditions may ask about a case: views, SLA policies, routing and bulk actions choose cases by these."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from huiyin.cases.rules.kinds import (
    CHANNELS,
    EMOTIONS,
    KINDS,
    LEVEL_RANK,
    LEVELS,
    REACHES,
    SEVERITIES,
    TIERS,
    TOPICS,
    VERDICTS,
)
from huiyin.cases.rules.states import PHASE_LABELS, PHASES, STATE_LABELS, WAITING_LABELS
from huiyin.kernel.conditions import Field, Kind, fields_of
from huiyin.kernel.words import gettext_noop as _

NO_CLOCK = datetime(9999, 1, 1, tzinfo=UTC)
"""The due moment of a case without a running clock: last in every queue."""


def _choice(code: str, label: str, choices: Mapping[str, str]) -> Field:
    return Field(code, label, Kind.CHOICE, choices=choices)


_STATES = {phase: tuple(state for state, of in PHASES.items() if of == phase) for phase in PHASE_LABELS}
_RANKS = {level: (rank,) for level, rank in LEVEL_RANK.items()}
CASE_FIELDS = fields_of(
    _choice("kind", _("Kind"), KINDS),
    _choice("topic", _("Topic"), TOPICS),
    Field("problem_type", _("Problem type (with what is below it)"), Kind.TREE),
    _choice("channel", _("Channel"), CHANNELS),
    Field("level", _("Level"), Kind.CHOICE, "level_rank", LEVELS, means=_RANKS),
    _choice("state", _("State"), STATE_LABELS),
    Field("phase", _("Phase"), Kind.CHOICE, "state", PHASE_LABELS, means=_STATES),
    Field("own_stage", _("Stage of our own"), Kind.CODED, "own_stage_id"),
    _choice("waiting_for", _("Waiting for"), WAITING_LABELS),
    Field("owner", _("Owner"), Kind.PERSON, "owner_id"),
    Field("department", _("Department"), Kind.DEPARTMENT, "department_id"),
    Field("store", _("Store"), Kind.STORE, "store_id"),
    Field("due_at", _("Deadline"), Kind.MOMENT, nothing=NO_CLOCK),
    Field("received_at", _("Received at"), Kind.MOMENT),
    Field("unanswered_since", _("Customer without an answer since"), Kind.MOMENT),
    _choice("emotion", _("Emotion"), EMOTIONS),
    _choice("severity", _("Severity"), SEVERITIES),
    _choice("reach", _("Reach"), REACHES),
    Field("repeated", _("Complained about before"), Kind.YES_NO),
    Field("needs_senior", _("Needs an experienced hand"), Kind.YES_NO),
    Field("reopened_times", _("Times reopened"), Kind.NUMBER),
    Field("tier", _("Tier of the customer"), Kind.CHOICE, "customer__tier", TIERS, empty_as="potential"),
    _choice("verdict", _("Verdict of the customer"), VERDICTS),
    Field("text", _("Words in title, description or wish"), Kind.TEXT, ("title", "description", "wish")),
    Field("product", _("Product"), Kind.TEXT, ("product_name", "product__name")),
    Field("serial", _("Serial number"), Kind.TEXT),
)
