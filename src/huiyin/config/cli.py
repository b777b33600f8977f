"""The command line ``huiyin``: our own commands, and those that rooms declare in ``commands.py``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from copy import copy
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

import huiyin
from huiyin.config.home import home_folder
from huiyin.kernel.refusal import Refused

OWN = ("start", "stop", "status", "migrate", "web", "worker", "demo-if-empty")
REFUSED = 2  # exit code of a refusal; click uses the same for a wrong call


class Commands(click.Group):
    """Finds commands by name; Django comes in only for those that need it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every command by name."""
        return sorted({*OWN, *(command.name or "" for command in room_commands())})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """One of ours, else a room's, which then gets Django and a database."""
        if name in OWN:
            return own_command(name)
        return next((on_database(command) for command in room_commands() if command.name == name), None)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs a command; a refusal is a sentence and exit code 2, with ``--json`` an object with ``error``."""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
        try:
            return super().main(*args, **{"prog_name": "huiyin", **kwargs, "standalone_mode": False})
        except Refused as refused:
            complain(in_our_language(refused))
        except click.ClickException as error:
            if as_json():
                complain(error.format_message())
            error.show()
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(130)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "terminal_width": 110})
@click.version_option(package_name="huiyin", prog_name="huiyin")
def main() -> None:
    """Huiyin 回音: after-sales service and follow-up visits that keep their promises."""


def own_command(name: str) -> click.Command:
    """One of our own commands, from ``config/commands/<name>.py``."""
    module = import_module(f"huiyin.config.commands.{name.replace('-', '_')}")
    command: click.Command = module.COMMAND
    return command


def room_commands() -> Iterable[click.Command]:
    """The commands of all rooms. Their modules import Django only inside the commands."""
    for folder in sorted(Path(huiyin.__file__).parent.iterdir()):
        name = f"huiyin.{folder.name}.commands"
        if folder.name != "config" and (folder / "__init__.py").exists() and find_spec(name):
            yield from import_module(name).COMMANDS


def on_database(command: click.Command) -> click.Command:
    """The command with Django set up and a migrated database under it, once its arguments are understood."""
    grounded = copy(command)
    callback = command.callback

    def run(*args: Any, **kwargs: Any) -> Any:
        from huiyin.config.ready import ready_database  # noqa: PLC0415 - needs Django

        click.get_current_context().with_resource(ready_database(home_folder()))
        return callback(*args, **kwargs) if callback else None

    grounded.callback = run
    return grounded


def as_json() -> bool:
    """Whether the caller wants machine-readable answers."""
    return "--json" in sys.argv[1:]


def complain(text: str) -> None:
    """Says why nothing was done, and ends with the exit code of a refusal."""
    if as_json():
        click.echo(json.dumps({"error": text}, ensure_ascii=False))
    else:
        click.echo(text, err=True)
    sys.exit(REFUSED)


def in_our_language(refused: Refused) -> str:
    """The refusal in the language of the terminal; English when Django cannot be set up."""
    from django.utils.translation import gettext, override  # noqa: PLC0415

    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    try:
        import django  # noqa: PLC0415

        django.setup()
        with override("zh-hans" if locale.startswith("zh") else "en"):
            return gettext(refused.why.text) % refused.why.params
    except Exception:  # noqa: BLE001 - whatever else is broken, the sentence comes first
        return str(refused)
