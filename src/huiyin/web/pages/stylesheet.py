"""One style sheet, kept by the browser for a year because its address carries its mark."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from huiyin.foundation.pages import Request, page
from huiyin.web import sheets


@page("look/<slug:sheet>-<slug:mark>.css", name="stylesheet", needs=None)
def stylesheet_page(_request: Request, sheet: str, mark: str) -> HttpResponse:
    """The sheet's text; an old mark is answered with the present text, but not for keeping."""
    if sheet not in sheets.SHEETS:
        raise Http404
    present, text = sheets.kept(sheet)
    age = "max-age=31536000, immutable" if mark == present else "no-cache"
    return HttpResponse(text, content_type="text/css; charset=utf-8", headers={"Cache-Control": f"public, {age}"})
