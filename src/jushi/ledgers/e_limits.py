"""The column that holds the monitoring limits of a greenhouse: metric → low and high, written as a clerk would (温度 8~35；湿度 40~90)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models

from jushi.ledger.columns import CellError, Column, Lookup

METRICS = {"temperature": "温度", "humidity": "湿度", "light": "光照", "co2": "二氧化碳", "soil": "土壤湿度"}
UNITS = {"temperature": "℃", "humidity": "%", "light": "勒克斯", "co2": "ppm", "soil": "%"}
_CODES = {name: code for code, name in METRICS.items()} | {"CO2": "co2", "co2": "co2"}
_NUMBER = r"-?\d+(?:\.\d+)?"
_ITEM = re.compile(rf"(?P<name>[^\d\s~～—-]+)\s*(?P<low>{_NUMBER})?\s*[~～]\s*(?P<high>{_NUMBER})?")


@dataclass(frozen=True, kw_only=True)
class Limits(Column):
    """``{"temperature": {"low": "8", "high": "35"}}`` in the record; one side may be open (温度 8~)."""

    def pick(self, values: Mapping[str, Any]) -> Any:
        return values[self.name] or None

    def convert(self, raw: Any, lookup: Lookup) -> dict[str, dict[str, str]]:
        if isinstance(raw, Mapping):
            return {code: dict(sides) for code, sides in raw.items()}
        found: dict[str, dict[str, str]] = {}
        for part in re.split(r"[；;\n]", str(raw)):
            if part.strip():
                code, sides = _read(part.strip())
                found[code] = sides
        return found

    def blank(self) -> dict[str, Any]:
        return {}

    def text(self, value: Any) -> str:
        return "；".join(f"{METRICS.get(code, code)} {sides.get('low', '')}~{sides.get('high', '')}" for code, sides in (value or {}).items())

    def max_length(self, model: type[models.Model]) -> int | None:
        return 300


def _read(part: str) -> tuple[str, dict[str, str]]:
    match = _ITEM.fullmatch(part)
    if match is None or not (match["low"] or match["high"]):
        raise CellError(f"“{part[:20]}”不是限值，请写成“温度 8~35”，只有一边的写“温度 8~”")
    code = _CODES.get(match["name"].strip())
    if code is None:
        raise CellError(f"没有“{match['name'].strip()}”这个监测指标，请填：{'、'.join(METRICS.values())}")
    sides = {side: match[side] for side in ("low", "high") if match[side]}
    if len(sides) == 2 and Decimal(sides["low"]) >= Decimal(sides["high"]):
        raise CellError(f"{METRICS[code]}的下限应小于上限")
    return code, sides


def breach(limits: Mapping[str, Any], metric: str, value: Decimal, margin: Decimal = Decimal(0)) -> str:
    """``low`` or ``high`` when the value lies outside the limits narrowed by ``margin``, '' when inside or without limits."""
    sides = (limits or {}).get(metric, {})
    if sides.get("low") and value < Decimal(sides["low"]) + margin:
        return "low"
    if sides.get("high") and value > Decimal(sides["high"]) - margin:
        return "high"
    return ""
