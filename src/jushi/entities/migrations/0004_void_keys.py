"""Void rows give up their natural key: the keys become partial, and the rows get an index of their own to be found by it."""

from django.db import migrations, models

from jushi.kernel.tables import Together

# model, prefix of its names, fields of the key, what is said when it is taken
KEYS = (
    ("document", "doc", ("code",), "这个公开码已经使用，请换一个"),
    (
        "externalfigure",
        "ext",
        (
            "measure",
            "area",
            "period",
            "basis",
        ),
        "这个地区、期间和口径的数据已经登记，请修改原记录（修改会留痕）",
    ),
    (
        "facility",
        "fac",
        (
            "kind",
            "number",
        ),
        "这个设施编号已经使用，请换一个编号或修改原有设施",
    ),
    ("household", "house", ("number",), "这个户编号已经登记，请查找原有农户，不要重复建档"),
    (
        "ipright",
        "ip",
        (
            "kind",
            "number",
        ),
        "这个申请号已经登记，请查找原有记录，不要重复登记",
    ),
    ("organisation", "org", ("credit_code",), "这个统一社会信用代码已经登记，请查找原有单位，不要重复建档"),
    ("person", "person", ("id_number",), "这个身份证号已经登记，请查找原有人员，不要重复建档"),
    (
        "plot",
        "plot",
        (
            "base",
            "year",
            "number",
        ),
        "本基地本年度已有这个小区编号，请换一个编号",
    ),
    (
        "return",
        "ret",
        (
            "survey",
            "organisation",
        ),
        "这个单位在本次调查中已有一份表，请修改原表",
    ),
    ("sample", "sample", ("number",), "这个样品编号已经使用，请换一个编号"),
    ("scheme", "scheme", ("code",), "这个类别代码已经使用，请换一个代码或修改原有类别"),
)
INDEXED = ("document", "facility", "household", "ipright", "organisation", "person", "sample", "scheme")
CONDITION = models.Q(("state", "void"), _negated=True)


def _key(prefix: str, fields: tuple[str, ...], message: str) -> models.UniqueConstraint:
    name = f"e_{prefix}_u_{fields[-1]}"
    return models.UniqueConstraint(fields=("county", *fields), name=name, violation_error_message=message, condition=CONDITION)


def _index(prefix: str, fields: tuple[str, ...]) -> models.Index:
    return models.Index(fields=["county", *fields], name=f"e_{prefix}_k_{fields[-1]}")


class Migration(migrations.Migration):
    dependencies = [("entities", "0003_patent_figures"), ("kernel", "0002_search")]

    operations = [
        Together([migrations.RemoveConstraint(model, f"e_{prefix}_u_{fields[-1]}") for model, prefix, fields, _ in KEYS]),
        Together([
            *(migrations.AddIndex(model, _index(prefix, fields)) for model, prefix, fields, _ in KEYS if model in INDEXED),
            *(migrations.AddConstraint(model, _key(prefix, fields, message)) for model, prefix, fields, message in KEYS),
        ]),
    ]  # fmt: skip
