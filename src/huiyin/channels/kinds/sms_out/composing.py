"""An SMS before it is stored: its number in one form, its words, its price in segments."""

from __future__ import annotations

import secrets

from huiyin.channels.kinds.sms_out.registry import sms_providers
from huiyin.channels.models import OutgoingMessage, SmsTemplate
from huiyin.channels.queries.numbers import sms_numbers
from huiyin.channels.queries.sms import template_for
from huiyin.channels.rules.sms.mobile import mobile_number
from huiyin.channels.rules.sms.segments import characters, segments
from huiyin.channels.rules.sms.wording import fills, rendered
from huiyin.channels.texting import sms_texts
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message as sentence


def compose(message: OutgoingMessage) -> None:
    """Fills in what an SMS needs. The words shown are those of the template that would be used now; which one is used
    is settled when it is sent.

    Raises:
        KeyError: there is no such kind of SMS; providers send approved templates only.
        Invalid: the text is too long.
    """
    kind = sms_texts()[message.template]
    message.values = {variable.name: str(message.values[variable.name]) for variable in kind.variables}
    message.to = mobile_number(message.to)
    message.purpose = kind.purpose
    message.message_id = f"hy{secrets.token_hex(12)}"
    write(message, template_for(kind.code))
    most = sms_numbers().most_characters
    if characters(message.text) > most:
        raise Invalid(
            sentence(
                _("The SMS has %(count)s characters; the most is %(most)s."),
                count=characters(message.text),
                most=most,
            )
        )


def write(message: OutgoingMessage, template: SmsTemplate | None) -> None:
    """Puts the words of a template, or of the kind of SMS itself, into the message and counts its segments."""
    message.text = (
        words_of(template, message.values) if template else sms_texts()[message.template].said(message.values)
    )
    message.segments = segments(message.text)


def words_of(template: SmsTemplate, values: dict[str, str]) -> str:
    """The SMS as the phone shows it."""
    pattern = sms_providers()[template.account.provider].placeholder
    filled = fills(template.text, pattern, template.variables, values)
    return rendered(template.text, pattern, filled, template.account.signature)
