"""Property tests are steady: no time limit on a shared machine, the same examples every run."""

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
