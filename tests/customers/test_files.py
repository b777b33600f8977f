"""Customer files: numbers, who sees whom, masking and reveals, changes, merges and their way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from huiyin.customers.actions.change_contacts import add_contact, remove_contact
from huiyin.customers.actions.change_customer import change_customer
from huiyin.customers.actions.merge import keep_apart, merge_customers, suspect_pair, undo_merge
from huiyin.customers.actions.record_purchase import Article, record_purchase
from huiyin.customers.intake.newcomers import take_numbers
from huiyin.customers.models import Contact, Customer, InstalledProduct, MergeSuspect, Product, Purchase
from huiyin.customers.public import ContactDraft, recognise, register_customer, reveal
from huiyin.customers.queries.file import contacts_of
from huiyin.customers.queries.search import search_customers
from huiyin.foundation.actions import Act
from huiyin.foundation.models import ActEntry, Once, RowChange
from huiyin.kernel.actor import NOBODY, SYSTEM
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound, Repeated
from tests.conftest import SHANGHAI, Company, MovableClock
from tests.customers.conftest import Register


def test_numbers_run_within_a_month_of_the_companys_zone(register: Register, clock: MovableClock) -> None:
    assert [register(f"客户{n}").number for n in range(2)] == ["CS202609001", "CS202609002"]
    clock.set("2026-10-01 00:30")
    assert register("十月").number == "CS202610001"


def test_a_number_that_was_imported_is_passed_over(register: Register, company: Company) -> None:
    first = register()
    Customer.objects.filter(pk=first.pk).update(number="CS202609002")
    act = Act(company.call("director"), "test")
    assert take_numbers(act, 2) == ["CS202609003", "CS202609004"]


def test_a_doubled_request_opens_one_file(company: Company) -> None:
    call = company.call("agent", once="k1")
    register_customer(call, values={"name": "张伟"})
    with pytest.raises(Repeated):
        register_customer(call, values={"name": "张伟"})
    assert Customer.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "张伟", "do_not_contact": True}, "do_not_contact_reason"),
        ({"name": "张伟", "tier": "gold"}, "tier"),
        ({"name": "张伟", "preferred_weekdays": [0, 8]}, "preferred_weekdays"),
        ({"name": "张伟", "home_store_id": 999_999}, "home_store_id"),
    ],
)
def test_impossible_values_are_refused_by_name(company: Company, values: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        register_customer(company.call("director"), values=values)
    assert set(refusal.value.fields) == {field}
    assert not Customer.objects.exists()


SEES = [
    ("director", True, True, True),
    ("service_manager", True, True, True),
    ("agent", True, True, True),
    ("engineer", True, True, True),
    ("quality", True, True, True),
    ("administrator", True, True, True),
    ("auditor", True, True, True),
    ("store_manager", True, False, True),
    ("rnd_head", False, False, False),
]


@pytest.mark.parametrize(("who", "own_store", "other_store", "bought_here"), SEES)
def test_who_sees_which_customer(
    company: Company, register: Register, who: str, own_store: bool, other_store: bool, bought_here: bool
) -> None:
    stores = company.stores
    own = register("本店", home_store_id=stores["S01"].pk)
    other = register("别店", home_store_id=stores["S02"].pk)
    buyer = register("别店来买", home_store_id=stores["S02"].pk)
    bought = record_purchase(
        company.call("director"), buyer.pk, bought_at=company.call("director").now, articles=[Article("空调")],
        store_id=stores["S01"].pk,
    )  # fmt: skip
    actor = company.actor(who)
    seen = set(Customer.objects.visible_to(actor).values_list("pk", flat=True))
    assert {own.pk: own.pk in seen, other.pk: other.pk in seen, buyer.pk: buyer.pk in seen} == {
        own.pk: own_store,
        other.pk: other_store,
        buyer.pk: bought_here,
    }
    assert set(Customer.objects.listed_to(actor).values_list("pk", flat=True)) == seen
    assert Purchase.objects.visible_to(actor).filter(pk=bought.pk).exists() is bought_here
    assert set(search_customers(actor, "店")) <= seen


def test_strangers_see_nobody_and_the_system_everybody(register: Register) -> None:
    register()
    assert not Customer.objects.visible_to(NOBODY).exists()
    assert Customer.objects.visible_to(SYSTEM).count() == 1


def test_files_opened_in_a_store_belong_to_it(company: Company) -> None:
    made = register_customer(company.call("store_manager"), values={"name": "张伟"})
    assert made.home_store_id == company.stores["S01"].pk


def test_values_are_masked_and_a_reveal_is_on_record(company: Company, zhang: Customer) -> None:
    shown = contacts_of(zhang.pk)[0]
    assert (shown.phone, shown.email, shown.wechat) == ("138****5678", "z***@example.com", "w***")
    call = company.call("agent")
    assert reveal(call, zhang.pk, field="phone", reason="回访") == "138 1234 5678"
    assert reveal(call, zhang.pk, field="address", reason="寄件") == "浙江省杭州市文三路508号"
    entries = ActEntry.objects.filter(verb="customers.reveal").order_by("id")
    assert [(e.actor_id, e.customer_id, e.reason, e.data["field"]) for e in entries] == [
        (call.actor.id, zhang.pk, "回访", "phone"),
        (call.actor.id, zhang.pk, "寄件", "address"),
    ]
    assert "13812345678" not in str(list(entries.values()))


def test_a_reveal_needs_a_reason_the_right_and_the_area(company: Company, register: Register) -> None:
    other = register("别店", "+8613812345678", home_store_id=company.stores["S02"].pk)
    with pytest.raises(Invalid):
        reveal(company.call("agent"), other.pk, field="phone", reason="  ")
    with pytest.raises(Forbidden):
        reveal(company.call("auditor"), other.pk, field="phone", reason="x")
    with pytest.raises(NotFound):
        reveal(company.call("store_manager"), other.pk, field="phone", reason="x")
    assert not ActEntry.objects.filter(verb="customers.reveal").exists()


def test_a_change_leaves_history_and_no_change_leaves_none(company: Company, zhang: Customer) -> None:
    before = RowChange.objects.filter(shape__subject="customers_customer").count()
    change_customer(company.call("agent"), zhang.pk, values={"tier": "regular"})
    assert RowChange.objects.filter(shape__subject="customers_customer").count() == before
    change_customer(company.call("agent"), zhang.pk, values={"tier": "vip", "name": "章伟"})
    zhang.refresh_from_db()
    assert (zhang.tier, zhang.sort_key) == ("vip", "zhang wei")
    entry = ActEntry.objects.get(verb="customers.change")
    assert entry.data["fields"] == ["name", "tier"]
    change = RowChange.objects.filter(shape__subject="customers_customer").latest("id")
    assert (change.verb, change.values["tier"]) == ("customers.change", "vip")


def test_a_second_file_with_the_same_phone_waits_in_the_queue(zhang: Customer, register: Register) -> None:
    other = register("张太太", "+8613812345678")
    suspect = MergeSuspect.objects.get()
    assert (suspect.first_id, suspect.second_id, suspect.reason) == (zhang.pk, other.pk, "phone")


def test_contacts_come_and_go_with_history(company: Company, zhang: Customer) -> None:
    call = company.call("agent")
    add_contact(call, zhang.pk, contact=ContactDraft(phone="+8613912345678"))
    first, second = Contact.objects.filter(customer=zhang).order_by("id")
    assert (first.is_primary, second.is_primary, second.phone_tail) == (True, False, "5678")
    remove_contact(call, first.pk)
    second.refresh_from_db()
    assert second.is_primary
    with pytest.raises(Invalid):
        add_contact(call, zhang.pk, contact=ContactDraft(name="nobody"))


@pytest.fixture
def pair(company: Company, zhang: Customer, register: Register) -> MergeSuspect:
    """Two files of one customer, each with a purchase."""
    other = register("张伟", "+8613912345678")
    for customer in (zhang, other):
        record_purchase(
            company.call("agent"), customer.pk, bought_at=company.call("agent").now, articles=[Article("空调")]
        )
    return suspect_pair(company.call("agent"), other.pk, zhang.pk)


def test_a_merge_moves_everything_and_can_be_undone(company: Company, pair: MergeSuspect) -> None:
    call = company.call("service_manager")
    kept, gone = pair.first, pair.second
    merge_customers(call, pair.pk, keep_id=kept.pk)
    assert Purchase.objects.filter(customer=kept).count() == 2
    assert Contact.objects.filter(customer=kept).count() == 2
    assert list(Customer.objects.visible_to(call.actor)) == [kept]
    undo_merge(call, pair.pk)
    assert Purchase.objects.filter(customer=kept).count() == Purchase.objects.filter(customer=gone).count() == 1
    assert Contact.objects.filter(customer=gone).count() == 1
    assert Customer.objects.visible_to(call.actor).count() == 2
    pair.refresh_from_db()
    assert (pair.state, pair.moved) == ("open", {})


def test_a_pair_is_decided_once(company: Company, pair: MergeSuspect) -> None:
    call = company.call("service_manager")
    with pytest.raises(Forbidden):
        merge_customers(company.call("agent"), pair.pk, keep_id=pair.first_id)
    with pytest.raises(Invalid):
        merge_customers(call, pair.pk, keep_id=0)
    keep_apart(call, pair.pk)
    with pytest.raises(Conflict):
        merge_customers(call, pair.pk, keep_id=pair.first_id)
    assert suspect_pair(company.call("agent"), pair.first_id, pair.second_id).state == "distinct"


def test_a_purchase_has_lines_a_device_and_a_warranty(company: Company, zhang: Customer) -> None:
    product = Product.objects.create(model="K1", name="空调", warranty_months=36)
    call = company.call("agent", once="p1")
    made = record_purchase(
        call, zhang.pk, bought_at=call.now,
        articles=[Article("空调", Decimal(2), Decimal("1999.995"), "K1", product.pk, "SN1"), Article("安装费")],
    )  # fmt: skip
    assert made.amount == Decimal("3999.99")
    assert made.number.startswith("HY20260928-")
    device = InstalledProduct.objects.get()
    assert (device.serial, str(device.bought_on), str(device.warranty_until)) == ("SN1", "2026-09-28", "2029-09-27")
    with pytest.raises(Repeated):
        record_purchase(call, zhang.pk, bought_at=call.now, articles=[Article("空调")])
    assert Purchase.objects.count() == 1


def test_a_return_counts_negative_and_installs_nothing(company: Company, zhang: Customer) -> None:
    call = company.call("agent")
    made = record_purchase(
        call, zhang.pk, bought_at=call.now, articles=[Article("空调", Decimal(1), Decimal(100))], is_return=True
    )
    assert (made.amount, made.lines.get().quantity, InstalledProduct.objects.count()) == (Decimal(-100), Decimal(-1), 0)


def test_a_purchase_of_another_millennium_is_refused(company: Company, zhang: Customer) -> None:
    with pytest.raises(Invalid) as refused:
        record_purchase(company.call("agent"), zhang.pk, bought_at=datetime.min.replace(tzinfo=SHANGHAI), articles=[])
    assert str(refused.value.fields["bought_at"]) == "The year must lie between 1900 and 2200."


def test_impossible_purchases_are_refused(company: Company, zhang: Customer) -> None:
    call = company.call("agent")
    record_purchase(call, zhang.pk, bought_at=call.now, articles=[Article("空调")], number="N1")
    with pytest.raises(Conflict):
        record_purchase(call, zhang.pk, bought_at=call.now, articles=[Article("空调")], number="N1")
    with pytest.raises(Invalid) as refusal:
        record_purchase(call, zhang.pk, bought_at=call.now + timedelta(days=1), articles=[])
    assert set(refusal.value.fields) == {"bought_at", "articles"}
    with pytest.raises(Invalid):
        record_purchase(call, zhang.pk, bought_at=call.now, articles=[Article("x", Decimal(-1))])


@pytest.mark.parametrize(
    "text", ["张", "张伟", "zhang w", "CS202609", "5678", "138123", "1234567", "zw@exam", "SN-77", "N-2026"]
)
def test_a_caller_is_found_by_whatever_he_can_name(company: Company, zhang: Customer, text: str) -> None:
    product = Product.objects.create(model="K1", name="空调")
    call = company.call("agent")
    record_purchase(
        call, zhang.pk, bought_at=call.now, articles=[Article("空调", product_id=product.pk, serial="SN-7788")],
        number="N-20260928",
    )  # fmt: skip
    assert search_customers(call.actor, text) == [zhang.pk]


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "李", "9999", "\\", "'; drop table", "\x00", "a" * 500])
def test_strange_searches_find_nobody(company: Company, zhang: Customer, text: str) -> None:
    assert search_customers(company.actor("agent"), text) == []


def test_one_person_is_recognised_over_channels(zhang: Customer, register: Register) -> None:
    assert recognise(phone="138 1234 5678") == zhang
    assert recognise(email="ZW@example.com") == zhang
    assert recognise(phone="13900000000") is None
    register("张太太", "+8613812345678")
    assert recognise(phone="13812345678") is None
    assert recognise(phone="13812345678", name="张伟") == zhang


def test_a_revealed_value_is_never_kept_for_repeats(
    company: Company, zhang: Customer, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("agent")
    contact = Contact.objects.get(customer=zhang)
    answer = client.post(  # type: ignore[attr-defined]
        f"/customers/{zhang.pk}/reveal/phone/{contact.pk}/",
        {"why": "call", "once": "x"},
        headers={"HX-Request": "true"},
    )
    assert "138 1234 5678" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert not Once.objects.exists()


def test_numbers_taken_twice_never_overlap(company: Company) -> None:
    act = Act(Call(SYSTEM, company.call("agent").now), "test")
    assert set(take_numbers(act, 3)).isdisjoint(take_numbers(act, 3))
