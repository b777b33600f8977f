"""Scores: one score in one file, each as its authors define it, each with n and a 95 % interval.

Normalisation (QST-4): a score on a scale from ``low`` to ``high`` becomes ``(score - low) / (high - low) * 100``;
shares and NPS are already on a common scale and are never averaged with means.
"""
