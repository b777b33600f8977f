"""``huiyin demo``: fills an empty database with an invented company."""

from __future__ import annotations

import json
import time

import click


@click.command()
@click.option("--customers", default=5_000, show_default=True, help="How many customers to invent.")
@click.option("--seed", default=2026, show_default=True, help="The same seed gives the same company.")
@click.option("--cases-per-customer", default=0.3, show_default=True, help="Cases for each customer over the year.")
@click.option("--visits-per-customer", default=2.0, show_default=True, help="Visits for each customer over the year.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def demo(customers: int, seed: int, cases_per_customer: float, visits_per_customer: float, as_json: bool) -> None:
    """Fill an empty database with an invented company."""
    from huiyin.demo.loading.company import Size, load_company  # noqa: PLC0415 - the command line starts before Django
    from huiyin.foundation.calls import system_call  # noqa: PLC0415

    began = time.monotonic()
    size = Size(customers, seed, visits_per_customer, cases_per_customer)
    counts = load_company(system_call(), size=size)
    answer = {**counts, "seconds": round(time.monotonic() - began, 1)}
    click.echo(json.dumps(answer) if as_json else "\n".join(f"{name}: {value}" for name, value in answer.items()))


COMMANDS = [demo]
