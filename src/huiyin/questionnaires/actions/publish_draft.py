"""Publishes a draft: from now on it is asked, and never changes again."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.actions.drafting import locked_draft
from huiyin.questionnaires.models import Questionnaire, QuestionnaireState
from huiyin.questionnaires.queries.forms import form_of
from huiyin.questionnaires.rules.checking import check


@action("questionnaires.publish", needs="questionnaires.change")
def publish_draft(act: Act, code: str) -> Questionnaire:
    """Makes the draft the version that is asked from now on; askings under way keep theirs.

    Raises:
        Conflict: the draft is gone.
        Invalid: it contradicts itself, or says the same as the version before it.
    """
    draft = locked_draft(code)
    form = form_of(draft)
    firm = [fault for fault in check(form) if fault.firm]
    if firm:
        places = {fault.question or "questions": fault.why for fault in firm}
        raise Invalid(message(_("The questionnaire cannot be published yet.")), places)
    before = Questionnaire.objects.filter(code=code, state=QuestionnaireState.PUBLISHED).order_by("-version").first()
    if before is not None and form_of(before) == form:
        raise Invalid(message(_("Nothing has changed since version %(version)s."), version=before.version))
    draft.state, draft.published_at = QuestionnaireState.PUBLISHED, act.now
    draft.save(update_fields=["state", "published_at"])
    act.record(draft)
    return draft
