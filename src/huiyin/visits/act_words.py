"""What the room's verbs are called on the timeline; calls and ended visits stand there by themselves."""

from huiyin.kernel.words import gettext_noop as _

ACT_WORDS = {
    "visits.owe": _("A visit is owed"),
    "visits.owe_answer": _("An answer was promised: %(question)s"),
    "visits.give_answer": _("The promised answer was given"),
    "visits.correct": _("Record of a visit corrected"),
    "visits.cancel": _("Visit cancelled"),
}
