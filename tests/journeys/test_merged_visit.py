"""A complaint, a purchase and a membership fall together for one customer: one call, one screen, no mouse (VIS-15)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from huiyin.cases.public import Case
from huiyin.contact_ledger.public import ContactEntry
from huiyin.customers.public import Contact, Customer, Purchase
from huiyin.foundation.calls import system_call
from huiyin.promises.public import Promise
from huiyin.questionnaires.public import answers_on
from huiyin.visits.models import Attempt, Visit, VisitPolicy, VisitRecord
from huiyin.visits.public import draw_due
from tests.cases.conftest import Cases
from tests.journeys.walk import Walk, words

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SERVICE = {"product": 4, "response": 5, "staff": 5, "process": 4, "value": 5}
QUICK = {"overall": 5, "recommend": 10}


@dataclass
class Keys:
    """The keyboard of an agent: counts strokes, and the seconds between the first and the last."""

    page: Page
    strokes: int = 0
    began: float = field(default_factory=monotonic)

    def press(self, *keys: str) -> None:
        """One stroke each; a chord is one."""
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    @property
    def seconds(self) -> float:
        """Since the first stroke could be made."""
        return monotonic() - self.began


def test_a_merged_visit_is_done_by_keyboard_alone(walk: Walk) -> None:
    walk.clock.set("2026-09-15 09:30")
    customer = bought_and_complained(walk)
    draw_due(system_call())
    complaint, regular, member = (Visit.objects.get(kind=kind) for kind in ("complaint", "regular", "member"))
    assert {regular.made_with_id, member.made_with_id} == {complaint.pk}
    assert not complaint.made_with_id
    assert Promise.objects.filter(kind="visit.call", state="open", subject_id=complaint.pk).count() == 1

    walk.at("2026-09-15 10:05")
    page = walk.open("agent2", "/visits/")
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(1)
    walk.picture(page, "my-day")
    keys = Keys(page)
    keys.press("j", "Enter")
    page.wait_for_url(f"**/visits/{complaint.pk}/")
    kinds = [words(each) for each in page.locator(".one-call-kinds .tag").all()]
    assert kinds == walk.say("投诉回访 常规回访 会员回访", "Complaint visit|Regular visit|Member visit").split(
        walk.say(" ", "|")
    )
    assert page.locator("[data-dial]").count() == len(SERVICE) + len(QUICK), "what two kinds ask is asked once"
    assert [words(each) for each in page.locator(".bridge").all()] == [
        walk.say(
            "另外，借这次通话再请教您一两个小问题。",
            "While we are talking, may I ask you one or two more short questions?",
        ),
    ]
    walk.picture(page, "one-call")

    keys.press("c")
    page.locator(".dial-number").wait_for()
    keys.press(*(str(score) for score in SERVICE.values()), "5", "1", "0", "a")
    assert page.locator('[name="recommend"]:checked').get_attribute("value") == "10"
    walk.picture(page, "one-call-answered")
    keys.press("Control+Enter")
    page.wait_for_url("**/visits/")
    took = keys.seconds

    done = {visit.kind: visit for visit in Visit.objects.all()}
    assert {kind: (each.state, each.made_with_id) for kind, each in done.items()} == {
        "complaint": ("done", None),
        "regular": ("done", complaint.pk),
        "member": ("done", complaint.pk),
    }
    said = {kind: dict(answers_on(each)[0].scores) for kind, each in done.items()}
    assert said == {"complaint": SERVICE, "regular": SERVICE, "member": QUICK}
    promises = Promise.objects.filter(kind="visit.call", subject="visits.visit")
    assert {(each.subject_id, each.state) for each in promises} == {(each.pk, "kept") for each in done.values()}
    assert VisitRecord.objects.filter(late=False).count() == len(done)
    assert Attempt.objects.get().also_for == [regular.pk, member.pk]
    assert ContactEntry.objects.filter(customer=customer, way="phone").count() == 1
    assert Case.objects.get().state == "closed", "the content customer's revisit closes the complaint"

    page = walk.open("agent2", f"/visits/{member.pk}/")
    walk.picture(page, "made-together")
    told = {"strokes": keys.strokes, "visits": len(done), "questions": len(SERVICE) + len(QUICK), "seconds": took}
    (walk.album / "typing.json").write_text(json.dumps(told))
    assert keys.strokes == 13, "open 2, dial 1, seven scores 8, mood 1, save 1"


def bought_and_complained(walk: Walk) -> Customer:
    """A member who bought eight days ago and whose complaint agent has just settled."""
    now = walk.clock.now
    store = walk.company.stores["S01"]
    customer = Customer.objects.create(
        number="CS202609001",
        name="林悦",
        sort_key="lin yue",
        tier="vip",
        registered_at=now - timedelta(days=200),
        home_store=store,
    )
    Contact.objects.create(customer=customer, name="林悦", phone="+8613800000042", is_primary=True)
    Purchase.objects.create(
        customer=customer,
        source="shop",
        number="N1",
        store=store,
        bought_at=now - timedelta(days=8),
        amount=Decimal(6000),
        recorded_at=now,
    )
    VisitPolicy.objects.filter(code="member").update(
        is_active=True,
        sampled=True,
        effective_from="2026-09-01",
        numbers={"every_count": 6, "every_unit": "months", "tiers": ["vip"]},
    )
    Cases(walk.company, customer).until("verdict", cost=Decimal(0))
    return customer
