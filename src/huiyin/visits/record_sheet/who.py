"""The upper half of the sheet: the customer, what was bought, the visit and its calls."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from huiyin.customers.public import money
from huiyin.documents.public import Block, Column, Fact, Facts, Heading, Table
from huiyin.visits.models import Attempt
from huiyin.visits.queries.record_sheet import SheetFacts
from huiyin.visits.queries.sub_results import sub_result_name
from huiyin.visits.record_sheet.words import NOTHING, boxes, day, length, moment, span, way, yes_or_no
from huiyin.visits.rules.attempts import BUSINESS_LABELS, LINE_LABELS


def upper_half(facts: SheetFacts) -> Iterator[Block]:
    """Customer, purchase, visit, calls."""
    yield Heading(_("1. Customer"))
    yield _customer(facts)
    yield Heading(_("2. Purchase"))
    yield _purchase(facts)
    yield Heading(_("3. Visit"))
    yield _visit(facts)
    yield Heading(_("4. Calls"))
    yield _calls(facts)


def _customer(facts: SheetFacts) -> Facts:
    customer, personal = facts.visit.customer, facts.personal
    contact = " · ".join(part for part in (personal.contact, personal.position) if part)
    return Facts(
        (
            Fact(_("Customer"), personal.name),
            Fact(_("Customer number"), customer.number),
            Fact(_("Tier"), str(customer.get_tier_display())),
            Fact(_("Contact"), contact or NOTHING),
            Fact(_("Phone"), personal.phone or NOTHING),
            Fact(_("WeChat"), personal.wechat or NOTHING),
            Fact(_("Email"), personal.email or NOTHING),
            Fact(_("Postal address"), personal.address or NOTHING, 2),
        )
    )


def _purchase(facts: SheetFacts) -> Facts:
    bought, store = facts.visit.purchase, facts.visit.store
    articles = "\n".join(
        f"{line.description or line.article_code} × {line.quantity.normalize():f}" for line in facts.lines
    )
    return Facts(
        (
            Fact(_("Bought on"), day(bought.bought_at) if bought else NOTHING),
            Fact(_("Order number"), bought.number if bought else NOTHING),
            Fact(_("Amount"), money(bought.amount, bought.currency) if bought else NOTHING),
            Fact(_("Store"), store.name if store else NOTHING),
            Fact(_("Product"), articles or NOTHING, 2),
        )
    )


def _visit(facts: SheetFacts) -> Facts:
    visit, record = facts.visit, facts.record
    result = " · ".join(part for part in (_(visit.state_label), visit.ended_because) if part)
    return Facts(
        (
            Fact(_("Kind of visit"), visit.policy.name),
            Fact(_("Way"), way(visit.way)),
            Fact(_("Agent"), visit.agent.name if visit.agent else ""),
            Fact(_("Planned time"), span(visit.window_start, visit.window_end) or NOTHING),
            Fact(_("Due by"), moment(visit.due_by)),
            Fact(_("Contact at"), moment(visit.contact_at)),
            Fact(_("Result"), result),
            Fact(_("Length of the talk"), length(record.seconds if record else None)),
            Fact(_("Recording"), boxes(_("Agrees"), _("Declines"))),
            Fact(_("Goal"), visit.policy.goal or NOTHING, 2),
            Fact(_("Goal reached"), yes_or_no(record.goal_met if record else None)),
        )
    )


def _calls(facts: SheetFacts) -> Table:
    headings = (_("Time"), _("Dialled by"), _("Number"), _("The line"), _("The call"), _("Length"), _("Note"))
    columns = tuple(Column(heading, number=heading == _("Length")) for heading in headings)
    return Table(columns, tuple(_call(dial, facts) for dial in facts.dials), _("No calls."))


def _call(dial: Attempt, facts: SheetFacts) -> tuple[str, ...]:
    again = [_("Call back at %(when)s") % {"when": moment(dial.again_at)}] if dial.again_at else []
    spite = [_("in spite of the rules: %(reason)s") % {"reason": dial.override_reason}] if dial.override else []
    notes = [part for part in (sub_result_name(dial.sub_result), dial.note, *again, *spite) if part]
    return (
        moment(dial.at),
        dial.by.name if dial.by else "",
        dial.number,
        _(LINE_LABELS[dial.line]),
        _(BUSINESS_LABELS[dial.business]) if dial.business else "",
        length(dial.seconds),
        facts.personal.hiding.hide(" · ".join(notes)),
    )
