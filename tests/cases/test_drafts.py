"""Words are kept while they are typed, and nobody talks over a colleague."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client

from huiyin.cases.actions.drafts import drop_draft, keep_draft
from huiyin.cases.actions.forget_drafts import forget_drafts
from huiyin.cases.actions.look_in import Here, look_in
from huiyin.cases.actions.note import answer_customer
from huiyin.cases.actions.verify import verify_case
from huiyin.cases.actions.watch import watch_case
from huiyin.cases.models import Case, CaseLook, CaseNote, Draft
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import NotFound
from tests.cases.conftest import Cases, traces
from tests.conftest import Company, MovableClock

SignIn = Callable[[str], Client]


def typed(client: Client, case: Case, part: str, text: str, **more: object) -> str:
    answer = client.post(f"/cases/{case.pk}/draft/{part}/", {"text": text, **more}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_typed_is_there_again_after_a_reload_and_on_another_device(cases: Cases, sign_in: SignIn) -> None:
    case, desk, phone = cases.open(), sign_in("agent"), sign_in("agent")
    said = typed(desk, case, "talk", "明天上午")
    draft = Draft.objects.get()
    assert f'name="draft" value="{draft.pk}"' in said
    typed(desk, case, "talk", "明天上午十点", draft=draft.pk, draft_version=1)
    for client in (desk, phone):
        assert ">明天上午十点</textarea>" in client.get(f"/cases/{case.pk}/").content.decode()
    assert ">明天上午十点</textarea>" not in sign_in("technical_head").get(f"/cases/{case.pk}/").content.decode()


def test_two_devices_that_go_on_from_the_same_words_keep_both(cases: Cases, sign_in: SignIn) -> None:
    case, desk, phone = cases.open(), sign_in("agent"), sign_in("agent")
    typed(desk, case, "talk", "明天")
    draft = Draft.objects.get().pk
    typed(desk, case, "talk", "明天上午", draft=draft, draft_version=1)
    said = typed(phone, case, "talk", "明天下午", draft=draft, draft_version=1)
    assert sorted(Draft.objects.values_list("values__text", flat=True)) == ["明天上午", "明天下午"]
    assert "另有一份在别处输入的草稿" in said
    typed(phone, case, "talk", "明天下午", draft=draft, draft_version=1)  # told twice: kept once
    assert Draft.objects.count() == 2
    page = desk.get(f"/cases/{case.pk}/?draft={draft}").content.decode()
    assert ">明天上午</textarea>" in page
    assert desk.post(f"/cases/{case.pk}/draft/{draft}/drop/").status_code == 302
    assert list(Draft.objects.values_list("values__text", flat=True)) == ["明天下午"]


def test_a_draft_goes_when_its_words_are_sent_and_stays_when_they_are_refused(cases: Cases, sign_in: SignIn) -> None:
    case, client = cases.open(), sign_in("agent")
    typed(client, case, "wait", "", reason="等压缩机", waiting_for="part")
    draft = Draft.objects.get()
    form = client.get(f"/cases/{case.pk}/wait/").content.decode()
    assert "等压缩机</textarea>" in form
    assert client.post(f"/cases/{case.pk}/wait/", {"reason": "等", "draft": draft.pk}).status_code == 422
    assert Draft.objects.count() == 1
    answer = client.post(f"/cases/{case.pk}/wait/", {"reason": "等", "waiting_for": "part", "draft": draft.pk})
    assert (answer.status_code, Draft.objects.count()) == (302, 0)


def test_words_that_were_sent_while_they_were_being_kept_do_not_come_back(cases: Cases, sign_in: SignIn) -> None:
    case, client = cases.open(), sign_in("agent")
    client.post(f"/cases/{case.pk}/note/", {"text": "已联系仓库"})
    typed(client, case, "talk", "已联系仓库")  # the request that was on its way
    assert ">已联系仓库</textarea>" not in client.get(f"/cases/{case.pk}/").content.decode()
    assert Draft.objects.count() == 0
    assert CaseLook.objects.filter(wrote_at__isnull=False).count() == 0  # nobody is said to be writing still


def test_emptied_words_are_no_draft_and_nobody_keeps_words_in_cases_out_of_sight(
    cases: Cases, company: Company, sign_in: SignIn
) -> None:
    case, client = cases.open(), sign_in("agent")
    typed(client, case, "talk", "x")
    typed(client, case, "talk", "  ", draft=Draft.objects.get().pk, draft_version=1)
    assert Draft.objects.count() == 0
    with pytest.raises(NotFound):
        keep_draft(company.call("agent2"), case.pk, part="talk", values={"text": "x"})
    assert sign_in("agent2").post(f"/cases/{case.pk}/draft/talk/", {"text": "x"}).status_code == 404
    assert client.post(f"/cases/{case.pk}/draft/nonsense/", {"text": "x"}).status_code == 404


def test_somebody_elses_draft_is_not_thrown_away(cases: Cases, company: Company) -> None:
    case = cases.open()
    draft = keep_draft(company.call("agent"), case.pk, part="talk", values={"text": "x"})
    assert draft
    drop_draft(company.call("director"), draft.pk)
    assert Draft.objects.count() == 1


def test_drafts_are_forgotten_after_the_companys_days(cases: Cases, company: Company, clock: MovableClock) -> None:
    keep_draft(company.call("agent"), cases.open().pk, part="talk", values={"text": "x"})
    clock.advance(days=29)
    assert forget_drafts(system_call()) == 0
    clock.advance(days=2)
    assert (forget_drafts(system_call()), Draft.objects.count()) == (1, 0)


def test_who_else_looks_or_writes_is_said_and_passes(cases: Cases, company: Company, clock: MovableClock) -> None:
    case = cases.open()
    before = traces()
    assert look_in(company.call("agent"), case.pk) == []
    assert look_in(company.call("technical_head"), case.pk) == [Here("agent", False)]
    keep_draft(company.call("agent"), case.pk, part="talk", values={"text": "x"})
    assert look_in(company.call("technical_head"), case.pk) == [Here("agent", True)]
    clock.advance(seconds=51)
    assert look_in(company.call("technical_head"), case.pk) == []
    with pytest.raises(NotFound):
        look_in(company.call("agent2"), case.pk)
    assert traces() == before
    assert CaseLook.objects.count() == 2


def test_the_table_of_who_looks_is_not_logged(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'cases_caselook'")
        assert cursor.fetchone() == ("u",)


def seen_on(client: Client, case: Case) -> str:
    return str(client.get(f"/cases/{case.pk}/").context["page"].detail.desk.seen)


def test_an_answer_is_refused_once_when_a_colleague_was_faster_and_the_words_are_kept(
    cases: Cases, company: Company, sign_in: SignIn
) -> None:
    case, client = cases.open(), sign_in("agent")
    seen = seen_on(client, case)
    answer_customer(company.call("technical_head"), case.pk, text="师傅明天到")
    answer = client.post(f"/cases/{case.pk}/answer/", {"text": "师傅后天到", "seen": seen})
    page = answer.content.decode()
    assert (answer.status_code, CaseNote.objects.filter(case=case, kind="told", text="师傅后天到").exists()) == (
        422,
        False,
    )
    assert "technical_head 刚刚给客户发了消息。您输入的内容已保留，请先查看再发送。" in page
    assert "师傅后天到</textarea>" in page
    again = {"text": "师傅后天到", "seen": seen_on(client, case)}
    assert client.post(f"/cases/{case.pk}/answer/", again).status_code == 302


def test_a_step_is_refused_when_the_case_moved_and_not_by_ones_own_doing(
    cases: Cases, company: Company, sign_in: SignIn
) -> None:
    case, client = cases.open(), sign_in("agent")
    seen = seen_on(client, case)
    client.post(f"/cases/{case.pk}/answer/", {"text": "马上", "seen": seen})
    level = {"level": "urgent", "reason": "停业"}
    assert client.post(f"/cases/{case.pk}/triage/", {**level, "seen": seen}).status_code == 302
    verify_case(company.call("technical_head"), case.pk)
    answer = client.post(f"/cases/{case.pk}/wait/", {"waiting_for": "part", "reason": "缺货", "seen": seen})
    assert (answer.status_code, "technical_head 刚刚推进了此工单" in answer.content.decode()) == (422, True)
    note = {"text": "备注", "seen": seen}  # a note among ourselves is right at any time
    assert client.post(f"/cases/{case.pk}/note/", note).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_that_saw_the_same_one_is_sent(cases: Cases, company: Company, sign_in: SignIn) -> None:
    case = cases.open()
    watch_case(company.call("agent"), case.pk)
    clients = [sign_in("agent"), sign_in("technical_head")]
    seen = [seen_on(client, case) for client in clients]

    def answer(place: int) -> int:
        try:
            given = {"text": f"答复 {place}", "seen": seen[place]}
            return clients[place].post(f"/cases/{case.pk}/answer/", given).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(answer, (0, 1))) == [302, 422]
    assert CaseNote.objects.filter(case=case, text__startswith="答复").count() == 1
