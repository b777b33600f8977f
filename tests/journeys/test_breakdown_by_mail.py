"""A shop stands still and writes a mail: urgent, paused over a make-up Saturday, repaired, judged, asked again
(CHN-1, SLA-2, SLA-4, CAS-3 to CAS-11).
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from email.message import EmailMessage, Message
from pathlib import Path

import pytest

from huiyin.channels.models import Mailbox, MailboxProgress, Security
from huiyin.channels.rules.parsing import parse_mail
from huiyin.channels.tasks import deliver_due, fetch_mail
from huiyin.customers.public import Contact, Customer
from tests.channels.mail_servers import PASSWORD, MailServers, mail_servers
from tests.journeys.case_is_handled import clocks, standing, stat, step
from tests.journeys.walk import Walk, words

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PNG = b"\x89PNG\r\n\x1a\n" + b"leak"
CLOSED = "客户门店周末停业，周一开门"


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServers]:
    monkeypatch.setenv("HUIYIN_MAIL_JOURNEY", PASSWORD)
    root = Path(tempfile.mkdtemp(prefix="hyjourney"))
    try:
        with mail_servers(root) as running:
            yield running
    finally:
        shutil.rmtree(root, ignore_errors=True)


def test_an_urgent_breakdown_by_mail_ends_with_the_customers_word(walk: Walk, servers: MailServers) -> None:
    walk.clock.set("2026-10-09 15:00")
    _set_up(servers)
    _written(walk, servers)
    _first_word_within_two_hours(walk)
    _paused_over_saturday(walk)
    _repaired_and_told_by_mail(walk, servers)
    _judged_on_a_phone(walk)
    _asked_again_by_somebody_else(walk)


def _set_up(servers: MailServers) -> None:
    mailbox = Mailbox.objects.create(
        address=servers.address("service"),
        name="客户服务部",
        username="service",
        secret="env:HUIYIN_MAIL_JOURNEY",
        imap_host="127.0.0.1",
        imap_port=servers.imap_port,
        imap_security=Security.PLAIN,
        smtp_host="127.0.0.1",
        smtp_port=servers.smtp_port,
        smtp_security=Security.PLAIN,
    )
    MailboxProgress.objects.create(mailbox=mailbox)
    shop = Customer.objects.create(
        number="CS202609007", name="晨光饮品店", sort_key="chen guang", tier="vip", registered_at="2026-09-01T00:00:00Z"
    )
    Contact.objects.create(customer=shop, name="孙晓燕", email=servers.address("customer"), is_primary=True)


def _written(walk: Walk, servers: MailServers) -> None:
    """A mail with a picture becomes the customer's case; its receipt is in the customer's box at once."""
    walk.at("2026-10-09 16:00")
    letter = EmailMessage()
    letter["From"], letter["To"] = servers.address("customer"), servers.address("service")
    letter["Subject"], letter["Message-ID"] = "制冰机停机，无法营业", "<1@customer.example>"
    letter.set_content("今天下午制冰机停机，门店没法营业，请尽快来人。")
    letter.add_attachment(PNG, maintype="image", subtype="png", filename="现场.png")
    servers.write(letter, sender=servers.address("customer"), to=servers.address("service"))
    servers.inbox("service")
    walk.job(fetch_mail)
    walk.job(deliver_due)
    receipt = servers.inbox("customer")[0]
    assert "GD20261009-0001" in str(receipt["Subject"])

    page = walk.open("service_manager", "/cases/?tab=unassigned")
    page.get_by_role("link", name="制冰机停机，无法营业").click()
    page.wait_for_url(re.compile(r"/cases/\d+/"))
    walk.notes["case"] = f"/cases/{page.url.partition('/cases/')[2].partition('/')[0]}/"
    assert page.get_by_text("CS202609007").count() > 0, "the sender is recognised"
    assert page.get_by_text("现场.png").count() == 1
    page = step(walk, "service_manager", "triage", kind="complaint", severity="down", emotion="angry", level="urgent")
    step(walk, "service_manager", "assign", staff_id=str(walk.company.staff["agent"].pk), reason="请立即联系客户")
    page = walk.open("agent", walk.notes["case"])
    walk.picture(page, "urgent")
    assert clocks(page) == {
        walk.say("首次响应", "First response"): "18:00",
        walk.say("与客户核实", "Check the record with the customer"): walk.say("明天 16:00", "Tomorrow 16:00"),
        walk.say("解决或答复", "Solve or answer"): walk.say("明天 16:00", "Tomorrow 16:00"),
    }


def _first_word_within_two_hours(walk: Walk) -> None:
    walk.at("2026-10-09 16:30")
    page = step(walk, "agent", "contact", reached="yes", text="已致电，客户说门店现在关门，周一才能进场")
    assert standing(page, "首次响应", "First response", walk) == walk.say("按时完成", "Kept in time")


def _paused_over_saturday(walk: Walk) -> None:
    """Round the clock 23 h are left, whatever day it is; in working days the make-up Saturday counts as paused too."""
    walk.at("2026-10-09 17:00")
    page = step(walk, "agent", "wait", waiting_for="customer", reason=CLOSED)
    assert walk.say("解决或答复", "Solve or answer") not in clocks(page)
    walk.picture(page, "waiting")
    walk.at("2026-10-10 17:00")
    assert stat(walk.open("service_manager", "/wall/"), walk.say("已超时", "Late")) == "0"

    walk.at("2026-10-12 09:00")
    page = step(walk, "agent", "resume", note="客户已开门")
    running = clocks(page)
    assert running[walk.say("解决或答复", "Solve or answer")] == walk.say("明天 08:00", "Tomorrow 08:00")
    check = walk.say("与客户核实", "Check the record with the customer")
    assert running[check] == "17:00"
    page.locator("span.row:has(> .clock)", has=page.get_by_text(check, exact=True)).locator(".clock").click()
    page.wait_for_url("**/promises/*/")
    paused = walk.say(
        f"2026年10月9日（星期五）17:00 至 2026年10月12日（星期一）09:00 暂停（{CLOSED}），9 小时不计。",
        f"Paused from Fri 9 Oct 2026, 17:00 to Mon 12 Oct 2026, 09:00 ({CLOSED}): 9 h does not count.",
    )
    assert paused in [words(reason) for reason in page.locator(".why li").all()]
    walk.picture(page, "why")


def _repaired_and_told_by_mail(walk: Walk, servers: MailServers) -> None:
    walk.at("2026-10-12 09:30")
    step(walk, "agent", "verify", note="核对无误：制冰机不启动")
    step(walk, "agent", "start", note="工程师已到场")
    walk.at("2026-10-12 15:00")
    step(walk, "agent", "finish", test="连续制冰两小时正常")
    page = step(walk, "agent", "tell", result="已更换启动电容，制冰正常")
    assert standing(page, "解决或答复", "Solve or answer", walk) == walk.say("按时完成", "Kept in time")
    walk.job(deliver_due)
    told = next(text for text in map(_text, servers.inbox("customer", at_least=2)) if "已更换启动电容" in text)
    found = re.search(r"/c/[\w-]+/", told)
    assert found is not None
    walk.notes["link"] = found.group()


def _text(letter: Message) -> str:
    return parse_mail(letter.as_bytes()).full_text


def _judged_on_a_phone(walk: Walk) -> None:
    walk.at("2026-10-12 16:00")
    phone = walk.open("customer-1", walk.notes["link"])
    phone.locator("[name=verdict][value=satisfied]").check()
    phone.locator("label:has([name=score][value='5'])").tap()
    walk.picture(phone, "verdict")
    phone.locator("form[action*=verdict] button.btn-primary").tap()
    phone.locator("form[action*=verdict]").wait_for(state="detached")


def _asked_again_by_somebody_else(walk: Walk) -> None:
    """Who handled it may not ask again; a colleague does, and the case closes."""
    page = walk.open("agent", walk.notes["case"])
    assert page.get_by_role("button", name=walk.say("记录回访结果", "Record the revisit")).is_disabled()
    walk.at("2026-10-13 10:00")
    page = step(walk, "service_manager", "record_revisit", outcome="confirmed", score="5")
    assert page.get_by_text(walk.say("已关闭", "Closed"), exact=True).count() > 0
    assert clocks(page) == {}
    walk.picture(page, "closed")
