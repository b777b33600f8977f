"""kill -9 of real processes in the middle of real work: nothing is lost, nothing is done twice."""

import pytest

pytest.register_assert_rewrite("tests.crash.works", "tests.crash.scene")
