"""What the API says about imports and what it takes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext
from ninja import Field, Schema
from pydantic import Json, StringConstraints

from huiyin.imports.kinds import ImportKind
from huiyin.imports.models import ImportRun
from huiyin.imports.queries.row_errors import said
from huiyin.imports.queries.runs import progress_of, saved_mappings

Heading = Annotated[int, Field(ge=0)] | Annotated[str, StringConstraints(max_length=1000)]
Name = Annotated[str, StringConstraints(max_length=80)]


class FieldOut(Schema):
    """One thing a row may say."""

    code: str
    label: str
    required: bool


class OptionOut(Schema):
    """A choice for the whole file; without ``choices`` it is free text."""

    code: str
    label: str
    default: str
    choices: list[str]


class KindOut(Schema):
    """A kind of file; ``one_of`` lists fields of which at least one needs a column."""

    code: str
    label: str
    fields: list[FieldOut]
    one_of: list[str]
    options: list[OptionOut]
    mappings: list[str] = Field(description="Names of ready-made and saved mappings.")


class ProgressOut(Schema):
    """Where an import stands; ``percent`` is null while the number of rows is not known yet."""

    state: str
    working: bool
    rows: int
    percent: int | None
    new: int = Field(description="Records; a purchase of several rows is one.")
    changed: int
    same: int
    wrong: int = Field(description="Rows left out.")


class RunOut(ProgressOut):
    """One import. An empty ``encoding`` of a text file means it is doubtful and must be chosen before the start."""

    id: int
    kind: str
    name: str
    size: int
    trial: bool
    encoding: str
    delimiter: str
    sheet: str
    header_row: int
    columns: list[str]
    mapping: dict[str, int]
    options: dict[str, str]
    beside: dict[str, int]
    failure: str
    started_by_id: int | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class UploadIn(Schema):
    """The fields sent along with the file."""

    kind: str = Field(max_length=40, description="One of the codes of ``/imports/kinds``.")
    mapping: Name = Field("auto", description="``auto``, or the name of a ready-made or saved mapping.")
    columns: Json[dict[str, Heading]] | None = Field(
        None, description="JSON {field: heading or place from 0}, instead of a mapping."
    )
    options: Json[dict[str, str]] | None = Field(None, description="JSON {option: value}.")
    encoding: str = Field("", max_length=40, description="Empty: found out from the bytes.")
    save_as: Name = Field("", description="Keeps the columns under this name.")


class ColumnsIn(Schema):
    """Which column feeds which field: a mapping by name, or the columns themselves."""

    mapping: Name = "auto"
    columns: dict[str, Heading] | None = Field(None, description="{field: heading or place from 0}")
    options: dict[str, str] = Field(default_factory=dict)
    save_as: Name = ""


class LayoutIn(Schema):
    """How to read the file; empty: found out from the bytes."""

    encoding: str = Field("", max_length=40)
    delimiter: str = Field("", max_length=1)
    sheet: str = Field("", max_length=80)
    header_row: int = Field(0, ge=0, lt=10**9)


class StartIn(Schema):
    """A trial run writes nothing."""

    trial: bool


class PreviewOut(Schema):
    """The first rows with their row numbers, and what the start reads like in other encodings."""

    rows: list[tuple[int, list[str]]]
    header_row: int
    sheets: list[str]
    samples: list[tuple[str, list[str]]]
    formulas_without_values: bool


class RowErrorOut(Schema):
    """A row left out, with its cells."""

    row: int
    field: str
    why: str
    cells: list[str]


def kind_out(kind: ImportKind) -> KindOut:
    """A kind in the caller's language."""
    return KindOut(
        code=kind.code,
        label=gettext(kind.label),
        fields=[FieldOut(code=f.code, label=gettext(f.label), required=f.required) for f in kind.fields],
        one_of=list(kind.one_of),
        options=[
            OptionOut(code=o.code, label=gettext(o.label), default=o.default, choices=[code for code, _ in o.choices])
            for o in kind.options
        ],
        mappings=[*(preset.code for preset in kind.presets), *(saved.name for saved in saved_mappings(kind.code))],
    )


def progress_out(run: ImportRun) -> ProgressOut:
    """Where a run stands."""
    at = progress_of(run)
    return ProgressOut(
        state=at.state,
        working=at.working,
        rows=at.rows,
        percent=at.percent,
        new=run.new,
        changed=run.changed,
        same=run.same,
        wrong=run.wrong,
    )


AS_STORED = tuple(name for name in RunOut.model_fields if name not in (*ProgressOut.model_fields, "beside", "failure"))


def run_out(run: ImportRun) -> RunOut:
    """A run in the caller's language."""
    return RunOut(
        **progress_out(run).dict(),
        **{name: getattr(run, name) for name in AS_STORED},
        beside={gettext(name): count for name, count in run.beside.items()},
        failure=said(run.failure["text"], run.failure["params"]) if run.failure else "",
    )
