"""Staff are told on the screen; each sees the own notices, in the own language."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from huiyin.channels.models import StaffNotice
from huiyin.channels.public import notify_staff, unread_count
from huiyin.foundation.calls import system_call
from huiyin.foundation.events import tell
from huiyin.kernel.words import message
from huiyin.promises.public import PromisesStepped, StepTaken
from tests.conftest import Company


def step(number: int, name: str, *staff: int) -> StepTaken:
    return StepTaken(number, "test", f"工单 {number}", "cases.case", number, name, staff)


def test_each_person_is_told_once_and_those_who_left_are_not(company: Company) -> None:
    agent, other = company.staff["agent"], company.staff["agent2"]
    other.is_active = False
    other.save()
    told = notify_staff(system_call(), [agent.pk, agent.pk, other.pk, 0], message("Late: %(title)s", title="甲"))
    assert (told, StaffNotice.objects.get().staff_id) == (1, agent.pk)
    assert notify_staff(system_call(), [], message("x")) == 0


def test_steps_of_promises_reach_the_people_concerned(company: Company) -> None:
    agent, manager = company.staff["agent"].pk, company.staff["service_manager"].pk
    tell(system_call(), PromisesStepped((step(1, "warn", agent), step(2, "breach", agent, manager))))
    mine = StaffNotice.objects.filter(staff_id=agent).order_by("id")
    assert [notice.text % notice.params for notice in mine] == ["Due soon: test · 工单 1", "Late: test · 工单 2"]
    assert unread_count(company.actor("service_manager")) == 1


def test_who_would_drown_gets_one_notice_that_counts(company: Company) -> None:
    agent = company.staff["agent"].pk
    tell(system_call(), PromisesStepped(tuple(step(number, "breach", agent) for number in range(21))))
    notice = StaffNotice.objects.get()
    assert (notice.text % notice.params, notice.page) == ("21 promises are due or late.", "today")


def test_the_page_shows_mine_unread_first_in_my_language(company: Company, sign_in: Callable[[str], Client]) -> None:
    agent = company.staff["agent"]
    notify_staff(
        system_call(), [agent.pk], message("Late: %(what)s · %(title)s", what="x", title="100% <b>"), page="people"
    )
    page = sign_in("agent").get("/notices/")
    assert [notice.sentence for notice in page.context["page"].unread] == ["已超时：x · 100% <b>"]
    assert "&lt;b&gt;" in page.content.decode()
    assert page.context["shell"].unread == 1
    assert sign_in("agent2").get("/notices/").context["page"].unread == []
    agent.language = "en"
    agent.save()
    assert "Late: x · 100%" in sign_in("agent").get("/notices/").content.decode()


def test_opening_a_notice_reads_it_and_leads_on(company: Company, sign_in: Callable[[str], Client]) -> None:
    for _notice in range(3):
        notify_staff(system_call(), [company.staff["agent"].pk], message("x"), page="people")
    notice = StaffNotice.objects.earliest("id")
    assert sign_in("agent2").post(f"/notices/{notice.pk}/").status_code == 404
    answer = sign_in("agent").post(f"/notices/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/organisation/")
    assert unread_count(company.actor("agent")) == 2
    sign_in("agent").post("/notices/read/", {"once": "1"})
    assert unread_count(company.actor("agent")) == 0


def test_a_notice_whose_page_is_gone_leads_to_the_list(company: Company, sign_in: Callable[[str], Client]) -> None:
    notify_staff(system_call(), [company.staff["agent"].pk], message("x"), page="no-such-page", args=[1])
    answer = sign_in("agent").post(f"/notices/{StaffNotice.objects.get().pk}/")
    assert answer["Location"] == "/notices/"
