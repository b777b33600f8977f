"""Changes the company's numbers for SMS; the old ones stay on record as their version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from huiyin.channels.models import SmsPolicy
from huiyin.channels.queries.numbers import sms_numbers
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("channels.save_sms_rules", needs="channels.change")
def save_sms_rules(
    act: Act, *, quiet_from: time, quiet_until: time, opt_out_words: Sequence[str], most_characters: int
) -> SmsPolicy:
    """A new version with these values; everything else stays as it is.

    Raises:
        Invalid: without a word that stops messages customers could not get rid of them.
    """
    words = [word.strip() for word in opt_out_words if word.strip()]
    if not words:
        need = message(_("Name at least one word."))
        raise Invalid(need, {"opt_out_words": need})
    now = sms_numbers()
    newest = SmsPolicy.objects.select_for_update().order_by("-version").first()
    policy = SmsPolicy.objects.create(
        version=newest.version + 1 if newest else 1,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        opt_out_words=words,
        most_characters=most_characters,
        retry=list(now.retry),
        lease_minutes=now.lease_minutes,
        looks=list(now.looks),
        proof=now.proof,
        receipts=list(now.receipts),
        down=now.down,
        minute=now.minute,
        hour=now.hour,
        day=now.day,
        reply_days=now.reply_days,
    )
    act.record(policy, version=policy.version, quiet_from=str(quiet_from), quiet_until=str(quiet_until))
    return policy
