"""``huiyin demo-if-empty``: what the first start of the demo does."""

from __future__ import annotations

import click

from huiyin.config.home import home_folder


@click.command("demo-if-empty", hidden=True)
@click.pass_context
def demo_if_empty(context: click.Context) -> None:
    """Make the demo company if the database has nobody in it."""
    from huiyin.config.cli import room_commands  # noqa: PLC0415 - it knows us
    from huiyin.config.ready import ready_database  # noqa: PLC0415 - needs Django

    with ready_database(home_folder()):
        from django.contrib.auth import get_user_model  # noqa: PLC0415 - Django is ready only now

        demo = next((command for command in room_commands() if command.name == "demo"), None)
        if demo is not None and not get_user_model().objects.exists():
            demo.main([], standalone_mode=False, parent=context)


COMMAND = demo_if_empty
