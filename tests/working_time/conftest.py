"""Property tests are steady: no time limit on a shared machine, the same examples every run."""

from hypothesis import settings

settings.register_profile("the same", settings.get_profile("steady"), derandomize=True)
settings.load_profile("the same")
