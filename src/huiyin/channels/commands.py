"""``huiyin fetch-mail``: reads the mailboxes now."""

from __future__ import annotations

import json
import sys

import click


@click.command("fetch-mail")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def fetch_mail(as_json: bool) -> None:
    """Read the new mails of all mailboxes now."""
    from huiyin.channels.receiving import fetch_all  # noqa: PLC0415 - the command line starts before Django
    from huiyin.foundation.calls import system_call  # noqa: PLC0415

    reports = fetch_all(system_call)
    if as_json:
        click.echo(json.dumps([vars(report) for report in reports], ensure_ascii=False))
    else:
        for report in reports:
            click.echo(f"{report.address}\t{report.received}\t{report.known}\t{report.stuck}\t{report.problem or 'ok'}")
    sys.exit(1 if any(report.problem for report in reports) else 0)


COMMANDS = [fetch_mail]
