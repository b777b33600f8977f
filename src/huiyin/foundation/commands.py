"""``huiyin verify``: proves that records are what the journal says."""

from __future__ import annotations

import json
import sys

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def verify(as_json: bool) -> None:
    """Look for records changed behind the application's back."""
    from huiyin.foundation.verify import find_tampering  # noqa: PLC0415 - the command line starts before Django

    findings = list(find_tampering())
    if as_json:
        click.echo(json.dumps({"findings": [vars(finding) for finding in findings]}, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{finding.what}\t{finding.table}\t{finding.row}")
        click.echo(f"{len(findings)} findings")
    sys.exit(1 if findings else 0)


COMMANDS = [verify]
