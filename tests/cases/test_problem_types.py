"""The tree of problem types: added to, renamed, moved, merged, retired, read from a file, chosen in forms (CAS-1)."""

from __future__ import annotations

import csv

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.actions.arrange_types import import_types, merge_types, retire_type, save_type
from huiyin.cases.actions.sort import sort_case
from huiyin.cases.models import Case, ProblemType
from huiyin.cases.queries.problem_tree import path_shown, paths_in_use
from huiyin.cases.rules.problem_tree import Node, below, goes_in_circle, in_order, levels_in
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from tests.cases.conftest import Cases
from tests.cases.test_pages import SignIn
from tests.conftest import Company

pytestmark = pytest.mark.django_db
ROWS = [
    ("一级", "二级", "三级"),
    ("家电", "空调", "不制冷"),
    ("家电", "空调", "漏水"),
    ("家电", "", "不算"),
    ("家电", "空调", "漏水"),
]


def named(name: str) -> ProblemType:
    return ProblemType.objects.get(name=name)


def test_levels_of_a_file_become_a_tree_and_the_same_file_again_adds_nothing(company: Company) -> None:
    call = company.call("service_manager")
    assert import_types(call, rows=ROWS[1:]) == 4
    assert import_types(call, rows=ROWS[1:]) == 0
    assert path_shown(named("漏水").pk) == "家电 › 空调 › 漏水"
    assert not ProblemType.objects.filter(name="不算").exists()
    with pytest.raises(Invalid):
        import_types(call, rows=[["", "x"]])


def test_a_type_is_renamed_and_moved_with_all_below_it_and_never_below_itself(company: Company) -> None:
    call = company.call("director")
    import_types(call, rows=ROWS[1:])
    home, air, drip = named("家电"), named("空调"), named("漏水")
    with pytest.raises(Conflict) as refused:
        save_type(call, home.pk, name="家电", parent=drip.pk)
    assert str(refused.value.why) == "A problem type cannot stand below itself."
    save_type(call, air.pk, name="中央空调", name_en="Central air", topic="product", parent=None)
    assert path_shown(drip.pk) == "中央空调 › 漏水"
    with pytest.raises(Invalid) as taken:
        save_type(call, drip.pk, name="不制冷", parent=air.pk)
    assert list(taken.value.fields) == ["name"]


def test_a_file_adds_nothing_below_a_type_that_is_out_of_use(company: Company) -> None:
    call = company.call("director")
    import_types(call, rows=ROWS[1:])
    retire_type(call, named("空调").pk)
    with pytest.raises(Invalid) as refused:
        import_types(call, rows=[["家电", "冰箱"], ["家电", "空调", "异响"]])
    assert str(refused.value.why) == "“空调” is out of use; nothing was added. Save it anew first."
    assert not ProblemType.objects.filter(name__in=["冰箱", "异响"]).exists()
    save_type(call, named("空调").pk, name="空调", parent=named("家电").pk)
    assert import_types(call, rows=[["家电", "冰箱"], ["家电", "空调", "异响"]]) == 2


def test_a_type_saved_on_an_old_page_is_looked_at_first(company: Company, sign_in: SignIn) -> None:
    import_types(company.call("director"), rows=ROWS[1:])
    air = named("空调")
    address, client = f"/cases/problem-types/{air.pk}/", sign_in("director")
    typed = {
        "do": "save",
        "name": "空调器",
        "parent": air.parent_id,
        "shown": client.get(address).context["page"].shown,
    }
    save_type(company.call("service_manager"), air.pk, name="中央空调", parent=air.parent_id)
    empty = client.post(address, typed | {"name": ""})
    assert (empty.status_code, empty.context["page"].shown) == (422, typed["shown"])
    late = client.post(address, typed)
    page = late.content.decode()
    assert (late.status_code, "此内容在此期间已被修改" in page, 'value="空调器"' in page) == (422, True, True)
    air.refresh_from_db()
    assert air.name == "中央空调"
    assert client.post(address, typed | {"shown": late.context["page"].shown}).status_code == 302
    air.refresh_from_db()
    assert air.name == "空调器"


def test_merging_gives_cases_and_what_is_below_to_the_other(cases: Cases, company: Company) -> None:
    call = company.call("service_manager")
    import_types(call, rows=ROWS[1:])
    case = cases.open(problem_type_id=named("空调").pk)
    technical = ProblemType.objects.get(code="technical")
    assert merge_types(call, named("空调").pk, into=technical.pk) == 1
    case.refresh_from_db()
    assert case.problem_type == technical
    assert path_shown(named("漏水").pk) == "技术问题 › 漏水"
    assert not named("空调").in_use
    with pytest.raises(Conflict):
        merge_types(call, technical.pk, into=named("漏水").pk)


