"""Who is named in a note, and what that leads to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.actions.note import add_note
from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.actions.verdict import record_verdict
from huiyin.cases.actions.verify import verify_case
from huiyin.cases.actions.watch import unwatch_case, watch_case
from huiyin.cases.models import Case, CaseNote, CaseWatcher
from huiyin.cases.rules.mentions import Named, asked_names, mentions_in, written
from huiyin.channels.models import StaffNotice
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Forbidden, Invalid, NotFound
from huiyin.organisation.public import Staff, find_colleagues
from tests.cases.conftest import Cases, traces
from tests.conftest import Company

SignIn = Callable[[str], Client]
WANG, WANG2, LI = Named(1, "2001", "王芳"), Named(2, "2044", "王芳"), Named(3, "li", "李雷雷")
SHORT = Named(4, "2050", "李雷")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("请@李雷雷看一下", [LI]),
        ("@李雷(2050) 请看", [SHORT]),
        ("@李雷（2050）请看", [SHORT]),
        ("请@2050看一下，@li 也看", [SHORT, LI]),
        ("@李雷雷 @li 同一个人", [LI]),
        ("邮箱 lin@li.example", []),
        ("@不存在的人 你好", []),
        ("@王芳(9999) 号码不对", []),
        ("", []),
    ],
)
def test_a_note_names_people_by_name_number_or_both(text: str, named: list[Named]) -> None:
    assert list(mentions_in(text, [WANG, WANG2, LI, SHORT]).people) == named


def test_a_name_that_two_people_bear_is_not_guessed() -> None:
    found = mentions_in("@王芳 请看", [WANG, WANG2, LI])
    assert (found.people, found.unclear) == ((), (("王芳", (WANG, WANG2)),))


@given(st.text(max_size=40), st.sampled_from([WANG, WANG2, LI, SHORT]), st.text(max_size=40))
def test_a_mention_written_for_certain_is_always_found(before: str, person: Named, after: str) -> None:
    text = f"{before} {written(person)}{after}"
    numbers, _names = asked_names(text)
    assert person.number in numbers
    assert person in mentions_in(text, [WANG, WANG2, LI, SHORT]).people


def notices(company: Company, who: str) -> list[str]:
    return [each.sentence for each in StaffNotice.objects.filter(staff=company.staff[who]).order_by("id")]


def rename(company: Company, who: str, name: str) -> Staff:
    Staff.objects.filter(pk=company.staff[who].pk).update(name=name)
    company.staff[who].refresh_from_db()
    return company.staff[who]


def test_who_is_named_is_told_once_follows_and_sees_the_case(cases: Cases, company: Company) -> None:
    case = cases.until("verify")
    person = rename(company, "agent2", "王芳")
    assert not Case.objects.visible_to(company.actor("agent2")).exists()
    add_note(company.call("agent"), case.pk, text=f"@王芳({person.username}) 请看，@王芳 你熟")
    assert notices(company, "agent2") == [f"agent 在工单 {case.number} 中提到了您：{case.title}"]
    watcher = CaseWatcher.objects.get()
    assert (watcher.staff_id, watcher.why, watcher.by_id) == (person.pk, "mention", company.staff["agent"].pk)
    assert Case.objects.visible_to(company.actor("agent2")).get() == case
    assert not Case.objects.in_area_of(company.actor("agent2")).exists()


def test_who_follows_reads_and_notes_but_does_not_work(cases: Cases, company: Company, sign_in: SignIn) -> None:
    case = cases.open()
    watch_case(company.call("agent"), case.pk, staff_id=company.staff["agent2"].pk)
    client = sign_in("agent2")
    page = client.get(f"/cases/{case.pk}/").context["page"]
    assert ([*page.main, *page.more, *page.asides], page.may_write, page.may_note) == ([], False, True)
    assert client.post(f"/cases/{case.pk}/note/", {"text": "压缩机型号是 X"}).status_code == 302
    assert CaseNote.objects.filter(case=case, kind="note").count() == 1
    before = traces()
    with pytest.raises(Forbidden, match="You follow this case"):
        verify_case(company.call("agent2"), case.pk)
    assert client.get(f"/cases/{case.pk}/verify/").status_code == 403
    assert traces() == before


def test_a_name_borne_twice_is_refused_and_the_words_are_kept(cases: Cases, company: Company, sign_in: SignIn) -> None:
    case = cases.open()
    one, two = rename(company, "agent2", "王芳"), rename(company, "quality", "王芳")
    before = traces()
    with pytest.raises(Invalid) as refused:
        add_note(company.call("agent"), case.pk, text="@王芳 请看")
    assert refused.value.why.params["choices"] == f"@王芳({one.username}), @王芳({two.username})"
    assert traces() == before
    answer = sign_in("agent").post(f"/cases/{case.pk}/note/", {"text": "@王芳 请看"})
    assert (answer.status_code, "@王芳 请看" in answer.content.decode()) == (422, True)


def test_followers_are_told_of_moves_and_of_the_customers_words_never_twice(cases: Cases, company: Company) -> None:
    case = cases.open()
    for who in ("agent2", "agent"):  # the owner's own following adds nothing to what owners hear
        watch_case(company.call("agent"), case.pk, staff_id=company.staff[who].pk)
    verify_case(company.call("agent"), case.pk)
    receive_message(
        system_call(), message_id=7, channel="email", sender="lin@customer.example", subject="", text="还没好",
        thread_of=("cases.case", case.pk),
    )  # fmt: skip
    followed = f"您关注的工单 {case.number}：%s。{case.title}"
    told = notices(company, "agent2")
    assert told == [
        f"您已开始关注工单 {case.number}：{case.title}",
        followed % "已与客户核实",
        f"客户就 {case.number} 来信：{case.title}",
    ]
    assert notices(company, "agent") == [told[2]]


def test_a_step_of_several_moves_is_one_notice(cases: Cases, company: Company) -> None:
    case = cases.until("tell", cases.open(kind="inquiry"))
    watch_case(company.call("agent"), case.pk, staff_id=company.staff["agent2"].pk)
    StaffNotice.objects.all().delete()
    record_verdict(company.call("agent"), case.pk, verdict="satisfied", score=5)  # judged and closed
    case.refresh_from_db()
    assert case.state == "closed"
    assert len(notices(company, "agent2")) == 1


def test_who_is_responsible_for_a_reopened_case_is_told_why_and_once(cases: Cases, company: Company) -> None:
    case = cases.until("tell")
    watch_case(company.call("agent"), case.pk)
    StaffNotice.objects.all().delete()
    record_verdict(company.call("technical_head"), case.pk, verdict="not", words="又坏了")
    assert notices(company, "agent") == [f"{case.number} 已重新打开：又坏了"]


def test_following_ends_by_oneself_by_who_let_one_and_by_leads(cases: Cases, company: Company) -> None:
    case = cases.open()
    agent2 = company.staff["agent2"].pk
    for who in ("agent2", "agent", "technical_head"):
        watch_case(company.call("agent"), case.pk, staff_id=agent2)
        watch_case(company.call("agent"), case.pk, staff_id=agent2)
        assert CaseWatcher.objects.count() == 1
        unwatch_case(company.call(who), case.pk, staff_id=agent2)
        unwatch_case(company.call("technical_head"), case.pk, staff_id=agent2)
        assert CaseWatcher.objects.count() == 0
    watch_case(company.call("director"), case.pk)
    with pytest.raises(Forbidden):
        unwatch_case(company.call("agent"), case.pk, staff_id=company.staff["director"].pk)


def test_nobody_follows_what_is_out_of_sight_nor_lets_others_without_the_right(cases: Cases, company: Company) -> None:
    case = cases.open()
    before = traces()
    with pytest.raises(NotFound):
        watch_case(company.call("agent2"), case.pk)
    with pytest.raises(Forbidden):
        watch_case(company.call("auditor"), case.pk, staff_id=company.staff["agent2"].pk)
    with pytest.raises(Invalid):
        watch_case(company.call("agent"), case.pk, staff_id=0 - 1)
    assert (traces(), CaseWatcher.objects.count()) == (before, 0)


def test_colleagues_are_found_by_name_pinyin_initials_and_number(company: Company) -> None:
    rename(company, "agent2", "单晓红")
    number = company.staff["agent2"].username
    found = {
        text: [one.name for one in find_colleagues(text)] for text in ("晓红", "shanxiao", "dxh", number, "", "zz")
    }
    assert found == {
        "晓红": ["单晓红"],
        "shanxiao": ["单晓红"],
        "dxh": ["单晓红"],
        number: ["单晓红"],
        "": [],
        "zz": [],
    }


def test_markup_around_a_mention_stays_text(cases: Cases, company: Company, sign_in: SignIn) -> None:
    case = cases.open()
    number = company.staff["agent2"].username
    add_note(company.call("agent"), case.pk, text=f"<script>x</script>@agent2({number}) @<b>(1)")
    page = sign_in("agent").get(f"/cases/{case.pk}/").content.decode()
    assert f'&lt;script&gt;x&lt;/script&gt;<b class="mention" title="{number}">@agent2</b>' in page
    assert "<script>x" not in page
