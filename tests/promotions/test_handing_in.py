"""Lists come in: what is wrong is said line by line and kept, the same file doubles nothing, nothing changes later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huiyin.contact_ledger.public import opt_out
from huiyin.customers.public import Contact, Customer
from huiyin.foundation.calls import system_call
from huiyin.imports.foreground import bring
from huiyin.imports.models import ImportRun
from huiyin.kernel.refusal import Conflict, Invalid, Refused
from huiyin.promotions.actions.make_list import add_lines, make_list, remove_line
from huiyin.promotions.actions.submit import submit_list
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.tasks import prepare_list
from huiyin.visits.models import VisitPolicy
from tests.conftest import Company
from tests.promotions.conftest import gift, standings

pytestmark = pytest.mark.django_db
FILE = """姓名,手机,礼品,价值,数量,领取日期,订单号
王芳,138 0020 0001,电饭煲,399,1,2026-09-10,N1
李强,12345,电水壶,99,1,2026-09-10,N2
王芳,13800200001,电饭煲,399,1,2026-09-10,N1
赵敏,13800200004,保温杯,59,2,2026/9/11,
孙立,13800200005,雨伞,不详,1,2026-09-10,N5
"""


@pytest.fixture
def file(shop: Company, settings: Any, tmp_path: Path) -> Callable[..., ImportRun]:
    """Brings a file as the manager of the store S01."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def brought(text: str = FILE, *, trial: bool = False, **options: str) -> ImportRun:
        path = tmp_path / "礼品.csv"
        path.write_text(text, encoding="utf-8")
        wanted = {"promotion": "中秋礼品", **options}
        return bring(shop.call("store_manager"), path=path, kind="gift_lists", options=wanted, trial=trial)

    return brought


def hindrances(gifts: GiftList) -> list[str]:
    return list(GiftLine.objects.filter(list=gifts).order_by("position").values_list("hindrance", flat=True))


def test_wrong_phones_and_duplicates_are_kept_and_say_so(file: Callable[..., ImportRun], shop: Company) -> None:
    run = file()
    assert (run.state, run.new, run.wrong) == ("done", 4, 1)
    assert run.beside == {"Lines kept that have a wrong phone": 1, "Lines kept that stand on the list twice": 1}
    assert [(error.row_no, error.text) for error in run.errors.all()] == [(6, "“%(cell)s” is not a number.")]
    gifts = GiftList.objects.get()
    assert (gifts.name, gifts.store, gifts.state) == ("中秋礼品", shop.stores["S01"], "draft")
    assert hindrances(gifts) == ["", "wrong_phone", "duplicate", ""]
    assert [(line.phone, line.quantity) for line in gifts.lines.all()][3] == ("13800200004", 2)


def test_a_dry_run_writes_nothing_and_counts_the_same(file: Callable[..., ImportRun]) -> None:
    run = file(trial=True)
    assert (run.state, run.new, run.wrong) == ("checked", 4, 1)
    assert not GiftList.objects.exists()


def test_the_same_file_again_doubles_nothing_and_a_corrected_one_corrects(file: Callable[..., ImportRun]) -> None:
    file()
    again = file()
    assert (again.new, again.changed, again.same, GiftLine.objects.count()) == (0, 0, 4, 4)
    better = file(FILE.replace("12345", "13800200002"))
    assert (better.new, better.changed, better.same) == (0, 1, 3)
    assert hindrances(GiftList.objects.get()) == ["", "", "duplicate", ""]


def test_a_file_for_another_store_or_without_a_name_is_refused_row_by_row(file: Callable[..., ImportRun]) -> None:
    assert file(store="S02").wrong == 5
    assert file(promotion="").wrong == 5
    assert not GiftList.objects.exists()


def test_a_list_cannot_be_changed_after_it_was_handed_in(file: Callable[..., ImportRun], shop: Company) -> None:
    file()
    gifts = GiftList.objects.get()
    submit_list(shop.call("store_manager"), gifts.pk, seed=1)
    with pytest.raises(Conflict, match="cannot be changed any more"):
        add_lines(shop.call("store_manager"), gifts.pk, [gift(9, 10)])
    with pytest.raises(Conflict, match="cannot be changed any more"):
        remove_line(shop.call("store_manager"), gifts.pk, gifts.lines.first().pk)
    run = file(FILE.replace("王芳,138 ", "王大芳,138 "))
    assert (run.same, run.wrong) == (3, 2)
    assert GiftLine.objects.count() == 4
    told = [str(error.text) for error in run.errors.order_by("row_no")]
    assert told[0] == "This list was handed in; it cannot be changed any more. Nothing was changed."


