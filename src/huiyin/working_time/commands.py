"""``huiyin explain-deadline``: when a span ends in working time, and why."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from huiyin.working_time.public import Deadline, Span, WorkingCalendar


@click.command("explain-deadline")
@click.option("--calendar", "code", default="standard", show_default=True, help="Code of the working calendar.")
@click.option("--calendar-version", "version", type=int, help="A version of the calendar; default: the newest.")
@click.option("--region", default="", help="Adds the closures of this region.")
@click.option("--start", required=True, help="ISO 8601 with offset, such as 2026-09-30T16:00+08:00.")
@click.option("--working-hours", type=float, help="Hours counted inside the calendar's intervals.")
@click.option("--working-days", type=int, help="Working days; the start day is not counted.")
@click.option("--hours", type=float, help="Hours round the clock.")
@click.option("--days", type=int, help="Calendar days; the clock time stays.")
@click.option("--language", help="Language of the sentences: zh-hans or en. Default: the company's.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def explain_deadline(
    code: str, version: int | None, region: str, start: str, language: str | None, as_json: bool, **spans: float | None
) -> None:
    """Say when a span after a moment ends, and why."""
    from django.conf import settings  # noqa: PLC0415 - the command line starts before Django
    from django.utils import translation  # noqa: PLC0415

    from huiyin.kernel.refusal import Refused  # noqa: PLC0415
    from huiyin.working_time.public import calendar_of, deadline, say_steps  # noqa: PLC0415
    from huiyin.working_time.queries.saying import say_fully  # noqa: PLC0415

    with translation.override(language or settings.LANGUAGE_CODE):
        try:
            calendar = calendar_of(code, version, region=region)
            found = deadline(calendar, _moment(start), _span(spans))
        except Refused as refusal:
            raise click.ClickException(say_fully(refusal.why)) from None
        sentences = say_steps(found)
    answer = as_answer(found, sentences, calendar)
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else "\n".join(sentences))


def as_answer(found: Deadline, sentences: list[str], calendar: WorkingCalendar) -> dict[str, Any]:
    """A deadline and its steps as JSON; moments on the calendar's clock, in ISO 8601."""
    return {
        "deadline": found.at.astimezone(calendar.zone).isoformat(),
        "calendar": calendar.code,
        "version": calendar.version,
        "steps": [
            {
                "code": step.code,
                "day": step.day.isoformat() if step.day else None,
                "from": step.start.astimezone(calendar.zone).isoformat() if step.start else None,
                "to": step.end.astimezone(calendar.zone).isoformat() if step.end else None,
                "counted_seconds": step.counted.total_seconds(),
                "text": sentence,
            }
            for step, sentence in zip(found.steps, sentences, strict=True)
        ],
    }


def _span(spans: dict[str, float | None]) -> Span:
    from huiyin.working_time.public import Span, Unit  # noqa: PLC0415

    given = [(unit, amount) for unit, amount in spans.items() if amount is not None]
    if len(given) != 1:
        raise click.UsageError("Give exactly one of --working-hours, --working-days, --hours and --days.")
    unit, amount = given[0]
    return Span(amount, Unit(unit))


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not ISO 8601.", param_hint="--start") from None


COMMANDS = [explain_deadline]
