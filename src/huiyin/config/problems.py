"""What keeps Huiyin from starting, said in one sentence that names the remedy."""

from __future__ import annotations

from huiyin.kernel.refusal import Refused


class CannotStart(Refused):
    """The machine, the data folder or another process stands in the way; nothing was changed."""

    status = 503
