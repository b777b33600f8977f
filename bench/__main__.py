"""``make bench``: seeds a volume once, starts the product, measures, prints a table and writes JSON.

Everything stays on this machine's loopback, is bounded in count and time, and stops by itself.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import click

from bench.grow import grow
from bench.machine import children_of, command_of, load_average, machine, memory_mb, part_of
from bench.options import ROOT, Options
from bench.product import Running, running, seed
from bench.registry import Measurement, When, all_measurements
from bench.report import print_table, write_json
from bench.scene import Scene

Done = list[tuple[Measurement, dict[str, Any]]]
SIZE = "SELECT pg_database_size(current_database()), pg_total_relation_size('foundation_rowchange')"


@click.command()
@click.option("--customers", default=100_000, show_default=True, help="Three times as many purchases.")
@click.option("--visits-per-customer", default=2.0, show_default=True)
@click.option("--cases-per-customer", default=1.0, show_default=True)
@click.option("--cases", default=0, show_default=True, help="Copies cases until there are so many [0: as seeded].")
@click.option("--import-rows", default=100_000, show_default=True, help="Lines of the imported file.")
@click.option("--promises", default=50_000, show_default=True, help="Promises that fall due for the sweep.")
@click.option("--bulk", default=2_000, show_default=True, help="Cases of a change to many.")
@click.option("--writes", default=800, show_default=True, help="Forms posted per measurement.")
@click.option("--seconds", default=6.0, show_default=True, help="How long each page is asked for, at most.")
@click.option("--port", default=8137, show_default=True)
@click.option("--home", type=click.Path(path_type=Path), default=ROOT / ".huiyin-bench", help="Data folder.")
@click.option("--result", type=click.Path(path_type=Path), default=None, help="JSON file [HOME/result.json].")
@click.option("--fresh", is_flag=True, help="Make the volume anew.")
@click.option("--only", multiple=True, help="Names of measurements; repeat for several.")
def main(home: Path, result: Path | None, **chosen: Any) -> None:
    """Measure speed and memory beside an empty view and the bare database."""
    options = Options(home=home.resolve(), result=(result or home / "result.json").resolve(), **chosen)
    os.environ.update(options.environment)
    sys.path.insert(0, str(ROOT / "src"))
    wanted = [each for each in all_measurements() if not options.only or each.name in {*options.only, "empty"}]
    found: dict[str, Any] = {"machine": machine(), "load_average_before": load_average(), "volume": seed(options)}
    import django

    django.setup()
    if options.cases:
        found["cases"] = _grown(options)
    done: Done = []
    try:
        _run(Scene(options), wanted, found, done)
    finally:
        told = {what.name: {"title": what.title, "others": what.others, **figures} for what, figures in done}
        write_json(options, {**found, "measurements": told})
        print_table(found, done)
    if any(figures.get("failed") for _what, figures in done):
        sys.exit(f"some requests failed; the first unexpected answer is in {options.home / 'unexpected.html'}")


def _run(scene: Scene, wanted: list[Measurement], found: dict[str, Any], done: Done) -> None:
    online = [each for each in wanted if each.when is not When.ALONE]
    if online:
        with running(scene.options) as product:
            scene.tidy()
            found["start"] = {"seconds_to_ready": product.start_seconds}
            found["memory"] = {"mb_after_start": _memory(product)["mb"]}
            scene.product = product.pid
            _measure(scene, online, done)
            found["memory"] |= _memory(product)
            found["database"] = _size(scene)
            _close()
    alone = [each for each in wanted if each.when is When.ALONE]
    if alone:
        from huiyin.config.ready import ready_database

        with ready_database(scene.options.home):
            _measure(scene, alone, done)


def _grown(options: Options) -> int:
    from huiyin.config.ready import ready_database

    with ready_database(options.home):
        there = grow(Scene(options), options.cases)
        _close()
    return there


def _measure(scene: Scene, wanted: list[Measurement], done: Done) -> None:
    for what in wanted:
        began = time.monotonic()
        figures = {**what.run(scene), "load_average": load_average()}
        done.append((what, figures))
        print(f"  {what.title}: {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)


def _memory(product: Running) -> dict[str, Any]:
    parts: dict[str, list[int]] = {}
    for pid in children_of(product.pid):
        parts.setdefault(part_of(command_of(pid)), []).append(pid)
    by_part = {f"{part}_mb": memory_mb(pids) for part, pids in parts.items()}
    return {"mb": round(sum(by_part.values()), 1), **by_part}


def _size(scene: Scene) -> dict[str, Any]:
    whole, journal = scene.rows(SIZE)[0]
    return {"mb": round(whole / 1024**2), "journal_mb": round(journal / 1024**2)}


def _close() -> None:
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    main()
