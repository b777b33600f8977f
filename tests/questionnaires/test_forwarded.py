"""What may go wrong with a link: passed on, answered by many hands, changed meanwhile, too late (QST-5)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from huiyin.foundation.models import ActEntry
from huiyin.questionnaires.actions.edit_draft import put_draft
from huiyin.questionnaires.actions.publish_draft import publish_draft
from huiyin.questionnaires.models import Answer
from huiyin.questionnaires.queries.forms import form_of
from huiyin.questionnaires.queries.questionnaires import newest
from huiyin.questionnaires.rules.form import FormQuestion
from tests.conftest import Company, MovableClock
from tests.questionnaires.conftest import asked

HANDS = 50


@pytest.mark.django_db(transaction=True)
def test_of_fifty_hands_with_one_link_exactly_one_answer_counts(shipped: Company) -> None:
    asking = asked(shipped, form="quick")
    ready = Barrier(HANDS)

    def answer(hand: int) -> int:
        client = Client()
        try:
            client.get(f"/q/{asking.token}/")
            ready.wait(60)
            page = client.post(f"/q/{asking.token}/", {"overall": str(1 + hand % 5), "recommend": str(hand % 11)})
            return page.status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as pool:
        codes = list(pool.map(answer, range(HANDS)))
    asking.refresh_from_db()
    assert (codes.count(302), codes.count(200), len(codes)) == (1, HANDS - 1, HANDS)
    assert ActEntry.objects.filter(verb="questionnaires.answer_by_link").count() == 1
    winner = codes.index(302)
    assert asking.scores == {"overall": 1 + winner % 5, "recommend": winner % 11}
    assert Answer.objects.filter(asking=asking).count() == 2


def test_who_gets_the_link_passed_on_reads_nothing_of_the_answers(shipped: Company) -> None:
    asking = asked(shipped, form="service")
    first, second = Client(), Client()
    for client in (first, second):
        client.get(f"/q/{asking.token}/")
    first.post(f"/q/{asking.token}/part/", {"product": "1", "product.why": "漏水三次"})
    assert "漏水三次" in first.get(f"/q/{asking.token}/").content.decode()
    page = second.get(f"/q/{asking.token}/").content.decode()
    assert "漏水三次" not in page
    assert " checked" not in page
    wrong = second.post(f"/q/{asking.token}/", {"response": "5"}).content.decode()
    assert "漏水三次" not in wrong


def test_a_second_device_that_answers_is_flagged_and_after_the_end_it_sees_only_that_it_is_over(
    shipped: Company,
) -> None:
    asking = asked(shipped, form="quick")
    first, second = Client(), Client()
    for client in (first, second):
        client.get(f"/q/{asking.token}/")
    first.post(f"/q/{asking.token}/part/", {"overall": "2"})
    second.post(f"/q/{asking.token}/", {"overall": "5", "recommend": "10"})
    asking.refresh_from_db()
    assert (asking.state, asking.flags, asking.scores) == (
        "complete",
        ["fast", "other_device"],
        {"overall": 5, "recommend": 10},
    )
    over = second.get(f"/q/{asking.token}/").content.decode()
    assert "您的评价已收到" in over
    assert "checked" not in over


def test_whoever_has_begun_finishes_the_version_he_began(shipped: Company, clock: MovableClock) -> None:
    asking = asked(shipped, form="quick")
    client = Client()
    assert client.get(f"/q/{asking.token}/").status_code == 200
    lead = shipped.call("service_manager")
    form = form_of(newest("quick"))
    more = FormQuestion("colour", "text", "您喜欢的颜色？", "Your favourite colour?", required=True)
    put_draft(lead, replace(form, questions=(*form.questions[1:], more)))
    publish_draft(lead, "quick")
    clock.advance(minutes=1)
    page = client.get(f"/q/{asking.token}/").content.decode()
    assert "您喜欢的颜色" not in page
    assert client.post(f"/q/{asking.token}/", {"overall": "4", "recommend": "8"}).status_code == 302
    asking.refresh_from_db()
    assert (asking.state, asking.questionnaire.version) == ("complete", 1)
    assert (
        "您喜欢的颜色"
        in client.get(f"/q/{asked(shipped, form='quick', subject=('organisation.store', 8)).token}/").content.decode()
    )


def test_a_link_that_ran_out_says_so_and_keeps_what_was_answered(shipped: Company, clock: MovableClock) -> None:
    asking = asked(shipped, form="quick")
    client = Client()
    client.get(f"/q/{asking.token}/")
    client.post(f"/q/{asking.token}/part/", {"overall": "4"})
    clock.advance(days=14)
    late = client.post(f"/q/{asking.token}/", {"overall": "1", "recommend": "1"})
    assert late.status_code == 410
    assert "如还有话想说" in late.content.decode()
    assert Answer.objects.get(asking=asking).number == 4
