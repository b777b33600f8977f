"""Kinds of SMS that gift checks send."""

from __future__ import annotations

from huiyin.channels.public import Purpose, SmsText, SmsVariable
from huiyin.kernel.words import gettext_noop as _
from huiyin.promotions.rules.codes import SMS

TEXTS = [
    SmsText(
        code=SMS,
        label=_("Question about a gift"),
        purpose=Purpose.APPROACH,
        wording=_(
            "%(store)s noted that it gave you %(gift)s. Did you get it as it should be? Tell us in half a minute:"
            " %(site)s/q/%(token)s/"
        ),
        variables=(
            SmsVariable("store", _("Store"), "Renmin Road store"),
            SmsVariable("gift", _("Gift and quantity"), "rice cooker × 1"),
            SmsVariable("token", _("End of the link"), "x7Kq2v9Pp3"),
        ),
    )
]
