"""Pages that may stand in a frame of other sites; all others may stand in none."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse

SITES = "frame_sites"


def framed_by(answer: HttpResponse, sites: Sequence[str]) -> HttpResponse:
    """Lets these sites (``https://www.example.cn``) show the answer inside their pages; our own pages may too."""
    setattr(answer, SITES, tuple(sites))
    return answer


def sites_of(answer: HttpResponse) -> tuple[str, ...] | None:
    """Which sites may show an answer; None: none, not even our own."""
    sites: tuple[str, ...] | None = getattr(answer, SITES, None)
    return sites
