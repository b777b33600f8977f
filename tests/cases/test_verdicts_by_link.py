"""The customer's verdict behind the link belongs to the result that was read."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.cases.models import Case
from tests.cases.conftest import Cases

OVERTAKEN = "您打开此页面后，我们又继续处理了您的事项"


def judge(client: Client, case: Case, verdict: str, words: str, reopened: int) -> tuple[int, str]:
    address = f"/c/{case.links.get().token}/verdict/"
    answer = client.post(address, {"verdict": verdict, "words": words, "reopened": reopened})
    return answer.status_code, answer.content.decode()


def verdicts(case: Case) -> list[str]:
    return list(case.verdicts.order_by("pk").values_list("verdict", flat=True))


def test_the_page_says_which_result_it_shows(cases: Cases, client: Client) -> None:
    case = cases.until("tell")
    page = client.get(f"/c/{case.links.get().token}/").content.decode()
    assert 'name="reopened" value="0"' in page


@pytest.mark.parametrize("told_again", [False, True])
def test_a_verdict_on_an_earlier_result_is_not_taken_for_the_newest_and_its_words_are_kept(
    cases: Cases, client: Client, told_again: bool
) -> None:
    case = cases.until("tell")
    assert judge(client, case, "not", "还在漏", 0)[0] == 302
    for verb in ("start", "finish", "tell") if told_again else ():
        cases.step(case, verb)
    status, page = judge(client, case, "satisfied", "谢谢师傅", 0)
    case.refresh_from_db()
    assert (status, case.state, verdicts(case)) == (422, "told" if told_again else "reopened", ["not"])
    assert (OVERTAKEN in page, "谢谢师傅" in page) == (True, True)


def test_the_newest_result_is_judged(cases: Cases, client: Client) -> None:
    case = cases.until("tell")
    judge(client, case, "not", "还在漏", 0)
    for verb in ("start", "finish", "tell"):
        cases.step(case, verb)
    assert judge(client, case, "satisfied", "", 1)[0] == 302
    assert verdicts(case) == ["not", "satisfied"]
