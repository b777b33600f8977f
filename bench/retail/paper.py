"""What came of the weeks, as a paper: only sums, nothing of a single purchase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench.retail.company import A_DAY, AGENTS
from bench.retail.weeks import DONE, NO_ANSWER, SEED, WEEKS, WRONG

BANDS = {"476": "£476 and more", "286": "£286 – 476", "143": "£143 – 286", "below": "below £143"}
HEAD = Path(__file__).parent / "head.md"


def written(found: Mapping[str, Any]) -> str:
    """The paper."""
    head = HEAD.read_text(encoding="utf-8").format(
        **found["imported"], agents=AGENTS, a_day=A_DAY, done=DONE, no_answer=NO_ANSWER, wrong_number=WRONG, seed=SEED
    )
    return "\n".join([head, *_weeks(found["weeks"]), *_strata(found["coverage"])]) + "\n"


def _weeks(weeks: list[dict[str, Any]]) -> Iterable[str]:
    yield f"## The {WEEKS} plans\n"
    yield from _table(
        ("week of", "turn", "candidates", "wanted", "chosen", *BANDS.values(), "a day", "gap", "processor s"),
        (_week(week) for week in weeks),
    )
    yield "\nBands: own / filled from another band, of the places the band should have."
    yield "A day: visits planned for each working day."
    yield "\n## What gave way\n"
    for week in weeks:
        yield f"**{week['monday']}**\n"
        yield from (f"- {sentence}" for sentence in week["relaxed"] or ["Every rule is met."])
        yield ""
    yield "## Stores\n"
    yield from _table(
        ("week of", "turn", "large", "small", "small stores with visits", "out of turn"),
        ((w["monday"], w["turn"], w["sizes"].get("large", 0), w["sizes"].get("small", 0), len(w["small_stores"]),
          w["because"].get("off_turn", 0)) for w in weeks),
    )  # fmt: skip
    yield "\n## Why others were not chosen\n"
    codes = sorted({code for week in weeks for code in week["passed"]})
    yield from _table(
        ("week of", *codes), ((w["monday"], *(w["passed"].get(code, 0) for code in codes)) for w in weeks)
    )


def _week(week: Mapping[str, Any]) -> tuple[Any, ...]:
    filled = {home: [0, 0] for home in BANDS}
    for pair, count in week["filled"].items():
        band, home = pair.split("<")
        if home in filled:
            filled[home][band != home] += count
    bands = [f"{own} / {other} of {week['wanted'].get(home, 0)}" for home, (own, other) in filled.items()]
    days = " ".join(str(count) for count in week["days"].values())
    numbers = (week["candidates"], week["target"], week["chosen"])
    return (week["monday"], week["turn"], *numbers, *bands, days, f"{week['gap']:.4%}", week["processor_seconds"])


def _strata(coverage: Mapping[str, Any]) -> Iterable[str]:
    for name, report in coverage.items():
        month, by = name.split()
        yield f"\n## Coverage of {month} by {by}\n"
        effect = report["weights"]["design_effect"]
        yield (
            f"Weeks {report['first_day']} to {report['last_day']}. Population {report['population']:,}, planned"
            f" {report['planned']:,} (wanted {report['wanted']:,}), asked {report['tried']:,}, done {report['done']:,},"
            f" replaced {report['replaced']:,}, not asked {report['not_asked']:,}."
            + (
                f" Design effect {effect:.3f}, {report['weights']['effective_n']:,.0f} effective answers."
                if effect
                else ""
            )
            + "\n"
        )
        if by == "band":
            reasons = ", ".join(f"{code} {count:,}" for code, count in report["not_asked_because"].items())
            yield f"Not asked because: {reasons}. In vain: {report['called_in_vain']}.\n"
        heads = (by, "population", "planned", "asked", "done", "replaced", "not asked", "done of planned", "weight")
        yield from _table(heads, (_stratum(row) for row in _largest(report["strata"])))


def _largest(strata: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(strata, key=lambda row: -row["population"])[:12] if len(strata) > 4 else strata


def _stratum(row: Mapping[str, Any]) -> tuple[Any, ...]:
    names = ("population", "planned", "tried", "done", "replaced", "not_asked")
    achieved = "–" if row["achieved"] is None else f"{row['achieved']:.1%}"
    weight = "–" if row["weight"] is None else f"{row['weight']:.2f}"
    label = BANDS.get(str(row["key"]), row["name"])
    return (label, *(f"{row[name]:,}" for name in names), achieved, weight)


def _table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterable[str]:
    names = list(heads)
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' + '--:|' * (len(names) - 1)}"
    for row in rows:
        yield f"| {' | '.join(str(cell) for cell in row)} |"
