"""The product's settings with one address more: a view that does nothing, to compare every page with."""

from huiyin.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
