"""``any_of``: a column among many values, given to PostgreSQL as one list instead of thousands of parameters.

``like``: a text by a pattern. ``in_rows``: a column among what a subquery finds. ``within``: a node of a tree, or what
stands below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignKey, Lookup, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    PlainLookup = Lookup[Any]
else:
    PlainLookup = Lookup  # generic in the stubs alone


@Field.register_lookup
class AnyOf(PlainLookup):
    """``filter(number__any_of=numbers)``: the same rows as ``__in``, at a tenth of the cost for thousands."""

    lookup_name = "any_of"

    def get_prep_lookup(self) -> Any:
        """The values as the column keeps them; a list that comes later (``Given``) as it is."""
        if hasattr(self.rhs, "resolve_expression"):
            return self.rhs
        return [self.lhs.output_field.get_prep_value(value) for value in self.rhs]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]  # the stubs are wider
        """``column = ANY(list)``."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, self.rhs]


@Field.register_lookup
class Like(PlainLookup):
    """``filter(number__like=beginning("GD"))``: as ``startswith``, for a pattern that may come later (``Given``)."""

    lookup_name = "like"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:  # noqa: ARG002 - as Django calls it
        """The pattern as it is."""
        return "%s", [value]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]  # the stubs are wider
        """``column LIKE pattern``."""
        column, params = self.process_lhs(compiler, connection)
        pattern, values = self.process_rhs(compiler, connection)
        return f"{column}::text LIKE {pattern}", [*params, *values]


def beginning(text: str) -> str:
    """The pattern of what begins with the text."""
    return f"{_literal(text)}%"


def anywhere(text: str) -> str:
    """The pattern of what contains the text."""
    return f"%{_literal(text)}%"


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class Found:
    """What a queryset of one column finds; a thing of its own, so that Django copies no parts of it for each query."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self.rows = rows


@Field.register_lookup
class InRows(PlainLookup):
    """``column = ANY (ARRAY (subquery))``; written by :func:`in_rows`."""

    lookup_name = "in_rows"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]  # the stubs are wider
        """The subquery stands alone and is read once, before the rows."""
        column, params = self.process_lhs(compiler, connection)
        found, values = self.rhs.rows.query.get_compiler(connection=connection).as_sql()
        return f"{column} = ANY (ARRAY ({found}))", [*params, *values]


def in_rows(column: str, rows: QuerySet[Any, Any]) -> Q:
    """Whether a column is among the few values of a queryset of one column, as one of several alternatives.

    PostgreSQL joins indexes for ``a = 1 OR id = ANY (ARRAY (SELECT …))``; with ``id IN (SELECT …)`` it reads every row.
    """
    return Q(**{f"{column}__in_rows": Found(rows)})


@ForeignKey.register_lookup
class Within(PlainLookup):
    """``problem_type__within=codes``: the rows that belong to nodes of a tree, or to what stands below them.

    The table pointed to has a ``code`` and a ``parent``.
    """

    lookup_name = "within"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:  # noqa: ARG002 - as Django calls it
        """The codes as one parameter."""
        return "%s", [list(value)]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]  # the stubs are wider
        """``column IN`` all nodes from the named ones downwards."""
        column, params = self.process_lhs(compiler, connection)
        _place, codes = self.process_rhs(compiler, connection)
        table = compiler.quote_name_unless_alias(self.lhs.output_field.related_model._meta.db_table)
        tree = (
            f"WITH RECURSIVE tree AS (SELECT id FROM {table} WHERE code = ANY(%s::text[]) UNION"  # noqa: S608
            f" SELECT below.id FROM {table} below JOIN tree ON below.parent_id = tree.id) SELECT id FROM tree"
        )
        return f"{column} IN ({tree})", [*params, *codes]
