"""Rules of the customers room, as tables and as properties."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.customers.rules.masking import mask_address, mask_email, mask_name, mask_phone, mask_wechat
from huiyin.customers.rules.matching import Candidate, Likeness, Match, Newcomer, match
from huiyin.customers.rules.names import plain_address, sort_key
from huiyin.customers.rules.numbers import is_ours, numbers_from, prefix_of
from huiyin.customers.rules.phones import normal_phone, phone_tail, spoken_phone
from huiyin.customers.rules.search_words import wanted
from huiyin.customers.rules.warranty import warranty_end


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("13812345678", "+8613812345678"), ("138-1234-5678", "+8613812345678"), ("+86 138 1234 5678", "+8613812345678"),
        ("１３８１２３４５６７８", "+8613812345678"), ("0571-87654321", "+8657187654321"),
        ("0571-87654321转801", "+8657187654321"), ("13812345678/13912345678", "+8613812345678"),
        ("+44 20 7946 0958", "+442079460958"), ("10086", "10086"), ("abc", ""), ("12", ""), ("", ""),
    ],
)  # fmt: skip
def test_phone_numbers_come_into_one_form(written: str, normal: str) -> None:
    assert normal_phone(written) == normal


@given(st.text(max_size=30))
def test_normal_phones_stay_normal(written: str) -> None:
    normal = normal_phone(written)
    assert normal == "" or normal_phone(normal).lstrip("+").endswith(normal.lstrip("+"))


def test_phones_are_masked_spoken_and_found_by_their_tail() -> None:
    assert mask_phone("+8613812341234") == "138****1234"
    assert mask_phone("+8657187654321") == "571****4321"
    assert mask_phone("10086") == "****86"
    assert mask_phone("") == ""
    assert spoken_phone("+8613812341234") == "138 1234 1234"
    assert phone_tail("+8613812341234") == "1234"


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True))
def test_a_masked_phone_does_not_give_the_number(digits: str) -> None:
    masked = mask_phone(normal_phone(digits))
    assert digits not in masked
    assert sum(char.isdigit() for char in masked) == 7


def test_mail_wechat_names_and_addresses_are_masked() -> None:
    assert mask_email("zhangwei@example.com") == "z***@example.com"
    assert mask_wechat("wxid_123") == "w***"
    assert [mask_name(name) for name in ("张伟", "欧阳修", "Smith", "")] == ["张*", "欧**", "S***", ""]
    assert mask_address("浙江省", "杭州市", "西湖区", "文三路508号25室") == "浙江省杭州市西湖区****"
    assert mask_address("上海市", "上海市", "", "") == "上海市"
    assert mask_address("", "", "", "浙江省杭州市西湖区文三路508号25室") == "浙江省杭州市西湖区****"
    assert mask_address("", "", "", "文三路508号25室") == "****"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("张伟", "zhang wei"),
        ("曾志", "zeng zhi"),
        ("单雄信", "shan xiong xin"),
        ("解放", "xie fang"),
        ("Smith", "smith"),
    ],
)
def test_names_sort_by_pinyin_with_surnames_read_as_surnames(name: str, key: str) -> None:
    assert sort_key(name) == key


def test_two_writings_of_an_address_are_one() -> None:
    assert plain_address("浙江省", "", "", "文三路 508 号，25室") == plain_address(
        "", "", "", "浙江省文三路５０８号25室"
    )


def test_customer_numbers_count_within_the_month() -> None:
    assert prefix_of(datetime(2023, 11, 5)) == "CS202311"  # noqa: DTZ001 - local time
    assert numbers_from("CS202311", 2, 2) == ["CS202311001", "CS202311002"]
    assert numbers_from("CS202311", 1000, 1) == ["CS2023111000"]
    assert [is_ours(n) for n in ("CS202311001", "CS2023111000", "CS202313001", "C001")] == [True, True, False, False]


ZHANG = Candidate(7, "张伟", numbered=False)
NUMBERED = Candidate(8, "张伟", numbered=True)


@pytest.mark.parametrize(
    ("newcomer", "phone", "place", "found"),
    [
        (Newcomer("张伟", False), [ZHANG], [], Match(7)),
        (Newcomer("", False), [ZHANG], [], Match(7)),
        (Newcomer("张太太", False), [ZHANG], [], Match(None, ((7, Likeness.PHONE),))),
        (Newcomer("张伟", True), [ZHANG], [], Match(7)),
        (Newcomer("张伟", True), [NUMBERED], [], Match(None, ((8, Likeness.PHONE),))),
        (Newcomer("张伟", False), [], [ZHANG], Match(7)),
        (Newcomer("张伟", True), [], [NUMBERED], Match(None, ((8, Likeness.NAME_ADDRESS),))),
        (Newcomer("张伟", False), [], [], Match(None)),
    ],
)
def test_a_number_is_certain_and_a_phone_needs_the_same_name(
    newcomer: Newcomer, phone: list[Candidate], place: list[Candidate], found: Match
) -> None:
    assert match(newcomer, by_number=[], by_phone=phone, by_name_address=place) == found
    assert match(newcomer, by_number=[3, 7], by_phone=phone, by_name_address=place) == Match(3)


@pytest.mark.parametrize(
    ("bought", "months", "end"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 5, 6), 12, date(2024, 5, 5)),
        (date(2023, 12, 1), 36, date(2026, 11, 30)),
        (date(2023, 5, 6), 0, None),
    ],
)
def test_a_warranty_ends_the_day_before_its_month_day(bought: date, months: int, end: date | None) -> None:
    assert warranty_end(bought, months) == end


def test_a_search_is_read_in_every_way_it_can_be_meant() -> None:
    assert wanted("cs202311001").number == "CS202311001"
    assert (wanted("5678").phone_tail, wanted("5678").name) == ("5678", "")
    assert wanted("138 1234").phone_part == "1381234"
    assert wanted("zhang").pinyin == "zhang"
    assert wanted("SN-001").code == "SN-001"
    assert wanted("A@x.com").email == "a@x.com"
    assert wanted("  ") == wanted("")
