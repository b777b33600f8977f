"""Importing: trial, errors row by row, no duplicates, stop and go on, two workers at once."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from huiyin.customers.models import Contact, Customer, ExternalNumber, MergeSuspect, Product, Purchase, PurchaseLine
from huiyin.imports.actions.start_import import start_import
from huiyin.imports.actions.stop_import import stop_import
from huiyin.imports.engine.advance import advance
from huiyin.imports.engine.batches import write_batch
from huiyin.imports.engine.spool import read_file
from huiyin.imports.models import ImportLimits, ImportPiece, ImportRun, RowError
from huiyin.imports.queries.row_errors import error_table
from huiyin.kernel.refusal import Invalid
from tests.conftest import Company

CUSTOMERS = """会员号,客户姓名,手机号,详细地址,所属门店,客户等级
M1,张伟,13812345678,文三路1号,S01,VIP
M2,王芳,139 1234 5678,文三路2号,滨江店,普通
M3,李娜,abc,文三路3号,S01,普通
M4,陈静,13712345678,文三路4号,没有的店,普通
"""
PURCHASES = """订单号,下单时间,会员号,商品编码,数量,单价
A1,2026-09-01 10:00,M1,K1,2,100.50
A1,2026-09-01 10:00,M1,K2,1,0.333
A2,2026-09-02 11:00,M9,K1,-1,100.50
A3,2026-09-03,,K1,1,5
A4,2026-02-30,M1,K1,1,5
A4,2026-09-04,M1,K2,1,5
"""


def counts(run: ImportRun) -> tuple[str, int, int, int, int]:
    return run.state, run.new, run.changed, run.same, run.wrong


def reasons(run: ImportRun) -> list[tuple[int, str, str]]:
    rows = RowError.objects.filter(run=run).order_by("row_no")
    return [(row.row_no, row.field, row.text % row.params) for row in rows]


def test_good_rows_come_in_and_bad_ones_say_why(importing: Callable[..., ImportRun], file: Callable[..., Path]) -> None:
    run = importing(file(CUSTOMERS), "customers")
    assert counts(run) == ("done", 2, 0, 0, 2)
    assert reasons(run) == [
        (4, "phone", "“abc” is not a phone number."),
        (5, "home_store", "There is no store called “没有的店”."),
    ]
    zhang = Customer.objects.get(name="张伟")
    assert (zhang.number, zhang.tier, zhang.sort_key) == ("CS202609001", "vip", "zhang wei")
    assert zhang.home_store is not None
    assert zhang.home_store.code == "S01"
    assert Contact.objects.get(customer__name="王芳").phone == "+8613912345678"
    assert not ImportPiece.objects.exists()


def test_a_trial_counts_the_same_and_writes_nothing(
    importing: Callable[..., ImportRun], file: Callable[..., Path]
) -> None:
    trial = importing(file(PURCHASES), "purchases", trial=True)
    assert counts(trial) == ("checked", 3, 0, 0, 2)
    assert trial.beside == {"New customers": 2}
    assert not Purchase.objects.exists()
    assert not Customer.objects.exists()
    real = importing(file(PURCHASES), "purchases")
    assert (real.new, real.wrong, real.beside) == (trial.new, trial.wrong, trial.beside)


def test_rows_with_one_number_make_one_purchase(importing: Callable[..., ImportRun], file: Callable[..., Path]) -> None:
    run = importing(file(PURCHASES), "purchases")
    assert counts(run) == ("done", 3, 0, 0, 2)
    first = Purchase.objects.get(number="A1")
    assert (first.amount, first.lines.count(), first.is_return) == (Decimal("201.33"), 2, False)
    back = Purchase.objects.get(number="A2")
    assert (back.amount, back.is_return) == (Decimal("-100.50"), True)
    assert Purchase.objects.get(number="A3").customer is None
    assert reasons(run) == [
        (6, "bought_at", "“2026-02-30” is not a date."),
        (7, "", "Left out with row 6, which belongs to the same record."),
    ]


def test_the_same_file_again_changes_nothing(importing: Callable[..., ImportRun], file: Callable[..., Path]) -> None:
    for text, kind, new in ((CUSTOMERS, "customers", 2), (PURCHASES, "purchases", 3)):
        assert importing(file(text), kind).new == new
        again = importing(file(text), kind)
        assert (again.new, again.changed, again.same) == (0, 0, new)
    assert Customer.objects.count() == 3
    assert PurchaseLine.objects.count() == 4
    assert Contact.objects.count() == 2


def test_a_later_file_changes_only_what_it_says(importing: Callable[..., ImportRun], file: Callable[..., Path]) -> None:
    importing(file(CUSTOMERS), "customers")
    run = importing(file("会员号,客户姓名,客户等级,微信\nM1,张伟,普通,\nM2,王芳,,wf2\n"), "customers")
    assert (run.changed, run.same) == (2, 0)
    zhang, wang = Customer.objects.get(name="张伟"), Customer.objects.get(name="王芳")
    assert (zhang.tier, wang.tier) == ("regular", "regular")
    assert zhang.contacts.get().phone == "+8613812345678"
    assert [(c.phone, c.wechat) for c in wang.contacts.all()] == [("+8613912345678", "wf2")]


def test_a_purchase_is_known_again_by_the_same_fingerprint_as_ever(
    importing: Callable[..., ImportRun], file: Callable[..., Path]
) -> None:
    importing(file(PURCHASES), "purchases")
    purchase = Purchase.objects.get(number="A1")
    head = (
        "A1", "2026-09-01T02:00:00+00:00", None, None, None, "CNY", "done", "201.33", False, "|M1|",
    )  # fmt: skip
    lines = [("K1", "", "2", "100.50", "0"), ("K2", "", "1", "0.333", "0")]
    for kept, content in ((purchase.digest, head), (purchase.lines_digest, lines)):
        assert kept == hashlib.blake2b(repr(content).encode(), digest_size=16).hexdigest()


def test_a_changed_purchase_replaces_its_lines(importing: Callable[..., ImportRun], file: Callable[..., Path]) -> None:
    importing(file(PURCHASES), "purchases")
    run = importing(file("订单号,下单时间,会员号,商品编码,数量,单价\nA1,2026-09-01 10:00,M1,K1,1,100\n"), "purchases")
    assert (run.new, run.changed, run.same) == (0, 1, 0)
    purchase = Purchase.objects.get(number="A1")
    assert (purchase.amount, purchase.lines.count()) == (Decimal("100.00"), 1)


def test_customers_are_met_by_number_then_phone_then_name_and_address(
    importing: Callable[..., ImportRun], file: Callable[..., Path]
) -> None:
    importing(file(CUSTOMERS), "customers")
    by_phone = "客户姓名,手机号,备注\n张伟,+86 138-1234-5678,来自展会\n"
    by_place = "客户姓名,详细地址,备注\n王芳,文三路 2 号,搬家了\n"
    for text in (by_phone, by_place):
        run = importing(file(text), "customers")
        assert (run.new, run.changed) == (0, 1)
    assert Customer.objects.count() == 2


def test_a_shared_phone_with_another_name_waits_for_a_person(
    importing: Callable[..., ImportRun], file: Callable[..., Path]
) -> None:
    importing(file(CUSTOMERS), "customers")
    run = importing(file("客户姓名,手机号\n张太太,13812345678\n"), "customers")
    assert (run.new, run.beside) == (1, {"Suspected duplicates": 1})
    suspect = MergeSuspect.objects.get()
    assert suspect.reason == "phone"
    assert {suspect.first.name, suspect.second.name} == {"张伟", "张太太"}


def test_one_number_at_two_names_in_one_file_is_refused(
    importing: Callable[..., ImportRun], file: Callable[..., Path]
) -> None:
    run = importing(file("会员号,客户姓名\nM1,张伟\nM2,王芳\nM1,李娜\n"), "customers")
    assert counts(run) == ("done", 1, 0, 0, 2)
    assert reasons(run)[0] == (2, "", "The same number stands at different names (rows 2, 4).")


def test_one_number_in_agreeing_rows_is_one_customer(
    importing: Callable[..., ImportRun], file: Callable[..., Path]
) -> None:
    run = importing(file("会员号,客户姓名,手机号\nM1,张伟,13812345678\nM1,张伟,13912345678\n"), "customers")
    assert counts(run) == ("done", 1, 0, 0, 0)
    assert Contact.objects.filter(customer__name="张伟").count() == 2


def test_wrong_columns_are_refused_by_name(importing: Callable[..., ImportRun], file: Callable[..., Path]) -> None:
    with pytest.raises(Invalid) as refusal:
        importing(file("foo,bar\n1,2\n"), "purchases")
    assert set(refusal.value.fields) == {"number", "bought_at"}
    assert not Purchase.objects.exists()


def test_a_row_with_too_many_cells_is_refused(importing: Callable[..., ImportRun], file: Callable[..., Path]) -> None:
    run = importing(file("会员号,客户姓名\nM1,张伟\nM2,王,芳\n"), "customers")
    assert counts(run) == ("done", 1, 0, 0, 1)
    assert reasons(run) == [(3, "", "The row has more cells than the table has headings.")]


def test_the_error_file_holds_the_rows_and_runs_no_formula(
    importing: Callable[..., ImportRun], file: Callable[..., Path]
) -> None:
    run = importing(file('会员号,客户姓名,手机号\nM1,"=HYPERLINK(""http://x"")",xx\n'), "customers")
    with override("zh-hans"):
        table = list(error_table(run, ("行", "原因")))
    assert table[0] == ["行", "原因", "会员号", "客户姓名", "手机号"]
    assert table[1] == ["2", "“xx”不是电话号码。", "M1", '\'=HYPERLINK("http://x")', "xx"]


def test_the_error_file_can_be_corrected_and_brought_again(
    importing: Callable[..., ImportRun], file: Callable[..., Path]
) -> None:
    run = importing(file(CUSTOMERS), "customers")
    buffer = io.StringIO()
    csv.writer(buffer).writerows(error_table(run, ("行", "原因")))
    corrected = buffer.getvalue().replace("abc", "13612345678").replace("没有的店", "S02")
    again = importing(file(corrected), "customers")
    assert counts(again) == ("done", 2, 0, 0, 0)
    assert Customer.objects.count() == 4


def test_a_purchase_of_an_unknown_customer_number_is_refused(
    importing: Callable[..., ImportRun], file: Callable[..., Path]
) -> None:
    run = importing(file("订单号,下单时间,客户编号\nA1,2026-09-01,XX99\nA2,2026-09-01,CS202301001\n"), "purchases")
    assert counts(run) == ("done", 1, 0, 0, 1)
    assert reasons(run) == [(2, "customer_number", "No customer has the number “XX99”.")]
    assert Customer.objects.get().number == "CS202301001"


def test_new_buyers_are_at_home_where_they_bought(
    importing: Callable[..., ImportRun], file: Callable[..., Path]
) -> None:
    importing(file("订单号,下单时间,会员号,门店\nA1,2026-09-01,M1,滨江店\n"), "purchases")
    home = Customer.objects.get().home_store
    assert home is not None
    assert home.code == "S02"


def test_products_come_in_and_purchases_are_linked_to_them(
    importing: Callable[..., ImportRun], file: Callable[..., Path]
) -> None:
    run = importing(file("型号,产品名称,质保月数\nK1,空调,36\nK2,冰箱,abc\nK3,电视,12\nK3,电视机,12\n"), "products")
    assert counts(run) == ("done", 1, 0, 0, 3)
    importing(file(PURCHASES), "purchases")
    assert PurchaseLine.objects.filter(product=Product.objects.get(model="K1")).count() == 3


def small_batches() -> None:
    ImportLimits.objects.create(batch_rows=2)


def many(rows: int) -> str:
    return "会员号,客户姓名\n" + "".join(f"M{n},客户{n}\n" for n in range(rows))


def prepared(importing: Callable[..., ImportRun], path: Path, company: Company) -> ImportRun:
    """A run that is read and about to be written."""
    run = importing(path, "customers", trial=True)
    start_import(company.call("director"), run.pk, trial=False, background=False)
    return run


def test_after_a_failure_between_batches_it_goes_on_exactly_there(
    importing: Callable[..., ImportRun], file: Callable[..., Path], company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_batches()
    run = prepared(importing, file(many(7)), company)
    from huiyin.imports.engine import batches

    real, calls = batches.keep_refusals, []

    def breaks(*args: Any) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("the power went")
        real(*args)

    monkeypatch.setattr(batches, "keep_refusals", breaks)
    assert advance(company.call("director"), run.pk) is False
    run.refresh_from_db()
    assert (run.state, run.rows_done, run.new, Customer.objects.count()) == ("failed", 4, 4, 4)
    start_import(company.call("director"), run.pk, trial=False, background=False)
    advance(company.call("director"), run.pk)
    run.refresh_from_db()
    assert (run.state, run.rows_done, run.new, Customer.objects.count()) == ("done", 7, 7, 7)
    assert ExternalNumber.objects.count() == 7


def test_two_workers_at_once_write_every_row_once(
    importing: Callable[..., ImportRun], file: Callable[..., Path], company: Company
) -> None:
    small_batches()
    run = prepared(importing, file(many(9)), company)
    call = company.call("director")
    for _turn in range(3):
        write_batch(call, run.pk, 2)
        write_batch(call, run.pk, 2)
    advance(call, run.pk)
    run.refresh_from_db()
    assert (run.state, run.new, run.rows_done, Customer.objects.count()) == ("done", 9, 9, 9)


def test_it_can_be_stopped_and_gone_on_with(
    importing: Callable[..., ImportRun], file: Callable[..., Path], company: Company
) -> None:
    small_batches()
    run = prepared(importing, file(many(6)), company)
    call = company.call("director")
    write_batch(call, run.pk, 2)
    stop_import(call, run.pk)
    advance(call, run.pk)
    run.refresh_from_db()
    assert (run.state, run.new, Customer.objects.count()) == ("cancelled", 2, 2)
    start_import(call, run.pk, trial=False, background=False)
    advance(call, run.pk)
    run.refresh_from_db()
    assert (run.state, run.new, Customer.objects.count()) == ("done", 6, 6)


def test_reading_goes_on_where_it_stopped(
    importing: Callable[..., ImportRun], file: Callable[..., Path], company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huiyin.imports.engine import spool

    monkeypatch.setattr(spool, "TAKEN", 3)
    run = importing(file("会员号,客户姓名\nM1,甲\nM2,乙\nM3,丙\nM1,甲\nM4,丁\n"), "customers", trial=True)
    ImportPiece.empty([run.pk])
    ImportRun.objects.filter(pk=run.pk).update(state="reading", position=0, rows_read=0, read_whole=False)
    assert read_file(run.pk, lambda: False, lambda _run: None) is True
    run.refresh_from_db()
    assert (run.rows_read, run.state) == (3, "reading")
    assert read_file(run.pk, lambda: True, lambda _run: None) is False
    pieces = ImportPiece.objects.order_by("first_row", "last_row").values_list("row_nos", "firsts", "fresh")
    assert list(pieces) == [([2, 3, 4], [2, 3, 4], True), ([5], [2], False), ([6], [6], True)]


def test_a_broken_file_fails_before_anything_is_written(
    importing: Callable[..., ImportRun], file: Callable[..., Path]
) -> None:
    run = importing(file(many(200) + 'M9,"never closed\n' + "x,y\n" * 400_000), "customers")
    assert (run.state, Customer.objects.count(), ImportPiece.objects.count()) == ("failed", 0, 0)
    assert "quotation mark" in run.failure["text"]
