"""``huiyin report``: writes a report's file without signing in to the site."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import click


@click.command()
@click.argument("kind", type=click.Choice(["weekly", "monthly"]))
@click.option("--week", help="ISO week such as 2026-W40, for the weekly report.")
@click.option("--month", help="Month such as 2026-09, for the monthly report.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; default: its exact name.")
@click.option("--as", "form", type=click.Choice(["xlsx", "docx", "pdf"]), default="xlsx", help="Excel, Word or PDF.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON, with every cell.")
def report(kind: str, week: str | None, month: str | None, out: Path | None, form: str, as_json: bool) -> None:
    """Write the numbers of a week or month as a file."""
    from huiyin.documents.public import to_json  # noqa: PLC0415
    from huiyin.foundation import clock  # noqa: PLC0415 - the command line starts before Django
    from huiyin.insights.public import Lens, read_period  # noqa: PLC0415
    from huiyin.kernel.actor import SYSTEM  # noqa: PLC0415
    from huiyin.reports.forms import FORMS, write_as  # noqa: PLC0415
    from huiyin.reports.kind import report_kind  # noqa: PLC0415

    given = week if kind == "weekly" else month
    if given is None:
        raise click.UsageError("weekly needs --week, monthly needs --month")
    found, period, now = report_kind(kind), read_period(given), clock.now()
    if period.kind != found.period:
        raise click.UsageError("weekly needs a week such as 2026-W40, monthly a month such as 2026-09")
    document = found.build(Lens(SYSTEM, period, now))
    content = write_as(FORMS[form], document, now)
    path = out or Path(f"{document.name}.{form}")
    path.write_bytes(content)
    answer = {"file": str(path), "name": document.name, "sha256": hashlib.sha256(content).hexdigest()}
    click.echo(json.dumps({**answer, **to_json(document)}, ensure_ascii=False) if as_json else str(path))


COMMANDS = [report]
