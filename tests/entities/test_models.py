"""What is true of every entity whatever its kind: portable names, county first, and the invariants of ``clean``."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from jushi.entities import models as entities
from jushi.kernel.models.record import Part, Record

ALL = list(apps.get_app_config("entities").get_models())
PARTS = [model for model in ALL if issubclass(model, Part)]


def test_every_model_is_exported_and_is_a_record_or_a_part() -> None:
    assert {model.__name__ for model in ALL} == set(entities.__all__)
    assert all(issubclass(model, (Record, Part)) for model in ALL)


@pytest.mark.parametrize("model", ALL)
def test_names_fit_domestic_databases_and_are_chinese_for_users(model: type[models.Model]) -> None:
    meta = model._meta
    names = [meta.db_table, *(item.name for item in [*meta.indexes, *meta.constraints])]
    names += [field.column for field in meta.concrete_fields]
    assert [name for name in names if len(name.encode()) > 30] == []
    labels = [str(meta.verbose_name), *(str(field.verbose_name) for field in meta.concrete_fields)]
    assert [label for label in labels if not any("\u4e00" <= char <= "\u9fa5" for char in label)] == []


@pytest.mark.parametrize("model", ALL)
def test_indexes_and_keys_lead_with_the_county_and_are_portable(model: type[models.Model]) -> None:
    filled = {models.Q((f"{field.name}__isnull", False)) for field in model._meta.concrete_fields}
    for item in model._meta.indexes:
        assert item.fields[0] == "county"
        # databases without partial indexes go without these two kinds (Django leaves them out): they only make queries faster
        assert item.condition is None or item.condition in {*filled, models.Q(state="pending")}
        assert not item.expressions
    for constraint in model._meta.constraints:
        assert isinstance(constraint, models.UniqueConstraint)
        assert constraint.fields[0] == "county"
        assert constraint.condition in (None, ~models.Q(state="void"))
    assert not [field.name for field in model._meta.concrete_fields if field.is_relation and field.db_index]


@pytest.mark.parametrize("model", PARTS)
def test_a_part_lives_and_dies_with_its_record(model: type[Part]) -> None:
    link = model._meta.get_field(model.owner_field)
    assert link.remote_field.on_delete is models.CASCADE
    assert not link.null
    assert any(item.fields[:2] == ["county", model.owner_field] for item in model._meta.indexes)


@pytest.mark.parametrize("model", ALL)
def test_links_to_other_records_protect_them(model: type[models.Model]) -> None:
    owner = getattr(model, "owner_field", "")
    for field in model._meta.concrete_fields:
        if field.is_relation and field.name != owner:
            assert field.remote_field.on_delete is models.PROTECT, field.name


@pytest.mark.parametrize("model", [model for model in ALL if model.ordered])
def test_an_end_before_its_start_is_refused(model: type[models.Model]) -> None:
    for first, last in model.ordered:
        row = model(**{first: datetime.date(2020, 5, 2), last: datetime.date(2020, 5, 1)})
        with pytest.raises(ValidationError) as caught:
            row.clean()
        assert "早于" in caught.value.message_dict[last][0]
        setattr(row, last, datetime.date(2020, 5, 2))
        assert not row._order_errors()


def test_exactly_one_target() -> None:
    with pytest.raises(ValidationError, match="都没有填"):
        entities.ActivityParty(role="audience").clean()
    entities.ActivityParty(role="audience", text="过路群众").clean()
    both = entities.Assessment(person_id=uuid.uuid4(), project_id=uuid.uuid4())
    assert "同时填了" in next(iter(both._target_errors().values()))


def test_amounts_and_quantities_are_not_negative_but_readings_may_be() -> None:
    with pytest.raises(ValidationError, match="不能是负数"):
        entities.FundFlow._meta.get_field("amount").clean("-1", None)
    assert entities.Observation._meta.get_field("value").clean("-12.5", None) == -12.5
