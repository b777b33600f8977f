"""Signing a demand form up: whom, what, by when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.customers.public import Tier
from huiyin.demand_forms.actions.sign_up import sign_up
from huiyin.demand_forms.pages.keys import key_in
from huiyin.demand_forms.queries.choosing import ChosenGroup, ShownCustomer, customers_found, group_of, shown_customers
from huiyin.demand_forms.queries.numbers import demand_numbers
from huiyin.demand_forms.queries.units import kinds_to_ask, units_of
from huiyin.demand_forms.rules.checking import Group, Wanted, plain_questions
from huiyin.demand_forms.rules.units import unit_from
from huiyin.demand_forms.rules.ways import WAY_LABELS
from huiyin.foundation import clock
from huiyin.foundation.forms import DayField, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Repeated

MOST_CHOSEN = 500
DEFAULT_DAYS = 10
GROUP_DEFAULT = 30


class SignUpForm(forms.Form):
    """What a unit wants to know; customers stand in fields ``customer``, questions in ``question-1`` and so on."""

    unit = forms.ChoiceField(label=_("For"))
    title = forms.CharField(label=_("What it is about"), max_length=80)
    whom = forms.ChoiceField(
        label=_("Whom to visit"),
        choices=[("chosen", _("Chosen customers")), ("group", _("A group of buyers"))],
        widget=forms.RadioSelect,
    )
    find = forms.CharField(label=_("Search customers"), required=False, max_length=60)
    product = forms.CharField(
        label=_("Product"), required=False, max_length=60, help_text=_("Model, article or name, or a part of it.")
    )
    bought_from = DayField(label=_("Bought from"), required=False, widget=forms.DateInput({"type": "date"}))
    bought_until = DayField(label=_("Bought until"), required=False, widget=forms.DateInput({"type": "date"}))
    tier = forms.ChoiceField(label=_("Tier"), required=False)
    amount_from = forms.DecimalField(label=_("Amount from (yuan)"), required=False, min_value=0, max_digits=12)
    most = forms.IntegerField(label=_("At most"), required=False, min_value=1)
    goal = forms.CharField(
        label=_("Goal in words"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(label=_("Kind of visit"), help_text=_("It brings its questionnaire and script."))
    ways = forms.MultipleChoiceField(label=_("Which way"), required=False, widget=forms.CheckboxSelectMultiple)
    wanted_by = DayField(label=_("Answers by"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("unit", units)
        self._choose("kind", kinds)
        self._choose("ways", [(code, gettext(label)) for code, label in WAY_LABELS.items()])
        self._choose("tier", [("", gettext("Every tier")), *((code, str(label)) for code, label in Tier.choices)])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def group(self) -> Group | None:
        """The group described, if a group is wanted and its days are given."""
        given = self.cleaned_data
        if given.get("whom") != "group" or not (given.get("bought_from") and given.get("bought_until")):
            return None
        return Group(
            bought_from=given["bought_from"],
            bought_until=given["bought_until"],
            product=(given.get("product") or "").strip(),
            tier=given.get("tier") or "",
            amount_from=given.get("amount_from"),
            most=given.get("most") or GROUP_DEFAULT,
        )

    def wanted(self, customers: list[int], questions: list[str]) -> Wanted:
        """The form as the action takes it."""
        given = self.cleaned_data
        wanted = Wanted(
            title=given["title"],
            wanted_by=given["wanted_by"],
            questions=plain_questions(questions),
            goal=given["goal"],
            ways=tuple(given["ways"]),
            kind=given["kind"],
        )
        return (
            replace(wanted, group=self.group())
            if given["whom"] == "group"
            else replace(wanted, customers=tuple(customers))
        )


@dataclass(frozen=True)
class NewFormPage:
    """Customers chosen so far and those just found, the questions typed, and how many a group has."""

    chosen: list[ShownCustomer]
    found: list[ShownCustomer]
    questions: list[tuple[int, str]]
    group: ChosenGroup | None
    searched: bool
    one_kind: bool


@page("demand-forms/new/", name="demand-form-new", needs="demand.sign_up")
def new_form(request: Request) -> HttpResponse:
    """The form; ``find`` and ``count`` only look, and keep everything that was typed."""
    today = timezone.localdate(clock.now())
    units = [(unit.key.code, unit.name) for unit in units_of(request.actor)]
    start = {
        "unit": request.GET.get("unit"),
        "whom": "chosen",
        "ways": ["phone"],
        "most": GROUP_DEFAULT,
        "wanted_by": today + timedelta(days=DEFAULT_DAYS),
        "kind": demand_numbers().kind,
    }
    form = SignUpForm(request.POST or None, units=units, kinds=kinds_to_ask(today), initial=start)
    do = _pressed(request)
    if request.method == "POST" and do == "sign_up" and form.is_valid():
        made = _sign_up(request, form)
        if made is not None:
            return go("demand-form", made)
    return _show(request, form, do)


def _pressed(request: Request) -> str:
    """The button; Enter looks for customers while a search is typed, else it hands the form in."""
    do = request.POST.get("do", "sign_up")
    return do if do != "enter" else "find" if request.POST.get("find", "").strip() else "sign_up"


def _sign_up(request: Request, form: SignUpForm) -> int | None:
    if form.cleaned_data["whom"] == "group" and form.group() is None:
        form.add_error("bought_from", gettext("Say from when to when they bought."))
        return None
    made: int | None = None
    with refusals(form):
        try:
            made = sign_up(
                call_of(request),
                unit=form.cleaned_data["unit"],
                wanted=form.wanted(chosen_in(request), request.POST.getlist("question")),
            ).pk
            messages.success(request, gettext("Handed in. Customer service decides about it."))
        except Repeated as repeat:
            made = int(repeat.result)
    return made


def chosen_in(request: Request) -> list[int]:
    """The customers ticked, or the one the address names."""
    values = request.POST.getlist("customer") if request.method == "POST" else request.GET.getlist("customer")
    keys = (key_in(value) for value in dict.fromkeys(values))
    return [key for key in keys if key is not None][:MOST_CHOSEN]


def _show(request: Request, form: SignUpForm, do: str) -> HttpResponse:
    looking = do in ("find", "count")
    chosen = chosen_in(request)
    text = request.POST.get("find", "").replace("\x00", "").strip()
    found = [each for each in customers_found(request.actor, text) if each.id not in chosen]
    group = _counted(form) if do == "count" else None
    if looking and form.is_bound:
        form = _unmarked(request, form)
    count = max(demand_numbers().most_questions, 1)
    typed = [*request.POST.getlist("question")[:count], *[""] * count][:count]
    context = NewFormPage(
        chosen=[each for each in shown_customers(request.actor, chosen) if each.seen],
        found=found,
        questions=list(enumerate(typed, start=1)),
        group=group,
        searched=bool(text),
        one_kind=len(form.fields["kind"].choices) < 2,  # type: ignore[attr-defined]  # noqa: PLR2004
    )
    status = 422 if form.is_bound and not looking and form.errors else 200
    return show(request, "demand_forms/new.html", context, status=status, form=form)


def _counted(form: SignUpForm) -> ChosenGroup | None:
    """Whom the group described would choose now, for a unit of the reader's."""
    form.is_valid()
    unit, group = unit_from(str(form.cleaned_data.get("unit", ""))), form.group()
    return group_of(unit, group) if unit and group else None


def _unmarked(request: Request, form: SignUpForm) -> SignUpForm:
    """The same entries without a judgement: who only looks is not told what is still missing."""
    names = [name for name in form.fields if name in request.POST]
    entered = {name: request.POST.getlist(name) if name == "ways" else request.POST[name] for name in names}
    units, kinds = (form.fields[name].choices for name in ("unit", "kind"))  # type: ignore[attr-defined]
    return SignUpForm(None, units=units, kinds=kinds, initial={"ways": [], **entered})
