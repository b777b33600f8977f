"""Cases are found by number, by words of any length in any place, by serial, phone and customer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection

from huiyin.cases.models import Case
from huiyin.cases.queries import search
from huiyin.cases.queries.search import WORDS, search_cases
from huiyin.cases.search_kinds import find_cases
from huiyin.foundation.bigrams import contains_text
from huiyin.foundation.prepared import outline
from huiyin.kernel.actor import NOBODY
from tests.cases.conftest import Cases


def numbers(cases: Cases, text: str, who: str = "director") -> set[str]:
    return {case.number for case in search_cases(cases.company.actor(who), text, limit=50)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("断电", True),
        ("自动断电", True),
        ("a50 pro", True),
        ("100%", True),
        ("电断", False),
        ("断机", False),
        ("1_0", False),
        ("第三", True),
        ("SN-7", True),
        ("SN", False),
        ("13912345678", True),
    ],
)
def test_words_of_any_length_find_exactly_the_cases_that_have_them(cases: Cases, text: str, found: bool) -> None:
    case = cases.open(
        description="机器开机五分钟后自动断电\nA50 Pro，电量100%，已经第三次",
        serial="SN-7",
        reporter_phone="13912345678",
    )
    other = cases.open(description="物流很慢", reporter_phone="13800000001")
    got = numbers(cases, text)
    assert (case.number in got) is found
    assert other.number not in got


def test_a_number_or_its_beginning_finds_the_case(cases: Cases) -> None:
    case = cases.open()
    assert numbers(cases, case.number.lower()) == {case.number}
    assert case.number in numbers(cases, case.number[:12])


def test_the_search_box_names_the_case_and_leads_to_it(cases: Cases) -> None:
    case = cases.open(description="压缩机异响")
    [hit] = find_cases(cases.company.actor("director"), "异响", 10)
    assert (hit.href, hit.title) == (f"/cases/{case.pk}/", f"{case.number} 压缩机异响")


def test_cases_outside_the_own_scope_are_not_found(cases: Cases) -> None:
    cases.open(description="压缩机异响", topic="product")
    assert numbers(cases, "异响", "store_manager") == set()


def test_words_are_looked_up_in_the_index(cases: Cases) -> None:
    cases.open(description="压缩机异响")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "case_words" in Case.objects.filter(contains_text(WORDS, "异响")).explain()


def test_a_single_character_finds_customers_by_their_surname_and_words_of_the_newest_cases(cases: Cases) -> None:
    case = cases.open(description="压缩机异响")
    cases.open(description="物流很慢")
    assert numbers(cases, "缩") == {case.number}


def test_words_that_very_many_cases_hold_are_found_newest_first_and_within_the_own_scope(
    cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "OFTEN", 3)
    monkeypatch.setattr(search, "WALKED", 3)
    made = [cases.open(description="送货少件", topic="product").number for _each in range(5)]
    assert [case.number for case in search_cases(cases.company.actor("director"), "送货少件", limit=50)] == made[:1:-1]
    assert [case.number for case in search_cases(cases.company.actor("director"), "送货少件", limit=2)] == made[:2:-1]
    assert numbers(cases, "送货少件", "store_manager") == set()


def test_people_of_one_scope_share_the_statement_and_each_finds_their_own(cases: Cases) -> None:
    mine = cases.open(description="压缩机异响", topic="product")
    search._fitting.cache_clear()
    looks = cases.company.actor("agent")
    stranger = replace(looks, id=(looks.id or 0) + 1_000_000, department_ids=frozenset({0}))
    mate = replace(stranger, id=looks.id)
    assert {case.number for case in search_cases(mate, "异响", limit=50)} == {mine.number}
    assert search_cases(stranger, "异响", limit=50) == search_cases(NOBODY, "异响", limit=50) == []
    assert search._fitting.cache_info().currsize == 1


def test_short_ways_name_the_conditions_of_their_indexes_since_a_plan_for_any_values_needs_them(cases: Cases) -> None:
    sql = search._fitting(outline(cases.company.actor("store_manager")), 0, 10).sql
    conditions = {index.name: str(index.condition) for index in Case._meta.indexes}
    for name, column in (("case_serial", "serial"), ("case_phone", "reporter_phone")):
        assert conditions[name] == f"(NOT (AND: ('{column}', '')))"
        assert f"""(NOT ("cases_case"."{column}" = '') AND "cases_case"."{column}" = (%s))""" in sql
    assert f"huiyin_bigrams({WORDS}) @> %s::text[]" in sql
