"""What somebody writes with a step is kept to its last word, as long as the form takes it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cases.conftest import Cases

LONG = "已与客户逐项核对：" + "压缩机、风机、冷凝器与线路均已检查，" * 250 + "钥匙在前台。"


@pytest.mark.parametrize(("before", "step", "field"), [("", "verify", "note"), ("start", "finish", "test")])
def test_long_words_of_a_step_are_kept_whole(cases: Cases, sign_in: object, before: str, step: str, field: str) -> None:
    case = cases.until(before) if before else cases.open()
    browser: Client = sign_in("agent")  # type: ignore[operator]
    assert 4_000 < len(LONG) <= 5_000
    answer = browser.post(f"/cases/{case.pk}/{step}/", {field: LONG, "tested_with_customer": "on"})
    assert answer.status_code in (200, 302), answer.content.decode()[:2000]
    assert case.stages.latest("pk").reason == LONG
    assert LONG in browser.get(f"/cases/{case.pk}/").content.decode()
