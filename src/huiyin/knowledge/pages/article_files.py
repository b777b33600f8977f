"""The files of an article: kept, taken out, and read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.file_answer import file_answer
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page
from huiyin.foundation.uploads import FilesField
from huiyin.knowledge.actions.attach import attach_to_article, detach_from_article
from huiyin.knowledge.pages.article import article_again
from huiyin.knowledge.queries.articles import article_seen_by, file_seen_by
from huiyin.knowledge.rules.files import ACCEPTED


class FilesForm(forms.Form):
    """Pictures and PDF files."""

    uploads = FilesField(accept=ACCEPTED, label=_("Files"))


@page("articles/<int:article_id>/files/", name="article-files", needs="knowledge.write")
def article_files(request: Request, article_id: int) -> HttpResponse:
    """Keeps files with the newest text."""
    article_seen_by(request.actor, article_id)
    if request.method != "POST":
        return go("article", article_id)
    form = FilesForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals(form):
            attach_to_article(call_of(request), article_id, uploads=form.cleaned_data["uploads"])
    return _after(request, article_id, form)


@page("articles/<int:article_id>/files/<int:file_id>/out/", name="article-file-out", needs="knowledge.write")
def article_file_out(request: Request, article_id: int, file_id: int) -> HttpResponse:
    """Takes a file out of the newest text."""
    article_seen_by(request.actor, article_id)
    if request.method != "POST":
        return go("article", article_id)
    form = forms.Form(request.POST)
    with refusals(form):
        detach_from_article(call_of(request), article_id, file_id=file_id)
    return _after(request, article_id, form)


@page("articles/<int:article_id>/files/<int:file_id>/", name="article-file", needs="knowledge.see")
def article_file(request: Request, article_id: int, file_id: int) -> HttpResponse:
    """One file: a picture of our own making is shown, a PDF is taken away."""
    file = file_seen_by(request.actor, article_id, file_id)
    return file_answer(file.path, file.media_type, file.name, shown=file.is_picture)


def _after(request: Request, article_id: int, form: Any) -> HttpResponse:
    if form.errors:
        return article_again(request, article_id, form)
    messages.success(request, gettext("Done."))
    return HttpResponseRedirect(f"{reverse('article', args=[article_id])}?text=newest")
