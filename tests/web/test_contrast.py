"""WCAG 2.2 AA: every text is readable on every ground it is used on, light and dark."""

from __future__ import annotations

import re

import pytest

from huiyin.web.sheets import FOLDER

TOKENS = (FOLDER / "tokens.css").read_text(encoding="utf-8")
GROUNDS = ("paper", "surface", "sunken", "hover")
SIGNALS = ("soon", "late", "kept")

TEXTS = [
    *((ink, ground) for ink in ("ink", "ink-soft", "ink-faint", "accent") for ground in GROUNDS),
    *((signal, ground) for signal in SIGNALS for ground in ("surface", "sunken", f"{signal}-soft")),
    *(("ink", f"{tone}-soft") for tone in (*SIGNALS, "accent")),
    *((ink, "pressed") for ink in ("ink", "ink-soft")),
    *(("ink-faint", f"{tone}-soft") for tone in (*SIGNALS, "accent")),
    ("accent", "accent-soft"),
    ("ink-soft", "accent-soft"),
    ("on-accent", "accent-solid"),
    ("on-accent", "accent-strong"),
]
SHAPES = [
    *((edge, ground) for edge in ("edge", "accent") for ground in ("paper", "surface", "sunken")),
    *((f"{signal}-solid", "surface") for signal in SIGNALS),
    ("accent-solid", "surface"),
]


def block(start: str) -> dict[str, str]:
    """The tokens of the block that starts with this selector."""
    inside = TOKENS[TOKENS.index(start) :].split("{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): ([^;]+);", inside))


LIGHT = block(":root {")
THEMES = {"light": LIGHT, "dark": LIGHT | block(':root[data-theme="dark"] {')}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, of ``#rrggbb``."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_reckoned_as_wcag_defines_it():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_can_be_read(theme: str, ink: str, ground: str):
    tokens = THEMES[theme]
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_of_controls_can_be_seen(theme: str, shape: str, ground: str):
    tokens = THEMES[theme]
    assert contrast(tokens[shape], tokens[ground]) >= 3


def test_dark_by_choice_and_dark_by_system_are_the_same():
    assert block(':root[data-theme="dark"] {') == block(":root:not([data-theme]) {")


def test_components_name_colours_only_by_token():
    strays = {}
    for path in [FOLDER / "base.css", *sorted((FOLDER / "components").glob("*.css"))]:
        if path.name == "print.css":
            continue
        css = re.sub(r'url\("data:[^"]*"\)|/\*.*?\*/', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found = re.findall(r":[^;{}]*?(#[0-9a-fA-F]{3,8})\b", css)
        if found:
            strays[path.name] = found
    assert strays == {}


def test_every_named_token_exists():
    used = set()
    for path in [FOLDER / "base.css", *(FOLDER / "components").glob("*.css")]:
        used |= set(re.findall(r"var\(--([\w-]+)", path.read_text(encoding="utf-8")))
    assert used - set(LIGHT) == set()
