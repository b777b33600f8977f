"""Tables of the questionnaires room."""

from huiyin.questionnaires.models.asking import (
    Answer,
    AnswerLink,
    Asking,
    AskingQuerySet,
    Question,
    Questionnaire,
    QuestionnaireState,
    in_language,
)
from huiyin.questionnaires.models.figure_rules import FigureRules, shipped_left_out
from huiyin.questionnaires.models.photo import AnswerPhoto
from huiyin.questionnaires.models.scan import Scan, ScanPoint

__all__ = [
    "Answer",
    "AnswerLink",
    "AnswerPhoto",
    "Asking",
    "AskingQuerySet",
    "FigureRules",
    "Question",
    "Questionnaire",
    "QuestionnaireState",
    "Scan",
    "ScanPoint",
    "in_language",
    "shipped_left_out",
]
