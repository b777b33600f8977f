"""What customers say by a printed code is not lost: a low score opens one case (VIS-27)."""

from __future__ import annotations

from django.test import Client

from huiyin.cases.public import Case
from huiyin.questionnaires.actions.save_point import save_point
from huiyin.questionnaires.queries.points import address_of_point
from tests.conftest import Company


def test_a_low_score_by_a_printed_code_opens_one_case_of_the_store(visiting: Company) -> None:
    point = save_point(
        visiting.call("service_manager"), name="收银台", questionnaire="quick", store=visiting.stores["S01"].pk
    )
    for score, why in (("1", "排队一小时"), ("5", "")):
        browser = Client()
        path = "/" + address_of_point(point).split("/", 3)[3]
        browser.get(path)
        address = str(browser.post(path)["Location"])
        browser.post(address + "part/", {"overall": score})
        browser.post(address, {"overall": score, "overall.why": why, "recommend": "9"})
    case = Case.objects.get()
    assert (case.channel, case.store, case.customer, case.source) == (
        "questionnaire",
        visiting.stores["S01"],
        None,
        "questionnaires.scan",
    )
    assert "排队一小时" in case.description
