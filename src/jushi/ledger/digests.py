"""专表: what a ledger's records say together, as a table of its own — a funnel, a matrix, an assessment sheet, a list of proposals.

A ledger declares its digests; one page shows, prints and exports them all. A digest may ask (a need, a day) and may act on its rows
(engage the chosen expert, merge the ticked opinions). It only reads and calls services: it holds no figures of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import IO, Any, Literal

from jushi.kernel.models import Bureau, User
from jushi.kernel.roles import Rights

Tone = Literal["", "ok", "wait", "bad"]
Kind = Literal["text", "long", "number", "year", "day", "choice"]
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``record`` (entity label, id) leads to a record, ``rows`` (ledger code, filters) to the list of what was counted,
    ``form`` (ledger code, values) to a new row with these values proposed. ``is_code`` shows the way to the record as a QR code."""

    value: Any = ""
    record: tuple[str, Any] | None = None
    rows: tuple[str, Mapping[str, str]] | None = None
    form: tuple[str, Mapping[str, str]] | None = None
    tone: Tone = ""
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row; ``key`` is what an act is told when the row is ticked, '' for rows that cannot be."""

    cells: tuple[Cell, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its words: ``notes`` stand below, ``signatures`` are lines to sign when it is printed."""

    head: tuple[str, ...]
    lines: tuple[Line, ...]
    caption: str = ""
    total: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    empty: str = "没有可列的内容。"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question before the table, or with an act. ``default(today)`` proposes the answer; ``options`` belong to a choice."""

    name: str
    label: str
    kind: Kind = "text"
    required: bool = False
    default: Callable[[date], str] | None = None
    options: Callable[[Bureau], Mapping[str, str]] | None = None
    help: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """For whom and about what a digest is made. ``record`` is the record it stands on, None on the ledger's own page."""

    bureau: Bureau
    user: User
    rights: Rights
    on: date
    answers: Mapping[str, Any] = field(default_factory=dict)
    record: Any = None

    @property
    def county(self) -> str:
        """The bureau's county."""
        return self.bureau.county


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done from a digest: ``apply(inquiry, keys)`` does it in one transaction and returns what to tell; it raises
    RefusedError. The right asked for is ``permission`` on the ledger ``ledger`` (the digest's own when '')."""

    code: str
    name: str
    apply: Callable[[Inquiry, tuple[str, ...]], str]
    ledger: str = ""
    permission: str = "add"
    asks: tuple[Ask, ...] = ()
    picks: bool = True
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A file made for the digest: ``write(inquiry, target)`` returns the file's name; personal pictures are the writer's duty."""

    name: str
    write: Callable[[Inquiry, IO[bytes]], str]
    mime: str = "application/zip"


@dataclass(frozen=True, slots=True)
class Digest:
    """A named table of a ledger, or of each of its records (``of_record``; ``fits(record)`` says of which)."""

    code: str
    name: str
    build: Callable[[Inquiry], tuple[Table, ...]]
    asks: tuple[Ask, ...] = ()
    acts: tuple[Act, ...] = ()
    downloads: tuple[Download, ...] = ()
    of_record: bool = False
    fits: Callable[[Any], bool] | None = None
    hint: str = ""

    def on_record(self, record: Any) -> bool:
        """Whether the digest stands on the page of ``record``."""
        return self.of_record and (self.fits is None or self.fits(record))


_offered: dict[str, list[Digest]] = {}


def offer(ledger: str, *digests: Digest) -> None:
    """Add digests that a layer above the ledgers makes (plans, targets, surveys) to a ledger's own; modules do it when their app starts."""
    own = _offered.setdefault(ledger, [])
    own.extend(d for d in digests if d not in own)


def offered(ledger: str) -> tuple[Digest, ...]:
    """What was added to a ledger by :func:`offer`."""
    return tuple(_offered.get(ledger, ()))


def this_year(today: date) -> str:
    """The usual default of a question for a year."""
    return str(today.year)


# the two questions that most digests ask: of which year, as at which day
YEAR = Ask("year", "年度", "year", True, this_year, example="2015")
AS_AT = Ask("on", "截至", "day", True, date.isoformat, example="2015-12-31")


def to_record(record: Any, text: Any = None, tone: Tone = "") -> Cell:
    """A cell with a record's title (or another text) that leads to it; an empty one for no record."""
    if record is None:
        return Cell()
    return Cell(str(record) if text is None else text, record=(record._meta.label, record.pk), tone=tone)


def to_rows(value: Any, ledger: str, tone: Tone = "", **filters: str) -> Cell:
    """A counted number that opens the rows it counts: the list of ``ledger`` under ``filters``."""
    return Cell(value, rows=(ledger, filters), tone=tone)


def to_form(text: str, ledger: str, **values: Any) -> Cell:
    """A cell that opens the form of a new row of ``ledger`` with some values proposed; plain words for whoever may not register there."""
    return Cell(text, form=(ledger, {name: str(value) for name, value in values.items() if value not in (None, "")}))


def read_answers(asks: tuple[Ask, ...], raw: Mapping[str, str], bureau: Bureau, today: date) -> tuple[dict[str, Any], dict[str, str]]:
    """Answers by name as text, int, Decimal or date (None for what is left open), and what is wrong with them by name."""
    answers: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for ask in asks:
        text = raw[ask.name] if ask.name in raw else (ask.default(today) if ask.default else "")
        try:
            answers[ask.name] = _read(ask, text.strip(), bureau)
        except ValueError as error:
            answers[ask.name] = None
            problems[ask.name] = f"{ask.label}：{error}"
    return answers, problems


def _read(ask: Ask, text: str, bureau: Bureau) -> Any:
    if not text:
        if ask.required:
            raise ValueError(f"请填写{'，例如 ' + ask.example if ask.example else ''}")
        return "" if ask.kind in {"text", "long", "choice"} else None
    if len(text) > LONGEST:
        raise ValueError(f"不能超过 {LONGEST} 字")
    if ask.kind == "choice" and (ask.options is None or text not in ask.options(bureau)):
        raise ValueError("请从列出的选项中选一项")
    return _READERS[ask.kind](text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("请填日期，例如 2015-05-10") from None


def _number(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise ValueError("请填数字，例如 1200.50") from None
    if not found.is_finite() or abs(found) >= Decimal(10) ** 15:
        raise ValueError("数字太大，请核对")
    return found


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1949 <= int(text[:5]) <= 2100):
        raise ValueError("请填四位年份，例如 2015")
    return int(text)


_READERS: Mapping[Kind, Callable[[str], Any]] = {
    "text": str, "long": str, "choice": str, "number": _number, "year": _year, "day": _day,
}  # fmt: skip
