"""Rows of the entities in a database: exact sums, natural keys within the county, parts that go with their record."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from jushi.entities.models import Activity, ActivityOutput, FundFlow, IPRight, Organisation, Project
from jushi.kernel import oplog, scope
from jushi.kernel.models import Area, Bureau, Office

pytestmark = pytest.mark.django_db
COUNTIES = ("990102", "990121")


@pytest.fixture
def offices() -> Iterator[dict[str, Office]]:
    """An office in each of two counties, under a scope that holds both."""
    made = {}
    with scope.use(scope.of_counties(COUNTIES, "测试员")):
        for county in COUNTIES:
            area = Area.objects.create(code=county.ljust(12, "0"), name=f"演示{county[-2:]}县", rank="county")
            bureau = Bureau.objects.create(area=area, county=county, name="演示局", short_name="演示局")
            with oplog.operation("新建", county=county):
                made[county] = Office(county=county, bureau=bureau, code="ip", name="知识产权股")
                made[county].save()
        yield made


def build(model: type[models.Model], office: Office, **values: Any) -> Any:
    """An unsaved record of the office's county."""
    common = {"county": office.county, "kind": "test", "title": "试样", "year": 2020, "state": "confirmed"}
    return model(**common, area_id=office.county.ljust(12, "0"), office=office, **values)


def add(model: type[models.Model], office: Office, **values: Any) -> Any:
    row = build(model, office, **values)
    with oplog.operation("新建", county=office.county):
        row.save()
    return row


def test_amounts_and_quantities_add_up_exactly(offices: dict[str, Office]) -> None:
    office = offices["990102"]
    for amount in ("0.10", "0.20", "10000000000.01"):
        add(FundFlow, office, amount=Decimal(amount), paid_on=datetime.date(2020, 3, 1))
    add(FundFlow, office, amount=None)
    assert FundFlow.objects.aggregate(total=models.Sum("amount"))["total"] == Decimal("10000000000.31")


def test_a_patent_number_is_taken_once_per_county_and_many_may_lack_one(offices: dict[str, Office]) -> None:
    first, second = offices["990102"], offices["990121"]
    add(IPRight, first, number="201710601862.3")
    add(IPRight, second, number="201710601862.3")
    add(IPRight, first)
    add(IPRight, first)
    again = build(IPRight, first, number="201710601862.3")
    with pytest.raises(ValidationError, match="已经登记"):
        again.validate_constraints()
    with pytest.raises(IntegrityError), oplog.operation("新建", county="990102"):
        again.save()


def test_a_link_to_another_county_is_refused(offices: dict[str, Office]) -> None:
    firm = add(Organisation, offices["990121"])
    project = build(Project, offices["990102"], organisation=firm)
    with pytest.raises(ValidationError) as caught:
        project.clean()
    assert "organisation" in caught.value.message_dict


def test_outputs_go_with_their_activity_and_linked_records_stay(offices: dict[str, Office]) -> None:
    office = offices["990102"]
    firm = add(Organisation, office)
    activity = add(Activity, office, host=firm, held_on=datetime.date(2020, 5, 20))
    with oplog.operation("新建", county=office.county):
        people = ActivityOutput(county=office.county, activity=activity, measure="trained", unit="人次")
        people.quantity = Decimal(43)
        people.save()
    assert activity.outputs.get().owner_id == activity.pk
    with pytest.raises(models.ProtectedError), oplog.operation("删除", county=office.county):
        firm.delete()
    with oplog.operation("删除", county=office.county):
        activity.delete()
    assert not ActivityOutput.objects.exists()


def test_a_stock_counts_by_validity_at_a_date(offices: dict[str, Office]) -> None:
    office = offices["990102"]
    add(IPRight, office, granted_on=datetime.date(2015, 1, 1), ended_on=datetime.date(2019, 1, 1))
    add(IPRight, office, granted_on=datetime.date(2018, 1, 1))
    add(IPRight, office, applied_on=datetime.date(2018, 1, 1))
    day = datetime.date(2019, 1, 1)
    open_end = models.Q(ended_on=None) | models.Q(ended_on__gt=day)
    assert IPRight.objects.filter(open_end, granted_on__lte=day).count() == 1
