"""Says which approved template of a provider stands for a kind of SMS."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.channels.kinds.sms_out.registry import sms_providers
from huiyin.channels.models import SmsAccount, SmsTemplate
from huiyin.channels.rules.sms.wording import wrong_wording
from huiyin.channels.texting import sms_texts
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("channels.save_sms_template", needs="channels.change")
def save_sms_template(
    act: Act, account_id: int, kind: str, *, code: str, text: str, variables: Sequence[str]
) -> SmsTemplate | None:
    """Keeps the template, or takes it away when code and text are empty; messages on their way keep their words.

    ``variables`` fill the placeholders of ``text`` in the order in which they first appear.

    Raises:
        NotFound: there is no such account or kind of SMS.
        Invalid: the placeholders and variables do not fit together.
    """
    account = act.lock(SmsAccount.objects.all(), account_id)
    if kind not in sms_texts():
        raise NotFound
    if not code and not text:
        SmsTemplate.objects.filter(account=account, kind=kind).delete()
        act.record(account, kind=kind, code="")
        return None
    _check(account, kind, code, text, variables)
    template, _made = SmsTemplate.objects.update_or_create(
        account=account, kind=kind, defaults={"code": code, "text": text, "variables": list(variables)}
    )
    act.record(account, kind=kind, code=code)
    return template


def _check(account: SmsAccount, kind: str, code: str, text: str, variables: Sequence[str]) -> None:
    for name, value in (("code", code), ("text", text)):
        if not value:
            need = message(_("Give both the template's code and its text, or neither."))
            raise Invalid(need, {name: need})
    known = [variable.name for variable in sms_texts()[kind].variables]
    pattern = sms_providers()[account.provider].placeholder
    wrong = wrong_wording(text, pattern, variables, known, account.signature)
    if wrong is not None:
        raise Invalid(wrong, {"text": wrong})
