"""Lists in the form that a higher office asks for (G13): numbered, grouped, as plain rows for print and workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from jushi.entities.models import Designation
from jushi.kernel.periods import Period
from jushi.kernel.states import State

HEADINGS = ("序号", "姓名", "性别", "单位", "职务", "服务地点", "专（兼）职", "联系电话")
GROUPS = {"full": "专职", "part": "兼职"}


def informant_form(county: str, period: Period, among: QuerySet[Any] | None = None) -> list[Sequence[str]]:
    """The list of informants recommended in a period for the city's association: headings first, full-time before part-time.

    ``among`` narrows them to what the reader may see. Phones are given in full: whoever calls this must hold the right to unmask, and logs it.
    """
    everybody = Designation.objects.filter(county=county, kind="informant") if among is None else among
    rows = everybody.filter(state__in=State.counted(), recommended_on__gte=period.start, recommended_on__lte=period.end)
    found = list(rows.select_related("person__organisation", "area").order_by("recommended_on", "pk"))
    found.sort(key=lambda row: list(GROUPS).index(row.category))
    body = []
    for number, row in enumerate(found, 1):
        person = row.person
        unit = person.organisation.title if person.organisation else ""
        body.append((
            str(number), person.title, person.gender, unit, person.position_title, row.area.name, GROUPS[row.category], person.phone,
        ))  # fmt: skip
    return [HEADINGS, *body]
