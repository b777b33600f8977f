"""``huiyin create-token``: a bearer token for the REST API."""

from __future__ import annotations

import json

import click


@click.command("create-token")
@click.option("--staff", required=True, help="Staff number of the person the token acts for.")
@click.option("--name", required=True, help="What the token is for.")
@click.option("--scope", "scopes", multiple=True, help="A right; repeat for several. Default: all of the person's.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def create_token(staff: str, name: str, scopes: tuple[str, ...], as_json: bool) -> None:
    """Create an API token; the secret is shown once."""
    from huiyin.foundation.calls import system_call  # noqa: PLC0415 - the command line starts before Django
    from huiyin.organisation.public import create_token as create  # noqa: PLC0415
    from huiyin.organisation.public import staff_number  # noqa: PLC0415

    token, secret = create(system_call(), staff_id=staff_number(staff).pk, name=name, scopes=scopes)
    answer = {"token": secret, "name": token.name, "scopes": token.scopes}
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else secret)


COMMANDS = [create_token]
