"""Fill the demonstration province: two bureaus replay two real summaries, record by record."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from jushi.kernel import scope
from jushi.kernel.models import Bureau
from jushi.site.demo.world import COUNTIES, demo_scope, make_areas, make_bureau, make_city

# Modules in order: registers first, because the lines of business refer to what they register.
MODULES = (
    "registers", "a_firms", "c_projects", "d_results", "e_bases", "f_specialists", "g_outreach", "g_classes",
    "h_relief", "i_investment", "j_statistics", "k_party", "k_rectification", "l_general", "n_plan", "reports",
)  # fmt: skip
REPLAYED = ("990102", "990124")


def is_loaded() -> bool:
    """Whether the demonstration bureaus exist already."""
    return Bureau.objects.filter(county__in=REPLAYED).count() == len(REPLAYED)


def load(say: Callable[[str], None] = lambda _: None) -> None:
    """Make the province and fill its bureaus; does nothing when it is there already."""
    if is_loaded():
        say("演示数据已经装载")
        return
    make_areas()
    make_city()
    for county in REPLAYED:
        with scope.use(demo_scope(county)):
            world = make_bureau(county)
            for name in MODULES:
                say(f"{COUNTIES[county][0]}：{name}")
                import_module(f"jushi.site.demo.{name}").load(world)
