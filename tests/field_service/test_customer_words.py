"""What a customer chooses or types behind the link of a site visit, or an engineer on the phone, outlives a refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.field_service.actions.on_site import set_out
from huiyin.field_service.actions.report import sign_report
from huiyin.field_service.models import ServiceReport, SiteVisit
from huiyin.field_service.queries.offers import slots_of
from tests.field_service.conftest import WORDS, Field, drawn, signature

pytestmark = pytest.mark.django_db
TYPED = "周六上午最好\n请先打电话"
BOTH = {
    "zh-hans": ("您选择的是 2026-09-29 03:00。", "请选择一个时间。"),
    "en": ("You had chosen 2026-09-29 03:00.", "Please choose a time."),
}


def asked(client: Client, visit: SiteVisit, language: str = "zh-hans", **values: str) -> tuple[int, str]:
    here = reverse("site-visit-move", args=[visit.token])
    answer = client.post(here, values, headers={"accept-language": language})
    return answer.status_code, answer.content.decode()


def standing(field: Field, visit: SiteVisit) -> tuple[object, str]:
    before = visit.start_at
    visit.refresh_from_db()
    return visit.start_at == before, visit.asked_words


@pytest.mark.parametrize("language", BOTH)
def test_a_time_that_is_gone_keeps_the_words_and_says_which_it_was(client: Client, field: Field, language: str) -> None:
    visit = field.plan()
    status, page = asked(client, visit, language, do="move", start="2026-09-29T03:00:00+08:00", words=TYPED)
    assert (status, TYPED in page, BOTH[language][0] in page, "–</textarea>" in page) == (422, True, True, False)
    assert standing(field, visit) == (True, "")


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("start", ["", "tomorrow", "9999-12-31T23:59:00-23:00"])
def test_no_time_to_move_to_is_told_where_times_are_chosen(
    client: Client, field: Field, language: str, start: str
) -> None:
    visit = field.plan()
    status, page = asked(client, visit, language, do="move", start=start, words=TYPED)
    assert (status, TYPED in page, BOTH[language][1] in page) == (422, True, True)
    assert standing(field, visit) == (True, "")


def test_words_that_are_refused_keep_the_time_that_is_marked(client: Client, field: Field) -> None:
    visit = field.plan()
    slot = slots_of(visit, field.clock.now)[1].start.isoformat()
    for words in ("", "长" * 501):
        status, page = asked(client, visit, do="ask", start=slot, words=words)
        assert (status, f'value="{slot}" checked' in page, words in page) == (422, True, True)
    assert standing(field, visit) == (True, "")


def test_words_are_sent_and_a_marked_time_is_not_taken_with_them(client: Client, field: Field) -> None:
    visit = field.plan()
    slot = slots_of(visit, field.clock.now)[1].start.isoformat()
    assert asked(client, visit, do="ask", start=slot, words="周末")[0] == 302
    assert standing(field, visit) == (True, "周末")


@pytest.mark.parametrize("do", ["move", "ask"])
def test_words_for_an_engineer_who_has_set_out_stand_there_to_be_copied(client: Client, field: Field, do: str) -> None:
    visit = field.plan()
    slot = slots_of(visit, field.clock.now)[1].start.isoformat()
    field.clock.set("2026-09-29 09:30")
    set_out(field.call(), visit.pk)
    status, page = asked(client, visit, do=do, start=slot, words=TYPED)
    assert (status, TYPED in page, "本次未发送" in page, page.count('role="alert"')) == (422, True, True, 1)
    assert "离上门时间太近，无法在线改约，请致电我们。" in page
    assert standing(field, visit) == (True, "")


def test_words_behind_an_expired_link_stand_there_to_be_copied(client: Client, field: Field) -> None:
    visit = field.plan()
    SiteVisit.objects.filter(pk=visit.pk).update(link_until=field.clock.now - timedelta(days=1))
    status, page = asked(client, visit, do="ask", words=TYPED)
    assert (status, TYPED in page) == (410, True)


@pytest.mark.parametrize("do", ["sign", "save"])
def test_a_report_that_was_signed_in_the_meantime_leaves_the_typed_words_on_the_page(
    sign_in: Callable[[str], Client], field: Field, do: str
) -> None:
    visit = field.working()
    sign_report(field.call(), visit.pk, WORDS, signature())
    body = {"found": "另外发现门封老化", "done": "已换", "test": "正常", "signed_name": "林悦", "signature": drawn()}
    answer = sign_in("engineer").post(reverse("service-report", args=[visit.pk]), {**body, "do": do})
    page = answer.content.decode()
    assert (answer.status_code, "另外发现门封老化" in page, "以下内容未保存" in page) == (422, True, True)
    assert ServiceReport.objects.get().found == WORDS.found
