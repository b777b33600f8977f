"""What a text of an article may be, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.knowledge.rules.states import VISIBILITIES

LONGEST = 16_000
LONGEST_TITLE = 200
MOST_TAGS = 20


@dataclass(frozen=True)
class Draft:
    """What an article says and whom it is for; Chinese or English may be empty, not both. Texts are Markdown."""

    title: str = ""
    text: str = ""
    title_en: str = ""
    text_en: str = ""
    products: tuple[str, ...] = ()
    problem_types: tuple[str, ...] = ()
    visibility: str = "staff"


def checked(draft: Draft) -> Draft:
    """The draft without blanks around its texts.

    Raises:
        Invalid: neither language is whole, a text is too long, or nobody knows the visibility.
    """
    plain = Draft(
        title=draft.title.strip(),
        text=draft.text.strip(),
        title_en=draft.title_en.strip(),
        text_en=draft.text_en.strip(),
        products=tags(draft.products),
        problem_types=tuple(dict.fromkeys(draft.problem_types)),
        visibility=draft.visibility,
    )
    wrong = {**_halves(plain), **_lengths(plain)}
    if plain.visibility not in VISIBILITIES:
        wrong["visibility"] = message(_("Choose one of the listed values."))
    if wrong:
        raise Invalid(
            message(_("The article was not saved. What you typed is kept; look at the marked fields.")), wrong
        )
    return plain


def _halves(draft: Draft) -> dict[str, Message]:
    pairs = (("title", "text"), ("title_en", "text_en"))
    wrong = {}
    for title, text in pairs:
        has = (bool(getattr(draft, title)), bool(getattr(draft, text)))
        if has[0] != has[1]:
            wrong[title if has[1] else text] = message(_("A title and a text belong together."))
    if not any(getattr(draft, name) for pair in pairs for name in pair):
        wrong["title"] = message(_("Write a title and a text, in Chinese or in English."))
    return wrong


def _lengths(draft: Draft) -> Mapping[str, Message]:
    limits = {"title": LONGEST_TITLE, "title_en": LONGEST_TITLE, "text": LONGEST, "text_en": LONGEST}
    too_long = {name: most for name, most in limits.items() if len(getattr(draft, name)) > most}
    return {
        name: message(_("This text is longer than %(limit)d characters."), limit=most)
        for name, most in too_long.items()
    }


def tags(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words without blanks around them, each once, not too many and not too long."""
    plain = (word.strip()[:80] for word in words)
    return tuple(dict.fromkeys(word for word in plain if word))[:MOST_TAGS]


def in_language(draft: Draft, language: str) -> tuple[str, str]:
    """Title and text in a language, in the other one where it is missing."""
    english = (draft.title_en, draft.text_en)
    chinese = (draft.title, draft.text)
    first, second = (english, chinese) if language.startswith("en") else (chinese, english)
    return first if first[0] else second
