"""One account at a platform: an application, or a robot in a group."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiyin.channels.actions.save_staff_account import FIELDS, save_staff_account, test_staff_account
from huiyin.channels.models import CallbackPulse, StaffAccount
from huiyin.channels.models.staff import Mode
from huiyin.channels.pages.saving import after_saving
from huiyin.channels.platforms.kind import platforms
from huiyin.channels.queries.outside import pulse_of
from huiyin.channels.queries.staff import staff_account
from huiyin.channels.rules.callbacks.pushed import REFUSALS
from huiyin.channels.rules.staff.groups import GROUPS
from huiyin.channels.secrets import HINTS, Keyring
from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Refused
from huiyin.organisation.public import department_choices

HINT = _(HINTS[Keyring.STAFF])


class StaffAccountForm(forms.Form):
    """What an account needs; the secrets themselves stand elsewhere."""

    platform = forms.ChoiceField(
        label=_("Platform"), choices=lambda: [(code, gettext(one.label)) for code, one in platforms().items()]
    )
    mode = forms.ChoiceField(label=_("Kind"), choices=Mode.choices)
    name = forms.CharField(label=_("Name of the account"), max_length=60)
    key_id = forms.CharField(label=_("Key (CorpID, AppKey, App ID)"), max_length=128, required=False)
    agent_id = forms.CharField(label=_("Number of the application (AgentId)"), max_length=40, required=False)
    secret = forms.CharField(
        label=_("Where the secret is"),
        max_length=120,
        help_text=_("Of an application its secret, of a robot the key at the end of its address."),
    )
    sign_secret = forms.CharField(
        label=_("Where the robot's signing secret is"), max_length=120, required=False, help_text=HINT
    )
    groups = forms.MultipleChoiceField(
        label=_("What a robot tells its group"),
        required=False,
        choices=lambda: [(code, gettext(label)) for code, label in GROUPS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    department_id = forms.TypedChoiceField(
        label=_("Only about the work of"), required=False, coerce=int, empty_value=None
    )
    callback_token = forms.CharField(
        label=_("Where the token of callbacks is"), max_length=120, required=False, help_text=HINT
    )
    callback_key = forms.CharField(
        label=_("Where the key of callbacks is (EncodingAESKey, Encrypt Key)"), max_length=120, required=False
    )
    base_url = forms.CharField(
        label=_("Address of the service"),
        max_length=200,
        required=False,
        help_text=_("Empty: the provider's own address."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["department_id"].choices = [("", gettext("everybody")), *department_choices()]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class StaffAccountPage:
    """One account (None: a new one). An application has an address for what people write to it, and its newest signs of
    life (None: none yet); ``takes``: its token and key are named."""

    account: StaffAccount | None
    address: str = ""
    takes: bool = False
    pulse: CallbackPulse | None = None
    refused: str = ""


@page("staff-channels/new/", name="staff-account-new", needs="channels.change")
def new_account(request: Request) -> HttpResponse:
    """Sets up another account."""
    return _edit(request, None)


@page("staff-channels/<int:account_id>/", name="staff-account", needs="channels.change")
def account_page(request: Request, account_id: int) -> HttpResponse:
    """Changes an account."""
    return _edit(request, staff_account(account_id))


@page("staff-channels/<int:account_id>/test/", name="staff-account-test", needs="channels.change")
@require_POST
def try_account(request: Request, account_id: int) -> HttpResponse:
    """Sends a test; what became of it stands among the sent messages."""
    try:
        sent = test_staff_account(call_of(request), account_id)
    except Refused as refusal:
        messages.error(request, say(refusal.why))
        return go("staff-account", account_id)
    return go("sent-message", sent.pk)


def _edit(request: Request, account: StaffAccount | None) -> HttpResponse:
    known = {name: getattr(account, name) for name in FIELDS} if account else None
    form = StaffAccountForm(request.POST or None, initial=known)
    if (
        gone := after_saving(
            request, form, save_staff_account, account, overview="staff-channels", page="staff-account"
        )
    ) is not None:
        return gone
    context = _context(account)
    return show(request, "channels/staff_account.html", context, status=422 if form.errors else 200, form=form)


def _context(account: StaffAccount | None) -> StaffAccountPage:
    if account is None or account.mode != Mode.APP:
        return StaffAccountPage(account)
    pulse = pulse_of(account.pk)
    return StaffAccountPage(
        account,
        address=f"{settings.PUBLIC_URL}{reverse('platform-in', args=[account.pk])}",
        takes=bool(account.callback_token and account.callback_key and account.is_active),
        pulse=pulse,
        refused=REFUSALS[pulse.refused_why][1] if pulse and pulse.refused_why in REFUSALS else "",
    )
