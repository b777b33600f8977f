"""An error is owed by the store until it is mended and the recipient says so; nothing closes before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiyin.channels.models import StaffNotice
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.promises.models import Promise
from huiyin.promises.public import sweep_all
from huiyin.promotions.actions.mend import mend_error
from huiyin.promotions.actions.sign import sign_list
from huiyin.promotions.actions.verify import close_error, return_error
from huiyin.promotions.models import GiftError, GiftLine, GiftList
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.models import Visit
from tests.conftest import Company, MovableClock
from tests.promotions.conftest import GOOD, answer, gift
from tests.visits.conftest import shanghai

pytestmark = pytest.mark.django_db
EXPLAINED = {"explanation": "当天缺货，忘了补发", "evidence": "9月16日快递 SF1234567 已签收"}


@pytest.fixture
def error(handed_in: Callable[..., GiftList], clock: MovableClock) -> GiftError:
    """The only recipient of a list says that nothing came."""
    handed_in(gift(1, 399))
    answer(GiftLine.objects.get(), received="no", note="店员说下次给")
    return GiftError.objects.get()


def owed(kind: str) -> Promise:
    return Promise.objects.filter(kind=f"promotions.{kind}").latest("pk")


def test_an_error_is_owed_by_the_stores_manager_with_a_clock(shop: Company, error: GiftError) -> None:
    assert (error.kind, error.said, error.state) == ("not_received", "店员说下次给", "owed")
    promise = owed("mend")
    assert (promise.owner, promise.store) == (shop.staff["store_manager"], shop.stores["S01"])
    assert shanghai(promise.due_at) == shanghai(error.mend_by) == "2026-09-18 10:05"
    assert error.line.list.state == "mending"
    told = StaffNotice.objects.filter(staff=shop.staff["store_manager"]).order_by("pk")
    assert told.count() == 2  # the error, and that the list is checked
    with pytest.raises(Conflict, match="an error is open"):
        sign_list(shop.call("director"), error.line.list_id)


def test_it_climbs_when_it_is_late(shop: Company, error: GiftError, clock: MovableClock) -> None:
    clock.set("2026-09-18 17:30")
    sweep_all()
    promise = owed("mend")
    assert (promise.step, promise.broken_at == promise.due_at) == (3, True)
    late = StaffNotice.objects.filter(staff=shop.staff["director"])
    assert late.exists()


def test_the_store_mends_the_recipient_confirms_and_the_list_is_complete(shop: Company, error: GiftError) -> None:
    mend_error(shop.call("store_manager"), error.pk, **EXPLAINED)
    error.refresh_from_db()
    assert (error.state, owed("mend").state, owed("mend").evidence) == ("mended", "kept", EXPLAINED["evidence"])
    assert shanghai(owed("verify").due_at) == "2026-09-17 10:05"
    visit = error.visit
    assert visit is not None
    assert (visit.kind, visit.about) == ("gift_mended", ("promotions.gifterror", error.pk))
    assert "电饭煲 × 1，每件 399 元" in visit.wish
    assert EXPLAINED["evidence"] in visit.wish
    complete_visit(shop.call("agent"), visit.pk, answers=GOOD)
    error.refresh_from_db()
    error.line.list.refresh_from_db()
    assert (error.state, owed("verify").state, error.line.list.state) == ("closed", "kept", "complete")
    assert error.line.standing == "not_received"  # what was found stays on record


def test_what_is_not_mended_goes_back_to_the_store_with_a_new_clock(
    shop: Company, error: GiftError, clock: MovableClock
) -> None:
    mend_error(shop.call("store_manager"), error.pk, **EXPLAINED)
    visit = Visit.objects.get(kind="gift_mended")
    complete_visit(shop.call("agent"), visit.pk, answers={"received": "no", "note": "还是没收到"})
    error.refresh_from_db()
    assert (error.state, error.returned, error.verdict) == ("owed", 1, "还是没收到")
    assert (owed("mend").state, owed("verify").state) == ("open", "kept")
    assert error.line.list.state == "mending"
    clock.set("2026-09-16 14:00")
    mend_error(shop.call("store_manager"), error.pk, **EXPLAINED)
    assert Visit.objects.filter(kind="gift_mended").count() == 2


def test_who_cannot_be_reached_again_leaves_the_decision_to_a_person(shop: Company, error: GiftError) -> None:
    mend_error(shop.call("store_manager"), error.pk, **EXPLAINED)
    visit = Visit.objects.get(kind="gift_mended")
    log_attempt(shop.call("agent"), visit.pk, line="out_of_service")
    error.refresh_from_db()
    assert (error.state, error.verdict) == ("mended", "The recipient could not be reached; decide by the evidence.")
    close_error(shop.call("agent"), error.pk, note="签收底单已核对")
    error.refresh_from_db()
    assert (error.state, error.verdict, error.closed_by) == ("closed", "签收底单已核对", shop.staff["agent"])


def test_a_decision_by_hand_cancels_the_visit_that_would_ask(shop: Company, error: GiftError) -> None:
    mend_error(shop.call("store_manager"), error.pk, **EXPLAINED)
    return_error(shop.call("agent"), error.pk, reason="快递单号查不到")
    error.refresh_from_db()
    assert (error.state, Visit.objects.get(kind="gift_mended").state) == ("owed", "cancelled")


def test_mending_needs_explanation_and_evidence_once_and_by_the_store(shop: Company, error: GiftError) -> None:
    with pytest.raises(Invalid) as refused:
        mend_error(shop.call("store_manager"), error.pk, explanation="缺货", evidence=" ")
    assert list(refused.value.fields) == ["evidence"]
    with pytest.raises(Forbidden):
        mend_error(shop.call("agent"), error.pk, **EXPLAINED)
    with pytest.raises(Forbidden):
        close_error(shop.call("store_manager"), error.pk, note="好了")
    with pytest.raises(Conflict):
        close_error(shop.call("agent"), error.pk, note="还没补")
    mend_error(shop.call("store_manager"), error.pk, **EXPLAINED)
    with pytest.raises(Conflict):
        mend_error(shop.call("store_manager"), error.pk, **EXPLAINED)


def test_another_stores_error_is_out_of_reach(shop: Company, error: GiftError) -> None:
    GiftError.objects.update(store=shop.stores["S02"])
    with pytest.raises(NotFound):
        mend_error(shop.call("store_manager"), error.pk, **EXPLAINED)


@pytest.mark.parametrize(
    ("said", "kind"),
    [({"right": "no"}, "other_gift"), ({"all": "no"}, "fewer"), ({"good": "no"}, "damaged"), ({}, "real")],
)
def test_each_answer_has_its_result(handed_in: Callable[..., GiftList], said: dict[str, str], kind: str) -> None:
    gifts = handed_in(gift(1, 399))
    answer(GiftLine.objects.get(), **said)
    assert GiftLine.objects.get().standing == kind
    assert list(GiftError.objects.values_list("kind", flat=True)) == ([] if kind == "real" else [kind])
    gifts.refresh_from_db()
    assert gifts.state == ("complete" if kind == "real" else "mending")
