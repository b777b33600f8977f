"""All scores under one name, for other rooms: ``scores.nps([...])`` (each defined in its own file of ``kinds``)."""

from huiyin.questionnaires.rules.figure import Sums, mean, mean_of_sums, nothing, share
from huiyin.questionnaires.rules.kinds.ces import ces
from huiyin.questionnaires.rules.kinds.csat import TOP_BOX, csat
from huiyin.questionnaires.rules.kinds.csi import csi, normalised
from huiyin.questionnaires.rules.kinds.dimension_mean import dimension_mean
from huiyin.questionnaires.rules.kinds.handling import handling
from huiyin.questionnaires.rules.kinds.nps import DETRACTOR, PROMOTER, nps, nps_of_counts
from huiyin.questionnaires.rules.kinds.overall import SATISFIED, overall, person_means, satisfied_share
from huiyin.questionnaires.rules.kinds.response_rate import response_rate

__all__ = [
    "DETRACTOR",
    "PROMOTER",
    "SATISFIED",
    "TOP_BOX",
    "Sums",
    "ces",
    "csat",
    "csi",
    "dimension_mean",
    "handling",
    "mean",
    "mean_of_sums",
    "normalised",
    "nothing",
    "nps",
    "nps_of_counts",
    "overall",
    "person_means",
    "response_rate",
    "satisfied_share",
    "share",
]
