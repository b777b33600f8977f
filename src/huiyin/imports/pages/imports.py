"""Imports so far, and the form for the next file."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.foundation.forms import say
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.imports.arrivals import receive
from huiyin.imports.files import Unreadable
from huiyin.imports.kinds import ImportKind
from huiyin.imports.models import ImportRun
from huiyin.imports.queries.runs import Progress, kind_of, kinds_for, limits, progress_of, runs_for
from huiyin.imports.uploads import StoredFile, takes_uploads
from huiyin.kernel.refusal import Refused, Repeated

MEGABYTE = 1024 * 1024
TOO_LARGE = 413


@dataclass(frozen=True)
class ImportsPage:
    """The list and the upload form; ``problem`` says why a file was not taken."""

    kinds: list[ImportKind]
    rows: list[tuple[ImportRun, str, Progress]]
    pager: KeysetPage[ImportRun]
    max_bytes: int
    max_megabytes: int
    problem: str = ""
    chosen: str = ""


def _shown(request: Request, *, problem: str = "", chosen: str = "", status: int = 200) -> HttpResponse:
    pager = keyset(runs_for(request.actor), order=("-id",), after=request.GET.get("after"), size=20)
    bounds = limits()
    context = ImportsPage(
        kinds=kinds_for(request.actor),
        rows=[(run, gettext(kind_of(run).label), progress_of(run)) for run in pager.rows],
        pager=pager,
        max_bytes=bounds.max_file_bytes,
        max_megabytes=bounds.max_file_bytes // MEGABYTE,
        problem=problem,
        chosen=chosen,
    )
    return show(request, "imports/imports.html", context, status=status)


def _too_large(request: Request, refusal: Unreadable) -> HttpResponse:
    answer = _shown(request, problem=say(refusal.why), status=TOO_LARGE)
    answer["Connection"] = "close"
    return answer


@page("imports/", name="imports", needs="imports.run")
@takes_uploads(refuse=_too_large)
def imports_page(request: Request) -> HttpResponse:
    """Takes a file, looks into it, and leads to its columns."""
    if request.method != "POST":
        return _shown(request)
    chosen = request.POST.get("kind", "")
    upload = request.FILES.get("file")
    if not isinstance(upload, StoredFile):
        return _shown(request, problem=gettext("Choose a file."), chosen=chosen, status=422)
    try:
        run = receive(call_of(request), kind=chosen, name=str(upload.name), stored=upload.stored)
    except Repeated as repeat:
        return go("import", repeat.result)
    except Refused as refusal:
        return _shown(request, problem=say(refusal.why), chosen=chosen, status=refusal.status)
    return go("import", run.pk)
