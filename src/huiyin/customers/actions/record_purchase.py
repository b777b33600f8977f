"""Records one purchase by hand or by a program."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from huiyin.customers.events import PurchaseRecorded
from huiyin.customers.models import Customer, InstalledProduct, Product, Purchase, PurchaseLine, PurchaseState
from huiyin.customers.rules.warranty import warranty_end
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.years import why_far
from huiyin.organisation.public import Store

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Article:
    """One line of a purchase; with a serial number it becomes an installed device under warranty."""

    description: str
    quantity: Decimal = Decimal(1)
    unit_price: Decimal = Decimal(0)
    article_code: str = ""
    product_id: int | None = None
    serial: str = ""

    @property
    def amount(self) -> Decimal:
        """Price times quantity, to the cent."""
        return (self.quantity * self.unit_price).quantize(CENT, ROUND_HALF_UP)


@dataclass
class _Problems:
    fields: dict[str, Message] = field(default_factory=dict)

    def note(self, name: str, why: str) -> None:
        self.fields[name] = message(why)


@action("customers.record_purchase", needs="customers.record_purchase")
def record_purchase(
    act: Act,
    customer_id: int,
    *,
    bought_at: datetime,
    articles: Sequence[Article],
    number: str = "",
    source: str = "huiyin",
    store_id: int | None = None,
    salesperson_id: int | None = None,
    currency: str = "CNY",
    is_return: bool = False,
    state: str = PurchaseState.DONE,
) -> Purchase:
    """Keeps a purchase with its lines and devices and tells the rooms above (CUS-2); a return counts negative.

    Raises:
        Invalid: no article, a moment in the future, an unknown store or product.
        Conflict: the number or a serial number exists already.
    """
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    _check(act, bought_at, articles, store_id)
    number = number.strip() or f"HY{act.now:%Y%m%d}-{uuid.uuid4().hex[:8].upper()}"
    if Purchase.objects.filter(source=source, number=number).exists():
        raise Conflict(message(_("There is a purchase with the number %(number)s already."), number=number))
    sign = -1 if is_return else 1
    purchase = Purchase.objects.create(
        customer=customer,
        source=source,
        number=number,
        store_id=store_id,
        salesperson_id=salesperson_id,
        bought_at=bought_at,
        amount=sign * abs(sum((article.amount for article in articles), Decimal(0))),
        currency=currency,
        is_return=is_return,
        state=state,
        recorded_at=act.now,
    )
    PurchaseLine.objects.bulk_create(_line(purchase, place, each, sign) for place, each in enumerate(articles, start=1))
    _install(purchase, articles)
    if customer.home_store_id is None and store_id:
        customer.home_store_id = store_id
        customer.save(update_fields=["home_store"])
    act.record(purchase, customer_id=customer.pk, number=number, amount=str(purchase.amount))
    act.emit(PurchaseRecorded(purchase_id=purchase.pk))
    return purchase


def _check(act: Act, bought_at: datetime, articles: Sequence[Article], store_id: int | None) -> None:
    problems = _Problems()
    if why := why_far(bought_at):
        problems.fields["bought_at"] = why
    elif bought_at > act.now + timedelta(minutes=5):
        problems.note("bought_at", _("This moment lies in the future."))
    if not articles:
        problems.note("articles", _("A purchase needs at least one article."))
    if any(article.quantity <= 0 or article.unit_price < 0 for article in articles):
        problems.note("articles", _("Quantities must be positive and prices not negative."))
    known = set(
        Product.objects.filter(pk__in=[a.product_id for a in articles if a.product_id]).values_list("pk", flat=True)
    )
    if any(article.product_id and article.product_id not in known for article in articles):
        problems.note("articles", _("There is no such product."))
    if store_id and not Store.objects.filter(pk=store_id).exists():
        problems.note("store_id", _("There is no such store."))
    if problems.fields:
        raise Invalid(message(_("The purchase was not kept.")), problems.fields)


def _line(purchase: Purchase, place: int, article: Article, sign: int) -> PurchaseLine:
    return PurchaseLine(
        purchase=purchase,
        line_no=place,
        article_code=article.article_code,
        description=article.description,
        quantity=sign * article.quantity,
        unit_price=article.unit_price,
        product_id=article.product_id,
    )


def _install(purchase: Purchase, articles: Sequence[Article]) -> None:
    """Devices with a serial number stand at the customer from the day of purchase."""
    day = timezone.localdate(purchase.bought_at)
    for article in articles:
        if purchase.is_return or not (article.serial and article.product_id and purchase.customer_id):
            continue
        product = Product.objects.get(pk=article.product_id)
        _install_one(purchase, product, article.serial.strip(), day)


def _install_one(purchase: Purchase, product: Product, serial: str, day: date) -> None:
    if InstalledProduct.objects.filter(product=product, serial=serial).exists():
        raise Conflict(message(_("The serial number %(serial)s is registered already."), serial=serial))
    InstalledProduct.objects.create(
        customer_id=purchase.customer_id or 0,
        product=product,
        purchase=purchase,
        store_id=purchase.store_id,
        serial=serial,
        bought_on=day,
        warranty_until=warranty_end(day, product.warranty_months),
    )
