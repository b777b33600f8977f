"""API tokens: made, shown once, revoked (PRV-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.slots import rights
from huiyin.organisation.actions.create_token import create_token
from huiyin.organisation.actions.revoke_token import revoke_token
from huiyin.organisation.models import ApiToken
from huiyin.organisation.pages import choices
from huiyin.organisation.queries.structure import tokens_seen_by

LIVES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("1 year")), ("", _("Without end"))]


class TokenForm(forms.Form):
    """For whom a token acts, what it may do, how long."""

    name = forms.CharField(label=_("What it is for"), max_length=60)
    staff_id = forms.ChoiceField(label=_("Acts for"))
    scopes = forms.MultipleChoiceField(
        label=_("Rights"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all rights of the person."),
    )
    days = forms.ChoiceField(label=_("Valid for"), choices=LIVES, required=False, initial="90")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff_id"].choices = choices.people()  # type: ignore[attr-defined]  # a ChoiceField
        labelled = [(right.code, _(right.label)) for right in rights()]
        self.fields["scopes"].choices = labelled  # type: ignore[attr-defined]


@dataclass(frozen=True)
class TokenRow:
    """A token and whether it still opens the door."""

    token: ApiToken
    alive: bool


@dataclass(frozen=True)
class TokensPage:
    """All tokens, newest first; ``secret`` only in the answer that made one."""

    rows: list[TokenRow]
    page: KeysetPage[ApiToken]
    secret: str = ""


@page("organisation/tokens/", name="tokens", needs="tokens.create")
@never_cache
def tokens_page(request: Request) -> HttpResponse:
    """The list and the form; the answer to the form shows the secret, once."""
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            secret = _made(request, form.cleaned_data)
        if not form.errors:
            form = TokenForm()
    return show(
        request, "organisation/tokens.html", _page(request, secret), status=422 if form.errors else 200, form=form
    )


def _made(request: Request, given: dict[str, Any]) -> str:
    ends = clock.now() + timedelta(days=int(given["days"])) if given["days"] else None
    _token, secret = create_token(
        call_of(request), staff_id=int(given["staff_id"]), name=given["name"], scopes=given["scopes"], expires_at=ends
    )
    return secret


def _page(request: Request, secret: str) -> TokensPage:
    now = clock.now()
    found = keyset(tokens_seen_by(request.actor), order=("-id",), after=request.GET.get("after"))
    alive = [not token.revoked_at and (not token.expires_at or token.expires_at > now) for token in found.rows]
    rows = [TokenRow(token, lives) for token, lives in zip(found.rows, alive, strict=True)]
    return TokensPage(rows, found, secret)


@page("organisation/tokens/<int:token_id>/revoke/", name="token-revoke", needs="tokens.create")
@require_POST
def revoke_page(request: Request, token_id: int) -> HttpResponse:
    """Ends a token."""
    form = forms.Form(request.POST)
    with refusals(form):
        revoke_token(call_of(request), token_id)
    return go("tokens")
