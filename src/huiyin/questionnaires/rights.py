"""Rights of the questionnaires room."""

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

RIGHTS = [
    Right("questionnaires.see", _("See questionnaires and answers"), EVERYONE),
    Right(
        "questionnaires.answer",
        _("Ask customers and enter their answers"),
        frozenset({Role.AGENT, Role.SERVICE_MANAGER, Role.ENGINEER, Role.DIRECTOR}),
    ),
    Right(
        "questionnaires.correct",
        _("Correct answers, with a reason"),
        frozenset({Role.AGENT, Role.SERVICE_MANAGER, Role.DIRECTOR}),
    ),
    Right(
        "questionnaires.change",
        _("Write and publish questionnaires"),
        frozenset({Role.SERVICE_MANAGER, Role.DIRECTOR}),
    ),
]
