"""Takes an upload straight into the imports folder, piece by piece, and stops it where the limit is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import wraps
from typing import IO, Any, cast

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from huiyin.foundation.pages import Request
from huiyin.imports.arrivals import check_size, new_name
from huiyin.imports.files import Limits, Unreadable
from huiyin.imports.files.limits import too_big
from huiyin.imports.models import ImportRun
from huiyin.imports.queries.runs import folder, limits
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

FORM_FIELDS = 64 * 1024
TOO_LARGE = 413
UNREADABLE = 422
RESERVE = 512 * 1024 * 1024  # bytes of disk that an upload must leave free


class StoredFile(UploadedFile):  # type: ignore[type-arg]  # not generic at run time
    """An upload that lies in the imports folder already, under ``stored``."""

    stored: str


class StraightToFolder(FileUploadHandler):
    """Django's upload handler for imports: nothing is held in memory or in a second place."""

    def __init__(self, bounds: Limits) -> None:
        super().__init__()
        self.bounds = bounds
        self.refused: Unreadable | None = None
        self._stream: IO[bytes] | None = None
        self._stored = ""
        self._size = 0
        self._names: list[str] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Opens the file it will lie in."""
        super().new_file(*args, **kwargs)
        self._stored, self._size = new_name(), 0
        self._names.append(self._stored)
        self._stream = (folder() / self._stored).open("wb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        """Writes a piece, unless it would be too much."""
        self._size += len(raw_data)
        if self._size > self.bounds.max_file_bytes:
            self.refused = too_big(self.bounds.max_file_bytes)
            self.upload_interrupted()
            raise StopUpload(connection_reset=True)
        if self._stream:
            self._stream.write(raw_data)

    def file_complete(self, file_size: int) -> StoredFile:
        """The stored file."""
        if self._stream:
            self._stream.close()
        stored = StoredFile(file=None, name=self.file_name, content_type=self.content_type, size=file_size)
        stored.stored = self._stored
        return stored

    def upload_interrupted(self) -> None:
        """Leaves nothing behind of an upload that was broken off."""
        if self._stream:
            self._stream.close()
            (folder() / self._stored).unlink(missing_ok=True)

    def forget_unused(self) -> None:
        """Throws away what came in and became no import: a refused, repeated or surplus file."""
        if self._stream:
            self._stream.close()
        kept = set(ImportRun.objects.filter(file__in=self._names).values_list("file", flat=True))
        for name in self._names:
            if name not in kept:
                (folder() / name).unlink(missing_ok=True)


def check_announced(request: HttpRequest) -> None:
    """Refuses by the announced length, before a single byte of the body is read.

    Raises:
        Unreadable: too large for the limit, or for what is free on the disk.
    """
    announced = request.META.get("CONTENT_LENGTH") or ""
    size = max(int(announced) - FORM_FIELDS, 0) if announced.isdigit() else 0
    check_size(size, limits())
    if shutil.disk_usage(folder()).free < size + RESERVE:
        raise Unreadable(message(_("The server has no room for this file. Nothing of it was kept.")))


View = Callable[[Request], HttpResponse]


def takes_uploads(refuse: Callable[[Request, Unreadable], HttpResponse]) -> Callable[[View], View]:
    """A page whose POST may carry a large file; ``refuse`` answers when it is too large.

    The check of the csrf token reads the form, and with it the file: so it must wait until the limits are in place.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def limited(request: Request) -> HttpResponse:
            if request.method != "POST":
                return view(request)
            try:
                check_announced(request)
            except Unreadable as refusal:
                return refuse(request, refusal)
            handler = StraightToFolder(limits())
            request.upload_handlers = [handler]
            try:
                answer = csrf_protect(view)(request)
            finally:
                handler.forget_unused()
            return refuse(request, handler.refused) if handler.refused else answer

        return cast("View", limited)

    return decorate


Run = Callable[..., HttpResponse]


def takes_api_uploads(refuse: Callable[[Unreadable, int], HttpResponse]) -> Callable[[Run], Run]:
    """The same for an operation of the API; whose person or token may not import at all is told so by the operation."""

    def decorate(run: Run) -> Run:
        @wraps(run)
        def limited(request: Request, **kwargs: Any) -> HttpResponse:
            try:
                if request.actor.may("imports.run"):
                    check_announced(request)
            except Unreadable as refusal:
                return refuse(refusal, TOO_LARGE)
            handler = StraightToFolder(limits())
            request.upload_handlers = [handler]
            try:
                answer = run(request, **kwargs)
            except (MultiPartParserError, BadRequest, SuspiciousOperation):
                return refuse(Unreadable(message(_("The upload cannot be read. Send it again."))), UNREADABLE)
            finally:
                handler.forget_unused()
            return refuse(handler.refused, TOO_LARGE) if handler.refused else answer

        return limited

    return decorate
