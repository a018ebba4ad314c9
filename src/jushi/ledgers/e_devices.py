"""Greenhouse devices: each greenhouse has a key under which its device sends readings (E10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from jushi.entities.models import Facility, Observation
from jushi.kernel import oplog
from jushi.kernel.models import Bureau
from jushi.kernel.states import State
from jushi.ledger.digests import Act, Cell, Digest, Inquiry, Line, Table, to_rows
from jushi.ledger.intake import Intake, new_key, same
from jushi.ledger.store import RefusedError
from jushi.ledgers.e_alarms import Reading, receive
from jushi.ledgers.e_limits import METRICS, UNITS

KEPT = "device_key"  # in the details of the greenhouse: the hash of its key
AHEAD = timedelta(minutes=10)  # how far a device's clock may run ahead
LARGEST = Decimal(10) ** 6
_CODES = {name: code for code, name in METRICS.items()} | {code: code for code in METRICS}


def sender(pk: UUID, given: str) -> Any:
    """The greenhouse in use whose key this is."""
    rows = Facility.objects.filter(pk=pk, kind="grow_house", ended_on=None).exclude(state=State.VOID)
    house = rows.first()
    return house if house is not None and same((house.details or {}).get(KEPT, ""), given) else None


def take(house: Any, item: Mapping[str, Any]) -> Mapping[str, Any]:
    """One reading ``{"metric", "value", "at"}``: metric by code or name, ``at`` in ISO 8601 (now when absent)."""
    problems: dict[str, str] = {}
    metric = _CODES.get(str(item.get("metric", "")).strip(), "")
    if not metric:
        problems["metric"] = f"没有这个监测指标，请用：{'、'.join(f'{code}（{name}）' for code, name in METRICS.items())}"
    value = _value(item.get("value"), problems)
    at = _moment(item.get("at"), problems)
    if problems or value is None or at is None:
        raise RefusedError(problems)
    bureau = Bureau.objects.get(county=house.county)
    alarm = receive(bureau, Reading(house.number, metric, value, at))
    return {"alarm": alarm.number if alarm is not None and alarm.closed_on is None else None}


def _value(raw: Any, problems: dict[str, str]) -> Decimal | None:
    try:
        value = Decimal(str(raw).strip())
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or abs(value) >= LARGEST:
        problems["value"] = "读数请写数字，例如 6.5"
        return None
    return value


def _moment(raw: Any, problems: dict[str, str]) -> datetime | None:
    if raw in (None, ""):
        return timezone.now()
    try:
        found = parse_datetime(str(raw))
    except ValueError:
        found = None
    if found is None:
        problems["at"] = "观测时间请写成 2015-01-18T03:10+08:00"
        return None
    at = found if timezone.is_aware(found) else timezone.make_aware(found)
    if at > timezone.now() + AHEAD:
        problems["at"] = f"观测时间 {raw} 在将来，请校准设备时钟"
        return None
    return at


READINGS = Intake(sender, take)


def _device(inquiry: Inquiry) -> tuple[Table, ...]:
    """What the device has to know to send, its limits, and the last reading of each metric."""
    house = inquiry.record
    rows = Observation.objects.filter(county=house.county, facility=house, kind="greenhouse_reading")
    last = dict(rows.order_by().values_list("metric").annotate(Max("observed_at")))
    lines = []
    for code, name in METRICS.items():
        sides = (house.limits or {}).get(code, {})
        seen = rows.filter(metric=code, observed_at=last[code]).first() if code in last else None
        value = f"{seen.value.normalize():f}{UNITS[code]}（{timezone.localtime(seen.observed_at):%Y-%m-%d %H:%M}）" if seen else ""
        count = to_rows(rows.filter(metric=code).count(), "greenhouse_readings", facility=str(house.pk), metric=code)
        limits = f"{sides.get('low', '')}~{sides.get('high', '')}" if sides else ""
        lines.append(Line((Cell(f"{name}（{code}）"), Cell(UNITS[code]), Cell(limits), Cell(value), count)))
    known = "已生成密钥。" if (house.details or {}).get(KEPT) else "还没有密钥，设备不能上传。"
    notes = (
        f"{known}设备（或网关）把读数发到 /api/l/greenhouse_readings/ ，方法 POST，请求头 Authorization: Bearer 密钥。",
        '正文为 JSON，例如 {"metric": "temperature", "value": 6.5, "at": "2015-01-18T03:10+08:00"}，可一次发多条（列表）；重复发送不会重复入账。',
    )
    return (Table(("指标", "单位", "限值", "最近读数", "读数（条）"), tuple(lines), f"{house.number} 监测接入", notes=notes),)


def _renew(inquiry: Inquiry, keys: tuple[str, ...]) -> str:
    """A new key for the greenhouse; the old one is good for nothing from now on. The key itself is told once and kept nowhere."""
    house = Facility.objects.get(pk=inquiry.record.pk)
    key, kept = new_key(house.county, house.pk)
    with oplog.operation("生成设备密钥", county=house.county, reason=house.number):
        house.details = {**(house.details or {}), KEPT: kept}
        house.save()
    return f"{house.number} 的设备密钥（只显示这一次，请立即填入设备）：{key}"


DEVICE = Digest(
    "device", "监测接入", _device, of_record=True, hint="温室监测设备凭本温室的密钥上传读数，越限自动告警。",
    acts=(Act("renew", "生成密钥", _renew, permission="change", picks=False, confirm="生成新密钥？原有密钥立即作废。"),),
)  # fmt: skip
