"""The lower half of the sheet: answers, what the customer wants, what follows, the record's versions, signatures."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from huiyin.documents.public import Block, Column, Fact, Facts, Heading, Signatures, Table
from huiyin.questionnaires.public import DIMENSION_LABELS, FIVE_DIMENSIONS
from huiyin.visits.queries.record_sheet import SheetFacts
from huiyin.visits.record_sheet.words import NOTHING, emotion, moment, said

ON_THE_RECORD = frozenset({"need", "suggestion"})  # these answers stand under what the customer wants


def lower_half(facts: SheetFacts) -> Iterator[Block]:
    """Scores, answers, wishes, owed answers, cases, versions, signatures."""
    yield Heading(_("5. Answers"))
    yield _dimensions(facts)
    yield _answers(facts)
    yield Heading(_("6. What the customer feels and wants"))
    yield _wishes(facts)
    yield Heading(_("7. What follows"))
    yield _owed(facts)
    yield _cases(facts)
    yield Heading(_("8. Record"))
    yield from _record(facts)
    yield Signatures((_("Agent (signature)"), _("Checked by (signature)"), _("Date")))


def _dimensions(facts: SheetFacts) -> Table:
    scores = facts.answered.scores if facts.answered else {}
    mean = facts.answered.asking.mean if facts.answered else None
    shown = tuple(str(scores.get(code, NOTHING)) for code in FIVE_DIMENSIONS)
    columns = tuple(Column(_(DIMENSION_LABELS[code])) for code in FIVE_DIMENSIONS)
    return Table((*columns, Column(_("Mean"))), ((*shown, NOTHING if mean is None else f"{mean:.2f}"),))


def _answers(facts: SheetFacts) -> Table:
    answers = facts.answered.answers if facts.answered else {}
    hide = facts.personal.hiding.hide
    rows = []
    for question in facts.questions:
        if question.purpose in ON_THE_RECORD or question.kind == "emotion":
            continue
        answer = answers.get(question.code)
        rows.append((question.text, hide(said(question, answer)), hide(answer.why) if answer else ""))
    return Table((Column(_("Question")), Column(_("What was answered")), Column(_("Follow-up: why"))), tuple(rows))


def _wishes(facts: SheetFacts) -> Facts:
    record, hide = facts.record, facts.personal.hiding.hide
    mood = [emotion(record.emotion), record.emotion_note] if record else []
    return Facts(
        (
            Fact(_("Emotion"), hide(" · ".join(part for part in mood if part))),
            Fact(_("Needs"), hide(record.needs) if record else ""),
            Fact(_("Suggestions"), hide(record.suggestions) if record else ""),
            Fact(_("Notes"), hide(record.notes) if record else ""),
        ),
        across=1,
    )


def _owed(facts: SheetFacts) -> Table:
    hide = facts.personal.hiding.hide
    headings = (_("Owed answer: question"), _("Who answers"), _("By when"), _("Answer"), _("Answered at"))
    rows = tuple(
        (hide(owed.question), owed.owner.name, moment(owed.due_at), hide(owed.answer), moment(owed.answered_at))
        for owed in facts.owed
    )
    return Table(tuple(map(Column, headings)), rows, _("No answers are owed."))


def _cases(facts: SheetFacts) -> Table:
    rows = tuple(
        (
            case.number,
            _("Opened by this visit") if case.found else _("This visit asks about it"),
            facts.personal.hiding.hide(case.title),
        )
        for case in facts.cases
    )
    return Table((Column(_("Case")), Column(_("Connection with the visit")), Column(_("Title"))), rows, _("No cases."))


def _record(facts: SheetFacts) -> Iterator[Block]:
    hide = facts.personal.hiding.hide
    headings = (_("Version"), _("Recorded at"), _("Author"), _("Recorded in time"), _("Reason of the correction"))
    rows = [
        (
            str(record.version),
            moment(record.completed_at),
            record.author.name if record.author else _("the customer"),
            _("Recorded late") if record.late else _("In time"),
            hide(record.reason),
        )
        for record in facts.versions
    ]
    rows += [
        (f"{answer.question.code} {answer.version}", moment(answer.at), "", "", hide(answer.reason))
        for answer in facts.corrected
    ]
    yield Table(tuple(map(Column, headings)), tuple(rows), _("Not recorded yet."))
