"""Importing purchases from a CSV file, beside a raw COPY of the same rows."""

import csv
import io
import time
from datetime import UTC, datetime, timedelta
from random import Random

import psycopg

from bench.registry import Figures, When, measures
from bench.scene import Scene

HEADINGS = ("订单号", "下单时间", "客户姓名", "手机号", "货号", "商品名称", "数量", "单价", "金额", "门店")
TABLES = ("customers_customer", "customers_contact", "customers_purchase", "customers_purchaseline")
DAYS = 60
LINES_PER_PURCHASE = 2
PURCHASES_PER_CUSTOMER = 2


@measures("import", "Import of purchases", When.ALONE, order=0)
def import_purchases(scene: Scene) -> Figures:
    """Half of the buyers are known by their phone; the others get a file of their own."""
    from huiyin.foundation.calls import system_call
    from huiyin.imports.foreground import bring

    path = scene.options.home / "purchases.csv"
    path.write_text(_file(scene), encoding="utf-8")
    before = {table: _last(scene, table) for table in TABLES}
    began = time.perf_counter()
    run = bring(system_call(), path=path, kind="purchases", options={"source": "bench"})
    seconds = time.perf_counter() - began
    raw = _raw_copy(scene, before)
    return {
        "rows": run.rows_read,
        "state": run.state,
        "new": run.new,
        "wrong": run.wrong,
        "seconds": round(seconds, 2),
        "rows_per_second": round(run.rows_read / seconds),
        "raw_copy_seconds": round(raw, 2),
        "raw_copy_rows_per_second": round(run.rows_read / raw),
        "times_raw": round(seconds / raw, 1),
    }


def _file(scene: Scene) -> str:
    dice, out = Random(7), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    stores = scene.column("SELECT name FROM organisation_store ORDER BY id")
    goods = scene.rows("SELECT model, name FROM customers_product ORDER BY id LIMIT 15")
    now, known = datetime.now(UTC), scene.options.customers
    run = f"{now:%Y%m%d%H%M%S}"
    for purchase in range(scene.options.import_rows // LINES_PER_PURCHASE):
        buyer = purchase // PURCHASES_PER_CUSTOMER
        phone = 14000000000 + (buyer * 7 % known if buyer % 2 else 50_000_000 + buyer)
        at = now - timedelta(days=dice.uniform(0, DAYS))
        store = dice.choice(stores)
        for model, name in dice.sample(goods, LINES_PER_PURCHASE):
            price = dice.choice((299, 1699, 2299, 3499))
            row = (
                f"B{run}{purchase:07d}",
                f"{at:%Y-%m-%d %H:%M}",
                f"客户{buyer}",
                phone,
                model,
                name,
                1,
                price,
                price,
                store,
            )
            writer.writerow(row)
    return out.getvalue()


def _last(scene: Scene, table: str) -> int:
    return int(scene.column(f"SELECT coalesce(max(id), 0) FROM {table}")[0])


def _raw_copy(scene: Scene, before: dict[str, int]) -> float:
    """Seconds for COPY of the rows that came in, into tables with the same indexes and without triggers."""
    with scene.owner() as database:
        return sum(_copied(database, table, before[table]) for table in TABLES)


def _copied(database: psycopg.Connection[tuple[object, ...]], table: str, after: int) -> float:
    database.execute(f"DROP TABLE IF EXISTS bench_{table}")
    database.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
    with database.cursor().copy(f"COPY (SELECT * FROM {table} WHERE id > {after}) TO STDOUT") as rows:
        data = b"".join(rows)
    began = time.perf_counter()
    with database.cursor().copy(f"COPY bench_{table} FROM STDIN") as copy:
        copy.write(data)
    took = time.perf_counter() - began
    database.execute(f"DROP TABLE bench_{table}")
    return took
