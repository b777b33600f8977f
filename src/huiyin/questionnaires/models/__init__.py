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
from huiyin.questionnaires.models.photo import AnswerPhoto
from huiyin.questionnaires.models.scan import Scan, ScanPoint

__all__ = [
    "Answer",
    "AnswerLink",
    "AnswerPhoto",
    "Asking",
    "AskingQuerySet",
    "Question",
    "Questionnaire",
    "QuestionnaireState",
    "Scan",
    "ScanPoint",
    "in_language",
]
