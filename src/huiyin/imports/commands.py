"""``huiyin import``: brings a file in the foreground, with the same code as the page."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from huiyin.imports.models import ImportRun

SHOWN = 50


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", required=True, help="What the rows are: customers, products, purchases …")
@click.option("--mapping", default="auto", show_default=True, help="A saved or ready-made mapping, or auto.")
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="An option of the kind; repeatable.")
@click.option("--encoding", default="", help="Encoding of the text, where it cannot be told with certainty.")
@click.option("--dry-run", is_flag=True, help="Count and check, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def import_(
    file: Path, kind: str, mapping: str, options: tuple[str, ...], encoding: str, dry_run: bool, as_json: bool
) -> None:
    """Import FILE (CSV, packed CSV or .xlsx); importing it again makes no duplicates."""
    from huiyin.foundation.calls import system_call  # noqa: PLC0415 - the command line starts before Django
    from huiyin.foundation.forms import say  # noqa: PLC0415
    from huiyin.imports.foreground import bring  # noqa: PLC0415
    from huiyin.kernel.refusal import Refused  # noqa: PLC0415

    try:
        run = bring(
            system_call(),
            path=file,
            kind=kind,
            mapping=mapping,
            options=dict(option.partition("=")[::2] for option in options),
            encoding=encoding,
            trial=dry_run,
            told=_tell,
        )
    except Refused as refusal:
        fields = [f"\n  {field}: {say(why)}" for field, why in getattr(refusal, "fields", {}).items()]
        raise click.ClickException(say(refusal.why) + "".join(fields)) from None
    finally:
        click.echo(err=True)
    _answer(run, as_json=as_json)
    sys.exit(0 if run.state in ("done", "checked") else 1)


def _tell(run: ImportRun) -> None:
    """One line on stderr, written over and over."""
    done = run.rows_done if run.read_whole else run.rows_read
    of = f" / {run.rows_read}" if run.read_whole else ""
    click.echo(f"\r{run.state} {done}{of}  ", nl=False, err=True)


def _answer(run: ImportRun, *, as_json: bool) -> None:
    answer = _summary(run)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for name in ("state", "rows", "new", "changed", "same", "wrong"):
        click.echo(f"{name}\t{answer[name]}")
    for error in answer["errors"]:
        click.echo(f"{error['row']}\t{error['field']}\t{error['why']}")


def _summary(run: ImportRun) -> dict[str, Any]:
    from huiyin.imports.queries.row_errors import said  # noqa: PLC0415 - the command line starts before Django
    from huiyin.imports.queries.runs import row_errors  # noqa: PLC0415

    return {
        "import": run.pk,
        "state": run.state,
        "rows": run.rows_read,
        "new": run.new,
        "changed": run.changed,
        "same": run.same,
        "wrong": run.wrong,
        "beside": run.beside,
        "failure": said(run.failure["text"], run.failure["params"]) if run.failure else "",
        "errors": [{"row": e.row_no, "field": e.field, "why": said(e.text, e.params)} for e in row_errors(run)[:SHOWN]],
    }


COMMANDS = [import_]
