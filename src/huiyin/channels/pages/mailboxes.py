"""Mailboxes: which there are, when each was read, what is wrong; and setting one up."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from huiyin.channels.actions.save_mailbox import FIELDS, save_mailbox
from huiyin.channels.models import Mailbox, Security
from huiyin.channels.pages.saving import after_saving
from huiyin.channels.queries.mailboxes import all_mailboxes, mailbox_by_id
from huiyin.foundation.pages import Request, page, show

MAX_PORT = 65535


class MailboxForm(forms.Form):
    """What a mailbox needs; the password stands elsewhere."""

    address = forms.EmailField(label=_("Address"))
    name = forms.CharField(label=_("Name of the sender"), max_length=60, required=False)
    username = forms.CharField(label=_("User name"), max_length=120, required=False)
    secret = forms.CharField(
        label=_("Where the password is"),
        max_length=120,
        required=False,
        help_text=_("Write env:HUIYIN_MAIL_… or file:name (a file in the data folder's “secrets”)."),
    )
    imap_host = forms.CharField(label=_("Server for receiving (IMAP)"), max_length=120, required=False)
    imap_port = forms.IntegerField(label=_("Port (IMAP)"), initial=993, min_value=1, max_value=MAX_PORT)
    imap_security = forms.ChoiceField(label=_("Connection (IMAP)"), choices=Security.choices)
    believed_server = forms.CharField(
        label=_("Server that checks senders"),
        max_length=120,
        required=False,
        help_text=_(
            "As it names itself in the header Authentication-Results, e.g. mx.company.cn. Mails whose sender it found "
            "forged are kept and not worked on."
        ),
    )
    smtp_host = forms.CharField(label=_("Server for sending (SMTP)"), max_length=120, required=False)
    smtp_port = forms.IntegerField(label=_("Port (SMTP)"), initial=465, min_value=1, max_value=MAX_PORT)
    smtp_security = forms.ChoiceField(label=_("Connection (SMTP)"), choices=Security.choices)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


@dataclass(frozen=True)
class MailboxesPage:
    """All mailboxes with their progress."""

    rows: list[Mailbox]


@dataclass(frozen=True)
class MailboxPage:
    """One mailbox; None while a new one is made."""

    mailbox: Mailbox | None


@page("mailboxes/", name="mailboxes", needs="channels.change")
def mailboxes_page(request: Request) -> HttpResponse:
    """The list."""
    return show(request, "channels/mailboxes.html", MailboxesPage(all_mailboxes()))


@page("mailboxes/new/", name="mailbox-new", needs="channels.change")
def new_mailbox(request: Request) -> HttpResponse:
    """Sets up another mailbox."""
    return _edit(request, None)


@page("mailboxes/<int:mailbox_id>/", name="mailbox", needs="channels.change")
def mailbox_page(request: Request, mailbox_id: int) -> HttpResponse:
    """Changes a mailbox."""
    return _edit(request, mailbox_by_id(mailbox_id))


def _edit(request: Request, mailbox: Mailbox | None) -> HttpResponse:
    known = {name: getattr(mailbox, name) for name in FIELDS} if mailbox else None
    form = MailboxForm(request.POST or None, initial=known)
    if (gone := after_saving(request, form, save_mailbox, mailbox, overview="mailboxes")) is not None:
        return gone
    return show(request, "channels/mailbox.html", MailboxPage(mailbox), status=422 if form.errors else 200, form=form)
