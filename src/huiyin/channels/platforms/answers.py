"""What the answers of platforms mean: a code and words, each platform with field names and codes of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.channels.platforms.registry import Token, Verdict


@dataclass(frozen=True)
class Codes:
    """The fields of a platform's answers and what the codes mean; 0 is taken, every other one is tried later.

    ``stale``: the access token is no longer good; ``nobody``: there is no such person; ``refused``: never.
    """

    stale: frozenset[int]
    nobody: frozenset[int]
    refused: frozenset[int]
    code: str = "errcode"
    words: str = "errmsg"
    proof: str = "access_token"
    seconds: str = "expires_in"

    def read(self, body: Mapping[str, Any]) -> tuple[Verdict, str]:
        """What an answer means."""
        code, words = int(body.get(self.code) or 0), f"{body.get(self.code)} {body.get(self.words, '')}"
        if code == 0:
            return Verdict.TAKEN, ""
        for verdict, codes in (
            (Verdict.STALE, self.stale),
            (Verdict.NOBODY, self.nobody),
            (Verdict.REFUSED, self.refused),
        ):
            if code in codes:
                return verdict, words
        return Verdict.LATER, words

    def read_token(self, body: Mapping[str, Any]) -> Token | None:
        """The token of an answer; None when there is none."""
        value = str(body.get(self.proof) or "")
        return Token(value, int(body.get(self.seconds) or 0)) if value and not body.get(self.code) else None
