"""Forms of the steps of a case; each carries out one action."""

from huiyin.cases.pages.forms.asides import ASIDE_FORMS
from huiyin.cases.pages.forms.base import StepForm
from huiyin.cases.pages.forms.finding import FINDING_FORMS
from huiyin.cases.pages.forms.later import LATER_FORMS
from huiyin.cases.pages.forms.moves import MOVE_FORMS
from huiyin.cases.pages.forms.parts import NeedPartForm
from huiyin.cases.pages.forms.problem_type import SortForm
from huiyin.cases.pages.forms.together import TOGETHER_FORMS
from huiyin.cases.pages.forms.writers import WRITER_FORMS

FORMS: tuple[type[StepForm], ...] = (
    *MOVE_FORMS,
    *ASIDE_FORMS,
    *TOGETHER_FORMS,
    *LATER_FORMS,
    *FINDING_FORMS,
    *WRITER_FORMS,
    SortForm,
    NeedPartForm,
)
STEP_FORMS = {form.verb: form for form in FORMS}

__all__ = ["STEP_FORMS", "StepForm"]
