"""Forms of the steps of a case; each carries out one action."""

from huiyin.cases.pages.forms.asides import ASIDE_FORMS
from huiyin.cases.pages.forms.base import StepForm
from huiyin.cases.pages.forms.moves import MOVE_FORMS
from huiyin.cases.pages.forms.together import TOGETHER_FORMS

STEP_FORMS: dict[str, type[StepForm]] = {form.verb: form for form in (*MOVE_FORMS, *ASIDE_FORMS, *TOGETHER_FORMS)}

__all__ = ["STEP_FORMS", "StepForm"]
