"""Staff see what was said, correct it openly, and get a link with a QR code."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from huiyin.questionnaires.models import Answer
from huiyin.questionnaires.public import answer_asking
from tests.conftest import Company
from tests.questionnaires.conftest import FIVE, asked


def test_a_correction_on_the_page_keeps_the_old_answer_in_sight(
    shipped: Company, sign_in: Callable[[str], Client]
) -> None:
    asking, agent = asked(shipped), sign_in("agent")
    answer_asking(shipped.call("agent"), asking.pk, answers=FIVE)
    data = {"question": "product", "value": "2", "why": "坏了", "once": "1"}
    assert agent.post(f"/askings/{asking.pk}/", {**data, "reason": ""}).status_code == 422
    assert agent.post(f"/askings/{asking.pk}/", {**data, "value": "6", "reason": "听错"}).status_code == 422
    assert Answer.objects.filter(version=2).count() == 0
    assert agent.post(f"/askings/{asking.pk}/", {**data, "reason": "听错", "once": "2"}).status_code == 302
    html = agent.get(f"/askings/{asking.pk}/").content.decode()
    assert "<s>5 / 5</s>" in html
    assert "<strong>2 / 5</strong>" in html
    assert "听错" in html


def test_a_fresh_link_is_shown_once_with_its_qr_code(shipped: Company, sign_in: Callable[[str], Client]) -> None:
    asking, agent = asked(shipped, link=False), sign_in("agent")
    html = agent.post(f"/askings/{asking.pk}/link/", {"once": "1"}).content.decode()
    found = re.search(r'value="[^"]*(/q/[^"]+/)"', html)
    assert found
    assert "<svg" in html
    assert Client().get(found[1]).status_code == 200
    agent.post(f"/askings/{asking.pk}/link/", {"verb": "revoke", "once": "2"})
    assert Client().get(found[1]).status_code == 410


def test_a_colleague_does_not_find_it(shipped: Company, sign_in: Callable[[str], Client]) -> None:
    asking = asked(shipped)
    assert sign_in("agent2").get(f"/askings/{asking.pk}/").status_code == 404
    assert sign_in("auditor").get(f"/askings/{asking.pk}/").status_code == 200
    assert sign_in("auditor").post(f"/askings/{asking.pk}/link/").status_code == 403
