"""What providers push to us, item by item: one that nobody can take up never stops the others, and is not lost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from huiyin.channels.actions.take_reply import keep_stuck_reply, take_reply
from huiyin.channels.actions.take_report import take_report
from huiyin.channels.models import SmsAccount
from huiyin.channels.rules.sms.receipts import Reply, Report
from huiyin.kernel.call import Call

log = logging.getLogger(__name__)


def take_reports(new_call: Callable[[], Call], account: SmsAccount, reports: Sequence[Report]) -> bool:
    """Takes receipts; False when one could not be taken, so that the provider tells them again."""
    taken = [_taken(new_call, account, report) for report in reports]
    return all(taken)


def _taken(new_call: Callable[[], Call], account: SmsAccount, report: Report) -> bool:
    try:
        take_report(new_call(), account, report)
    except Exception:
        log.exception("a receipt of SMS account %s could not be taken", account.pk)
        return False
    return True


def take_replies(new_call: Callable[[], Call], account: SmsAccount, replies: Sequence[Reply]) -> None:
    """Takes customers' answers; one whose reaction fails is kept as stuck, as a mail is."""
    for reply in replies:
        try:
            take_reply(new_call(), account, reply)
        except Exception as error:
            log.exception("an answer to SMS account %s could not be taken up", account.pk)
            keep_stuck_reply(new_call(), account, reply, why=type(error).__name__)
