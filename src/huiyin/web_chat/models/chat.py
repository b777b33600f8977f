"""Talks, their lines, who sits there at the moment, and the numbers they are held by."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor, ActorKind, Scope
from huiyin.organisation.public import Department, Staff
from huiyin.web_chat.rules.states import HOUSE, ChatState


class ChatQuerySet(models.QuerySet["Chat"]):
    """Talks, by who may see them."""

    def visible_to(self, actor: Actor) -> ChatQuerySet:
        """One's own talks and the open ones of one's department; with a wider scope those of the unit, or all."""
        if actor.scope is Scope.ALL:
            return self
        if actor.kind is not ActorKind.STAFF:
            return self.none()
        ours = Q(department_id__in=actor.department_ids)
        seen = ours if actor.scope is Scope.UNIT else ours & ~Q(state=ChatState.ENDED)
        return self.filter(seen | Q(owner_id=actor.id))


class Chat(Recorded):
    """One talk. ``token`` opens it for the visitor; ``name``, ``phone`` and ``email`` are what the visitor says of
    themselves, ``customer`` whose file that fits: nobody has proven it, so nothing of the file is ever told here.

    ``source`` is a mark of the visitor's network address that cannot be turned back.
    """

    token = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, default=ChatState.WAITING)
    outcome = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=10, default="zh-hans")
    page = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=64)
    consent = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ChatQuerySet.as_manager()

    class Meta(Recorded.Meta):
        indexes = [
            models.Index(fields=["last_at", "id"], name="chat_open", condition=~Q(state="ended")),
            models.Index(fields=["owner", "-started_at", "-id"], name="chat_owner"),
            models.Index(fields=["-started_at", "-id"], name="chat_newest"),
            models.Index(fields=["source", "started_at"], name="chat_source"),
            models.Index(fields=["customer", "-started_at"], name="chat_customer", condition=Q(customer__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"chat {self.pk} {self.state}"

    @property
    def live(self) -> bool:
        """Whether it is not over."""
        return self.state != ChatState.ENDED


class ChatLine(Recorded):
    """Something said. A line of the house is a message id with ``params``; ``key`` makes the same line sent again
    harmless."""

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="lines")
    side = models.CharField(max_length=10)
    text = models.TextField()
    params = models.JSONField(default=dict)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=40, null=True)  # noqa: DJ001 - unique, and lines of the house have none

    class Meta(Recorded.Meta):
        indexes = [models.Index(fields=["chat", "id"], name="chat_lines")]
        constraints = [models.UniqueConstraint(fields=["chat", "key"], name="chat_line_once")]

    def __str__(self) -> str:
        return f"{self.chat_id} {self.side}"

    @property
    def words(self) -> str:
        """What was said; a line of the house in the reader's language."""
        return gettext(self.text) % self.params if self.side == HOUSE else self.text


class ChatPresence(models.Model):
    """The last signs of life of a talk; written often, so nothing of it is history."""

    chat = models.OneToOneField(Chat, on_delete=models.CASCADE, primary_key=True, related_name="presence")
    seen_at = models.DateTimeField()
    visitor_typed_at = models.DateTimeField(null=True)
    ours_typed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.chat_id)


class ChatRules(Recorded, Settled):
    """One version of the numbers; the newest one that is in effect holds."""

    version = models.PositiveIntegerField(unique=True)
    data: Any = models.JSONField(default=dict)
    effective_from = models.DateField()

    def __str__(self) -> str:
        return f"v{self.version}"
