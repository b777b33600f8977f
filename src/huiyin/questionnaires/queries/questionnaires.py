"""Which questionnaires there are, and which version is asked now."""

from __future__ import annotations

from django.db.models import QuerySet

from huiyin.foundation.kept import kept
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.models import Questionnaire, QuestionnaireState


def published() -> QuerySet[Questionnaire]:
    """The published versions, with their questions."""
    return Questionnaire.objects.filter(state=QuestionnaireState.PUBLISHED).prefetch_related("questions")


@kept
def newest(code: str) -> Questionnaire:
    """The version of a questionnaire that is asked now, with its questions.

    Raises:
        NotFound: no published questionnaire has this code.
    """
    found = published().filter(code=code).order_by("-version").first()
    if found is None:
        raise NotFound(message(_("No questionnaire is called %(code)s."), code=code))
    return found


@kept
def version_of(key: int) -> Questionnaire:
    """One version by its key, with its questions."""
    return Questionnaire.objects.prefetch_related("questions").get(pk=key)
