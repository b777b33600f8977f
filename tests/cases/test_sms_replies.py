"""An SMS of a customer becomes a case, or a line of the case it answers (CHN-1)."""

from __future__ import annotations

from huiyin.cases.models import Case, CaseNote
from huiyin.channels.actions.take_reply import take_reply
from huiyin.channels.models import IncomingMessage, SmsAccount
from huiyin.channels.rules.sms.receipts import Reply
from huiyin.foundation.calls import system_call
from tests.conftest import Company

NUMBER = "13812345678"


def say(words: str, key: str) -> IncomingMessage:
    account, _made = SmsAccount.objects.get_or_create(provider="aliyun", name="阿里云", signature="回音")
    row = take_reply(system_call(), account, Reply(key, NUMBER, words, None))
    assert row is not None
    row.refresh_from_db()
    return row


def test_a_strangers_sms_becomes_a_case_with_the_number(company: Company) -> None:
    row = say("空调还没修好", "1")
    case = Case.objects.get()
    assert (case.channel, case.reporter_phone, case.reporter_email) == ("sms", f"+86{NUMBER}", "")
    assert (row.state, row.about_id) == ("handled", case.pk)


def test_an_sms_that_names_the_case_becomes_a_line_in_it(company: Company) -> None:
    say("空调还没修好", "1")
    case = Case.objects.get()
    row = say(f"【{case.number}】请尽快", "2")
    assert Case.objects.count() == 1
    assert (row.about_id, CaseNote.objects.filter(case=case, text=f"【{case.number}】请尽快").count()) == (case.pk, 1)
