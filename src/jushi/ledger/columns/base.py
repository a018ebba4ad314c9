"""What every column of a ledger can do. A column is declared once and read by list, form, import, export, API and figures alike.

A column never touches the database row by row: it names the value ``paths`` that a list query must fetch, or a part table that is
loaded for a whole page at once (see :mod:`jushi.ledger.rows`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q


class CellError(ValueError):
    """A cell or form value that cannot be taken; the message says what to type."""


class DeclarationError(Exception):
    """A ledger declaration contradicts its model or itself; raised when the program starts."""


@dataclass(frozen=True)
class Column:
    """A named value of a ledger row.

    ``main``: the column that identifies the row to people (one per ledger). ``filter``/``sort``/``search``/``total``: offered in lists.
    ``detail``: stored in the record's ``details`` JSON instead of a column of its own (then it can be neither filtered nor summed).
    ``personal``: masked in lists and exports for whoever may not unmask. ``listed``: shown in the list by default.
    """

    name: str
    label: str = ""
    _: KW_ONLY
    main: bool = False
    filter: bool = False
    sort: bool = False
    search: bool = False
    total: bool = False
    required: bool = False
    detail: bool = False
    personal: str = ""
    listed: bool = True
    readonly: bool = False
    help: str = ""
    example: str = ""
    default: Any = None
    check: Callable[[Any], Any] | None = None

    align: ClassVar[str] = "start"
    is_part: ClassVar[bool] = False

    # --- binding -----------------------------------------------------------------------------------------------------
    def field_of(self, model: type[models.Model]) -> models.Field[Any, Any] | None:
        """The model field behind the column; None for details and parts."""
        if self.detail or self.is_part:
            return None
        try:
            return model._meta.get_field(self.name)  # type: ignore[return-value]
        except Exception as error:
            raise DeclarationError(f"{model.__name__} 没有字段 {self.name}") from error

    def validate_for(self, model: type[models.Model]) -> None:
        """Raise :class:`DeclarationError` when the column does not fit the model."""
        self.field_of(model)
        if (self.detail or self.is_part) and (self.sort or (self.filter and not self.is_part)):
            raise DeclarationError(f"{model.__name__}.{self.name}: 专用内容不能筛选或排序")

    def label_for(self, model: type[models.Model]) -> str:
        """The heading in Chinese."""
        if self.label:
            return self.label
        found = self.field_of(model)
        return str(found.verbose_name) if found is not None else self.name

    # --- reading -----------------------------------------------------------------------------------------------------
    @property
    def paths(self) -> tuple[str, ...]:
        """Value paths that a query must fetch for this column."""
        return ("details",) if self.detail else (self.name,)

    def pick(self, values: Mapping[str, Any]) -> Any:
        """The column's Python value out of fetched values."""
        if self.detail:
            return self.load_detail((values["details"] or {}).get(self.name))
        return values[self.name]

    def load_detail(self, stored: Any) -> Any:
        """A Python value from what JSON keeps."""
        return stored

    def dump_detail(self, value: Any) -> Any:
        """What JSON keeps of a Python value."""
        return value

    def text(self, value: Any) -> str:
        """How the value reads in lists and print."""
        return "" if value is None else str(value)

    def cell(self, value: Any) -> Any:
        """What goes into a spreadsheet cell: number, date or text."""
        return self.text(value) or None

    def plain(self, value: Any) -> Any:
        """What JSON shows."""
        return self.text(value) if value is not None else None

    # --- writing -----------------------------------------------------------------------------------------------------
    def parse(self, raw: Any, lookup: Lookup) -> Any:
        """A Python value from a cell, a form field or JSON; raises :class:`CellError` saying what to type."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            if self.required:
                raise CellError("必填")
            return None
        return self.examine(self.convert(raw, lookup))

    def convert(self, raw: Any, lookup: Lookup) -> Any:
        """Type conversion of a non-empty raw value."""
        return str(raw).strip()

    def examine(self, value: Any) -> Any:
        """Run the declared check, which may return a normal form; its message reaches the user."""
        if self.check is None or value is None:
            return value
        try:
            normal = self.check(value)
            return value if normal is None else normal
        except ValidationError as error:
            raise CellError("；".join(error.messages)) from error

    def write(self, record: Any, value: Any) -> None:
        """Put a parsed value into the record (parts are written by :meth:`write_parts`)."""
        if self.detail:
            details = dict(record.details or {})
            if value is None:
                details.pop(self.name, None)
            else:
                details[self.name] = self.dump_detail(value)
            record.details = details
        else:
            setattr(record, self.name, self.blank_of(type(record)) if value is None else value)

    @property
    def writes_plainly(self) -> bool:
        """Whether :meth:`write` only sets the attribute of that name."""
        return type(self).write is Column.write and not self.detail

    def blank_of(self, model: type[models.Model]) -> Any:
        """What stands for an empty cell: NULL where the field takes it (natural keys: many rows may lack one), else the column's blank."""
        return None if model._meta.get_field(self.name).null else self.blank()

    def blank(self) -> Any:
        """What an empty cell stores."""
        return None

    # --- forms and filters -------------------------------------------------------------------------------------------
    def form_field(self, model: type[models.Model], lookup: Lookup) -> forms.Field:
        """A form field for editing; conversion happens in :meth:`parse`, so one message serves form and import."""
        return forms.CharField(
            label=self.label_for(model), required=False, help_text=self.help, max_length=self.max_length(model),
            widget=self.widget(model, lookup),
        )  # fmt: skip

    def max_length(self, model: type[models.Model]) -> int | None:
        """Longest text that the column takes."""
        found = self.field_of(model)
        return getattr(found, "max_length", None) if found is not None else 500

    def widget(self, model: type[models.Model], lookup: Lookup) -> forms.Widget:
        """The input element."""
        return forms.TextInput()

    def raw(self, value: Any) -> Any:
        """What the form shows for a value: the inverse of :meth:`parse`."""
        return self.text(value)

    def condition(self, raw: str, lookup: Lookup) -> Q:
        """The filter for what the user chose in the filter bar; raises :class:`CellError` on nonsense."""
        return Q(**{self.name: self.convert(raw, lookup)})

    def choices(self, lookup: Lookup) -> list[tuple[str, str]] | None:
        """Values to choose from (drop-downs in forms, filters and the Excel template), None when free."""
        return None


@dataclass
class Lookup:
    """What converting needs to know of the bureau: county, date for dated dictionaries, and caches of names.

    Names of referred records are loaded in one query per model, not per cell.
    """

    county: str
    on: date
    caches: dict[Any, Any] = field(default_factory=dict)

    def once(self, key: Any, load: Callable[[], Any]) -> Any:
        """The cached result of ``load``."""
        if key not in self.caches:
            self.caches[key] = load()
        return self.caches[key]
