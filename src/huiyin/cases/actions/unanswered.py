"""Since when the customer waits: from the first new words until a person answers or reaches the customer."""

from __future__ import annotations

from huiyin.cases.models import Case
from huiyin.foundation.actions import Act
from huiyin.kernel.actor import ActorKind

WRITTEN = frozenset(
    {"email", "sms", "website", "app", "social", "platform", "questionnaire", "wecom", "dingtalk", "feishu"}
)
"""Channels on which customers write by themselves."""


def waits(act: Act, case: Case) -> None:
    """The customer has said something; the first words count."""
    if case.unanswered_since is None:
        case.unanswered_since = act.now
        case.save(update_fields=["unanswered_since"])


def answered(act: Act, case: Case) -> None:
    """A person has written or spoken to the customer; what the system sends by itself is no answer."""
    if case.unanswered_since is not None and act.actor.kind is ActorKind.STAFF:
        case.unanswered_since = None
        case.save(update_fields=["unanswered_since"])


def waits_from_start(act: Act, case: Case) -> bool:
    """Whether a new case holds words that a customer wrote, rather than what somebody noted down."""
    return act.actor.kind is not ActorKind.STAFF and case.channel in WRITTEN
