"""My notices: unread ones first, each leads to its record."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from huiyin.channels.actions.read_notices import read_notices
from huiyin.channels.models import StaffNotice
from huiyin.channels.queries.notices import notices_of, unread_count
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import NotFound

MOST_UNREAD = 100


@dataclass(frozen=True)
class NoticesPage:
    """Unread notices, newest first, then a page of the read ones."""

    unread: list[StaffNotice]
    count: int
    read: KeysetPage[StaffNotice]


@page("notices/", name="notices", needs="notices.see")
def notices_page(request: Request) -> HttpResponse:
    """What I was told."""
    mine = notices_of(request.actor)
    context = NoticesPage(
        unread=list(mine.filter(read_at=None).order_by("-at", "-id")[:MOST_UNREAD]),
        count=unread_count(request.actor),
        read=keyset(mine.exclude(read_at=None), order=("-at", "-id"), after=request.GET.get("after")),
    )
    return show(request, "channels/notices.html", context)


@page("notices/read/", name="notices-read", needs="notices.see")
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Marks all of mine as read."""
    read_notices(call_of(request))
    return go("notices")


@page("notices/<int:notice_id>/", name="notice", needs="notices.see")
@require_POST
def open_notice(request: Request, notice_id: int) -> HttpResponse:
    """Marks a notice as read and leads where it points; somebody else's is not found."""
    notice = notices_of(request.actor).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound
    read_notices(call_of(request), notice_id)
    return HttpResponseRedirect(notice.href or reverse("notices"))
