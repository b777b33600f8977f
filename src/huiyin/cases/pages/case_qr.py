"""The customer's link as a QR code: an image of its own, drawn when somebody scrolls to it."""

from __future__ import annotations

from io import BytesIO

import segno
from django.http import HttpResponse

from huiyin.cases.actions.telling import address_of
from huiyin.cases.queries.detail import case_seen_by
from huiyin.foundation.pages import Request, page
from huiyin.kernel.refusal import NotFound


@page("cases/<int:case_id>/link.svg", name="case-qr", needs="cases.see")
def case_qr(request: Request, case_id: int) -> HttpResponse:
    """The newest link that was not withdrawn; 404 when there is none."""
    case = case_seen_by(request.actor, case_id)
    link = case.links.filter(revoked_at=None).order_by("-id").first()
    if link is None:
        raise NotFound
    drawing = BytesIO()
    segno.make(address_of(link.token), micro=False).save(drawing, kind="svg", scale=3, border=2, light="white")
    return HttpResponse(
        drawing.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private, no-cache"}
    )
