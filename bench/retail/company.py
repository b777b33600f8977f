"""A company around the real purchases: countries as stores, four agents, the policy of ``policy.json``."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

POLICY = Path(__file__).parent / "policy.json"
ZONE = ZoneInfo("Asia/Shanghai")
AGENTS, A_DAY = 4, 20
LARGE_SHARE = 0.01
HEADINGS = {
    "Invoice": "订单号",
    "StockCode": "货号",
    "Description": "商品名称",
    "Quantity": "数量",
    "InvoiceDate": "购买时间",
    "Price": "单价",
    "Customer ID": "客户ID",
    "Country": "门店",
}
OPTIONS = {"source": "online_retail", "currency": "GBP", "time_zone": "Europe/London", "return_prefix": "C"}
PHONES = """
INSERT INTO customers_contact (customer_id, name, phone, phone_tail, is_primary, position, email, wechat)
SELECT id, name, '+86139' || lpad(id::text, 8, '0'), right(lpad(id::text, 8, '0'), 4), true, '', '', ''
FROM customers_customer c WHERE NOT EXISTS (SELECT FROM customers_contact k WHERE k.customer_id = c.id)
"""


def set_up(path: Path, folder: Path) -> dict[str, Any]:
    """Makes the company, imports every row of the file and returns what it found."""
    from huiyin.foundation import clock
    from huiyin.foundation.calls import system_call
    from huiyin.imports.foreground import bring
    from huiyin.questionnaires.public import ship as ship_questionnaires
    from huiyin.visits.public import ship

    clock.set_clock(datetime(2010, 1, 1, 9, tzinfo=ZONE))
    ship_questionnaires(system_call())
    ship(system_call())
    _organisation(path)
    _policy()
    named = folder / "purchases.csv"
    _with_headings(path, named)
    clock.set_clock(datetime(2010, 12, 31, 9, tzinfo=ZONE))  # an import refuses what lies in the future
    run = bring(system_call(), path=named, kind="purchases", options=OPTIONS)
    named.unlink()
    return {"rows": run.rows_read, "state": run.state, "purchases": run.new, "wrong": run.wrong, **_phones()}


def countries(path: Path) -> Counter[str]:
    """How many invoices each country has."""
    seen: dict[str, str] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            seen[row["Invoice"]] = row["Country"]
    return Counter(seen.values())


def _organisation(path: Path) -> None:
    from huiyin.organisation.public import Department, Role, Staff, Store

    service = Department.objects.create(code="service", name="客户服务部")
    found = countries(path)
    for number, (country, count) in enumerate(sorted(found.items())):
        size = "large" if count >= LARGE_SHARE * found.total() else "small"
        Store.objects.create(code=f"C{number:02}", name=country, size=size)
    for number in range(AGENTS):
        Staff.objects.create(
            username=f"A{number}", name=f"Agent {number + 1}", department=service, roles=[Role.AGENT.value],
            daily_capacity=A_DAY,
        )  # fmt: skip


def _policy() -> None:
    from huiyin.foundation.calls import system_call
    from huiyin.visits.actions.save_numbers import save_numbers
    from huiyin.visits.queries.policy_contents import newest_rules, numbers_content

    plan = json.loads(POLICY.read_text(encoding="utf-8"))
    content = {**numbers_content(newest_rules()), "plan": plan}
    save_numbers(system_call(), content, effective_from=date(2010, 1, 1), reason="Bands in pounds")


def _with_headings(path: Path, named: Path) -> None:
    """The file as it is, with headings that the import knows, the country's among them as the store's."""
    with (
        gzip.open(path, "rt", encoding="utf-8", newline="") as stream,
        named.open("w", encoding="utf-8", newline="") as out,
    ):
        rows, writer = csv.reader(stream), csv.writer(out)
        writer.writerow([HEADINGS[name] for name in next(rows)])
        writer.writerows([*row[:6], row[6].removesuffix(".0"), row[7]] for row in rows)


def _phones() -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(PHONES)
        made = cursor.rowcount
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM customers_purchase WHERE customer_id IS NOT NULL AND NOT is_return")
        return {"customers": made, "with_buyer": cursor.fetchone()[0]}
