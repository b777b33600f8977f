"""PostgreSQL keeps no NUL: an address that holds one is no error of ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.conftest import Company

pytestmark = pytest.mark.django_db
NUL = "%00"


@pytest.mark.parametrize(
    "address", ["/c/%00/", "/chat/%00/", "/sv/%00/", "/v/a%00b/", "/sms/in/1/%00/replies/", "/%00"]
)
def test_there_is_no_page_whose_address_holds_one(company: Company, client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, "<h1" in answer.content.decode()) == (404, True)


@pytest.mark.parametrize(
    "address",
    [
        "/plan/?text=",
        "/spare-parts/?text=",
        "/device-labels/?text=",
        "/organisation/?text=",
        "/organisation/?role=",
        "/cases/?tab=all&text=",
        "/search/?q=",
        "/articles/?text=",
    ],
)
def test_a_search_is_read_without_it(company: Company, sign_in: Callable[[str], Client], address: str) -> None:
    client = sign_in("director")
    assert [client.get(f"{address}{text}").status_code for text in (f"{NUL}空调", NUL)] == [200, 200]
