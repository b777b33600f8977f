"""The API fixture of the API tests."""

from tests.api.conftest import caller as caller  # noqa: PLC0414 - a fixture, shared
