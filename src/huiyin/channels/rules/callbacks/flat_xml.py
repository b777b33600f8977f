"""WeCom's XML: one level of elements; a document type, and with it every entity, is refused."""

from __future__ import annotations

from typing import Never
from xml.etree.ElementTree import ParseError, TreeBuilder, XMLParser

from huiyin.channels.rules.callbacks.pushed import BROKEN, NotTaken, clean


class _Plain(TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> Never:  # noqa: ARG002 - theirs
        """Refuses before any entity is declared."""
        raise NotTaken(BROKEN)


def read_xml(body: bytes | str) -> dict[str, str]:
    """The texts of the elements right below the first one, by their names.

    Raises:
        NotTaken: it is no XML, or declares a document type.
    """
    parser = XMLParser(target=_Plain())  # noqa: S314 - without a document type there is nothing to expand or to fetch
    try:
        parser.feed(body)
        root = parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise NotTaken(BROKEN) from error
    return {each.tag: clean(each.text or "") for each in root}
