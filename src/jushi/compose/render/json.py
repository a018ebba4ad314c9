"""JSON as the command line promises (``jushi compile --format json``); ``load`` reads it back, for frozen editions."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jushi.compose.model import (
    ComposeError,
    Composition,
    FigureRef,
    Missing,
    NoteRef,
    Paragraph,
    Ref,
    Rendered,
    Run,
    Section,
    Typed,
)


def ref_data(ref: Ref) -> dict[str, Any] | None:
    """The ref of a run as JSON data; a derived number names its verb, one with a cut-off of its own its period, beside the six keys."""
    match ref:
        case None:
            return None
        case Typed(reason=reason):
            return {"typed": True, "reason": reason}
        case NoteRef(note=note, office=office):
            return {"note": note, "office": office}
        case Missing():
            return {"missing": True, "indicator": ref.indicator, "reason": ref.reason, "blocking": ref.blocking}
        case FigureRef():
            data: dict[str, Any] = {
                "indicator": ref.indicator,
                "value": None if ref.value is None else format(ref.value, "f"),
                "unit": ref.unit,
                "basis": ref.basis,
                "rows": ref.rows,
                "definition": ref.definition,
            }
            more = {"verb": ref.verb, "period": ref.period}
            return data | {key: text for key, text in more.items() if text}


def data(composition: Composition) -> dict[str, Any]:
    """The whole composition as JSON data."""
    out: dict[str, Any] = {
        "area": composition.area,
        "period": composition.period,
        "template": composition.template,
        "cutoff": composition.cutoff,
        "title": composition.title,
        "area_name": composition.area_name,
        "issuer": composition.issuer,
        "date": composition.date.isoformat() if composition.date else None,
        "addressee": composition.addressee,
        "attachments": list(composition.attachments),
        "annotation": composition.annotation,
        "sealed": composition.sealed,
    }
    return {**out, "sections": [_section(section) for section in composition.sections]}


def _section(section: Section) -> dict[str, Any]:
    return {
        "level": section.level,
        "marker": section.marker,
        "title": section.title,
        "office": section.office,
        "key": section.key,
        "run_in": section.run_in,
        "paragraphs": [
            {"style": part.style, "runs": [{"text": run.text, "ref": ref_data(run.ref)} for run in part.runs]} for part in section.paragraphs
        ],
    }


def render(composition: Composition) -> Rendered:
    """UTF-8 JSON, Chinese unescaped."""
    text = json.dumps(data(composition), ensure_ascii=False, indent=1)
    return Rendered(text.encode() + b"\n", "application/json", "json")


def load(text: str | bytes | Mapping[str, Any]) -> Composition:
    """The composition that :func:`render` wrote. Raises :class:`ComposeError` when it is something else."""
    try:
        raw = text if isinstance(text, Mapping) else json.loads(text)
        sections = tuple(_load_section(section) for section in raw["sections"])
        plain = {key: raw[key] for key in ("area", "period", "template", "cutoff", "title", "area_name", "issuer")}
        date = datetime.date.fromisoformat(raw["date"]) if raw.get("date") else None
        rest = {key: raw[key] for key in ("addressee", "annotation", "sealed")}
        return Composition(sections=sections, date=date, attachments=tuple(raw["attachments"]), **plain, **rest)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise ComposeError(f"这不是据实导出的文稿数据（{error}），请重新导出后再读入。") from error


def _load_section(raw: Mapping[str, Any]) -> Section:
    paragraphs = tuple(
        Paragraph(tuple(Run(run["text"], _load_ref(run["ref"])) for run in part["runs"]), part.get("style", "body")) for part in raw["paragraphs"]
    )
    return Section(
        raw["level"],
        raw["title"],
        paragraphs,
        raw["office"],
        raw["marker"],
        raw.get("key", ""),
        raw.get("run_in", False),
    )


def _load_ref(raw: Mapping[str, Any] | None) -> Ref:
    if raw is None:
        return None
    if raw.get("typed"):
        return Typed(raw["reason"])
    if raw.get("missing"):
        return Missing(raw["indicator"], raw["reason"], raw.get("blocking", False))
    if "note" in raw:
        return NoteRef(raw["note"], raw["office"])
    value = None if raw["value"] is None else Decimal(raw["value"])
    verb, period = raw.get("verb", ""), raw.get("period", "")
    return FigureRef(raw["indicator"], value, raw["unit"], raw["basis"], raw["rows"], raw["definition"], verb, period)
