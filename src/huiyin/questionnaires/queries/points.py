"""Places with a QR code."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.urls import reverse

from huiyin.customers.public import Product
from huiyin.kernel.refusal import NotFound
from huiyin.questionnaires.models import Asking, Questionnaire, QuestionnaireState, Scan, ScanPoint
from huiyin.questionnaires.rules.words import AskingState

MOST = 500


def all_points() -> list[ScanPoint]:
    """Every place with how often its code was scanned (``begun``), answered (``given``) and when last (``last``)."""
    scans = Scan.objects.filter(point=OuterRef(OuterRef("pk"))).order_by().values("pk")
    done = Asking.objects.filter(subject=Scan._meta.label_lower, state=AskingState.COMPLETE, subject_id__in=scans)
    given = done.order_by().values("subject").annotate(n=Count("pk")).values("n")
    rows: QuerySet[ScanPoint] = ScanPoint.objects.select_related("store", "product")
    rows = rows.annotate(begun=Count("scans"), last=Max("scans__at"), given=Subquery(given))
    return list(rows.order_by("-is_active", "name")[:MOST])


def point_by_id(point_id: int) -> ScanPoint:
    """One place.

    Raises:
        NotFound: there is none.
    """
    point = ScanPoint.objects.select_related("store", "product").filter(pk=point_id).first()
    if point is None:
        raise NotFound
    return point


def open_point(point_id: int, proof: str) -> ScanPoint | None:
    """The place behind a printed code, if it still counts."""
    point = ScanPoint.objects.filter(pk=point_id, is_active=True).first()
    return point if point is not None and point.proof == proof else None


def address_of_point(point: ScanPoint) -> str:
    """What the printed code says."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('scan', args=[point.pk, point.proof])}"


def product_called(model: str) -> Product | None:
    """The product of a model, the one in sale first."""
    return Product.objects.filter(model__iexact=model).order_by("-is_active", "-pk").first()


def titles() -> dict[str, str]:
    """The questionnaires that are asked, by code, in the reader's language."""
    rows = Questionnaire.objects.filter(state=QuestionnaireState.PUBLISHED).order_by("code", "version")
    return {row.code: row.title for row in rows}
