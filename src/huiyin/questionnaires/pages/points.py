"""Places with a QR code: the list, a new one, taking it out of use, and the sheet to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiyin.customers.public import Product
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.organisation.public import store_choices
from huiyin.questionnaires.actions.save_point import renew_point, save_point, switch_point
from huiyin.questionnaires.models import Questionnaire, ScanPoint
from huiyin.questionnaires.qr import qr_svg
from huiyin.questionnaires.queries.points import address_of_point, all_points, point_by_id, product_called, titles
from huiyin.questionnaires.queries.questionnaires import newest


class PointForm(forms.Form):
    """A new place: what is asked there, and whose work is judged."""

    name = forms.CharField(label=_("Name of the place"), max_length=60, help_text=_("Customers see it."))
    questionnaire = forms.ChoiceField(label=_("Questionnaire"))
    store = forms.ChoiceField(label=_("Store"), required=False)
    product = forms.CharField(label=_("Product (model)"), max_length=80, required=False)

    def of(self) -> PointForm:
        """Offers the questionnaires and stores there are."""
        none = [("", "—")]
        for name, choices in (("questionnaire", list(titles().items())), ("store", [*none, *store_choices()])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        return self

    def clean_product(self) -> int | None:
        """The product of this model."""
        model = self.cleaned_data["product"].strip()
        product: Product | None = product_called(model) if model else None
        if model and product is None:
            raise forms.ValidationError(_("There is no such product."))
        return product.pk if product else None

    def clean_store(self) -> int | None:
        """The store's key."""
        return int(self.cleaned_data["store"]) if self.cleaned_data["store"] else None


@dataclass(frozen=True)
class PointRow:
    """One place and the title of what is asked there."""

    point: ScanPoint
    title: str


@dataclass(frozen=True)
class PointsPage:
    """All places."""

    rows: list[PointRow]


@dataclass(frozen=True)
class SheetPage:
    """The sheet that hangs at a place."""

    point: ScanPoint
    form: Questionnaire
    address: str
    code: SafeString
    how: tuple[tuple[str, str], ...]


@page("questionnaires/places/", name="scan-points", needs="questionnaires.change")
def scan_points(request: Request) -> HttpResponse:
    """Where codes hang and what came of them; a POST adds a place."""
    form = PointForm(request.POST or None).of()
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            point = save_point(call_of(request), **form.cleaned_data)
        if not form.errors:
            return go("scan-sheet", point.pk)
    known = titles()
    rows = [PointRow(point, known.get(point.questionnaire, point.questionnaire)) for point in all_points()]
    return show(request, "questionnaires/points.html", PointsPage(rows), form=form, status=422 if form.errors else 200)


@page("questionnaires/places/<int:point_id>/", name="scan-sheet", needs="questionnaires.change")
def scan_sheet(request: Request, point_id: int) -> HttpResponse:
    """The sheet with the code, to print and hang up."""
    point = point_by_id(point_id)
    address = address_of_point(point)
    context = SheetPage(point, newest(point.questionnaire), address, qr_svg(address, None), tuple(_how()))
    return show(request, "questionnaires/point_sheet.html", context)


def _how() -> Iterator[tuple[str, str]]:
    """What to do, in every language at once: nobody knows yet who will read it."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield language, gettext("Scan and answer in a minute")


@page("questionnaires/places/<int:point_id>/change/", name="scan-point-change", needs="questionnaires.change")
@require_POST
def scan_point_change(request: Request, point_id: int) -> HttpResponse:
    """Takes a place out of use or back, or gives it a new code."""
    verb = request.POST.get("verb")
    if verb == "renew":
        renew_point(call_of(request), point_id)
        return go("scan-sheet", point_id)
    switch_point(call_of(request), point_id, active=verb == "on")
    return go("scan-points")
