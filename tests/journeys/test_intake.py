"""Ways in beside the visit: a call, a mail, the public form; each becomes a case with its clocks (CAS-2, CAS-3)."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from huiyin.channels.models import Mailbox, MailboxProgress
from huiyin.channels.receiving import receive_mail
from huiyin.channels.registry import RawMail
from huiyin.foundation.calls import system_call
from tests.journeys.walk import Walk, words

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SENDER = "zhang@customer.example"


def test_a_call_a_mail_and_a_form_become_cases(walk: Walk) -> None:
    walk.clock.set("2026-09-22 10:00")
    by_phone(walk)
    by_mail(walk)
    by_form(walk)
    all_are_in_one_queue(walk)


def by_phone(walk: Walk) -> None:
    """An agent writes down what a caller says; a mistake keeps what was typed."""
    page = walk.open("agent", "/cases/new/")
    page.locator("[name=kind]").select_option("repair")
    page.locator("[name=topic]").select_option("technical")
    page.locator("[name=reporter_name]").fill("孙晓燕")
    page.locator("[name=reporter_phone]").fill("138 0012 0444")
    page.locator("[name=description]").fill("洗衣机漏水，阳台地板已经泡坏")
    page.locator("[name=happened_at]").fill("2026-09-23T08:00")
    page.locator("main .btn-primary").click()
    page.locator(".field-error").first.wait_for()
    assert page.locator("[name=reporter_name]").input_value() == "孙晓燕"
    walk.picture(page, "new-case-error")
    page.locator("[name=happened_at]").fill("2026-09-22T08:00")
    page.locator("[name=severity]").select_option("function")
    page.locator("main .btn-primary").click()
    page.wait_for_url(lambda url: "/new/" not in url)
    assert words(page.locator("h1")) == "洗衣机漏水，阳台地板已经泡坏"
    walk.picture(page, "case-by-phone")


def by_mail(walk: Walk) -> None:
    """A mail in the old Chinese encoding becomes a case with a receipt; the answer to it is a line of the same case."""
    mailbox = Mailbox.objects.create(address="service@company.example", name="客户服务部")
    MailboxProgress.objects.create(mailbox=mailbox)
    _arrives(mailbox, 1, "空调不制冷", "型号 KFR-35，昨天起不制冷，请尽快处理。")
    _arrives(mailbox, 2, "答复: [GD20260922-0002] 空调不制冷", "补充：室外机有异响。")
    walk.work()
    page = walk.open("service_manager", "/cases/?tab=unassigned")
    page.get_by_role("link", name="空调不制冷").click()
    page.wait_for_url(re.compile(r"/cases/\d+/"))
    said = [words(each) for each in page.locator(".talk-text").all()]
    assert said[0] == "型号 KFR-35，昨天起不制冷，请尽快处理。"
    assert said[-1] == "补充：室外机有异响。"
    walk.picture(page, "case-by-mail")


def by_form(walk: Walk) -> None:
    """A customer tells what is wrong on a phone, without sign-in, and sees the number and the next step at once."""
    phone = walk.open("customer", "/feedback/?product_name=KFR-35&serial=SN0042")
    assert phone.locator("[name=product_name]").input_value() == "KFR-35"
    phone.locator("[name=description]").fill("遥控器没有反应")
    phone.locator("button.btn-primary").tap()
    phone.locator(".field-error, .note-late").first.wait_for()
    walk.picture(phone, "feedback-error")
    phone.locator("[name=reporter_phone]").fill("13900001111")
    phone.locator("button.btn-primary").tap()
    phone.wait_for_url("**/c/*/")
    assert words(phone.locator("h1")) == "GD20260922-0003"
    walk.picture(phone, "feedback-received")


def all_are_in_one_queue(walk: Walk) -> None:
    """The service manager sees all three, by level and deadline."""
    page = walk.open("director", "/cases/?tab=all")
    titles = [words(each) for each in page.locator("tr[data-row] td.wide a[href*='/cases/']").all()]
    assert sorted(titles) == sorted(["洗衣机漏水，阳台地板已经泡坏", "空调不制冷", "遥控器没有反应"])
    walk.picture(page, "queue")


def _arrives(mailbox: Mailbox, uid: int, subject: str, text: str) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = f"张三 <{SENDER}>", mailbox.address
    mail["Subject"], mail["Message-ID"] = subject, f"<{uid}@customer.example>"
    mail.set_content(text, charset="gb18030")
    raw = mail.as_bytes()
    assert receive_mail(system_call(), mailbox, RawMail(uid=uid, raw=raw, size=len(raw))) is not None
