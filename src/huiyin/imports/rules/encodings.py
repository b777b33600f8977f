"""Which encoding a text file is in: found out where it can be known, asked where it cannot, never guessed silently."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
ALWAYS_OFFERED = ("utf-8", "gb18030", "big5", "utf-16-le", "cp1252", "shift_jis", "euc_kr", "cp1251")
PLAUSIBLE = 0.9  # share of Chinese characters that must be common ones
SAMPLE = 200_000


@dataclass(frozen=True)
class Guess:
    """The most likely encoding, whether it is certain, and all that are worth showing to a person."""

    encoding: str
    certain: bool
    candidates: tuple[str, ...]


def guess_encoding(chunks: Iterable[bytes]) -> Guess:
    """Looks at the whole file once, chunk by chunk; keeps only a sample."""
    test = _WholeFile()
    for chunk in chunks:
        test.feed(chunk)
    return test.verdict()


class _WholeFile:
    """Tries UTF-8 and GB18030 on everything, strictly; counts zero bytes; remembers the start."""

    def __init__(self) -> None:
        self.sample = b""
        self.zeros = [0, 0]
        self.odd_start = 0
        self.alive = {name: codecs.getincrementaldecoder(name)() for name in ("utf-8", "gb18030")}

    def feed(self, chunk: bytes) -> None:
        if len(self.sample) < SAMPLE:
            self.sample += chunk[: SAMPLE - len(self.sample)]
        self._try(chunk, final=False)

    def _try(self, chunk: bytes, *, final: bool) -> None:
        for name in list(self.alive):
            try:
                self.alive[name].decode(chunk, final)
            except UnicodeDecodeError:
                del self.alive[name]

    def verdict(self) -> Guess:
        self._try(b"", final=True)
        for mark, encoding in BOMS:
            if self.sample.startswith(mark):
                return Guess(encoding, True, (encoding,))
        wide = _utf16_without_mark(self.sample)
        if wide:
            return Guess(wide, True, (wide,))
        if "utf-8" in self.alive:
            return Guess("utf-8", True, ("utf-8",))
        if "gb18030" in self.alive and looks_chinese(self.sample):
            return Guess("gb18030", True, ("gb18030",))
        candidates = tuple(dict.fromkeys([*_statistical(self.sample), *_possible(self.sample)]))
        return Guess(candidates[0] if candidates else "", False, candidates)


def _utf16_without_mark(sample: bytes) -> str:
    """Latin letters in UTF-16 have a zero in every other byte."""
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.3 and even < 0.05:  # noqa: PLR2004 - a third of the characters is Latin
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 and odd < 0.05 else ""  # noqa: PLR2004


def looks_chinese(sample: bytes) -> bool:
    """Whether the text, read as GB18030, consists of characters that Chinese really uses.

    Latin letters with accents decode as rare characters; those of real text stand in the first level of GB 2312
    (lead bytes B0 to D7) nine times out of ten.
    """
    text = sample.decode("gb18030", errors="ignore")
    pairs = [char.encode("gb18030") for char in text if "\u3400" <= char <= "\u9fff"]
    strange = sum(1 for char in text if "\ue000" <= char <= "\uf8ff")
    common = sum(1 for pair in pairs if 0xB0 <= pair[0] <= 0xD7 and len(pair) == 2 and pair[1] >= 0xA1)  # noqa: PLR2004
    return bool(pairs) and not strange and common >= PLAUSIBLE * len(pairs)


def _statistical(sample: bytes) -> Iterator[str]:
    for match in list(from_bytes(sample))[:4]:
        yield match.encoding.replace("_", "-") if match.encoding.startswith("utf") else match.encoding


def _possible(sample: bytes) -> Iterator[str]:
    for name in ALWAYS_OFFERED:
        try:
            codecs.getincrementaldecoder(name)().decode(sample)
        except UnicodeDecodeError:
            continue
        yield name
