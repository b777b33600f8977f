"""The mail that brings the link to a questionnaire, as plain text and as HTML, in the language in force."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.questionnaires.models import Asking
from huiyin.questionnaires.queries.links import address_of


@dataclass(frozen=True)
class Letter:
    """Subject and the text, twice."""

    subject: str
    text: str
    html: str


def letter_of(asking: Asking, name: str, token: str, *, reminds: bool) -> Letter:
    """The invitation to answer, or the one reminder of it."""
    values = {
        "name": name,
        "link": address_of(token),
        "until": date_format(timezone.localtime(asking.expires_at), "DATE_FORMAT"),
    }
    ask = _("We asked you a few days ago how satisfied you are with us. It takes a minute.")
    if not reminds:
        ask = _("How satisfied are you with us? Please tell us; it takes a minute and you need not sign in.")
    end = _("Your answers help us to do better. If you would rather not, you need do nothing.")
    if reminds:
        end = _("If you would rather not, you need do nothing; we shall not ask again.")
    lines = [_("Dear %(name)s,") % values, ask, values["link"], _("The link is open until %(until)s.") % values, end]
    page = {**values, "title": asking.questionnaire.title, "ask": ask, "end": end, "language": get_language()}
    html = render_to_string("questionnaires/letter.html", page)
    return Letter(asking.questionnaire.title, "\n\n".join(lines) + "\n", html)
