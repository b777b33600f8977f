"""The API of saved views of cases."""

from __future__ import annotations

from typing import Any

from ninja import Field, Router, Schema, Status

from huiyin.cases.actions.save_view import delete_view, save_view
from huiyin.cases.queries.views import counted, view_seen_by, views_of
from huiyin.cases.rules.views import USUAL_COLUMNS, Audience, View, may_change
from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, answers, call_of_api, needs, outcome

router = Router(tags=["cases"])


class ViewIn(Schema):
    """A view; ``condition`` is a tree of all, any, not and rows of field, is, value."""

    name: str = Field(max_length=60)
    name_en: str = Field("", max_length=60)
    audience: str = Field(Audience.OWN.value, description="own, team or all.")
    department_id: int | None = Field(None, description="Whose view it is when it is a team's.")
    condition: dict[str, Any] = Field(default_factory=dict)
    order: str = "queue"
    columns: list[str] = Field(default_factory=lambda: list(USUAL_COLUMNS))
    ended_too: bool = False


class ViewChange(ViewIn):
    """A change of a view; ``version`` is the one that was changed, null takes whatever stands."""

    version: int | None = None


class ViewOut(ViewIn):
    """A view of the caller."""

    id: int
    key: str = Field(description="What ``tab`` of GET /cases takes.")
    version: int
    may_change: bool


class ViewCount(Schema):
    """How many cases a view shows; counting ends at 1,000, ``more`` says that there are more."""

    key: str
    number: int | None = Field(description="Null when the condition cannot be read any more.")
    more: bool


@router.get("/views", auth=needs("cases.see"), response=answers(list[ViewOut]))
def list_views(request: ApiRequest) -> list[ViewOut]:
    """The views of the caller: for everybody, of the own departments, own ones."""
    return [_out(request, view) for view in views_of(request.actor)]


@router.get("/views/counts", auth=needs("cases.see"), response=answers(list[ViewCount]))
def count_views(request: ApiRequest) -> list[ViewCount]:
    """How many cases each view of the caller shows now."""
    views = views_of(request.actor)
    found = counted(request.actor, views, clock.now())
    return [ViewCount(key=view.key, number=found[view.pk].number, more=found[view.pk].more) for view in views]


@router.post("/views", auth=needs("cases.see"), response=answers(ViewOut, 201))
def create_view(request: ApiRequest, data: ViewIn) -> Status[ViewOut]:
    """Makes a view."""
    pk = outcome(save_view, call_of_api(request), **data.dict())
    return Status(201, _out(request, view_seen_by(request.actor, pk)))


@router.put("/views/{int:view_id}", auth=needs("cases.see"), response=answers(ViewOut))
def change_view(request: ApiRequest, view_id: int, data: ViewChange) -> ViewOut:
    """Changes a view; 409 when somebody else changed it since ``version``."""
    values = data.dict()
    expected = values.pop("version")
    outcome(save_view, call_of_api(request), view_id, expected=expected, **values)
    return _out(request, view_seen_by(request.actor, view_id))


@router.delete("/views/{int:view_id}", auth=needs("cases.see"), response=answers(None, 204))
def remove_view(request: ApiRequest, view_id: int) -> Status[None]:
    """Removes a view."""
    outcome(delete_view, call_of_api(request), view_id)
    return Status(204, None)


def _out(request: ApiRequest, view: View) -> ViewOut:
    names = [name for name in ViewIn.model_fields if name not in ("columns", "condition")]
    return ViewOut(
        id=view.pk,
        key=view.key,
        version=view.version,
        may_change=may_change(view, request.actor),
        columns=list(view.columns),
        condition=view.condition if isinstance(view.condition, dict) else {},
        **{name: getattr(view, name) for name in names},
    )
