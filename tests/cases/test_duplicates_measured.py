"""What duplicates and repeat complainers of a real file are worth, against 100 pairs judged by hand.

The judgements are kept by numbers alone (``duplicate_labels.csv``); docs/duplicates-complaints.md says how.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from time import perf_counter

import pytest

from huiyin.cases.rules.likeness import marks
from tests.cases.real_complaints import STRATA, Pair, every_pair, read, sample
from tests.cases.test_import import real_file

LABELS = Path(__file__).with_name("duplicate_labels.csv")
pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def found() -> list[Pair]:
    return every_pair(read(real_file()))


def judged_by_hand() -> dict[tuple[int, int], bool]:
    with LABELS.open(encoding="utf-8") as source:
        return {(int(row["one"]), int(row["other"])): row["same"] == "1" for row in csv.DictReader(source)}


def test_the_pairs_of_the_file_by_stratum(found: list[Pair]) -> None:
    counts = Counter(pair.stratum for pair in found)
    assert counts == {
        "person": 93,
        "words": 31,
        "person near": 55,
        "words near": 8,
        "unmarked": 116,
        "person far": 264,
    }
    assert Counter(pair.stratum for pair in found if pair.days <= 90)["person"] == 82


def test_the_sample_is_the_one_that_was_judged(found: list[Pair]) -> None:
    labels = judged_by_hand()
    assert [(pair.one, pair.other) for pair in sample(found)] == list(labels)
    assert len(labels) == 100


def test_nine_of_ten_claims_are_right_and_three_of_four_duplicates_are_claimed(found: list[Pair]) -> None:
    labels = judged_by_hand()
    sizes = Counter(pair.stratum for pair in found)
    right = Counter(pair.stratum for pair in sample(found) if labels[pair.one, pair.other])
    drawn = Counter(pair.stratum for pair in sample(found))
    assert right == {"person": 22, "words": 23, "person near": 4, "unmarked": 3}
    true = {code: sizes[code] * right[code] / drawn[code] for code in STRATA}
    claimed = true["person"] + true["words"]
    assert round(claimed / (sizes["person"] + sizes["words"]), 2) == 0.89
    assert round(claimed / sum(true.values()), 2) == 0.76


def test_who_complains_again_within_ninety_days_is_counted() -> None:
    last, again = {}, 0
    for each in sorted(read(real_file()), key=lambda one: one.at):
        before = last.get(each.person)
        again += before is not None and (each.at - before).days < 90
        last[each.person] = each.at
    assert again == 167


def test_marking_a_complaint_takes_less_than_five_milliseconds() -> None:
    complaints = read(real_file())[:300]
    start = perf_counter()
    for each in complaints:
        marks(each.title, each.text)
    assert (perf_counter() - start) / len(complaints) < 0.005
