"""Pages of policies: who changes them, what a preview counts, numbers, scripts and files (VIS-8, VIS-21, DIG-6)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.visits.actions.import_policies import changes_in, import_policies
from huiyin.visits.actions.save_numbers import save_numbers
from huiyin.visits.actions.save_policy import save_policy
from huiyin.visits.actions.save_script import save_script
from huiyin.visits.models import PlanRules, Script, Visit, VisitPolicy
from huiyin.visits.public import draw_due
from huiyin.visits.queries.policies import policies_in_force, rules_in_force
from huiyin.visits.queries.policy_contents import (
    content_of,
    newest_of,
    newest_rules,
    newest_script,
    numbers_content,
    script_content,
)
from huiyin.visits.queries.policy_files import exported
from huiyin.visits.queries.previews import preview_of
from huiyin.visits.queries.script_results import held_days, results_of
from tests.conftest import SHANGHAI, Company, MovableClock

TODAY = date(2026, 9, 15)
HOW: dict[str, Any] = {"effective_from": TODAY, "reason": "调整"}
PAGES = [
    ("visit-policies", (), 200),
    ("visit-policy-new", (), 403),
    ("visit-policy", ("regular",), 403),
    ("visit-policy-versions", ("regular",), 200),
    ("visit-policy-split", ("regular",), 200),
    ("plan-numbers", (), 403),
    ("plan-numbers-versions", (), 200),
    ("script-new", (), 403),
    ("script", ("regular",), 403),
    ("script-versions", ("regular",), 200),
    ("visit-policy-files", (), 200),
    ("visit-policy-export", (), 200),
]


@pytest.mark.parametrize(("name", "args", "agent"), PAGES)
def test_everybody_reads_policies_and_leads_change_them(
    visiting: Company, sign_in: Callable, name: str, args: tuple, agent: int
) -> None:
    address = reverse(name, args=args)
    assert sign_in("agent").get(address).status_code == agent
    assert sign_in("service_manager").get(address).status_code == 200


def form_of(client: Client, name: str, *args: str) -> dict[str, Any]:
    """What the browser would send of the page's form."""
    form = client.get(reverse(name, args=args)).context["form"]
    sent: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if value is None or value is False or value == "":
            continue
        sent[field.html_name] = "on" if value is True else str(value) if not isinstance(value, list) else value
    return sent


@pytest.mark.parametrize(
    ("name", "args"),
    [("visit-policy", ("regular",)), ("visit-policy-new", ()), ("plan-numbers", ()), ("script", ("regular",))],
)
def test_every_field_of_a_form_stands_on_its_page(visiting: Company, sign_in: Callable, name: str, args: tuple) -> None:
    answer = sign_in("service_manager").get(reverse(name, args=args))
    text = answer.content.decode()
    assert [field.html_name for field in answer.context["form"] if f'name="{field.html_name}"' not in text] == []


def test_the_form_saves_a_version_with_nothing_lost(visiting: Company, sign_in: Callable) -> None:
    client = sign_in("service_manager")
    before = content_of(newest_of("complaint"))
    sent = {**form_of(client, "visit-policy", "complaint"), "target_hours": "12", "reason": "更快", "version": "1"}
    answer = client.post(reverse("visit-policy", args=["complaint"]), {**sent, "do": "save", "once": "a"})
    assert answer.status_code == 302
    assert content_of(newest_of("complaint")) == {**before, "target_hours": 12}
    again = client.post(reverse("visit-policy", args=["complaint"]), {**sent, "do": "save", "once": "a"})
    assert (again.status_code, VisitPolicy.objects.filter(code="complaint").count()) == (302, 2)
    late = client.post(reverse("visit-policy", args=["complaint"]), {**sent, "do": "save", "once": "b"})
    assert late.status_code == 422
    assert "版本 2" in late.content.decode()


