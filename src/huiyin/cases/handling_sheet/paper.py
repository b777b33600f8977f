"""The sheet as one paper in one language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from huiyin.cases.queries.around import PlanRow
from huiyin.cases.queries.handling_sheet import SheetFacts, moment_of
from huiyin.cases.rules.kinds import (
    CHANNELS,
    CONFIRM_WAYS,
    EMOTIONS,
    KINDS,
    LEVELS,
    REACHES,
    REVISIT_OUTCOMES,
    SEVERITIES,
    TOPICS,
    VERDICTS,
)
from huiyin.cases.rules.stage_words import STAGE_WORDS
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.documents.public import Block, Column, Fact, Facts, Heading, Paper, Signatures, Table

NOTHING = "–"
LANGUAGES = ("zh-hans", "en")


def handling_sheet(facts: SheetFacts, *, language: str, now: datetime, by: str, reason: str = "") -> Paper:
    """The sheet on A4, on one page whenever it fits; who made it and, for data in full, why stand at its foot."""
    with translation.override(language):
        return Paper(
            title=_("Case handling sheet"),
            blocks=tuple(_blocks(facts)),
            made_at=now,
            language=language,
            number=facts.case.number,
            marks=(_("Repeated"),) if facts.case.repeated else (),
            foot=_foot(facts, now, by, reason),
            one_page=True,
        )


def _foot(facts: SheetFacts, now: datetime, by: str, reason: str) -> str:
    made = _("Made on %(when)s by %(who)s") % {"when": _moment(now), "who": by}
    if facts.personal.full:
        care = _("Contains personal data in full, taken out because: %(reason)s. Keep it safe.") % {"reason": reason}
    else:
        care = _("Personal data is masked.")
    return f"{made}\n{care}"


def _blocks(facts: SheetFacts) -> Iterator[Block]:
    yield Heading(_("1. Customer"))
    yield _customer(facts)
    yield Heading(_("2. Problem"))
    yield _problem(facts)
    yield Heading(_("3. Handling plan"))
    yield _plan(facts)
    if facts.story.plan:
        yield _steps(facts)
    yield Heading(_("4. What was done"))
    yield _stages(facts)
    yield Heading(_("5. Result"))
    yield _result(facts)
    yield Signatures((_("Handled by (signature)"), _("Customer (signature)"), _("Date")))


def _customer(facts: SheetFacts) -> Facts:
    case, personal = facts.case, facts.personal
    return Facts(
        (
            Fact(_("Customer"), personal.name or NOTHING),
            Fact(_("Customer number"), facts.number or NOTHING),
            Fact(_("Phone"), personal.phone or NOTHING),
            Fact(_("Email"), personal.email or NOTHING),
            Fact(_("Postal address"), personal.address or NOTHING, 2),
            Fact(_("Product"), case.product_name or NOTHING),
            Fact(_("Serial number"), case.serial or NOTHING),
            Fact(_("Store"), facts.story.names.store or NOTHING),
        )
    )


def _problem(facts: SheetFacts) -> Facts:
    case, hide = facts.case, facts.personal.hiding.hide
    return Facts(
        (
            Fact(_("Received at"), _moment(case.received_at)),
            Fact(_("Came by"), _code(CHANNELS, case.channel)),
            Fact(_("Kind"), f"{_code(KINDS, case.kind)} · {_code(TOPICS, case.topic)}"),
            Fact(_("Level"), _code(LEVELS, case.level)),
            Fact(_("Severity"), _code(SEVERITIES, case.severity)),
            Fact(_("Reach"), _code(REACHES, case.reach)),
            Fact(_("Emotion"), _code(EMOTIONS, case.emotion)),
            Fact(_("Happened"), _moment(case.happened_at) or NOTHING),
            Fact(_("How often"), case.frequency or NOTHING),
            Fact(_("Description of the problem"), hide(case.description), 3),
            Fact(_("What the customer wants"), hide(case.wish) or NOTHING, 2),
            Fact(_("Wanted by"), _day(case.wanted_by)),
        )
    )


def _plan(facts: SheetFacts) -> Facts:
    case, plan, names = facts.case, facts.story.plan, facts.story.names
    agreed = ""
    if plan and plan.answer:
        word = _("Confirmed") if plan.answer == "confirmed" else _("Declined")
        agreed = " · ".join(part for part in (word, _code(CONFIRM_WAYS, plan.way), _moment(plan.answered_at)) if part)
    return Facts(
        (
            Fact(_("Department"), names.department or NOTHING),
            Fact(_("Responsible person"), (plan.person if plan else "") or names.owner or NOTHING),
            Fact(_("Planned finish"), _moment(case.planned_at) or NOTHING),
            Fact(_("Cost for the customer"), f"¥ {plan.cost:.2f}" if plan else NOTHING),
            Fact(_("The customer's answer"), agreed or NOTHING, 2),
            Fact(_("To be noted"), (plan.risk if plan else "") or NOTHING, 2),
            Fact(_("Expected result"), (plan.result if plan else "") or NOTHING),
        )
    )


def _steps(facts: SheetFacts) -> Table:
    headings = (_("No."), _("Step"), _("Carried out by"), _("Until"), _("Cost"), _("Done at"))
    columns = tuple(Column(heading, number=place in (0, 4)) for place, heading in enumerate(headings))
    rows = facts.story.plan.rows if facts.story.plan else ()
    return Table(columns, tuple(_step(place, row) for place, row in enumerate(rows, 1)), _("No steps."))


def _step(place: int, row: PlanRow) -> tuple[str, ...]:
    who = " · ".join(part for part in (row.person, row.department) if part)
    done = _("dropped") if row.dropped else _moment(row.done_at)
    return (str(place), row.what, who or NOTHING, _day(row.due_on), f"{row.cost:.2f}", done or NOTHING)


def _stages(facts: SheetFacts) -> Table:
    columns = tuple(Column(heading) for heading in (_("Time"), _("Step"), _("Carried out by"), _("Words")))
    hide = facts.personal.hiding.hide
    rows = tuple(
        (
            _moment(stage.at),
            _(STAGE_WORDS[stage.verb][0]) if stage.verb in STAGE_WORDS else stage.verb,
            stage.who or NOTHING,
            hide(stage.reason) or NOTHING,
        )
        for stage in facts.story.stages
    )
    return Table(columns, rows, _("Nothing yet."))


def _result(facts: SheetFacts) -> Facts:
    case, hide, verdict = facts.case, facts.personal.hiding.hide, facts.verdict
    revisit = facts.story.revisits[-1] if facts.story.revisits else None
    return Facts(
        (
            Fact(_("Actual finish"), _moment(case.finished_at) or NOTHING),
            Fact(_("Told at"), _moment(moment_of(facts.story, "tell")) or NOTHING),
            Fact(_("State"), _(STATE_LABELS[case.state])),
            Fact(_("How it was tested"), hide(facts.tested) or NOTHING, 3),
            Fact(_("Result as told"), hide(facts.result) or NOTHING, 3),
            Fact(_("Customer's verdict"), _scored(VERDICTS, verdict.verdict, verdict.score) if verdict else NOTHING),
            Fact(_("The customer's words"), hide(verdict.words if verdict else "") or NOTHING, 2),
            Fact(_("Revisit"), _scored(REVISIT_OUTCOMES, revisit.code, revisit.score) if revisit else NOTHING, 2),
            Fact(_("Closed at"), _moment(case.closed_at) or NOTHING),
        )
    )


def _scored(labels: dict[str, str], code: str, score: int | None) -> str:
    said = _code(labels, code)
    return said if score is None else f"{said} {score}/5"


def _code(labels: dict[str, str], code: str) -> str:
    return _(labels[code]) if code in labels else code or NOTHING


def _moment(at: datetime | None) -> str:
    """On the company's clock, to the minute."""
    return f"{at.astimezone(timezone.get_default_timezone()):%Y-%m-%d %H:%M}" if at else ""


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else NOTHING


def language_of(wanted: str, own: str) -> str:
    """The language of a sheet: the one asked for if there is it, else the reader's own."""
    if wanted in LANGUAGES:
        return wanted
    return "en" if own.startswith("en") else "zh-hans"


def file_name(paper: Paper, ending: str) -> str:
    """工单处理单-GD20260928-0001.pdf: the case's number, never a name."""
    return f"{paper.title}-{paper.number}.{ending}"
