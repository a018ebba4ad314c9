"""Greenhouse readings and the alarms that they open and close (E10).

A reading outside the limits opens one alarm per greenhouse and metric; later ones only deepen it. A reading back inside (by the margin of
rule ``greenhouse_recovery_margin``, so that a value on the edge does not flap) is kept as the recovery. The alarm closes when both are
there: what was done, and the reading that showed recovery.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils import timezone

from jushi.entities.models import Case, CaseStep, Facility, Observation, Person
from jushi.kernel import oplog
from jushi.kernel.models import Bureau, User
from jushi.kernel.states import State
from jushi.ledger import registry, store
from jushi.ledger.reminders import Reminder
from jushi.ledgers.e_limits import METRICS, UNITS, breach
from jushi.ledgers.expert_search import expert_for
from jushi.ledgers.f_terms import account_of
from jushi.ledgers.rules import rule

WORDS = {"low": ("低于下限", "low"), "high": ("高于上限", "high")}


@dataclass(frozen=True, slots=True)
class Reading:
    """One value from a device: greenhouse number, metric code (temperature …), value, time (aware), where it came from."""

    house: str
    metric: str
    value: Decimal
    at: datetime
    source: str = "设备上传"


def receive(bureau: Bureau, reading: Reading, user: User | None = None) -> Case | None:
    """Keep a reading; returns the alarm that it opened, deepened or recovered, None when all is well.

    Raises :class:`~jushi.ledger.store.RefusedError` for an unknown greenhouse or metric.
    """
    with oplog.operation("温室读数", county=bureau.county):
        house = _house(bureau, reading)
        side = breach(house.limits, reading.metric, reading.value)
        if not _store(house, reading, bool(side)):
            return None
        alarm = _open_alarm(house, reading.metric)
        if side:
            return _raise(bureau, house, reading, side, user) if alarm is None else _deepen(alarm, reading, side)
        if alarm is not None and not breach(house.limits, reading.metric, reading.value, _margin(house, reading)):
            return _recover(alarm, reading)
        return None


def handle(alarm: Case, measures: str, *, on: date, user: User | None = None) -> Case:
    """Write down what was done; closes the alarm when the recovery reading is already there."""
    ledger = registry.get("greenhouse_alarms")
    with oplog.operation("告警处置", county=alarm.county):
        store.advance(ledger, alarm, "handled", on=on, actor=user, raw={"measures": measures})
    return alarm


def close_when_recovered(record: Any, values: Mapping[str, Any]) -> None:
    """What was done is put on record; when the reading has recovered already, that closes the alarm, wherever it was written down."""
    if record.stage != "handled" or record.closed_on is not None or not record.measures:
        return
    on = record.answered_on or record.raised_on
    if not CaseStep.objects.filter(case=record, action="处置", content=record.measures).exists():
        _step(record, "处置", on, record.measures)
    if record.result:
        _close(record, on)


def _house(bureau: Bureau, reading: Reading) -> Any:
    if reading.metric not in METRICS:
        raise store.RefusedError({"metric": f"没有“{reading.metric}”这个监测指标，请用：{'、'.join(METRICS)}"})
    # the lock makes two devices of one greenhouse wait for each other: no second alarm can slip in between
    rows = Facility.objects.select_for_update().filter(county=bureau.county, kind="grow_house", number=reading.house)
    house = rows.exclude(state=State.VOID).first()
    if house is None:
        raise store.RefusedError({"house": f"没有编号为“{reading.house}”的温室，请先在大棚温室台账登记"})
    return house


def _store(house: Any, reading: Reading, is_alarm: bool) -> bool:
    """Keep the reading; False when the device has sent the same one before."""
    same = Observation.objects.filter(county=house.county, facility=house, metric=reading.metric, observed_at=reading.at)
    if same.exists():
        return False
    local = timezone.localtime(reading.at)
    Observation(
        county=house.county, kind="greenhouse_reading", area_id=house.area_id, office_id=house.office_id, state=State.CONFIRMED,
        title=f"{house.number} {METRICS[reading.metric]} {_said(reading)}", year=local.year, facility=house, base_id=house.base_id,
        metric=reading.metric, value=reading.value, unit=UNITS[reading.metric], observed_at=reading.at, source=reading.source,
        is_alarm=is_alarm,
    ).save()  # fmt: skip
    return True


def _open_alarm(house: Any, metric: str) -> Any:
    rows = Case.objects.filter(county=house.county, kind="greenhouse_alarm", facility=house, category=metric, closed_on=None)
    return rows.exclude(state=State.VOID).first()


def _raise(bureau: Bureau, house: Any, reading: Reading, side: str, user: User | None) -> Case:
    ledger = registry.get("greenhouse_alarms")
    local = timezone.localtime(reading.at)
    word, limit = WORDS[side]
    fact = f"{_said(reading)}，{word}{house.limits[reading.metric][limit]}{UNITS[reading.metric]}"
    grower = house.base.manager if house.base_id else None
    expert = expert_for(bureau.county, "设施蔬菜", house.area_id, local.date())
    alarm = store.create(ledger, {
        "number": f"{house.number}-{local:%Y%m%d%H%M}", "title": f"{house.number} {METRICS[reading.metric]}告警",
        "facility": house.number, "category": reading.metric, "raised_on": local.date(), "theme": word, "area": house.area_id,
        "text": f"{local:%Y-%m-%d %H:%M} {METRICS[reading.metric]} {fact}",
        "person": str(grower.pk) if grower else None, "expert": str(expert.pk) if expert else None,
        "handler": _account(expert, bureau.county),
    }, store.author_for(ledger, bureau, user), state=State.CONFIRMED)  # fmt: skip
    _step(alarm, "告警", local.date(), alarm.text)
    _notify(alarm, "种植户", grower, "示范点没有登记负责人，请电话联系并在示范点台账补登")
    _notify(alarm, "专家", expert, "没有在任的对口特派员或专家，请到专家库安排")
    return alarm


def _account(expert: Person | None, county: str) -> str | None:
    """The expert's account: with it the alarm stands among his own things to do."""
    account = account_of(expert.pk, county) if expert is not None else None
    return str(account) if account is not None else None


