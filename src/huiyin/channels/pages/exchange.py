"""One telephone exchange: how it is asked, what its codes mean, who sits where, and where it pushes to."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiyin.channels.actions.save_exchange import LONGEST_WINDOW, save_exchange
from huiyin.channels.kinds.telephone.registry import exchange_kinds
from huiyin.channels.models import Exchange
from huiyin.channels.pages.saving import after_saving
from huiyin.channels.queries.telephone import exchange_by_id, extensions_text
from huiyin.channels.rules.telephone.codes import SHIPPED, write_table
from huiyin.channels.secrets import HINTS, Keyring
from huiyin.foundation.pages import Request, page, show


class ExchangeForm(forms.Form):
    """What an exchange needs; the secret itself stands elsewhere."""

    name = forms.CharField(label=_("Name of the exchange"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: [(each.code, _(each.label)) for each in exchange_kinds()])
    dial_url = forms.CharField(
        label=_("Address to ask for calls"),
        max_length=200,
        help_text=_("Gets a signed POST with extension and number."),
    )
    secret = forms.CharField(label=_("Where the shared secret is"), max_length=120, help_text=_(HINTS[Keyring.CTI]))
    window_seconds = forms.IntegerField(
        label=_("Signed pushes hold for seconds"), initial=300, min_value=1, max_value=LONGEST_WINDOW
    )
    file_hosts = forms.CharField(
        label=_("Other hosts of recordings"),
        max_length=300,
        required=False,
        help_text=_("Recordings are fetched from the exchange's own host and from these, from nowhere else."),
    )
    extensions = forms.CharField(
        label=_("Who sits at which extension"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 6, "class": "mono"}),
        help_text=_("One line each: staff number = extension."),
    )
    codes = forms.CharField(
        label=_("What the line's codes mean"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 10, "class": "mono"}),
        help_text=_("One line each: code = result. A code that is not listed says nothing; the agent does."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


@dataclass(frozen=True)
class ExchangePage:
    """One exchange (None: a new one) and the addresses it pushes to."""

    exchange: Exchange | None
    events: str
    recordings: str


@page("telephone/exchanges/new/", name="exchange-new", needs="channels.change")
def new_exchange(request: Request) -> HttpResponse:
    """Sets up another exchange."""
    return _edit(request, None)


@page("telephone/exchanges/<int:exchange_id>/", name="exchange", needs="channels.change")
def exchange_page(request: Request, exchange_id: int) -> HttpResponse:
    """Changes an exchange."""
    return _edit(request, exchange_by_id(exchange_id))


def _edit(request: Request, exchange: Exchange | None) -> HttpResponse:
    form = ExchangeForm(request.POST or None, initial=_initial(exchange))
    if (
        gone := after_saving(request, form, save_exchange, exchange, overview="telephone", page="exchange")
    ) is not None:
        return gone
    status = 422 if form.errors else 200
    return show(request, "channels/exchange.html", _page(exchange), status=status, form=form)


def _initial(exchange: Exchange | None) -> dict[str, object]:
    if exchange is None:
        return {"codes": write_table(SHIPPED)}
    own = {name: getattr(exchange, name) for name in ExchangeForm.base_fields if name not in ("codes", "extensions")}
    return {**own, "codes": write_table(exchange.codes), "extensions": extensions_text(exchange)}


def _page(exchange: Exchange | None) -> ExchangePage:
    if exchange is None:
        return ExchangePage(None, "", "")
    events = f"{settings.PUBLIC_URL}{reverse('telephone-events', args=[exchange.pk])}"
    return ExchangePage(exchange, events, events.replace("/events/", "/recordings/{call}/"))