def test_who_hands_in_second_is_told_who_was_first(shop: Company) -> None:
    gifts = make_list(shop.call("store_manager"), name="中秋", check="gifts", lines=[gift(1, 10)])
    submit_list(shop.call("store_manager"), gifts.pk)
    with pytest.raises(Conflict, match="store_manager has handed this list in already"):
        submit_list(shop.call("director"), gifts.pk)


def test_an_empty_list_a_second_of_the_same_name_and_a_check_out_of_use_are_refused(shop: Company) -> None:
    gifts = make_list(shop.call("store_manager"), name="中秋", check="gifts")
    with pytest.raises(Invalid, match="no line"):
        submit_list(shop.call("store_manager"), gifts.pk)
    with pytest.raises(Conflict, match="a list of this name"):
        make_list(shop.call("store_manager"), name="中秋", check="gifts")
    add_lines(shop.call("store_manager"), gifts.pk, [gift(1, 10)])
    VisitPolicy.objects.filter(code="gift_check").update(is_active=False)
    with pytest.raises(Conflict, match="not checked at present"):
        submit_list(shop.call("store_manager"), gifts.pk)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (gift(1, -1), "value"),
        (gift(1, 10, quantity=0), "quantity"),
        (gift(1, 10, what=""), "gift"),
        (gift(1, 10, name=" ".strip() or "x"), None),
    ],
)
def test_a_line_that_cannot_be_kept_names_its_field(shop: Company, line: Any, field: str | None) -> None:
    gifts = make_list(shop.call("store_manager"), name="中秋", check="gifts")
    if field is None:
        add_lines(shop.call("store_manager"), gifts.pk, [line])
        return
    with pytest.raises(Invalid) as refused:
        add_lines(shop.call("store_manager"), gifts.pk, [line])
    assert (list(refused.value.fields), GiftLine.objects.count()) == ([field], 0)


def test_of_many_lines_with_one_wrong_none_is_kept_and_its_place_is_named(shop: Company) -> None:
    with pytest.raises(Invalid) as refused:
        make_list(shop.call("store_manager"), name="中秋", check="gifts", lines=[gift(1, 10), gift(2, -3)])
    assert refused.value.why.params["line"] == 2
    assert not GiftList.objects.exists()


def test_people_who_must_not_be_contacted_are_named_and_not_asked(
    shop: Company, handed_in: Callable[..., GiftList]
) -> None:
    for place, name in ((1, "不打扰"), (2, "已退订")):
        person = Customer.objects.create(
            number=f"CS20260900{place}", name=name, sort_key=name, registered_at=system_call().now,
            do_not_contact=place == 1, do_not_contact_reason="客户要求" if place == 1 else "",
        )  # fmt: skip
        Contact.objects.create(customer=person, name=name, phone=f"+861380020000{place}", is_primary=True)
        if place == 2:
            opt_out(shop.call("director"), person.pk, way="sms")
    gifts = handed_in(gift(1, 900, name="不打扰"), gift(2, 800, name="已退订"), gift(3, 70))
    assert hindrances(gifts) == ["do_not_contact", "opted_out", ""]
    assert standings(gifts) == ["listed", "listed", "asked"]
    assert gifts.wanted == 2


def test_a_job_that_runs_twice_or_was_killed_in_between_changes_nothing(shop: Company) -> None:
    gifts = make_list(shop.call("store_manager"), name="中秋", check="gifts", lines=[gift(1, 10), gift(2, 20)])
    submit_list(shop.call("store_manager"), gifts.pk)
    prepare_list(gifts.pk)
    before = list(GiftLine.objects.values())
    prepare_list(gifts.pk)
    assert list(GiftLine.objects.values()) == before
    assert Customer.objects.count() == 2


def test_another_stores_list_is_out_of_reach(shop: Company) -> None:
    gifts = make_list(
        shop.call("director"), name="中秋", check="gifts", store_id=shop.stores["S02"].pk, lines=[gift(1, 10)]
    )
    with pytest.raises(Refused):
        submit_list(shop.call("store_manager"), gifts.pk)
    with pytest.raises(Invalid, match="store of your own area"):
        make_list(shop.call("store_manager"), name="中秋2", check="gifts", store_id=shop.stores["S02"].pk)