def test_a_type_out_of_use_is_offered_no_more_and_its_cases_keep_it(cases: Cases, company: Company) -> None:
    import_types(company.call("director"), rows=ROWS[1:])
    case = cases.open(problem_type_id=named("漏水").pk)
    assert retire_type(company.call("director"), named("家电").pk) == 4
    assert not [path for path in paths_in_use() if path.startswith("家电")]
    case.refresh_from_db()
    assert case.problem_type == named("漏水")
    with pytest.raises(Invalid):
        sort_case(company.call("agent"), case.pk, problem_type_id=named("不制冷").pk)


def test_who_may_not_arrange_changes_no_tree(company: Company) -> None:
    for who in ("agent", "engineer", "administrator"):
        with pytest.raises(Forbidden):
            save_type(company.call(who), None, name="x")
        with pytest.raises(Forbidden):
            import_types(company.call(who), rows=ROWS[1:])


def test_a_new_case_and_its_page_take_a_type_by_its_words(cases: Cases, sign_in: SignIn) -> None:
    agent = sign_in("agent")
    values = {"kind": "complaint", "topic": "product", "channel": "phone", "description": "漏水", "reporter_phone": "1"}
    assert 'value="技术问题 › 故障报修"' in agent.get("/cases/new/").content.decode()
    assert agent.post("/cases/new/", values | {"problem_type_id": "没有"}).status_code == 422
    assert agent.post("/cases/new/", values | {"problem_type_id": "故障报修"}).status_code == 302
    case = Case.objects.get()
    assert case.problem_type
    assert case.problem_type.code == "technical.failure"
    assert "技术问题 › 故障报修" in agent.get(f"/cases/{case.pk}/").content.decode()
    agent.post(f"/cases/{case.pk}/sort/", {"problem_type_id": "产品质量 › 缺件少件"})
    case.refresh_from_db()
    assert case.problem_type.code == "product.missing"


def test_the_pages_of_the_tree(sign_in: SignIn) -> None:
    manager = sign_in("service_manager")
    file = SimpleUploadedFile("tree.csv", "一级,二级\n家电,空调\n".encode("gb18030"))
    assert manager.post("/cases/problem-types/", {"upload": file}).status_code == 302
    assert "空调" in manager.get("/cases/problem-types/?text=空调").content.decode()
    for content in (b"PK\x03\x04\x00\xff\xfe", b""):
        wrong = SimpleUploadedFile("tree.xlsx", content)
        assert manager.post("/cases/problem-types/", {"upload": wrong}).status_code == 422
    address = f"/cases/problem-types/{named('家电').pk}/"
    assert manager.post(address, {"do": "merge", "into": str(named("空调").pk)}).status_code == 422
    assert manager.post(address, {"do": "retire"}).status_code == 302
    agent = sign_in("agent")
    assert (agent.get("/cases/problem-types/").status_code, agent.get(address).status_code) == (200, 403)


moves = st.lists(st.tuples(st.integers(1, 9), st.none() | st.integers(1, 9)), max_size=40)


@given(moves)
def test_moves_that_pass_keep_a_tree(every: list[tuple[int, int | None]]) -> None:
    tree = {pk: Node(pk, f"t{pk}", f"n{pk}", "", "", None, in_use=True) for pk in range(1, 10)}
    for pk, parent in every:
        if not goes_in_circle(pk, parent, tree):
            tree[pk] = Node(pk, f"t{pk}", f"n{pk}", "", "", parent, in_use=True)
    ordered = in_order(tree)
    assert sorted(node.pk for node, _depth in ordered) == list(range(1, 10))
    assert all(pk in below(pk, tree.values()) for pk in tree)


def test_levels_of_a_file_are_read_in_order_each_once() -> None:
    assert levels_in(ROWS[1:]) == [("家电",), ("家电", "空调"), ("家电", "空调", "不制冷"), ("家电", "空调", "漏水")]


def test_a_file_with_the_line_ends_of_old_office_programs_is_read(sign_in: SignIn) -> None:
    before = ProblemType.objects.count()
    upload = SimpleUploadedFile("types.csv", "一级\r\n甲\r乙\r\n".encode())
    answer = sign_in("service_manager").post("/cases/problem-types/", {"upload": upload})
    assert (answer.status_code, ProblemType.objects.count()) == (302, before + 2)


def test_a_file_with_an_endless_cell_is_refused(sign_in: SignIn) -> None:
    before, limit = ProblemType.objects.count(), csv.field_size_limit(1_000)
    try:
        upload = SimpleUploadedFile("types.csv", f"一级\n{'字' * 2_000}\n".encode())
        answer = sign_in("service_manager").post("/cases/problem-types/", {"upload": upload})
    finally:
        csv.field_size_limit(limit)
    assert (answer.status_code, ProblemType.objects.count()) == (422, before)
