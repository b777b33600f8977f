"""A condition in a form: rows come and go without JavaScript, and nothing typed is lost."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation
from hypothesis import given

from huiyin.cases.rules.case_fields import CASE_FIELDS
from huiyin.foundation.condition_forms import ConditionField, as_typed, being_edited
from huiyin.kernel.conditions import plain, read_condition
from huiyin.kernel.conditions.drafts import data_of, draft_of
from tests.drawn_conditions import conditions

URGENT = {"field": "level", "is": "in", "value": ["urgent"]}
LATE = {"field": "due_at", "is": "past"}
ANGRY = {"field": "emotion", "is": "in", "value": ["dissatisfied", "angry"]}
WORDS = {"field": "text", "is": "contains", "value": "停机"}
SOON = {"field": "due_at", "is": "next_hours", "value": 4}
SINCE = {"field": "received_at", "is": "since", "value": "2026-09-01"}
NOBODY = {"field": "owner", "is": "in", "value": ["nobody", 7]}
GROUPS = {"all": [URGENT, NOBODY, {"any": [LATE, ANGRY, SOON]}, {"not": {"any": [WORDS, SINCE]}}]}


class TheForm(forms.Form):
    name = forms.CharField()
    condition = ConditionField(lambda: CASE_FIELDS)


class Controls(HTMLParser):
    """What a browser would send of a form, without pressing any button."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent = QueryDict(mutable=True)
        self.select = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = {name: value if value is not None else "" for name, value in attrs}
        if tag == "input" and (given["type"] != "checkbox" or "checked" in given):
            self.sent.appendlist(given["name"], unescape(given.get("value", "")))
        if tag == "select":
            self.select, self.first = given["name"], True
        if tag == "option" and (self.first or "selected" in given):
            self.sent[self.select] = given["value"]
            self.first = False


def typed(form: forms.Form) -> QueryDict:
    sent = Controls(str(form["condition"])).sent
    sent["name"] = "视图"
    return sent


@pytest.mark.parametrize("condition", [{}, {"all": [URGENT]}, {"all": [{"any": [URGENT, LATE]}]}, GROUPS])
def test_what_is_shown_and_sent_back_unchanged_stays_the_same(condition):
    form = TheForm(typed(TheForm(initial={"condition": condition})))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["condition"] == condition


@given(conditions(CASE_FIELDS))
def test_any_condition_survives_the_form(condition):
    data = plain(condition)
    draft = draft_of(data)
    again = read_condition(data_of(draft, CASE_FIELDS), CASE_FIELDS)
    assert draft_of(plain(again)) == draft
    if draft.kept is not None:
        assert again == condition


def test_a_row_is_added_by_its_field_and_filled_in():
    sent = typed(TheForm())
    sent["condition-0-new"] = "level"
    assert being_edited(sent)
    sent = typed(as_typed(TheForm, sent))
    assert not being_edited(sent)
    form = TheForm(sent.copy())
    assert not form.is_valid()
    assert form.errors["condition"] == ["请选择“级别”可以是哪些值。"]
    sent.setlist("condition-0-0-value", ["urgent"])
    form = TheForm(sent)
    assert form.is_valid()
    assert form.cleaned_data["condition"] == {"all": [URGENT]}


def test_a_row_is_removed_and_a_group_with_its_last_row():
    sent = typed(TheForm(initial={"condition": {"all": [URGENT, LATE, {"any": [ANGRY]}]}}))
    sent["condition-edit"] = "drop:0-0"
    assert being_edited(sent)
    sent = typed(as_typed(TheForm, sent))
    assert TheForm(sent).fields["condition"].clean(TheForm(sent)["condition"].value()) == {
        "all": [LATE, {"any": [ANGRY]}]
    }
    sent["condition-edit"] = "drop:1-0"
    sent = typed(as_typed(TheForm, sent))
    form = TheForm(sent)
    assert form.is_valid()
    assert form.cleaned_data["condition"] == {"all": [LATE]}


def test_a_group_is_added_and_counts_only_with_rows():
    sent = typed(TheForm(initial={"condition": {"all": [URGENT]}}))
    sent["condition-edit"] = "group"
    sent = typed(as_typed(TheForm, sent))
    assert sent["condition-groups"] == "2"
    assert sent["condition-1-mode"] == "any"
    assert as_typed(TheForm, sent).initial["name"] == "视图", "what else was typed stays"
    form = TheForm(sent)
    assert form.is_valid()
    assert form.cleaned_data["condition"] == {"all": [URGENT]}


def test_what_is_gone_is_named_and_stays_until_it_is_removed():
    gone = {"all": [{"field": "colour", "is": "in", "value": ["red"]}, URGENT]}
    sent = typed(TheForm(initial={"condition": gone}))
    form = TheForm(sent)
    assert not form.is_valid()
    assert form.errors["condition"] == ["没有可以查询的字段“colour”。"]
    sent["condition-edit"] = "drop:0-0"
    form = TheForm(typed(as_typed(TheForm, sent)))
    assert form.is_valid()
    assert form.cleaned_data["condition"] == {"all": [URGENT]}


def test_a_choice_that_is_gone_is_shown_as_gone():
    html = str(
        TheForm(initial={"condition": {"all": [{"field": "level", "is": "in", "value": ["extreme"]}]}})["condition"]
    )
    assert "extreme（已不存在）" in html
    with translation.override("en"):
        html = str(TheForm(initial={"condition": {"all": [URGENT | {"value": ["extreme"]}]}})["condition"])
    assert "extreme (no longer there)" in html


def test_what_is_too_deep_for_rows_is_kept_and_said_in_words():
    deep = {"all": [{"any": [{"all": [URGENT, LATE]}, ANGRY]}]}
    html = str(TheForm(initial={"condition": deep})["condition"])
    assert "至少满足一条：全部满足：级别：紧急；时限已过；情绪：不满意、愤怒" in unescape(html)
    form = TheForm(typed(TheForm(initial={"condition": deep})))
    assert form.is_valid()
    assert form.cleaned_data["condition"] == deep


@pytest.mark.parametrize(
    "sent",
    [
        "condition-groups=999999999999&condition-0-rows=99999999999",
        "condition-groups=1&condition-0-rows=1",
        "condition-groups=x&condition-edit=drop:9-9",
        "condition-groups=1&condition-edit=drop:1000000000000000000000-1",
        "condition-groups=1&condition-0-rows=1&condition-0-0-field=level&condition-0-0-is=\x00",
        "condition-kept={",
        "condition-kept=[1]",
        "",
    ],
)
def test_what_no_browser_sends_is_answered_in_words_or_means_nothing(sent):
    form = TheForm(QueryDict(sent))
    form.is_valid()
    assert re.search("condition-groups", str(form["condition"]))
    assert as_typed(TheForm, QueryDict(sent))["condition"]


def test_markup_in_a_value_is_shown_as_text():
    html = str(TheForm(initial={"condition": {"all": [WORDS | {"value": '"><script>'}]}})["condition"])
    assert "<script>" not in html
