"""The forms in which the sheet is taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpResponse

from huiyin.documents.public import PDF_MIME, WORD_MIME, Paper, pdf_of, word_of
from huiyin.foundation.file_answer import made_file_answer
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


class Form(NamedTuple):
    """A media type and how a paper is drawn in it."""

    mime: str
    draw: Callable[[Paper], bytes]


FORMS = {"pdf": Form(PDF_MIME, pdf_of), "docx": Form(WORD_MIME, word_of)}


def form_called(ending: str) -> Form:
    """A form by its ending.

    Raises:
        NotFound: there is none.
    """
    found = FORMS.get(ending)
    if found is None:
        raise NotFound(message(_("A record sheet comes as pdf or docx.")))
    return found


def file_answer(paper: Paper, form: Form, name: str) -> HttpResponse:
    """The file to save under its name; nobody on the way may keep a copy."""
    return made_file_answer(form.draw(paper), form.mime, name)
