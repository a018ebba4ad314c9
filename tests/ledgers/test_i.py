"""Investment and expropriation: what the acceptance of I03, I04, L07, L01 and L13 asks."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jushi.entities.models import FundFlow
from jushi.kernel.evidence import attach
from jushi.ledger import checking, registry, store
from jushi.ledgers.folders import write_folders
from jushi.planning.gaps import untracked_hazards
from jushi.planning.targets import completion, investment_shares, progress


@pytest.fixture
def investor(add: Any) -> str:
    add("organisations", title="试样投资有限公司", category="firm", registered_on="2012-01-01")
    return "试样投资有限公司"


def project(add: Any, title: str, signed: str, **more: Any) -> Any:
    return add("investment_projects", title=title, investor="试样投资有限公司", agreed=1000, signed_on=signed, **more)


def money(add: Any, title: str, amount: Any, day: str = "2015-05-06", voucher: str = "", **more: Any) -> Any:
    number = voucher or f"{title}{amount}{day}"
    return add(
        "investment_funds",
        title="到位",
        project=title,
        form="银行流水",
        voucher_number=number,
        amount=amount,
        received_on=day,
        **more,
    )


def test_i04_new_and_carried_never_share_a_project(add: Any, investor: Any, measured: Any) -> None:
    for n in range(4):
        project(add, f"新{n}", f"2015-0{n + 2}-10")
    project(add, "续甲", "2013-05-01")
    project(add, "续乙", "2014-11-01")
    project(add, "早已投产", "2012-05-01", ended_on="2014-12-30")
    project(add, "框架", "2015-06-01", category="框架协议")
    money(add, "新0", 510)
    money(add, "续甲", 2000, "2015-01-20")
    money(add, "续甲", 300, "2014-12-20")
    assert measured("2015", "II12", "II13", "II14") == {"II12": 4, "II13": 2, "II14": 2510}
    assert measured("2014", "II12", "II13", "II14") == {"II12": 1, "II13": 2, "II14": 300}


def test_i04_what_ended_on_the_first_day_still_came_into_the_year(add: Any, investor: Any, measured: Any) -> None:
    project(add, "元旦投产", "2014-05-01", ended_on="2015-01-01")
    assert measured("2015", "investment.carried") == {"investment.carried": 1}
    assert measured("2015H2", "investment.carried") == {"investment.carried": 0}


def test_i04_money_needs_a_signed_project_and_its_own_voucher(add: Any, investor: Any) -> None:
    project(add, "新甲", "2015-05-01")
    add("investment_projects", title="线索", category="意向")
    with pytest.raises(store.RefusedError, match="还没有签约"):
        money(add, "线索", 10)
    with pytest.raises(store.RefusedError, match="早于签约日期"):
        money(add, "新甲", 10, "2015-04-30")
    money(add, "新甲", 10, voucher="V1")
    with pytest.raises(store.RefusedError, match="不能重复认领"):
        money(add, "新甲", 20, voucher="V1")


def test_i04_more_than_agreed_is_said_and_not_refused(add: Any, investor: Any) -> None:
    project(add, "新甲", "2015-05-01")
    ledger = registry.get("investment_funds")
    first = money(add, "新甲", 900)
    assert checking.warnings_of(ledger, first, {}) == {}
    second = money(add, "新甲", 200, "2015-06-06")
    assert "超过协议投资 1000.00 万元" in checking.warnings_of(ledger, second, {})["amount"]
    assert FundFlow.objects.filter(kind="investment_money").count() == 2


def test_i03_share_of_each_unit_and_of_all(add: Any, investor: Any) -> None:
    units = ["试局甲", "试局乙", "试局丙", "试局丁"]
    for n, unit in enumerate(units):
        add("organisations", title=unit, category="department", registered_on="2012-01-01")
        project(add, f"项目{n}", "2015-02-01", organisation=unit)
    common = {
        "period": "2015",
        "indicator": "investment.in_place",
        "operator": "不少于",
        "unit": "万元",
        "assigned_on": "2015-02-25",
    }
    total = add("investment_targets", title="总任务", target=2500, **common)
    for unit, target in zip(units, (700, 650, 600, 550), strict=True):
        add("investment_targets", title=f"{unit}任务", target=target, parent="总任务", organisation=unit, **common)
    for n, amount in enumerate((710, 650, 600, 550)):
        money(add, f"项目{n}", amount)
    stand = progress(total, date(2015, 12, 31))
    assert (stand.value, stand.rate, stand.colour) == (2510, Decimal("100.4"), "green")
    shares = investment_shares(total, date(2015, 12, 31))
    assert [(s.unit, s.done, s.rate) for s in shares] == [
        ("试局甲", 710, Decimal("101.4")), ("试局乙", 650, 100), ("试局丙", 600, 100), ("试局丁", 550, 100),
    ]  # fmt: skip


def test_completion_without_base_is_unknown() -> None:
    assert completion(None, Decimal(5), "ge") is None and completion(Decimal(5), Decimal(0), "ge") is None
    assert completion(Decimal(4), Decimal(5), "le") == 125


def charge(add: Any, n: int, **more: Any) -> Any:
    return add("expropriations", number=f"征{n}", title=f"第{n}户", raised_on="2014-02-18", **more)


def test_l07_four_charged_two_settled_two_to_go(add: Any, measured: Any) -> None:
    done = {"signed_on": "2014-04-02", "vacated_on": "2014-04-20", "settled_on": "2014-05-09"}
    charge(add, 1, **done)
    charge(add, 2, **done | {"settled_on": "2014-06-18"})
    charge(add, 3, signed_on="2014-06-24")
    charge(add, 4)
    charge(add, 5, closed_on="2014-03-01", result="收回")
    assert measured("2014H1", "IL01", "IL02", "IL03") == {"IL01": 4, "IL02": 2, "IL03": 2}
    assert measured("@2014-05-31", "IL01", "IL02", "IL03") == {"IL01": 4, "IL02": 1, "IL03": 3}


def test_l07_settled_only_after_signing_and_clearing(add: Any) -> None:
    with pytest.raises(store.RefusedError) as refused:
        charge(add, 1, settled_on="2014-05-09")
    assert "须先填腾空日期" in refused.value.problems["vacated_on"]
    with pytest.raises(store.RefusedError, match="早于签约日期"):
        charge(add, 2, signed_on="2014-05-01", vacated_on="2014-04-01")


def test_l13_a_hazard_found_becomes_a_tracked_item(add: Any, world: Any, measured: Any) -> None:
    check = add("safety_checks", title="一季度检查", category="安全生产", held_on="2015-02-12", hazards=2)
    add("safety_checks", title="二季度检查", category="安全生产", held_on="2015-05-12")
    assert untracked_hazards("990102") == [(check, 2)]
    raw = {
        "source_activity": "一季度检查",
        "owner_user": world.users["bangong"].full_name,
        "raised_on": "2015-02-12",
        "due_on": "2015-02-27",
    }
    add("hazards", title="线路老化", **raw)
    assert untracked_hazards("990102") == [(check, 1)]
    add("hazards", title="灭火器过期", **raw)
    assert untracked_hazards("990102") == []
    assert measured("2015", "safety.hazards_found", "safety.hazards_open") == {
        "safety.hazards_found": 2,
        "safety.hazards_open": 2,
    }


def test_l01_items_and_their_rate(add: Any, measured: Any) -> None:
    for n in range(20):
        add(
            "civility_items",
            title=f"指标{n}",
            period="2015",
            due_on="2015-06-20",
            done_on="2015-06-18" if n < 19 else "",
        )
    assert measured("2015", "civility.items", "civility.rate") == {
        "civility.items": 20,
        "civility.rate": Decimal("95.0"),
    }


def test_l01_the_evidence_folder_is_made_by_item(add: Any, settings: Any, tmp_path: Any) -> None:
    settings.EVIDENCE_ROOT = tmp_path
    items = [add("civility_items", title=f"指标/{n}", period="2015", due_on="2015-06-20") for n in range(3)]
    for n, content in ((0, b"one"), (0, b"two"), (2, b"three")):
        attach(items[n], io.BytesIO(content), "佐证.txt", "测试")
    target = io.BytesIO()
    lacking = write_folders(items, target)
    archive = zipfile.ZipFile(target)
    assert lacking == [items[1]]
    assert archive.namelist() == ["01 指标／0/佐证.txt", "01 指标／0/佐证（2）.txt", "03 指标／2/佐证.txt", "目录.txt"]
    assert archive.read("01 指标／0/佐证（2）.txt") == b"two" and "没有佐证" in archive.read("目录.txt").decode()
