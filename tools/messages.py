"""Gathers texts for translation from Python and templates into each room's catalogue.

    python tools/messages.py            # update every room's locale/zh_Hans/LC_MESSAGES/django.po
    python tools/messages.py cases web  # these rooms only
    python tools/messages.py --check    # change nothing; fail when an update is due or a text has no translation

Texts that are gone leave the catalogue, translations of texts that stay are kept. The files carry no line numbers and
no dates, so a change in code that changes no text changes no catalogue.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parent.parent / "src" / "huiyin"
NOT_APPS = {"kernel": "foundation", "config": "foundation"}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: zh_Hans\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


@dataclass
class Room:
    """The files of one room and where its catalogue is."""

    name: str
    files: list[Path] = field(default_factory=list)

    @property
    def catalogue(self) -> Path:
        """The room's Chinese catalogue."""
        return SOURCE / self.name / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def rooms() -> list[Room]:
    """Every room with its Python files and templates; kernel and config lie in foundation's catalogue."""
    found: dict[str, Room] = {}
    for folder in sorted(path for path in SOURCE.iterdir() if (path / "__init__.py").exists()):
        name = NOT_APPS.get(folder.name, folder.name)
        room = found.setdefault(name, Room(name))
        room.files += sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".html", ".txt"})
    return list(found.values())


def texts_of(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """(text or (one, many), context) of one file, in its order."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if "templates" not in path.parts:
            return
        blanked = templatize(source, origin=str(path))
        source = "\n".join(line.lstrip() for line in blanked.splitlines())
    for _line, text, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        if text and any(text):
            yield text, context


def gathered(room: Room) -> Catalog:
    """The room's texts without translations."""
    catalogue = Catalog(locale="zh_Hans")
    for path in room.files:
        for text, context in texts_of(path):
            catalogue.add(text, context=context)
    return catalogue


def merged(room: Room) -> Catalog:
    """The room's texts with the translations that the catalogue has."""
    wanted = gathered(room)
    if not room.catalogue.exists():
        return wanted
    with room.catalogue.open("rb") as source:
        present = read_po(source, locale="zh_Hans", ignore_obsolete=True)
    for text in wanted:
        old = present.get(text.id, text.context) if text.id else None
        if old is not None and text.id:
            text.string = old.string
    return wanted


def written(catalogue: Catalog) -> str:
    """The catalogue as text, in the order of its texts, without dates and line numbers."""
    target = io.BytesIO()
    write_po(target, catalogue, omit_header=True, no_location=True, sort_output=True, width=0)
    return HEADER + target.getvalue().decode().strip() + "\n"


def missing(catalogue: Catalog) -> list[Message]:
    """Texts without a translation."""
    return [text for text in catalogue if text.id and not (all(text.string) if text.pluralizable else text.string)]


@click.command()
@click.argument("names", nargs=-1)
@click.option("--check", is_flag=True, help="Change nothing; fail when something is missing.")
def main(names: tuple[str, ...], check: bool) -> None:
    """Brings the catalogues of all rooms, or of the rooms NAMES, up to date and says what waits for a translation."""
    settings.configure(USE_I18N=False)
    django.setup()
    wrong = 0
    for room in rooms():
        if names and room.name not in names:
            continue
        catalogue = merged(room)
        texts = len([text for text in catalogue if text.id])
        if not texts:
            continue
        text = written(catalogue)
        due = not room.catalogue.exists() or room.catalogue.read_text(encoding="utf-8") != text
        if due and not check:
            room.catalogue.parent.mkdir(parents=True, exist_ok=True)
            room.catalogue.write_text(text, encoding="utf-8")
        waiting = missing(catalogue)
        wrong += len(waiting) + (1 if due and check else 0)
        click.echo(f"{room.name:15} {texts:4} texts, {len(waiting)} without translation" + (", updated" if due else ""))
        for message in waiting:
            click.echo(f"    {message.id!r}")
    sys.exit(1 if check and wrong else 0)


if __name__ == "__main__":
    main()
