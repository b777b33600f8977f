"""What somebody needs a part for."""

from __future__ import annotations

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, Q

from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor
from huiyin.organisation.public import Staff
from huiyin.spare_parts.models.catalogue import Part, Place
from huiyin.spare_parts.models.sight import in_sight
from huiyin.spare_parts.rules.needs import NEED_LABELS, NEED_TONES, NeedState, state_of

_OPEN = Q(missing__gt=0) | Q(reserved__gt=0) | Q(issued__gt=0)


def visible_needs(actor: Actor, need: str = "") -> Q:
    """Whether the actor sees a need; ``need`` is the way to it, as ``"need__"``."""
    return Q(**{f"{need}place__in": Place.objects.kept_by(actor)}) | in_sight(actor, need)


def told(condition: Q) -> ExpressionWrapper[Q]:
    """A condition as a column that says yes or no."""
    return ExpressionWrapper(condition, output_field=BooleanField())


class NeedQuerySet(models.QuerySet["Need"]):
    """Needs, by who may see them and by what is open about them."""

    def visible_to(self, actor: Actor) -> NeedQuerySet:
        """What the actor may see and handle: at the places one keeps, and for what is in one's sight (ORG-3)."""
        return self.filter(visible_needs(actor))

    def told_to(self, actor: Actor) -> NeedQuerySet:
        """The same; ``opens`` on each row says whether the actor may know more of what it is for than its number."""
        beside = {"opens": told(in_sight(actor, opens=True))}
        return self.visible_to(actor).annotate(**beside)

    def open(self) -> NeedQuerySet:
        """Those of which something is missing, reserved or issued."""
        return self.filter(_OPEN)

    def about(self, label: str, pk: int) -> NeedQuerySet:
        """What one subject needs."""
        return self.filter(subject=label, subject_id=pk)


class Need(Recorded):
    """So much of a part for one subject, out of one place; every piece of ``wanted`` stands in exactly one column.

    ``page`` and ``title`` say where the subject is shown and what it is called; ``number`` is all that a keeper reads
    of a subject outside the own area. Moments are UTC.
    """

    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    page = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=40, blank=True, default="", db_default="")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="needs")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="needs")
    wanted = models.DecimalField(max_digits=12, decimal_places=3)
    missing = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    reserved = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    issued = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    used = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    wasted = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    returned = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    released = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    opens: bool
    """With ``told_to``: whether the viewer may know more of the subject than its number."""

    objects = NeedQuerySet.as_manager()

    class Meta(Recorded.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    wanted=F("missing")
                    + F("reserved")
                    + F("issued")
                    + F("used")
                    + F("wasted")
                    + F("returned")
                    + F("released")
                ),
                name="need_loses_nothing",
            ),
            models.CheckConstraint(
                condition=Q(
                    wanted__gt=0,
                    missing__gte=0,
                    reserved__gte=0,
                    issued__gte=0,
                    used__gte=0,
                    wasted__gte=0,
                    returned__gte=0,
                    released__gte=0,
                ),
                name="need_not_below_zero",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "part", "id"], name="need_waiting", condition=Q(missing__gt=0)),
            models.Index(fields=["subject", "subject_id"], name="need_subject"),
            models.Index(fields=["-id"], name="need_open", condition=_OPEN),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> NeedState:
        """How far it is."""
        return state_of(self.missing, self.reserved, self.issued)

    @property
    def state_label(self) -> str:
        """The state as a message id."""
        return NEED_LABELS[self.state]

    @property
    def tone(self) -> str:
        """The state's colour."""
        return NEED_TONES[self.state]

    @property
    def is_open(self) -> bool:
        """Whether something is missing, reserved or issued."""
        return self.state != NeedState.DONE

    @property
    def named(self) -> str:
        """What may be told of the subject to those who only keep parts."""
        return self.number or self.title

    @property
    def about(self) -> tuple[str, int]:
        """The subject."""
        return (self.subject, self.subject_id)
