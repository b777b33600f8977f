"""Which doubtful answers do not count in figures, unless the company decides otherwise (QST-5)."""

from huiyin.questionnaires.rules.flags import OWN_WORK, SAME_PHONE, STAFF_HAND, STAFF_NUMBER

LEFT_OUT = (OWN_WORK, STAFF_NUMBER, STAFF_HAND, SAME_PHONE)
"""Not the customers' own voice, or a voice heard twice. Quick answers count: a short form is answered in seconds."""

LEAST_COVERED = 80
"""Percent of the population that strata with answers must hold before a weighted figure is shown."""
