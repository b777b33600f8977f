"""Codes, the device behind one, sources and their reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse

from huiyin.customers.public import InstalledProduct, Product
from huiyin.devices.models import DeviceEvent, DeviceLabel, DeviceSource
from huiyin.kernel.refusal import NotFound

MOST_ON_SHEETS = 300


@dataclass(frozen=True)
class Warranty:
    """Until when, and whether that is over; ``until`` None: nothing is known."""

    until: date | None
    over: bool


def labels(text: str = "") -> QuerySet[DeviceLabel]:
    """Codes, newest first; perhaps those of a serial number."""
    rows = DeviceLabel.objects.select_related("product", "store", "installed")
    return rows.filter(serial__istartswith=text.strip()) if text.strip() else rows


def label_by_id(label_id: int) -> DeviceLabel:
    """One code.

    Raises:
        NotFound: there is none.
    """
    found = labels().filter(pk=label_id).first()
    if found is None:
        raise NotFound
    return found


def open_label(label_id: int, proof: str) -> DeviceLabel | None:
    """The code that somebody scanned, if it still counts."""
    found = labels().filter(pk=label_id, is_active=True).first()
    return found if found is not None and found.proof == proof else None


def labels_numbered(ids: list[int]) -> list[DeviceLabel]:
    """Codes for a sheet, in order, at most 300."""
    return list(labels().filter(pk__in=ids[:MOST_ON_SHEETS], is_active=True).order_by("pk"))


def address_of(label: DeviceLabel) -> str:
    """What the printed code says."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('device', args=[label.pk, label.proof])}"


def warranty_of(label: DeviceLabel, today: date) -> Warranty:
    """The device's warranty."""
    until = label.installed.warranty_until if label.installed else None
    return Warranty(until, until is not None and until < today)


def installed_with(serial: str) -> InstalledProduct | None:
    """The one device of a serial number; None when there is none, or several products have it."""
    found = InstalledProduct.objects.filter(serial=serial).select_related("product", "store", "customer")[:2]
    return found[0] if len(found) == 1 else None


def product_called(model: str) -> Product | None:
    """The product of a model, the one in sale first."""
    return Product.objects.filter(model__iexact=model.strip()).order_by("-is_active", "-pk").first() if model else None


def sources() -> QuerySet[DeviceSource]:
    """Who pushes, with the number of reports."""
    return DeviceSource.objects.annotate(reports=Count("events"))


def source_by_id(source_id: int) -> DeviceSource:
    """One source.

    Raises:
        NotFound: there is none.
    """
    found = DeviceSource.objects.filter(pk=source_id).first()
    if found is None:
        raise NotFound
    return found


def pushing_source(source_id: int) -> DeviceSource:
    """The source that pushes to its address.

    Raises:
        NotFound: it is not in use.
    """
    found = source_by_id(source_id)
    if not found.is_active:
        raise NotFound
    return found


def reports_of(source: DeviceSource) -> QuerySet[DeviceEvent]:
    """What it reported."""
    return DeviceEvent.objects.filter(source=source).select_related("case")
