"""Which approved template of a provider stands for one kind of SMS."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from huiyin.channels.actions.save_sms_template import save_sms_template
from huiyin.channels.kinds.sms_out.registry import sms_providers
from huiyin.channels.models import SmsAccount
from huiyin.channels.pages.sms_account import TemplateRow, template_row
from huiyin.channels.queries.sms import account_by_id, templates_of
from huiyin.channels.texting import SmsText, sms_texts
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import NotFound


class TemplateForm(forms.Form):
    """The template as the provider approved it; empty to take it away."""

    code = forms.CharField(label=_("Template code"), max_length=40, required=False)
    text = forms.CharField(
        label=_("Text of the template"), max_length=1000, required=False, widget=forms.Textarea({"rows": 4})
    )
    variables = forms.CharField(
        label=_("Variables, in the order of the placeholders"),
        max_length=400,
        required=False,
        help_text=_("Their names from the list beside, separated by commas."),
    )

    def clean_variables(self) -> list[str]:
        """The names one by one; Chinese commas count too."""
        written = str(self.cleaned_data["variables"]).replace("，", ",").replace("、", ",")
        return [name.strip() for name in written.split(",") if name.strip()]


@dataclass(frozen=True)
class TemplatePage:
    """One kind of SMS at one account; ``placeholder`` shows how the provider writes what changes."""

    account: SmsAccount
    row: TemplateRow
    placeholder: str


@page("sms/accounts/<int:account_id>/<str:kind>/", name="sms-template", needs="channels.change")
def template_page(request: Request, account_id: int, kind: str) -> HttpResponse:
    """Changes the template of one kind of SMS."""
    account = account_by_id(account_id)
    text = _kind(kind)
    form = TemplateForm(request.POST or None, initial=_known(account, text))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            save_sms_template(call_of(request), account_id, kind, **form.cleaned_data)
        if not form.errors:
            return go("sms-account", account_id)
    row = template_row(text, account, templates_of(account).get(kind))
    context = TemplatePage(account, row, sms_providers()[account.provider].placeholder_example)
    return show(request, "channels/sms_template.html", context, status=422 if form.errors else 200, form=form)


def _kind(code: str) -> SmsText:
    if code not in sms_texts():
        raise NotFound
    return sms_texts()[code]


def _known(account: SmsAccount, kind: SmsText) -> dict[str, object]:
    template = templates_of(account).get(kind.code)
    if template is None:
        return {"variables": ", ".join(variable.name for variable in kind.variables)}
    return {"code": template.code, "text": template.text, "variables": ", ".join(template.variables)}
