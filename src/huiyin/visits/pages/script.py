"""One script: written block by block, seen as agents see it, its versions and what they brought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.versions import Difference, Version, two_of
from huiyin.visits.actions.save_policy import CHANGE
from huiyin.visits.actions.save_script import checked_script, save_script
from huiyin.visits.models import Script
from huiyin.visits.pages.policy_form import ReasonedForm
from huiyin.visits.queries.comparing import script_differences
from huiyin.visits.queries.policies import company_today, hours_of, rules_in_force
from huiyin.visits.queries.policy_contents import newest_script, script_content, script_versions
from huiyin.visits.queries.script_results import ENOUGH, Results, results_of
from huiyin.visits.rules.script_content import LONGEST, MOST_BLOCKS, PART_LABELS

SPARE = 3


class ScriptForm(ReasonedForm):
    """A script with its blocks and some empty ones; ``place`` orders them."""

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=60)
    title_en = forms.CharField(label=_("Title in English"), max_length=60, required=False)
    code = forms.CharField(label=_("Code"), max_length=30)

    def __init__(self, *args: Any, blocks: int, fixed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(min(blocks, MOST_BLOCKS + SPARE))
        self.fixed = fixed
        if fixed:
            del self.fields["code"]
        parts = [("", "—"), *((code, gettext(label)) for code, label in PART_LABELS.items())]
        for number in self.numbers:
            self.fields[f"place_{number}"] = forms.IntegerField(
                label=_("Place"), required=False, min_value=0, max_value=999
            )
            self.fields[f"part_{number}"] = forms.ChoiceField(label=_("Part"), choices=parts, required=False)
            for language, label in (("zh", _("Chinese")), ("en", _("English"))):
                self.fields[f"{language}_{number}"] = forms.CharField(
                    label=label, required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 3})
                )

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each block."""
        return [[self[f"{name}_{number}"] for name in ("place", "part", "zh", "en")] for number in self.numbers]

    def content(self) -> dict[str, Any]:
        """What was entered, blocks in their places."""
        given = self.cleaned_data
        places = sorted(self.numbers, key=lambda number: (given.get(f"place_{number}") or (number + 1) * 10, number))
        blocks = [{name: given[f"{name}_{number}"] for name in ("part", "zh", "en")} for number in places]
        titles = {name: given[name] for name in ("title_zh", "title_en")}
        return {"code": self.fixed or given["code"], **titles, "blocks": blocks}


@dataclass(frozen=True)
class Said:
    """One block as agents see it."""

    part: str
    text: str


@dataclass(frozen=True)
class ScriptPage:
    """A script (None: a new one) and, when asked for, how it reads."""

    script: Script | None
    shown: list[Said]


@dataclass(frozen=True)
class ScriptVersionsPage:
    """All versions of a script, two of them side by side, with what visits brought under each."""

    script: Script
    shown: list[Said]
    versions: list[Version]
    older: Script
    newer: Script
    differences: list[Difference]
    results: list[Results]
    enough: int
    may_change: bool


@page("visits/policies/scripts/new/", name="script-new", needs=CHANGE)
def new_script(request: Request) -> HttpResponse:
    """A new script."""
    return _edit(request, None)


@page("visits/policies/scripts/<slug:code>/", name="script", needs=CHANGE)
def edit_script(request: Request, code: str) -> HttpResponse:
    """Changes a script; its blocks are those of the newest version."""
    return _edit(request, newest_script(code))


def _edit(request: Request, script: Script | None) -> HttpResponse:
    content = script_content(script) if script else {"blocks": [{"part": part} for part in ("opening", "closing")]}
    count = len(content["blocks"]) + SPARE
    if request.method == "POST":
        count = sum(name.startswith("part_") for name in request.POST)
    form = ScriptForm(
        request.POST or None, initial=_initial(content), blocks=count, fixed=script.code if script else ""
    )
    shown: list[Said] = []
    only_look = request.POST.get("do") == "preview"
    if only_look:
        form.fields["reason"].required = form.fields["effective_from"].required = False
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            if only_look:
                shown = _said(request, checked_script(form.content()))
            else:
                _save(request, form)
        if not form.errors and not only_look:
            return go("script-versions", form.content()["code"])
    context = ScriptPage(script, shown)
    return show(request, "visits/script.html", context, status=422 if form.errors else 200, form=form)


def _initial(content: dict[str, Any]) -> dict[str, Any]:
    values = {**content, "effective_from": company_today(clock.now())}
    for number, block in enumerate(content["blocks"]):
        values |= {f"{name}_{number}": block.get(name, "") for name in ("part", "zh", "en")}
        values[f"place_{number}"] = (number + 1) * 10
    return values


def _said(request: Request, content: dict[str, Any]) -> list[Said]:
    """The blocks with their variables filled in, in the reader's language."""
    english = request.actor.language.startswith("en")
    names = {"customer": gettext("the customer"), "agent": request.actor.name}
    found = []
    for block in content["blocks"]:
        text = (block["en"] if english else "") or block["zh"]
        for name, value in names.items():
            text = text.replace("{" + name + "}", value)
        found.append(Said(gettext(PART_LABELS.get(block["part"], block["part"])), text))
    return found


def _save(request: Request, form: ScriptForm) -> None:
    given, version = form.cleaned_data, request.POST.get("version", "")
    saved = save_script(
        call_of(request),
        form.content(),
        effective_from=given["effective_from"],
        reason=given["reason"],
        expected=int(version) if version.isdecimal() else 0,
    )
    text = gettext("%(name)s is saved as version %(version)s; it holds from %(day)s on.")
    day = saved.effective_from.isoformat()
    messages.success(request, text % {"name": saved.title, "version": saved.version, "day": day})


@page("visits/policies/scripts/<slug:code>/versions/", name="script-versions", needs="visits.see_policies")
def versions_of_script(request: Request, code: str) -> HttpResponse:
    """A script as it reads, its versions with who and why, and what visits brought under two of them."""
    now = clock.now()
    script, versions = newest_script(code), script_versions(code, company_today(now))
    older, newer = two_of(request.GET, versions)
    zone, rows = hours_of(rules_in_force(now.date())).zone, [version.row for version in versions]
    compared = [older, newer] if older.pk != newer.pk else [newer]
    context = ScriptVersionsPage(
        script=script,
        shown=_said(request, script_content(newer)),
        versions=versions,
        older=older,
        newer=newer,
        differences=script_differences(script_content(older), script_content(newer)),
        results=[results_of(each, rows, zone, now.date()) for each in compared],
        enough=ENOUGH,
        may_change=request.actor.may(CHANGE),
    )
    return show(request, "visits/script_versions.html", context)
