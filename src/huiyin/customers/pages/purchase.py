"""A purchase with its lines, and the form for a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.customers.actions.record_purchase import Article, record_purchase
from huiyin.customers.forms import ArticleSet, PurchaseForm
from huiyin.customers.models import Customer, Purchase, PurchaseLine
from huiyin.customers.money import money
from huiyin.customers.queries.file import customer_seen_by
from huiyin.customers.queries.purchases import purchase_seen_by
from huiyin.foundation import clock
from huiyin.foundation.api import outcome
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show


@dataclass(frozen=True)
class PurchasePage:
    """A purchase and its lines."""

    purchase: Purchase
    amount: str
    lines: list[tuple[PurchaseLine, str]]


@page("purchases/<int:purchase_id>/", name="purchase", needs="customers.see")
def purchase_page(request: Request, purchase_id: int) -> HttpResponse:
    """One purchase."""
    purchase = purchase_seen_by(request.actor, purchase_id)
    lines = purchase.lines.select_related("product").order_by("line_no")
    shown = [(line, money(line.quantity * line.unit_price + line.shipping, purchase.currency)) for line in lines]
    context = PurchasePage(purchase, money(purchase.amount, purchase.currency), shown)
    return show(request, "customers/purchase.html", context)


@dataclass(frozen=True)
class NewPurchasePage:
    """The form for a purchase and one for each article."""

    customer: Customer
    form: PurchaseForm
    articles: Any


@page("customers/<int:customer_id>/purchases/new/", name="purchase-new", needs="customers.record_purchase")
def new_purchase_page(request: Request, customer_id: int) -> HttpResponse:
    """Records a purchase; without JavaScript "one more article" asks the server for another line."""
    customer = customer_seen_by(request.actor, customer_id)
    more = "more" in request.POST
    form, articles = _forms(request, customer, more=more)
    if request.method == "POST" and not more and form.is_valid() and articles.is_valid():
        with refusals(form):
            outcome(record_purchase, call_of(request), customer_id, **_given(form, articles))
            messages.success(request, _("The purchase is recorded."))
            return go("customer", customer_id)
    wrong = not more and bool(form.errors or any(articles.errors))
    return show(
        request,
        "customers/purchase_form.html",
        NewPurchasePage(customer, form, articles),
        status=422 if wrong else 200,
    )


def _forms(request: Request, customer: Customer, *, more: bool) -> tuple[PurchaseForm, Any]:
    if request.method != "POST":
        start = {"bought_at": timezone.localtime(clock.now()), "store": customer.home_store_id}
        return PurchaseForm(initial=start), ArticleSet(prefix="article")
    data = request.POST.copy()
    if more:
        data["article-TOTAL_FORMS"] = str(min(int(str(data.get("article-TOTAL_FORMS") or 0)) + 1, 30))
        place = int(str(data["article-TOTAL_FORMS"])) - 1
        data.setdefault(f"article-{place}-quantity", "1")
    return PurchaseForm(data), ArticleSet(data, prefix="article")


def _given(form: PurchaseForm, articles: Any) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "bought_at": data["bought_at"],
        "number": data["number"],
        "store_id": data["store"].pk if data["store"] else None,
        "state": data["state"],
        "is_return": data["is_return"],
        "articles": [_article(each.cleaned_data) for each in articles if each.cleaned_data],
    }


def _article(data: dict[str, Any]) -> Article:
    found = data["found"]
    return Article(
        description=data["description"] or (found.name if found else data["product"]),
        quantity=data["quantity"],
        unit_price=data["unit_price"],
        article_code=data["product"],
        product_id=found.pk if found else None,
        serial=data["serial"],
    )
