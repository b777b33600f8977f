"""All scores under one name, for other rooms: ``scores.nps([...])`` (each defined in its own file of ``kinds``)."""

from huiyin.questionnaires.rules.figure import mean, nothing, share
from huiyin.questionnaires.rules.kinds.ces import ces
from huiyin.questionnaires.rules.kinds.csat import csat
from huiyin.questionnaires.rules.kinds.csi import csi, normalised
from huiyin.questionnaires.rules.kinds.dimension_mean import dimension_mean
from huiyin.questionnaires.rules.kinds.handling import handling
from huiyin.questionnaires.rules.kinds.nps import nps
from huiyin.questionnaires.rules.kinds.overall import overall, person_means, satisfied_share
from huiyin.questionnaires.rules.kinds.response_rate import response_rate

__all__ = [
    "ces",
    "csat",
    "csi",
    "dimension_mean",
    "handling",
    "mean",
    "normalised",
    "nothing",
    "nps",
    "overall",
    "person_means",
    "response_rate",
    "satisfied_share",
    "share",
]
