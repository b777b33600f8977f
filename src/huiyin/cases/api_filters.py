"""What a list of cases shows, as the API asks for it."""

from __future__ import annotations

from ninja import Field, Schema


class CasesIn(Schema):
    """What the list shows."""

    tab: str = Field("all", max_length=30, description="A view by its ``key``, see GET /cases/views.")
    text: str = Field("", max_length=100)
    state: str = ""
    level: str = ""
    kind: str = ""
    department: str = ""
