"""All scores under one name, for other rooms: ``scores.nps([...])`` (each defined in its own file of ``kinds``)."""

from huiyin.questionnaires.rules.figure import Sums, mean, mean_of_sums, nothing, share, sums_of
from huiyin.questionnaires.rules.kinds.ces import ces
from huiyin.questionnaires.rules.kinds.csat import TOP_BOX, csat
from huiyin.questionnaires.rules.kinds.csi import csi, normalised
from huiyin.questionnaires.rules.kinds.dimension_mean import dimension_mean
from huiyin.questionnaires.rules.kinds.handling import handling, handling_score, handling_steps
from huiyin.questionnaires.rules.kinds.mode_effect import mode_effect, mode_effect_of_shares
from huiyin.questionnaires.rules.kinds.nps import DETRACTOR, PROMOTER, nps, nps_of_counts
from huiyin.questionnaires.rules.kinds.overall import SATISFIED, overall, person_means, satisfied_share
from huiyin.questionnaires.rules.kinds.response_rate import response_rate
from huiyin.questionnaires.rules.kinds.servqual import servqual
from huiyin.questionnaires.rules.weighting import Stratum, Weighted, weighted_mean, weighted_share

__all__ = [
    "DETRACTOR",
    "PROMOTER",
    "SATISFIED",
    "TOP_BOX",
    "Stratum",
    "Sums",
    "Weighted",
    "ces",
    "csat",
    "csi",
    "dimension_mean",
    "handling",
    "handling_score",
    "handling_steps",
    "mean",
    "mean_of_sums",
    "mode_effect",
    "mode_effect_of_shares",
    "normalised",
    "nothing",
    "nps",
    "nps_of_counts",
    "overall",
    "person_means",
    "response_rate",
    "satisfied_share",
    "servqual",
    "share",
    "sums_of",
    "weighted_mean",
    "weighted_share",
]