def test_a_wrong_value_is_said_at_its_field_and_what_was_typed_stays(visiting: Company, sign_in: Callable) -> None:
    client = sign_in("director")
    sent = {**form_of(client, "visit-policy", "regular"), "days_best": "20", "note": "记下", "reason": "试"}
    answer = client.post(reverse("visit-policy", args=["regular"]), {**sent, "version": "1", "do": "save"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["days_by", "__all__"])
    assert "记下" in answer.content.decode()


def test_a_channel_named_twice_is_said_at_the_first(visiting: Company, sign_in: Callable) -> None:
    client = sign_in("director")
    sent = {**form_of(client, "visit-policy", "regular"), "channel_2": "phone", "reason": "试"}
    answer = client.post(reverse("visit-policy", args=["regular"]), {**sent, "version": "1", "do": "save"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["channel_1", "__all__"])


def test_a_preview_counts_last_month_and_writes_nothing(
    visiting: Company, buyer: Callable, sign_in: Callable, clock: MovableClock
) -> None:
    buyer(days=31, amount=6000, name="王小明"), buyer(days=24, amount=2000, do_not_contact=True), buyer(days=8)
    content = content_of(newest_of("regular"))
    found = preview_of(content, system_call().now, visiting.call("service_manager").actor)
    assert (found.first, found.last) == (date(2026, 8, 1), date(2026, 8, 31))
    assert (found.total, found.customers, found.silent, found.drawn) == (2, 2, 1, 2)
    assert [(line.label, line.count) for line in found.weeks] == [("2026-08-17", 1), ("2026-08-24", 1)]
    assert [line.count for line in found.bands] == [0, 1, 0, 1]
    assert (found.chosen[0].name, found.chosen[0].due) == ("王**", date(2026, 8, 22))
    client = sign_in("service_manager")
    sent = {**form_of(client, "visit-policy", "regular"), "do": "preview"}
    answer = client.post(reverse("visit-policy", args=["regular"]), sent)
    assert answer.status_code == 200
    assert "王**" in answer.content.decode()
    assert (Visit.objects.count(), VisitPolicy.objects.filter(code="regular").count()) == (0, 1)


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ({"trigger": "schedule", "every_count": 3, "every_unit": "months", "tiers": ["vip"], "days_by": 80}, 1),
        ({"trigger": "schedule", "every_count": 1, "every_unit": "months"}, 2),
        ({"trigger": "segment", "spent_from": "1"}, 1),
        ({"trigger": "segment", "tiers": ["vip"]}, 0),
        ({"trigger": "date", "on": "2026-08-20"}, 2),
        ({"trigger": "date", "on": "2026-10-20"}, 0),
        ({"trigger": "complaint_settled", "target_hours": 24}, 0),
        ({"trigger": "by_hand", "target_hours": 24}, 0),
    ],
)
def test_every_trigger_can_be_looked_at_before(visiting: Company, buyer: Callable, values: dict, total: int) -> None:
    from huiyin.customers.public import Customer
    from huiyin.visits.rules.policy_content import read_content

    buyer(days=30, tier="vip"), buyer(days=400)
    Customer.objects.update(registered_at=system_call().now - timedelta(days=500))
    content = {"code": "x", "name_zh": "甲", "questionnaire": "quick", "days_from": 0, "days_best": 0, "days_by": 9}
    Customer.objects.filter(tier="vip").update(registered_at=system_call().now - timedelta(days=500))
    found = preview_of(read_content({**content, **values}), system_call().now, visiting.call("service_manager").actor)
    assert found.total == total


def test_numbers_are_changed_field_by_field(visiting: Company, sign_in: Callable) -> None:
    client = sign_in("service_manager")
    before = numbers_content(newest_rules())
    sent = {**form_of(client, "plan-numbers"), "minutes_per_visit": "6", "reason": "更长", "version": "1", "once": "n"}
    assert client.post(reverse("plan-numbers"), sent).status_code == 302
    after = numbers_content(newest_rules())
    assert after == {**before, "plan": {**before["plan"], "minutes_per_visit": 6}}
    assert rules_in_force(TODAY).plan_policy.minutes_per_visit == 6


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"share_3": "40"}, "low_0"),
        ({"low_2": "2500"}, "low_0"),
        ({"first_week_least": "200"}, "first_week_least"),
    ],
)
def test_numbers_that_contradict_each_other_are_named_at_their_field(
    visiting: Company, sign_in: Callable, wrong: dict, field: str
) -> None:
    client = sign_in("service_manager")
    sent = {**form_of(client, "plan-numbers"), "reason": "试", "version": "1", **wrong}
    answer = client.post(reverse("plan-numbers"), sent)
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)
    assert PlanRules.objects.count() == 1


def test_a_quota_above_what_agents_can_make_is_kept_with_a_warning(visiting: Company, sign_in: Callable) -> None:
    client = sign_in("service_manager")
    sent = {**form_of(client, "plan-numbers"), "other_weeks_a_day": "5000", "reason": "试", "version": "1"}
    answer = client.post(reverse("plan-numbers"), sent, follow=True)
    assert "5000" in answer.content.decode()
    assert newest_rules().version == 2


def test_a_script_is_written_seen_and_saved(visiting: Company, sign_in: Callable) -> None:
    client = sign_in("service_manager")
    sent = {**form_of(client, "script", "regular"), "zh_0": "您好，{customer}", "reason": "更短", "version": "1"}
    seen = client.post(reverse("script", args=["regular"]), {**sent, "do": "preview"})
    assert "您好，客户" in seen.content.decode()
    assert Script.objects.filter(code="regular").count() == 1
    assert client.post(reverse("script", args=["regular"]), {**sent, "do": "save"}).status_code == 302
    assert newest_script("regular").blocks[0]["zh"] == "您好，{customer}"
    assert len(newest_script("regular").blocks) == len(Script.objects.get(code="regular", version=1).blocks)
    wrong = client.post(
        reverse("script", args=["regular"]), {**sent, "zh_0": "您好，{name}", "version": "2", "do": "save"}
    )
    assert (wrong.status_code, "{name}" in wrong.content.decode()) == (422, True)


