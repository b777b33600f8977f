"""What a case suggests: bounded searches find the titles that share most with what was told."""

from __future__ import annotations

import pytest
from django.db import connection

from huiyin.knowledge.queries.suggest import suggest_articles
from huiyin.knowledge.rules.suggesting import MOST_SEARCHES, searches
from tests.conftest import Company
from tests.knowledge.conftest import Articles


def test_a_rare_pair_is_asked_for_by_itself() -> None:
    assert searches("镁棒坏", {}) == ["'镁棒'", "'棒坏'"]


def test_common_pairs_are_asked_for_with_those_that_follow_in_the_same_run() -> None:
    common = {"空调": 0.3, "调漏": 0.1, "漏水": 0.2}
    assert searches("空调漏水", common) == ["'空调' & '漏水'", "'调漏'", "'漏水'", "'空调'"]


def test_common_pairs_far_apart_are_asked_for_together() -> None:
    assert "'漏水' & '空调'" in searches("空调昨天漏水", {"空调": 0.3, "漏水": 0.2})
    assert "'空调' & '漏水'" in searches("空调，漏水", {"空调": 0.3, "漏水": 0.2})


def test_a_common_pair_alone_is_still_asked_for() -> None:
    assert searches("空调", {"空调": 0.3}) == ["'空调'"]


@pytest.mark.parametrize("told", ["", "，。！", "字"])
def test_without_pairs_nothing_is_asked(told: str) -> None:
    assert searches(told, {}) == []


def test_the_number_of_searches_is_bounded() -> None:
    told = "".join(chr(0x4E00 + n) for n in range(600))
    assert len(searches(told, {})) == MOST_SEARCHES


def test_the_title_that_shares_most_comes_first_however_common_its_words(articles: Articles, company: Company) -> None:
    for part in ("滤芯", "水泵", "面板", "电机"):
        articles.published(title=f"净水器{part}更换", products=())
    best = articles.published(title="净水器漏水怎么办", products=())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE knowledge_articlewords")
        cursor.execute("SELECT most_common_elems FROM pg_stats WHERE tablename = 'knowledge_articlewords' LIMIT 1")
        assert cursor.fetchone() is not None
    found = suggest_articles(company.actor("agent"), "家里的净水器昨天开始漏水")
    assert [each.pk for each in found][:1] == [best.pk]


def test_a_departments_own_article_is_not_suggested_elsewhere(articles: Articles, company: Company) -> None:
    article = articles.published("engineer", "director", title="净水器漏水", visibility="department", products=())
    for who, seen in (("engineer", [article.pk]), ("agent", []), ("director", [article.pk])):
        assert [each.pk for each in suggest_articles(company.actor(who), "净水器漏水")] == seen, who
