"""Fill the demonstration province: two bureaus replay two real summaries, record by record."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from django.db import transaction

from jushi.kernel import scope
from jushi.kernel.models import Bureau
from jushi.site.demo.world import COUNTIES, demo_scope, make_areas, make_bureau, make_city

# Modules in order, with what they load: registers first, because the lines of business refer to what they register.
MODULES = {
    "registers": "单位、人员、农户名册", "a_firms": "企业和诉求", "c_projects": "项目和经费", "d_results": "专利和成果", "e_bases": "基地和新品种",
    "f_specialists": "科技特派员", "g_outreach": "科普活动", "g_classes": "培训", "h_relief": "走访和扶贫", "i_investment": "招商引资",
    "j_statistics": "统计和示范", "k_party": "党建", "k_rectification": "整改", "l_general": "征收、创建和安全",
    "n_plan": "目标和计划", "reports": "文稿",
}  # fmt: skip
REPLAYED = ("990102", "990124")


def is_loaded() -> bool:
    """Whether the demonstration bureaus exist already."""
    return Bureau.objects.filter(county__in=REPLAYED).count() == len(REPLAYED)


Tell = Callable[[int, int, str], None]  # steps done, steps in all, what is being loaded


def load(tell: Tell = lambda done, total, what: None) -> None:
    """Make the province and fill its bureaus, each wholly or not at all; a bureau that is there already is left alone."""
    make_areas()
    make_city()
    for place, county in enumerate(REPLAYED):
        if not Bureau.objects.filter(county=county).exists():
            with transaction.atomic(), scope.use(demo_scope(county)):
                _fill(county, place * len(MODULES), tell)


def _fill(county: str, before: int, tell: Tell) -> None:
    world = make_bureau(county)
    for done, (name, title) in enumerate(MODULES.items(), before):
        tell(done, len(REPLAYED) * len(MODULES), f"{COUNTIES[county][0]}：{title}")
        import_module(f"jushi.site.demo.{name}").load(world)
