"""The door of the questionnaires room."""

from huiyin.foundation.photos import photo_of
from huiyin.questionnaires.actions.answer_asking import answer_asking
from huiyin.questionnaires.actions.ask import ask
from huiyin.questionnaires.actions.correct_answer import correct_answer
from huiyin.questionnaires.actions.entering import Heard
from huiyin.questionnaires.actions.hear_answers import hear_answers
from huiyin.questionnaires.actions.make_link import make_link, revoke_links
from huiyin.questionnaires.actions.remind import no_reminder
from huiyin.questionnaires.actions.send_link import Sent, send_link
from huiyin.questionnaires.actions.ship import ship
from huiyin.questionnaires.events import AnswersGiven
from huiyin.questionnaires.models import Answer, Asking, Question, Questionnaire, in_language
from huiyin.questionnaires.queries.answers import (
    Answered,
    answered,
    answered_askings,
    answers_about,
    answers_on,
    last_answers_on,
    scores_before,
    visible_askings,
)
from huiyin.questionnaires.queries.figure_rules import counted, figure_rules_on, flags_said, left_out
from huiyin.questionnaires.queries.links import address_of
from huiyin.questionnaires.queries.means import mean_scores
from huiyin.questionnaires.queries.questionnaires import newest
from huiyin.questionnaires.queries.repeats import own_scores, scored_once
from huiyin.questionnaires.queries.weighting import store_names
from huiyin.questionnaires.rules import scores
from huiyin.questionnaires.rules.figure import Figure
from huiyin.questionnaires.rules.reading import Given, Low, opinion
from huiyin.questionnaires.rules.strata import Strata
from huiyin.questionnaires.rules.words import (
    DIMENSION_LABELS,
    EMOTION_LABELS,
    FIVE_DIMENSIONS,
    OPINION,
    UNSENT_LABELS,
    WAY_LABELS,
)

__all__ = [
    "DIMENSION_LABELS",
    "EMOTION_LABELS",
    "FIVE_DIMENSIONS",
    "OPINION",
    "UNSENT_LABELS",
    "WAY_LABELS",
    "Answer",
    "Answered",
    "AnswersGiven",
    "Asking",
    "Figure",
    "Given",
    "Heard",
    "Low",
    "Question",
    "Questionnaire",
    "Sent",
    "Strata",
    "address_of",
    "answer_asking",
    "answered",
    "answered_askings",
    "answers_about",
    "answers_on",
    "ask",
    "correct_answer",
    "counted",
    "figure_rules_on",
    "flags_said",
    "hear_answers",
    "in_language",
    "last_answers_on",
    "left_out",
    "make_link",
    "mean_scores",
    "newest",
    "no_reminder",
    "opinion",
    "own_scores",
    "photo_of",
    "revoke_links",
    "scored_once",
    "scores",
    "scores_before",
    "send_link",
    "ship",
    "store_names",
    "visible_askings",
]
