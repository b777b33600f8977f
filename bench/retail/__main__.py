"""``python -m bench.retail --data FILE`` plans eight weeks of real purchases: docs/coverage-online-retail.md.

Without DATABASE_URL a database of its own is made in the data folder; the purchases stay there, the paper has sums.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent.parent


@click.command()
@click.option("--data", type=click.Path(exists=True, path_type=Path), required=True, help="The packed CSV of the set.")
@click.option("--home", type=click.Path(path_type=Path), default=ROOT / ".huiyin-bench" / "retail", help="Data folder.")
@click.option("--paper", type=click.Path(path_type=Path), default=ROOT / "docs" / "coverage-online-retail.md")
def main(data: Path, home: Path, paper: Path) -> None:
    """Imports, plans, calls by invented outcomes, and writes what came of it."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(HUIYIN_HOME=str(home), DJANGO_SETTINGS_MODULE="huiyin.config.settings", HUIYIN_DEMO="")
    sys.path.insert(0, str(ROOT / "src"))
    from huiyin.config.ready import ready_database

    with ready_database(home):
        found = _measure(data, home)
    (home / "result.json").write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    from bench.retail.paper import written

    paper.write_text(written(found), encoding="utf-8")


def _measure(data: Path, home: Path) -> dict[str, Any]:
    from bench.retail.company import set_up
    from bench.retail.weeks import walk
    from huiyin.customers.public import Purchase

    if Purchase.objects.exists():
        raise SystemExit(f"there are purchases in {home} already; begin with an empty folder")
    imported = set_up(data, home)
    return {"imported": imported, "weeks": walk(), "coverage": _coverage()}


def _coverage() -> dict[str, Any]:
    """September and October by band, size and store, as everybody's report tells it."""
    from django.utils.translation import override

    from huiyin.foundation import clock
    from huiyin.kernel.actor import SYSTEM
    from huiyin.visits.queries.coverage import coverage_of
    from huiyin.visits.queries.coverage_strata import SPLITS
    from huiyin.visits.queries.coverage_tables import coverage_answer
    from huiyin.visits.rules.coverage.times import read_time

    with override("en"):
        return {
            f"{month} {by}": coverage_answer(coverage_of(SYSTEM, read_time(month), SPLITS[by], clock.now()))
            for month in ("2010-09", "2010-10")
            for by in ("band", "size", "store")
        }


if __name__ == "__main__":
    main()
