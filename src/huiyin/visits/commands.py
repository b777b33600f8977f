"""``huiyin plan`` draws a week of visits, ``huiyin coverage`` tells how far a week or month reached."""

from __future__ import annotations

import json

import click


@click.command()
@click.option("--week", required=True, help="ISO week, such as 2026-W40.")
@click.option("--seed", type=int, help="The same seed and facts give the same plan; needed unless planning again.")
@click.option("--fill-up", is_flag=True, help="Keep what is already planned in this week and only add.")
@click.option("--replan", is_flag=True, help="Plan a published week again with the least change: somebody is ill.")
@click.option("--publish", is_flag=True, help="Publish the plan at once.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def plan(week: str, seed: int | None, fill_up: bool, replan: bool, publish: bool, as_json: bool) -> None:
    """Draw the plan of a week, or plan a running week again, and prove that none is better."""
    from huiyin.foundation.calls import system_call  # noqa: PLC0415 - the command line starts before Django
    from huiyin.kernel.refusal import Invalid  # noqa: PLC0415
    from huiyin.kernel.words import gettext_noop as _  # noqa: PLC0415
    from huiyin.kernel.words import message  # noqa: PLC0415
    from huiyin.visits.public import draw_due, plan_answer, plan_week, publish_plan, replan_week  # noqa: PLC0415
    from huiyin.visits.rules.weeks import monday_of_iso  # noqa: PLC0415

    try:
        monday = monday_of_iso(week)
    except ValueError:
        raise Invalid(message(_("There is no week %(week)s; write it as 2026-W40."), week=week)) from None
    if seed is None and not replan:
        raise click.UsageError("Give a --seed, or --replan for a published week.")
    draw_due(system_call())
    if replan:
        drawn = replan_week(system_call(), monday)
    else:
        drawn = plan_week(system_call(), monday, seed=seed or 0, fill_up=fill_up)
    if publish:
        publish_plan(system_call(), drawn.pk)
    answer = plan_answer(drawn.pk)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    click.echo(f"{week}: {answer['chosen']} / {answer['target']}  seed {answer['seed']}  {answer['state']}")
    click.echo(f"  candidates {answer['candidates']}  moved {answer['moved']}  gap to the bound {answer['gap']:.4%}")
    for step in answer["steps"]:
        click.echo(f"  {step['name']}: cost {step['cost']}  bound {step['bound']}")
    for relaxation in answer["relaxations"]:
        click.echo(f"  {relaxation['text']}")


@click.command()
@click.option("--period", required=True, help="ISO week such as 2026-W40, or month such as 2026-09.")
@click.option("--by", type=click.Choice(["band", "store", "size", "product", "agent"]), default="band")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def coverage(period: str, by: str, as_json: bool) -> None:
    """Tell whom a week or month of visits reached, per stratum, and why not all."""
    from huiyin.foundation import clock  # noqa: PLC0415 - the command line starts before Django
    from huiyin.kernel.actor import SYSTEM  # noqa: PLC0415
    from huiyin.visits.queries.coverage import coverage_of  # noqa: PLC0415
    from huiyin.visits.queries.coverage_strata import split_called  # noqa: PLC0415
    from huiyin.visits.queries.coverage_tables import coverage_answer  # noqa: PLC0415
    from huiyin.visits.queries.policies import rules_in_force  # noqa: PLC0415
    from huiyin.visits.rules.coverage.times import read_time  # noqa: PLC0415

    time = read_time(period, rules_in_force(clock.now().date()).plan_policy.belongs_by)
    answer = coverage_answer(coverage_of(SYSTEM, time, split_called(by), clock.now()))
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    click.echo(f"{answer['period']}  {answer['first_day']} – {answer['last_day']}  wanted {answer['wanted']}")
    for row in [{"name": "=", "weight": None, **answer}, *answer["strata"]]:
        numbers = "  ".join(f"{name} {row[name]}" for name in _TOLD)
        click.echo(f"  {row['name']}: {numbers}" + ("" if row["weight"] is None else f"  weight {row['weight']:.3f}"))
    for fate, count in answer["not_asked_because"].items():
        click.echo(f"  {fate}: {count}")


_TOLD = ("population", "planned", "tried", "done", "replaced", "not_asked")

COMMANDS = [plan, coverage]