def test_a_script_version_counts_the_days_it_was_in_force() -> None:
    rows = [
        Script(version=1, effective_from=date(2026, 1, 1)),
        Script(version=2, effective_from=date(2026, 3, 1)),
        Script(version=3, effective_from=date(2026, 3, 1)),
    ]
    assert [held_days(row, rows) for row in rows] == [
        (date(2026, 1, 1), date(2026, 3, 1)),
        None,
        (date(2026, 3, 1), None),
    ]


def test_script_results_have_n_and_say_when_there_is_not_enough(visiting: Company, visit_for: Callable) -> None:
    now = system_call().now
    for state in ("done", "done", "refused", "not_reached"):
        Visit.objects.filter(pk=visit_for().pk).update(state=state, ended_at=now)
    script = newest_script("regular")
    found = results_of(script, [script], SHANGHAI, now.date())
    assert (found.success.figure.n, round(found.success.figure.value or 0, 1), found.success.enough) == (3, 66.7, False)
    assert (found.score.figure.n, found.minutes.figure.n) == (0, 0)


def test_a_file_comes_back_byte_for_byte(visiting: Company) -> None:
    text = exported()
    assert changes_in(text, visiting.call("director")) == []
    Visit.objects.all().delete()
    VisitPolicy.objects.all().delete(), PlanRules.objects.all().delete(), Script.objects.all().delete()
    whole = json.loads(text)
    things = len(whole["kinds"]) + len(whole["scripts"]) + 1
    assert import_policies(visiting.call("director"), text, reason="新公司") == things
    assert exported() == text
    with pytest.raises(Conflict):
        import_policies(visiting.call("director"), text, reason="再来")


def test_a_file_says_what_would_change_before_it_does(visiting: Company, sign_in: Callable) -> None:
    whole = json.loads(exported())
    whole["kinds"][-1]["note"] = "来自文件"
    whole["plan_numbers"]["plan"]["minutes_per_visit"] = 9
    code = whole["kinds"][-1]["code"]
    client = sign_in("service_manager")
    upload = SimpleUploadedFile("p.json", json.dumps(whole).encode())
    looked = client.post(reverse("visit-policy-files"), {"do": "look", "file": upload})
    assert (looked.status_code, len(looked.context["page"].changes)) == (200, 2)
    assert VisitPolicy.objects.filter(code=code).count() == 1
    sent = {"do": "take", "text": looked.context["page"].text, "expected": "2", "once": "f"}
    refused = client.post(reverse("visit-policy-files"), {**sent, "reason": ""})
    assert (refused.status_code, VisitPolicy.objects.filter(code=code).count()) == (422, 1)
    assert client.post(reverse("visit-policy-files"), {**sent, "reason": "同步"}).status_code == 302
    assert (newest_of(code).note, newest_of(code).effective_from) == ("来自文件", TODAY)
    assert newest_rules().plan_policy.minutes_per_visit == 9


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda whole: whole.update(huiyin="else"), "file"),
        (lambda whole: whole.update(more=1), "file"),
        (lambda whole: whole.update(kinds={}), "file"),
        (lambda whole: whole["kinds"].append(whole["kinds"][0]), "file"),
        (lambda whole: whole["kinds"][0].pop("effective_from"), "file"),
        (lambda whole: whole["kinds"][0].update(questionnaire="none"), "agreed.questionnaire"),
        (lambda whole: whole["kinds"][0].update(colour="red"), "agreed.colour"),
        (lambda whole: whole["plan_numbers"]["plan"]["bands"][0].update(share=1), "plan_numbers.bands"),
        (lambda whole: whole["plan_numbers"]["plan"].update(bands=7), "plan_numbers.plan"),
        (lambda whole: whole["plan_numbers"]["plan"].update(windows=[]), "plan_numbers.windows"),
        (lambda whole: whole["scripts"][0].update(blocks=[]), "complaint.blocks"),
    ],
)
def test_a_wrong_file_is_refused_with_its_places(visiting: Company, change: Callable, place: str) -> None:
    whole = json.loads(exported())
    change(whole)
    with pytest.raises(Invalid) as caught:
        import_policies(visiting.call("director"), json.dumps(whole), reason="试")
    assert list(caught.value.fields) == [place]
    assert VisitPolicy.objects.filter(version=2).count() == 0


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 5000])
def test_what_is_no_file_is_refused(visiting: Company, text: str) -> None:
    with pytest.raises(Invalid):
        changes_in(text, visiting.call("director"))


def test_scripts_and_numbers_keep_versions(visiting: Company) -> None:
    manager = visiting.call("service_manager")
    script = {**script_content(newest_script("regular")), "title_zh": "新话术"}
    assert save_script(manager, script, **HOW, expected=1).version == 2
    numbers = numbers_content(newest_rules())
    assert save_numbers(manager, {**numbers, "note": "新"}, **HOW, expected=1).version == 2
    for save, content in ((save_script, script), (save_numbers, {**numbers, "note": "新"})):
        with pytest.raises(Conflict):
            save(manager, content, **HOW)
    assert (
        save_policy(manager, {**content_of(newest_of("regular")), "script": "regular", "note": "x"}, **HOW).version == 2
    )
    assert next(each for each in policies_in_force(TODAY) if each.code == "regular").note == "x"
    assert draw_due(system_call()) == 0
