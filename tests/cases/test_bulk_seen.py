"""A change to many cases does what its maker was shown, and says beforehand what does not come back."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from huiyin.cases.actions.do_bulk import do_bulk
from huiyin.cases.models import BulkWork, Case
from huiyin.foundation.calls import system_call
from tests.cases.conftest import Cases, traces
from tests.conftest import Company

SignIn = Callable[[str], Client]
NOTE = {"do": "note", "text": "统一回访"}
CANCEL = {"do": "cancel", "why": "mistaken", "reason": "误录"}
LOST = "撤回后，已作废的工单会重新打开并重新计时；已放弃的任务不会恢复。"


def chosen(client: Client, case: Case) -> str:
    return client.post("/cases/bulk/", {"case": [case.pk], "tab": "mine"}).headers["Location"]


def shown(client: Client, address: str) -> dict[str, str]:
    """What the button of the page would send."""
    found = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())
    assert found is not None
    return {"seen": found[1]}


def test_the_button_of_one_tab_does_not_do_what_was_chosen_in_another(cases: Cases, sign_in: SignIn) -> None:
    case, client = cases.open(), sign_in("technical_head")
    address = chosen(client, case)
    client.post(address, NOTE)
    first = shown(client, address)
    client.post(address, CANCEL)
    before = traces()
    refused = client.post(f"{address}confirm/", first)
    page = refused.content.decode()
    assert (refused.status_code, "打开此页面后，要做的更改已变" in page, "误录" in page) == (422, True, True)
    assert (BulkWork.objects.get().state, traces()) == ("choosing", before)
    assert client.post(f"{address}confirm/", shown(client, address)).status_code == 302
    assert BulkWork.objects.get().state == "waiting"


def test_what_a_cancelled_case_does_not_get_back_is_said_before_and_after(cases: Cases, sign_in: SignIn) -> None:
    case, client = cases.open(), sign_in("technical_head")
    address = chosen(client, case)
    client.post(address, CANCEL)
    assert LOST in client.get(address).content.decode()
    client.post(f"{address}confirm/", shown(client, address))
    do_bulk(system_call, BulkWork.objects.get().pk)
    assert LOST in client.get(address).content.decode()
    back = client.post(f"{address}undo/").headers["Location"]
    do_bulk(system_call, BulkWork.objects.latest("pk").pk)
    page = client.get(back).content.decode()
    assert (LOST in page, "已重新打开" in page, "已恢复" in page) == (True, True, False)
    case.refresh_from_db()
    assert case.state == "reopened"


def test_nothing_is_said_where_everything_comes_back(cases: Cases, company: Company, sign_in: SignIn) -> None:
    case, client = cases.open(), sign_in("technical_head")
    address = chosen(client, case)
    client.post(address, NOTE)
    assert LOST not in client.get(address).content.decode()
