"""Real reviews go through questionnaires, and every measure of the results page equals a second implementation.

Each review of a seeded sample is one answered questionnaire: its 1–5 score is the overall opinion, twice the score the
recommendation (0–10), its rank on seven steps the effort, its rank on four the handling; perception is the score and
expectation the mean of the sample, rounded. States are stores; who wrote a comment answered alone, the others by phone.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev, variance

import pytest

from huiyin.foundation import clock as clocks
from huiyin.questionnaires.actions.edit_draft import save_question
from huiyin.questionnaires.actions.make_draft import make_draft
from huiyin.questionnaires.actions.publish_draft import publish_draft
from huiyin.questionnaires.models import Answer, Asking, Questionnaire
from huiyin.questionnaires.queries.results import Results, results_of
from huiyin.questionnaires.rules.figure import Figure
from huiyin.questionnaires.rules.form import FormQuestion, Option
from huiyin.questionnaires.rules.kinds.handling import STEPS
from tests.conftest import Company, MovableClock
from tests.questionnaires.test_measures import Z, close, needs_reviews, rows, t_by_simpson, wilson_by_search

ASKED, ANSWERED = 2_500, 2_000
EFFORT = {1: 1, 2: 2, 3: 4, 4: 6, 5: 7}
HANDLED = {1: STEPS[3], 2: STEPS[3], 3: STEPS[2], 4: STEPS[1], 5: STEPS[0]}
HOPED = 4


@dataclass(frozen=True)
class Review:
    """One review: state of the customer, score, and whether it has words."""

    state: str
    score: int
    worded: bool


@pytest.fixture(scope="module")
def sample() -> list[Review]:
    states = {one["customer_id"]: one["customer_state"] for one in rows("customers")}
    orders = {one["order_id"]: states[one["customer_id"]] for one in rows("orders")}
    reviews = sorted(rows("order_reviews"), key=lambda one: (one["review_id"], one["order_id"]))
    picked = random.Random(20180831).sample(reviews, ASKED)
    return [
        Review(orders[one["order_id"]], int(one["review_score"]), bool(one["review_comment_message"].strip()))
        for one in picked
    ]


def form(company: Company) -> Questionnaire:
    """The one-minute form with effort, handling and one pair of SERVQUAL besides."""
    call = company.call("director")
    make_draft(call, "quick", 1)
    steps = tuple(Option(step, step) for step in STEPS)
    save_question(call, "quick", FormQuestion("effort", "scale7", "办事容易吗？"))
    save_question(call, "quick", FormQuestion("done", "choice", "处理满意吗？", measure="handling", options=steps))
    for half in ("e", "p"):
        save_question(call, "quick", FormQuestion(f"r_{half}", "scale7", "可靠吗？", measure=f"reliability_{half}"))
    publish_draft(call, "quick")
    return Questionnaire.objects.get(code="quick", version=2)


def read(company: Company, sample: list[Review], clock: MovableClock) -> Results:
    """The results of the sample: the first answered, the others were asked in vain."""
    asked_with, now = form(company), clocks.now()
    stores = {state: 1000 + number for number, state in enumerate(sorted({one.state for one in sample}))}
    askings = Asking.objects.bulk_create(
        Asking(
            questionnaire=asked_with,
            subject="organisation.store",
            subject_id=number,
            store_id=stores[one.state],
            attribution={"store": stores[one.state]},
            asked_at=now,
            expires_at=now,
            state="complete" if number < ANSWERED else "expired",
            way="self" if one.worded else "phone",
            completed_at=now if number < ANSWERED else None,
            mean=float(one.score),
        )
        for number, one in enumerate(sample)
    )
    questions = {question.code: question for question in asked_with.questions.all()}
    Answer.objects.bulk_create(
        Answer(asking=asking, question=questions[code], at=now, author_kind="staff", **given)
        for asking, one in zip(askings[:ANSWERED], sample, strict=False)
        for code, given in said(one).items()
    )
    start = now
    clock.advance(days=1)
    return results_of(company.call("director").actor, "quick", start, clocks.now())


def said(one: Review) -> dict[str, dict[str, object]]:
    return {
        "overall": {"number": one.score},
        "recommend": {"number": 2 * one.score},
        "effort": {"number": EFFORT[one.score]},
        "done": {"choices": [HANDLED[one.score]]},
        "r_e": {"number": HOPED},
        "r_p": {"number": one.score},
    }


def share_is(figure: Figure, hits: int, n: int) -> None:
    low, high = wilson_by_search(hits / n, n)
    close(figure, hits / n * 100, low * 100, high * 100)
    assert figure.n == n


def mean_is(figure: Figure, values: list[float]) -> None:
    half = t_by_simpson(len(values) - 1) * stdev(values) / sqrt(len(values))
    close(figure, fmean(values), fmean(values) - half, fmean(values) + half)
    assert figure.n == len(values)


@needs_reviews
def test_every_measure_of_real_reviews_equals_the_second_implementation(
    shipped: Company, sample: list[Review], clock: MovableClock
) -> None:
    found = read(shipped, sample, clock)
    scored = {one.code: one for one in found.scored}
    answered = sample[:ANSWERED]
    values = [float(one.score) for one in answered]
    share_is(found.rate, ANSWERED, ASKED)
    share_is(scored["overall"].figure, sum(value >= 4 for value in values), ANSWERED)
    mean_is(scored["overall"].centre, values)
    mean_is(scored["effort"].figure, [float(EFFORT[one.score]) for one in answered])
    share_is(found.handling, sum(value >= 4 for value in values), ANSWERED)
    mean_is(found.gaps["reliability"], [value - HOPED for value in values])
    mean_is(found.gaps["overall"], [value - HOPED for value in values])
    marks = [1 if value == 5 else -1 if value <= 3 else 0 for value in values]  # 10 promotes; 2, 4 and 6 detract
    padded = [*marks, 1, -1]
    centre, half = fmean(padded), Z * sqrt((fmean(m * m for m in padded) - fmean(padded) ** 2) / len(padded))
    close(scored["recommend"].figure, fmean(marks) * 100, (centre - half) * 100, (centre + half) * 100)


@needs_reviews
def test_mode_effect_and_weighting_of_real_reviews_equal_the_second_implementation(
    shipped: Company, sample: list[Review], clock: MovableClock
) -> None:
    found = read(shipped, sample, clock)
    overall = next(one for one in found.scored if one.code == "overall")
    answered = sample[:ANSWERED]
    phone = [float(one.score) for one in answered if not one.worded]
    alone = [float(one.score) for one in answered if one.worded]
    for way, values in (("phone", phone), ("self", alone)):
        mean_is(overall.by_way[way], [25 * (value - 1) for value in values])
    a, b = variance(phone) / len(phone), variance(alone) / len(alone)
    df = (a + b) ** 2 / (a**2 / (len(phone) - 1) + b**2 / (len(alone) - 1))
    half, gap = t_by_simpson(df) * sqrt(a + b), fmean(phone) - fmean(alone)
    close(overall.effect, gap, gap - half, gap + half)
    states = {one.state for one in answered}
    reached = sum(one.state in states for one in sample)
    weighted = sum(
        sum(one.state == state for one in sample) / reached * fmean(one.score for one in answered if one.state == state)
        for state in states
    )
    assert found.weighing.weighted.figure.value == pytest.approx(weighted)
    assert found.weighing.weighted.covered == pytest.approx(reached / ASKED)
