"""Of a typed address its province, city and district are told, and never what comes after."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.divisions import area_in, divisions

ROWS = divisions()
NAMES = {name for province, city, districts in ROWS for name in (province, city, *districts) if name}
PATHS = sorted({f"{province}{city}{district}" for province, city, districts in ROWS for district in districts})
ENDS = ("省", "市", "区", "县", "旗", "州", "盟")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("上海市徐汇区漕溪路 100 号 3 单元 501", "上海市徐汇区"),
        ("上海徐汇区漕溪路100号", "上海徐汇区"),
        (" 中国 浙江省 杭州市，西湖区 文三路508号", "中国 浙江省 杭州市，西湖区"),
        ("江苏省昆山市前进路1号", "江苏省昆山市"),
        ("苏州姑苏区平江路1号", "苏州姑苏区"),
        ("昆山市前进路1号", "昆山市"),
        ("广东省东莞市南城街道鸿福路", "广东省东莞市"),
        ("内蒙古呼和浩特市赛罕区大学路", "内蒙古呼和浩特市赛罕区"),
        ("吉林省吉林市船营区1号", "吉林省吉林市船营区"),
        ("上海市静安小区12号", "上海市"),
        ("上海市南京西区3栋", "上海市"),
    ],
)
def test_what_the_list_knows_is_told(typed: str, told: str) -> None:
    assert area_in(typed) == told


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "中国",
        "上海路12号",
        "北京市场街5号",
        "东区3号楼",
        "翠湖东区3栋",
        "朝阳区建国路88号",  # there are two
        "广东深圳南山科技园",
        "200030 上海市徐汇区",
        "徐汇漕溪路100号",
        "No. 5 Nanjing Road, Shanghai",
    ],
)
def test_unknown_forms_tell_nothing(typed: str) -> None:
    assert area_in(typed) == ""


def test_every_district_of_the_list_is_told() -> None:
    assert [path for path in PATHS if area_in(path) != path] == []


@given(st.sampled_from(PATHS), st.text())
def test_nothing_behind_the_district_is_told(path: str, rest: str) -> None:
    told = area_in(path + rest)
    assert path.startswith(told)
    if not rest.startswith("场"):
        assert told == path


TYPED = st.lists(st.sampled_from(sorted(NAMES)) | st.sampled_from("路号弄 ，市区县场省ABC123") | st.text(max_size=3))


@given(TYPED)
def test_what_is_told_is_made_of_names_of_the_list_alone(parts: list[str]) -> None:
    typed = "".join(parts).strip()
    told = area_in(typed)
    assert typed.startswith(told)
    assert told == "" or told.endswith(ENDS)
    names = sorted(NAMES | SHORTER, key=len, reverse=True)
    assert re.fullmatch(rf"(中国)?((?:{'|'.join(names)})|[\s，,])*", told)


SHORTER = {re.sub("(省|市|地区|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$", "", name) for name in NAMES}


@given(st.text(alphabet=st.characters(max_codepoint=0x2FFF)))
def test_an_address_in_other_letters_tells_nothing(typed: str) -> None:
    assert area_in(typed) == ""
