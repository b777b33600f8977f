"""Several files in one field, and requests that bring too much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest


class FilesInput(forms.FileInput):
    """A choice of several files; on a phone, photos too."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002 - the base's names
        """All files of the field, not the last one only."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Files to be judged one by one by whoever keeps them; the field itself refuses none."""

    widget = FilesInput

    def __init__(self, *, accept: str, **more: Any) -> None:
        super().__init__(required=False, **more)
        self.widget.attrs.update({"multiple": True, "accept": accept})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:  # noqa: ARG002 - the base's name
        """The files that were chosen."""
        chosen: Sequence[Any] = data if isinstance(data, (list, tuple)) else [data]
        return [each for each in chosen if each]


def too_much(request: HttpRequest, most_bytes: int) -> bool:
    """Whether a request says that it brings more than ``most_bytes``; asked before anything of it is read."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return not length.isdecimal() or int(length) > most_bytes
