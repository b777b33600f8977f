"""Kinds of SMS about site visits."""

from __future__ import annotations

from huiyin.channels.public import Purpose, SmsText, SmsVariable
from huiyin.kernel.words import gettext_noop as _

APPOINTMENT = "field_service.appointment"
CALLED_OFF = "field_service.called_off"
REPORT = "field_service.report"
NUMBER = SmsVariable("number", _("Case number"), "GD20231108-0001")
TOKEN = SmsVariable("token", _("End of the link"), "8Jt2mQ5xN0aVbYc3dEf7Gh9KpLs4Ru6W")

TEXTS = [
    SmsText(
        code=APPOINTMENT,
        label=_("Appointment of a site visit"),
        purpose=Purpose.SERVICE,
        wording=_(
            "Our engineer %(engineer)s comes to you on %(start)s for your matter %(number)s."
            " To move it: %(site)s/sv/%(token)s/"
        ),
        variables=(
            SmsVariable("engineer", _("Engineer"), "Li Wei"),
            SmsVariable("start", _("Start"), "2023-11-09 10:30"),
            NUMBER,
            TOKEN,
        ),
    ),
    SmsText(
        code=CALLED_OFF,
        label=_("A site visit is called off"),
        purpose=Purpose.SERVICE,
        wording=_("The visit of our engineer for your matter %(number)s is called off: %(site)s/sv/%(token)s/"),
        variables=(NUMBER, TOKEN),
    ),
    SmsText(
        code=REPORT,
        label=_("Service report of a site visit"),
        purpose=Purpose.SERVICE,
        wording=_("The service report for your matter %(number)s: %(site)s/sv/%(token)s/"),
        variables=(NUMBER, TOKEN),
    ),
]
