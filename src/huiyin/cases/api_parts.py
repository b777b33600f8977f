"""The parts of the API of cases that stand in files of their own, with the addresses below ``/cases``."""

from __future__ import annotations

from ninja import Router

from huiyin.cases.api_bulk import router as bulk
from huiyin.cases.api_clocks import router as clocks
from huiyin.cases.api_said import router as said
from huiyin.cases.api_stages import router as stages
from huiyin.cases.api_tracking import router as tracking
from huiyin.cases.api_views import router as views

PARTS: tuple[tuple[str, Router], ...] = (
    ("", views),
    ("", said),
    ("/clocks", clocks),
    ("/bulk", bulk),
    ("/stages", stages),
    ("/tracking", tracking),
)
