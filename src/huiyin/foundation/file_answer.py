"""A kept file as an answer, safe to open wherever it came from."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from huiyin.foundation.files import kept


def file_answer(path: str, media_type: str, name: str, *, shown: bool) -> HttpResponse:
    """The bytes of a stored file; nobody on the way keeps a copy, no browser guesses what it is.

    ``shown``: it opens in the browser, which is for pictures of our own making; everything else is taken away.
    """
    answer = HttpResponse(kept(path), content_type=media_type)
    answer["Content-Disposition"] = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "private, max-age=3600"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
