"""Customers scan a code and answer without a visit; store and product are frozen from the code (QST-5, CHN-3)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.customers.public import ContactDraft, Product, register_customer
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.questionnaires.actions.check_answers import check_answers
from huiyin.questionnaires.actions.save_point import renew_point, save_point, switch_point
from huiyin.questionnaires.models import Asking, Scan, ScanPoint
from huiyin.questionnaires.queries.points import address_of_point
from tests.conftest import Company, MovableClock

GOOD = {"overall": "5", "recommend": "9"}


@pytest.fixture
def point(shipped: Company) -> ScanPoint:
    """A code at the counter of the large store, about a product."""
    product = Product.objects.create(model="K-200", name="空调 K-200")
    return save_point(
        shipped.call("service_manager"),
        name="人民路店 收银台",
        questionnaire="quick",
        store=shipped.stores["S01"].pk,
        product=product.pk,
    )


def path_of(point: ScanPoint) -> str:
    return "/" + address_of_point(point).split("/", 3)[3]


def scanned(point: ScanPoint, browser: Client, **given: str) -> str:
    """Scans and begins; the address of the questionnaire."""
    assert browser.get(path_of(point)).status_code == 200
    begun = browser.post(path_of(point), given)
    assert begun.status_code == 302
    return str(begun["Location"])


def test_a_scan_asks_the_questionnaire_of_the_place_and_freezes_whose_work_it_judges(
    shipped: Company, point: ScanPoint
) -> None:
    browser = Client()
    assert browser.get(path_of(point)).status_code == 200
    assert not Asking.objects.exists()
    address = scanned(point, browser)
    ScanPoint.objects.update(store=shipped.stores["S02"], name="搬走了")
    assert browser.post(address, GOOD).status_code == 302
    asking = Asking.objects.get()
    assert (asking.state, asking.way, asking.store_id, asking.product_id) == (
        "complete",
        "self",
        shipped.stores["S01"].pk,
        point.product_id,
    )
    assert asking.department_id == shipped.departments["service"].pk
    assert asking.attribution["place"] == "人民路店 收银台"
    assert asking.customer_id is None


def test_a_known_number_recognises_the_customer_and_another_one_changes_nothing(
    shipped: Company, point: ScanPoint
) -> None:
    contacts = [ContactDraft(name="李雷", phone="+8613812345678")]
    customer = register_customer(shipped.call("director"), values={"name": "李雷"}, contacts=contacts)
    scanned(point, Client(), phone="138 1234 5678")
    scanned(point, Client(), phone="139 0000 0000")
    scanned(point, Client(), phone="nonsense")
    assert list(Asking.objects.order_by("pk").values_list("customer_id", flat=True)) == [customer.pk, None, None]


def test_the_same_device_goes_on_with_what_it_began(point: ScanPoint) -> None:
    browser = Client()
    browser.post(scanned(point, browser) + "part/", {"overall": "4"})
    page = browser.get(scanned(point, browser)).content.decode()
    assert 'value="4" checked' in page
    assert (Scan.objects.count(), Asking.objects.count()) == (1, 1)


def test_a_device_that_answers_again_is_flagged_and_another_one_not(point: ScanPoint, clock: MovableClock) -> None:
    browser = Client()
    for who, days in ((browser, 0), (browser, 3), (Client(), 0), (browser, 8)):
        clock.advance(days=days, minutes=1)
        address = scanned(point, who)
        began = re.search(r'name="began" value="([^"]+)"', who.get(address).content.decode())
        assert began is not None
        clock.advance(minutes=1)
        who.post(address, {**GOOD, "began": began[1]})
        check_answers(system_call())
    assert list(Asking.objects.order_by("pk").values_list("flags", flat=True)) == [[], ["same_device"], [], []]


def test_a_guessed_renewed_or_switched_off_code_leads_nowhere(shipped: Company, point: ScanPoint) -> None:
    lead = shipped.call("service_manager")
    old = path_of(point)
    assert Client().get(f"/s/{point.pk}-{'0' * 20}/").status_code == 404
    fresh = renew_point(lead, point.pk)
    assert (Client().get(old).status_code, Client().get(path_of(fresh)).status_code) == (404, 200)
    begun = Client()
    address = scanned(fresh, begun)
    switch_point(lead, point.pk, active=False)
    assert Client().get(path_of(fresh)).status_code == 404
    assert Client().post(path_of(fresh)).status_code == 404
    assert begun.get(address).status_code == 200


def test_very_many_from_one_network_have_to_wait(point: ScanPoint) -> None:
    codes = [Client().post(path_of(point), REMOTE_ADDR="203.0.113.9").status_code for _ in range(62)]
    assert codes == [302] * 60 + [429] * 2
    assert Client().post(path_of(point), REMOTE_ADDR="203.0.113.10").status_code == 302


def test_what_cannot_be_is_refused(shipped: Company, point: ScanPoint) -> None:
    lead = shipped.call("service_manager")
    with pytest.raises(Conflict):
        save_point(lead, name="人民路店 收银台", questionnaire="quick")
    with pytest.raises(NotFound):
        save_point(lead, name="x", questionnaire="nothing")
    with pytest.raises(Invalid):
        save_point(lead, name=" ", questionnaire="quick")
    with pytest.raises(Invalid):
        save_point(lead, name="x", questionnaire="quick", store=999_999)
    with pytest.raises(Forbidden):
        save_point(shipped.call("agent"), name="x", questionnaire="quick")


def test_a_manager_makes_a_place_and_prints_its_sheet(
    shipped: Company, sign_in: Callable[[str], Client], point: ScanPoint
) -> None:
    lead = sign_in("service_manager")
    wrong = lead.post("/questionnaires/places/", {"name": "滨江店", "questionnaire": "quick", "product": "nothing"})
    assert (wrong.status_code, ScanPoint.objects.count()) == (422, 1)
    fields = {"name": "滨江店", "questionnaire": "quick", "store": str(shipped.stores["S02"].pk), "product": "k-200"}
    made = lead.post("/questionnaires/places/", fields)
    sheet = lead.get(made["Location"]).content.decode()
    assert "<svg" in sheet
    assert "扫一扫，一分钟评价" in sheet
    assert "Scan and answer in a minute" in sheet
    fresh = ScanPoint.objects.get(name="滨江店")
    assert (fresh.store, fresh.product) == (shipped.stores["S02"], point.product)
    scanned(fresh, Client())
    browser = Client()
    browser.post(scanned(fresh, browser), GOOD)
    rows = re.sub(r"\s+", " ", lead.get("/questionnaires/places/").content.decode())
    assert '<td class="num desk">2</td><td class="num desk">1</td>' in rows
    assert '<td class="num desk">0</td><td class="num desk">0</td>' in rows
    assert sign_in("agent").get("/questionnaires/places/").status_code == 403
