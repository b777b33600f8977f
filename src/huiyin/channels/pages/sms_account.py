"""One account at an SMS provider: how to reach it, which templates it has, where it pushes to."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiyin.channels.actions.save_sms_account import FIELDS, renew_callbacks, save_sms_account
from huiyin.channels.kinds.sms_out.composing import words_of
from huiyin.channels.kinds.sms_out.registry import sms_providers
from huiyin.channels.models import SmsAccount, SmsTemplate
from huiyin.channels.pages.saving import after_saving
from huiyin.channels.queries.sms import account_by_id, templates_of
from huiyin.channels.rules.sms.quiet import Purpose
from huiyin.channels.rules.sms.segments import characters, segments
from huiyin.channels.secrets import HINTS, Keyring
from huiyin.channels.texting import SmsText, sms_texts
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show

MOST_RANK = 99


class AccountForm(forms.Form):
    """What an account needs; the key itself stands elsewhere."""

    provider = forms.ChoiceField(
        label=_("Provider"), choices=lambda: [(each.code, _(each.label)) for each in sms_providers()]
    )
    name = forms.CharField(label=_("Name of the account"), max_length=60)
    signature = forms.CharField(
        label=_("Signature"),
        max_length=30,
        help_text=_("As the provider approved it, without 【】; it stands before every message."),
    )
    rank = forms.IntegerField(
        label=_("Order of use"),
        initial=1,
        min_value=1,
        max_value=MOST_RANK,
        help_text=_("1 is used first; the next one steps in when it is down."),
    )
    key_id = forms.CharField(label=_("Name of the key (AccessKeyId, SecretId)"), max_length=128)
    secret = forms.CharField(label=_("Where the key is"), max_length=120, help_text=_(HINTS[Keyring.SMS]))
    app_id = forms.CharField(label=_("Application (SdkAppId, Tencent only)"), max_length=40, required=False)
    region = forms.CharField(label=_("Region (Tencent only)"), max_length=40, required=False)
    base_url = forms.CharField(
        label=_("Address of the service"),
        max_length=200,
        required=False,
        help_text=_("Empty: the provider's own address."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


@dataclass(frozen=True)
class TemplateRow:
    """One kind of SMS at this account: its template and an example of what the phone shows; None: not mapped."""

    kind: SmsText
    approach: bool
    template: SmsTemplate | None
    example: str
    characters: int
    segments: int


@dataclass(frozen=True)
class AccountPage:
    """One account; None while a new one is made. Addresses are full, to be copied to the provider's console."""

    account: SmsAccount | None
    rows: list[TemplateRow]
    reports: str
    replies: str


@page("sms/accounts/new/", name="sms-account-new", needs="channels.change")
def new_account(request: Request) -> HttpResponse:
    """Sets up another account."""
    return _edit(request, None)


@page("sms/accounts/<int:account_id>/", name="sms-account", needs="channels.change")
def account_page(request: Request, account_id: int) -> HttpResponse:
    """Changes an account."""
    return _edit(request, account_by_id(account_id))


@page("sms/accounts/<int:account_id>/renew/", name="sms-account-renew", needs="channels.change")
@require_POST
def renew_page(request: Request, account_id: int) -> HttpResponse:
    """Makes the addresses for receipts anew."""
    form = forms.Form(request.POST)
    form.is_valid()
    with refusals(form):
        renew_callbacks(call_of(request), account_id)
    return go("sms-account", account_id)


def _edit(request: Request, account: SmsAccount | None) -> HttpResponse:
    known = {name: getattr(account, name) for name in FIELDS} if account else None
    form = AccountForm(request.POST or None, initial=known)
    if (gone := after_saving(request, form, save_sms_account, account, overview="sms", page="sms-account")) is not None:
        return gone
    context = AccountPage(account, _rows(account) if account else [], *_addresses(account))
    return show(request, "channels/sms_account.html", context, status=422 if form.errors else 200, form=form)


def _addresses(account: SmsAccount | None) -> tuple[str, str]:
    if account is None:
        return "", ""
    args = [account.pk, account.callback_token]
    return tuple(f"{settings.PUBLIC_URL}{reverse(name, args=args)}" for name in ("sms-reports", "sms-replies"))  # type: ignore[return-value]


def _rows(account: SmsAccount) -> list[TemplateRow]:
    mapped = templates_of(account)
    return [template_row(kind, account, mapped.get(kind.code)) for kind in sms_texts()]


def template_row(kind: SmsText, account: SmsAccount, template: SmsTemplate | None) -> TemplateRow:
    """A kind of SMS with its example at an account; without a template with our own words."""
    values = {variable.name: variable.example for variable in kind.variables}
    text = words_of(template, values) if template else f"【{account.signature}】{kind.said(values)}"
    return TemplateRow(kind, kind.purpose == Purpose.APPROACH, template, text, characters(text), segments(text))
