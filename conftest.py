"""Loaded before everything else: the tests' database must be named before settings are read."""

pytest_plugins = ["tests.database", "tests.browser"]
