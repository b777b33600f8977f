"""An import-linter contract: rooms are entered by their doors.

Another room's ``public`` is open to everybody. Its ``events`` are open to those who listen, its ``rules`` to other
rules, which may not touch a ``public`` because that knows the framework. Migrations name each other as Django does.
"""

from __future__ import annotations

from collections.abc import Iterator

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

PLAIN = ("rules", "events")


class Doors(Contract):
    """Finds direct imports from one room into another that go round the door."""

    type_name = "doors"

    open_rooms = fields.ListField(subfield=fields.StringField())
    free_rooms = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 - the contract's signature
        """Looks at every direct import between two rooms."""
        through_walls = sorted(set(self._through_walls(graph)))
        return ContractCheck(kept=not through_walls, metadata={"imports": through_walls})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Names each import with its line."""
        for importer, imported, line in check.metadata["imports"]:
            output.print_error(f"{importer}:{line} imports {imported}; say from {door_of(imported)} import …")

    def _through_walls(self, graph: ImportGraph) -> Iterator[tuple[str, str, int]]:
        root = self.session_options["root_packages"][0]
        for importer in graph.modules:
            for imported in graph.find_modules_directly_imported_by(importer):
                if imported.startswith(f"{root}.") and not self._is_allowed(importer, imported):
                    details = graph.get_import_details(importer=importer, imported=imported)
                    yield importer, imported, int(details[0]["line_number"] if details else 0)

    def _is_allowed(self, importer: str, imported: str) -> bool:
        """Whether the importer may reach into the other module as it does."""
        room, part = place_of(importer)
        other_room, other_part = place_of(imported)
        free = room in ("", other_room) or room in self.free_rooms or other_room in self.open_rooms
        if free or part == "migrations":
            return True
        return other_part in ("", "public", "events") or (other_part == "rules" and part in PLAIN)


def place_of(module: str) -> tuple[str, str]:
    """The room and the part of it that a module lies in: huiyin.cases.rules.triage → cases, rules."""
    parts = [*module.split("."), "", ""]
    return (parts[1], parts[2]) if parts[2] else ("", "")


def door_of(module: str) -> str:
    """The door of the room a module lies in."""
    return ".".join([*module.split(".")[:2], "public"])
