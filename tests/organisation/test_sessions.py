"""Who is signed in, and for how long."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huiyin.channels.models import StaffNotice
from huiyin.channels.queries.notices import COUNTED
from huiyin.organisation.actions.leave_company import activate_person, deactivate_person
from huiyin.organisation.actions.set_password import set_password
from huiyin.organisation.models import SignIn, Store
from huiyin.organisation.public import Role, Staff
from tests.conftest import Company

SignsIn = Callable[[str], Client]


def test_a_person_who_is_let_go_is_signed_out_at_once(company: Company, sign_in: SignsIn) -> None:
    browser = sign_in("agent")
    assert browser.get("/").status_code == 200
    deactivate_person(company.call("administrator"), company.staff["agent"].pk)
    assert browser.get("/")["Location"] == "/accounts/login/?next=/"


def test_an_old_session_does_not_live_again_when_the_person_comes_back(company: Company, sign_in: SignsIn) -> None:
    browser = sign_in("agent")
    deactivate_person(company.call("administrator"), company.staff["agent"].pk)
    activate_person(company.call("administrator"), company.staff["agent"].pk)
    assert browser.get("/").status_code == 302
    assert SignIn.objects.filter(staff=company.staff["agent"]).count() == 0


def test_whoever_is_switched_off_by_other_hands_is_out_as_well(company: Company, sign_in: SignsIn) -> None:
    browser = sign_in("agent")
    Staff.objects.filter(pk=company.staff["agent"].pk).update(is_active=False)
    assert browser.get("/").status_code == 302


def test_a_new_password_ends_the_sessions_of_the_old_one(company: Company, sign_in: SignsIn) -> None:
    browser = sign_in("agent")
    set_password(company.call("agent"), company.staff["agent"].pk, password="another horse battery")
    assert browser.get("/").status_code == 302


def test_new_roles_and_stores_hold_with_the_next_request(company: Company, sign_in: SignsIn) -> None:
    browser = sign_in("agent")
    assert browser.get("/wall/").status_code == 403
    Staff.objects.filter(pk=company.staff["agent"].pk).update(roles=[Role.STORE_MANAGER])
    Store.objects.filter(code="S02").update(manager=company.staff["agent"])
    answer = browser.get("/wall/")
    assert answer.status_code == 200
    assert answer.context["actor"].store_ids == {company.stores["S02"].pk}


def test_a_session_of_one_person_never_becomes_another(company: Company, sign_in: SignsIn) -> None:
    browser = sign_in("agent")
    SignIn.objects.filter(staff=company.staff["agent"]).update(staff=company.staff["administrator"])
    assert browser.get("/").context["actor"].id == company.staff["agent"].pk


def test_an_expired_or_guessed_session_is_nobody(company: Company, sign_in: SignsIn) -> None:
    browser = sign_in("agent")
    SignIn.objects.update(expire_date="2020-01-01T00:00:00Z")
    assert browser.get("/").status_code == 302
    guessed = Client()
    guessed.cookies["sessionid"] = "a" * 32
    assert guessed.get("/").status_code == 302


def test_signing_out_forgets_the_session(company: Company, sign_in: SignsIn) -> None:
    browser = sign_in("agent")
    browser.post("/accounts/logout/")
    assert SESSION_KEY not in browser.session
    assert browser.get("/").status_code == 302
    assert SignIn.objects.filter(staff=company.staff["agent"]).count() == 0


def test_the_figures_of_every_page_are_the_persons_own_and_come_with_the_session(
    company: Company, sign_in: SignsIn
) -> None:
    now = timezone.now()
    for who, unread, read in (("agent", COUNTED + 1, 0), ("agent2", 2, 3)):
        for n in range(unread + read):
            seen = now if n >= unread else None
            StaffNotice.objects.create(staff=company.staff[who], text="x", at=now, read_at=seen)
    for who, shown in (("agent", COUNTED), ("agent2", 2), ("engineer", 0)):
        with CaptureQueriesContext(connection) as asked:
            page = sign_in(who).get("/profile/")
        assert page.context["shell"].unread == shown
        assert [query["sql"] for query in asked if "channels_staffnotice" in query["sql"]] == [
            query["sql"] for query in asked if "organisation_signin s" in query["sql"]
        ]


def test_figures_of_a_session_that_began_with_somebody_else_do_not_count(company: Company, sign_in: SignsIn) -> None:
    StaffNotice.objects.create(staff=company.staff["agent"], text="x", at=timezone.now())
    browser = sign_in("agent")
    SignIn.objects.filter(staff=company.staff["agent"]).update(staff=company.staff["administrator"])
    assert browser.get("/profile/").context["shell"].unread == 1


@pytest.mark.parametrize("who", ["agent", "service_manager", "store_manager", "administrator"])
def test_session_person_and_rights_are_one_query(company: Company, sign_in: SignsIn, who: str) -> None:
    browser = sign_in(who)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/api/v1/organisation/me").status_code == 200
    assert [query["sql"] for query in asked if "organisation_signin" in query["sql"]] == [asked[0]["sql"]]
    assert not any('FROM "organisation_' in query["sql"] for query in asked)
