"""A file as an answer, under its name: one that is kept, or one that was just made."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from huiyin.foundation.files import kept


def file_answer(path: str, media_type: str, name: str, *, shown: bool) -> HttpResponse:
    """The bytes of a stored file; nobody on the way keeps a copy, no browser guesses what it is.

    ``shown``: it opens in the browser, which is for pictures of our own making; everything else is taken away.
    """
    answer = HttpResponse(kept(path), content_type=media_type)
    answer["Content-Disposition"] = _named(name, "inline" if shown else "attachment")
    answer["Cache-Control"] = "private, max-age=3600"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def made_file_answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file of our own making to save under its name; nobody, the browser neither, keeps a copy on the way."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = _named(name, "attachment")
    answer["Cache-Control"] = "no-store"
    return answer


def _named(name: str, how: str) -> str:
    return f"{how}; filename*=UTF-8''{quote(name)}"
