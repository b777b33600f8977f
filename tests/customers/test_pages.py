"""Pages and API of the customers room: what they show, to whom, and that they never carry a full phone number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.customers.actions.merge import suspect_pair
from huiyin.customers.actions.record_purchase import Article, record_purchase
from huiyin.customers.models import Customer, Purchase
from huiyin.customers.timeline import timeline
from tests.api.conftest import Caller, caller
from tests.conftest import Company, MovableClock
from tests.customers.conftest import Register

SignIn = Callable[[str], Client]
__all__ = ["caller"]
PHONE = "13812345678"


@pytest.fixture
def bought(company: Company, zhang: Customer, clock: MovableClock) -> list[Purchase]:
    """Forty purchases, two at each moment."""
    made = []
    for number in range(40):
        at = clock.now - timedelta(days=number // 2)
        made.append(
            record_purchase(
                company.call("agent"), zhang.pk, bought_at=at, number=f"N{number:02}",
                articles=[Article("<b>空调</b>", Decimal(1), Decimal(100))],
            )
        )  # fmt: skip
    return made


@pytest.mark.parametrize("address", ["/customers/", "/customers/?q=张伟", "/search/?q=张", "/customers/{}/"])
def test_no_page_carries_a_full_phone_number(
    sign_in: SignIn, register: Register, zhang: Customer, address: str
) -> None:
    register("张三丰", "+8613712345678")
    page = sign_in("agent").get(address.format(zhang.pk)).content.decode()
    assert "138****5678" in page
    assert PHONE not in page
    assert "zw@example.com" not in page


@pytest.mark.parametrize(
    ("who", "status"), [("agent", 200), ("store_manager", 404), ("rnd_head", 404), ("auditor", 200)]
)
def test_a_customer_outside_the_area_is_not_there(sign_in: SignIn, zhang: Customer, who: str, status: int) -> None:
    assert sign_in(who).get(f"/customers/{zhang.pk}/").status_code == status


def test_the_timeline_pages_through_equal_moments_without_loss(
    company: Company, zhang: Customer, bought: list[Purchase]
) -> None:
    seen: list[tuple[str, int]] = []
    after = None
    while True:
        stretch = timeline(company.actor("agent"), zhang.pk, after=after, size=7)
        seen += [(entry.kind, entry.id) for entry in stretch.entries]
        after = stretch.next
        if after is None:
            break
    assert [pk for kind, pk in seen if kind == "purchase"] == sorted(
        (purchase.pk for purchase in bought), key=lambda pk: ((pk - bought[0].pk) // 2, -pk)
    )


def test_the_customer_page_shows_purchases_escaped_and_asks_few_queries(
    sign_in: SignIn, zhang: Customer, bought: list[Purchase]
) -> None:
    client = sign_in("agent")
    client.get(f"/customers/{zhang.pk}/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(f"/customers/{zhang.pk}/").content.decode()
    assert "&lt;b&gt;空调&lt;/b&gt; × 1" in page
    assert "¥ 4,000" in page
    assert len(asked) <= 40
    older = client.get(f"/customers/{zhang.pk}/timeline/", headers={"HX-Request": "true"})
    assert older.status_code == 200


def test_a_merged_file_leads_to_the_one_it_went_into(
    sign_in: SignIn, company: Company, zhang: Customer, register: Register
) -> None:
    other = register("张伟")
    pair = suspect_pair(company.call("agent"), zhang.pk, other.pk)
    client = sign_in("service_manager")
    assert "张伟" in client.get("/customers/duplicates/").content.decode()
    client.post(f"/customers/duplicates/{pair.pk}/merge/", {"keep": zhang.pk})
    answer = client.get(f"/customers/{other.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/customers/{zhang.pk}/")
    client.post(f"/customers/duplicates/{pair.pk}/undo/")
    assert client.get(f"/customers/{other.pk}/").status_code == 200


def test_a_new_file_by_form_and_a_wrong_one_keeps_what_was_typed(sign_in: SignIn) -> None:
    client = sign_in("agent")
    form = {"name": "李娜", "kind": "person", "tier": "vip", "language": "zh-hans", "preferred_time": "afternoon"}
    wrong = client.post("/customers/new/", {**form, "phone": "abc", "once": "a"})
    assert wrong.status_code == 422
    assert "这不是电话号码。" in wrong.content.decode()
    assert "李娜" in wrong.content.decode()
    for _click in range(2):
        answer = client.post("/customers/new/", {**form, "phone": PHONE, "once": "b"})
    made = Customer.objects.get()
    assert answer["Location"] == f"/customers/{made.pk}/"
    assert (made.tier, made.contacts.get().phone) == ("vip", "+8613812345678")


def test_a_purchase_by_form(sign_in: SignIn, zhang: Customer) -> None:
    client = sign_in("agent")
    form = {
        "bought_at": "2026-09-28T08:30", "state": "done", "article-TOTAL_FORMS": "1", "article-INITIAL_FORMS": "0",
        "article-0-description": "空调", "article-0-quantity": "2", "article-0-unit_price": "1999.50",
    }  # fmt: skip
    more = client.post(f"/customers/{zhang.pk}/purchases/new/", {**form, "more": "1"})
    assert "article-1-description" in more.content.decode()
    assert client.post(f"/customers/{zhang.pk}/purchases/new/", {**form, "once": "p"}).status_code == 302
    purchase = Purchase.objects.get()
    assert (purchase.amount, purchase.bought_at.isoformat()) == (Decimal("3999.00"), "2026-09-28T00:30:00+00:00")
    assert "¥ 3,999.00" in client.get(f"/purchases/{purchase.pk}/").content.decode()


def test_the_search_opens_a_single_hit(sign_in: SignIn, zhang: Customer) -> None:
    answer = sign_in("agent").get("/search/?q=5678")
    assert answer["Location"] == f"/customers/{zhang.pk}/"


def test_the_list_pages_by_key(sign_in: SignIn, register: Register) -> None:
    for number in range(55):
        register(f"客户{number:02}")
    client = sign_in("agent")
    first = client.get("/customers/").content.decode()
    assert first.count("<tr data-row") == 50
    assert "客户54" not in first


def test_the_api_opens_finds_changes_and_reveals(caller: Callable[..., Caller]) -> None:
    call = caller("agent")
    sent = {"name": "张伟", "contacts": [{"phone": PHONE}], "external_source": "pos", "external_numbers": ["POS-1"]}
    made = call("POST", "/customers", sent, **{"Idempotency-Key": "k"}).json()
    again = call("POST", "/customers", sent, **{"Idempotency-Key": "k"}).json()
    assert made == again
    assert made["contacts"][0]["phone"] == "138****5678"
    address = f"/customers/{made['id']}"
    assert [row["id"] for row in call("GET", "/customers?q=POS-1").json()["items"]] == [made["id"]]
    assert call("PATCH", address, {"tier": "vip"}).json()["tier"] == "vip"
    assert call("POST", f"{address}/reveal", {"field": "phone", "reason": "回访"}).json() == {"value": "138 1234 5678"}
    assert call("POST", f"{address}/reveal", {"field": "phone"}).status_code == 422
    assert caller("auditor")("POST", f"{address}/reveal", {"field": "phone", "reason": "x"}).status_code == 403
    assert caller("store_manager")("GET", address).status_code == 404
    assert call("POST", "/customers", sent).status_code == 422


def test_the_api_records_and_lists_purchases(caller: Callable[..., Caller], zhang: Customer) -> None:
    call = caller("agent")
    address = f"/customers/{zhang.pk}/purchases"
    sent = {
        "bought_at": "2026-09-28T08:30:00+08:00",
        "number": "N1",
        "articles": [{"description": "空调", "unit_price": 99}],
    }
    made = call("POST", address, sent)
    assert (made.status_code, made.json()["amount"], len(made.json()["lines"])) == (201, "99.00", 1)
    assert call("POST", address, sent).status_code == 409
    assert [row["number"] for row in call("GET", address).json()["items"]] == ["N1"]
    assert call("GET", f"/customers/purchases/{made.json()['id']}").json()["number"] == "N1"
    happened = call("GET", f"/customers/{zhang.pk}/timeline").json()["items"]
    assert [entry["kind"] for entry in happened] == ["act", "purchase"]
    assert call("POST", address, {**sent, "number": "N2", "articles": []}).status_code == 422
    assert call("POST", address, {**sent, "number": "N2", "bought_at": "2027-01-01T00:00:00Z"}).status_code == 422
