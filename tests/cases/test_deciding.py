"""What a decision on a level must say."""

from __future__ import annotations

import pytest

from huiyin.cases.rules.deciding import check_against, check_decision
from huiyin.kernel.refusal import Invalid


@pytest.mark.parametrize(
    ("level", "kind", "wrong"), [("urgent", "", None), ("urgent", "x", "kind"), ("x", "complaint", "level")]
)
def test_a_decision_names_a_level_and_a_kind_that_there_are(level: str, kind: str, wrong: str | None) -> None:
    if wrong is None:
        return check_decision(level, kind)
    with pytest.raises(Invalid) as refused:
        check_decision(level, kind)
    assert list(refused.value.fields) == [wrong]
    return None


def test_a_decision_against_the_suggestion_says_why() -> None:
    check_against("urgent", "urgent", "")
    check_against("urgent", "general", "客户住院")
    with pytest.raises(Invalid) as refused:
        check_against("urgent", "general", "  ")
    assert list(refused.value.fields) == ["reason"]
