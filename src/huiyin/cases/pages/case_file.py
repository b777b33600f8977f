"""A file of a case, always as a download."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse

from huiyin.cases.queries.detail import case_seen_by
from huiyin.foundation.pages import Request, page
from huiyin.kernel.refusal import NotFound


@page("cases/<int:case_id>/files/<int:file_id>/", name="case-file", needs="cases.see")
def case_file(request: Request, case_id: int, file_id: int) -> HttpResponse:
    """The file, never shown inside our own page."""
    kept = case_seen_by(request.actor, case_id).attachments.filter(pk=file_id).first()
    if kept is None:
        raise NotFound
    response = FileResponse(kept.file.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]  # a streaming response is a response to Django