def _notify(alarm: Case, who: str, person: Person | None, otherwise: str) -> None:
    """A line in the log and an entry among the things to do; the message itself goes by the office's own channel."""
    said = f"通知{who}{person.title}{f'（{person.phone}）' if person.phone else ''}" if person else otherwise
    _step(alarm, "通知", alarm.raised_on, f"{said}：{alarm.text}")


def _deepen(alarm: Any, reading: Reading, side: str) -> Case:
    """Further readings outside the limits change the alarm only when they are worse, or when it had recovered before."""
    details = dict(alarm.details or {})
    worst = Decimal(details["worst"]) if "worst" in details else None
    worse = worst is None or (reading.value < worst if side == "low" else reading.value > worst)
    if worse or alarm.result:
        if alarm.result:
            _step(alarm, "再次越限", timezone.localtime(reading.at).date(), _at(reading))
        alarm.details = details | ({"worst": str(reading.value), "worst_at": reading.at.isoformat()} if worse else {})
        alarm.result = ""
        alarm.save()
    return alarm


def _recover(alarm: Any, reading: Reading) -> Case:
    if alarm.result:
        return alarm
    alarm.result = f"{_at(reading)}，已恢复"
    alarm.save()
    _step(alarm, "恢复", timezone.localtime(reading.at).date(), alarm.result)
    if alarm.stage == "handled":
        _close(alarm, timezone.localtime(reading.at).date())
    return alarm


def _close(alarm: Case, on: date) -> None:
    store.advance(registry.get("greenhouse_alarms"), alarm, "closed", on=on)
    _step(alarm, "办结", on, f"处置：{alarm.measures}；{alarm.result}")


def _step(alarm: Any, action: str, on: Any, content: str) -> None:
    CaseStep(county=alarm.county, case=alarm, action=action, done_on=on, content=content, stage_after=alarm.stage).save()


def _margin(house: Any, reading: Reading) -> Decimal:
    margins = rule("greenhouse_recovery_margin", house.county, timezone.localtime(reading.at).date(), {})
    return Decimal(str(margins.get(reading.metric, 0)))


def _said(reading: Reading) -> str:
    return f"{reading.value.normalize():f}{UNITS[reading.metric]}"


def _at(reading: Reading) -> str:
    return f"{timezone.localtime(reading.at):%Y-%m-%d %H:%M} {METRICS[reading.metric]} {_said(reading)}"


def silent_houses(county: str, on: date) -> Iterable[Reminder]:
    """Greenhouses with limits whose device has fallen silent (离线): no reading for the hours of rule ``greenhouse_silence_hours``."""
    hours = int(rule("greenhouse_silence_hours", county, on, 6))
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), datetime.min.time()))
    now = min(end, timezone.now()) if on >= timezone.localdate() else end
    houses = Facility.objects.filter(county=county, kind="grow_house", ended_on=None).exclude(limits={}).exclude(state=State.VOID)
    last = houses.filter(observations__observed_at__lte=now).annotate(last=Max("observations__observed_at"))
    for house in last.filter(last__lt=now - timedelta(hours=hours)).select_related("office").order_by("number"):
        seen = timezone.localtime(house.last)
        message = f"温室 {house.number} 监测离线：最后一次读数在 {seen:%Y-%m-%d %H:%M}，请检查设备和网络"
        yield Reminder("grow_houses", message, house.office.code, seen.date(), house.pk)
