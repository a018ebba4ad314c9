"""计划: the tree with its bars, gaps, carrying over once, the matrix of routines; and the help page."""

from __future__ import annotations

import datetime as dt

from desk_world import World

from jushi.entities.models import PlanItem

ITEM = {"period": "2015", "source": "new", "starts_on": "2015-01-05"}


def test_the_tree_shows_targets_with_value_and_time(world: World) -> None:
    total = world.add("targets", state="confirmed", title="专利申请四件", period="2015", indicator="patents.filed", operator="ge", target="4",
                      unit="件", assigned_on="2015-01-10", due_on="2015-12-31")  # fmt: skip
    world.add("targets", state="confirmed", title="其中一股室两件", period="2015", parent=str(total.pk), operator="ge", target="2", unit="件",
              assigned_on="2015-01-10", progress="50")  # fmt: skip
    world.add("plan_items", state="draft", title="还没有核定的打算", due_on="2015-06-30", **ITEM)
    for n in (1, 2):
        world.patent(n, state="confirmed")
    page = world.client("director").get("/plan/?period=2015").content.decode()
    assert page.index("专利申请四件") < page.index("其中一股室两件") and "depth-1" in page
    assert "50.0% / 100.0%" in page and 'data-width="50"' in page and 'data-width="100"' in page
    assert "落后" in page and "还没有核定的打算" not in page


def test_what_is_not_done_is_carried_over_once(world: World) -> None:
    world.add("plan_items", state="confirmed", title="没有做完的事", due_on="2015-11-30", **ITEM)
    world.add("plan_items", state="confirmed", title="做完的事", due_on="2015-11-30", done_on="2015-11-20", result="已完成", **ITEM)
    client = world.client("editor")
    page = client.get("/plan/?period=2015").content.decode()
    assert "结转 1 项到 2016" in page and "还没有落实记录的计划" in page
    assert world.client("clerk").post("/plan/carry", {"into": "2016"}).status_code == 403
    client.post("/plan/carry", {"into": "2017"})
    assert not PlanItem.objects.filter(period="2016").exists(), "the period of the page counts"
    client.post("/plan/carry", {"into": "2016"})
    client.post("/plan/carry", {"into": "2016"})
    assert [i.title for i in PlanItem.objects.filter(period="2016")] == ["没有做完的事"]
    assert "由上一期结转" in client.get("/plan/?period=2016").content.decode()


def test_a_cut_off_year_is_looked_at_and_not_carried_over(world: World) -> None:
    world.add("plan_items", state="confirmed", title="没有做完的事", due_on="2015-10-30", **ITEM)
    client = world.client("editor")
    page = client.get("/plan/?period=2015-01..11").content.decode()
    assert "没有做完的事" in page and "91.7%" in page and "结转 1 项" not in page
    client.post("/plan/carry", {"into": ""})
    client.post("/plan/carry", {"into": "2015"})
    assert PlanItem.objects.count() == 1


def test_the_plan_is_for_those_who_work_in_the_bureau(world: World) -> None:
    for role in ("village_worker", "specialist", "system_admin", "audit_admin"):
        client = world.client(role)
        assert client.get("/plan/").status_code == 404 and client.get("/plan/routines").status_code == 404
        assert client.post("/plan/carry", {"into": "2016"}).status_code == 404


def test_restricted_routines_are_not_in_everybodys_matrix(world: World) -> None:
    from jushi.entities.models import Routine
    from jushi.kernel import oplog
    from jushi.kernel.models import Office
    from jushi.ledger import registry

    closed = next(x for x in registry.ledgers() if x.zone == "party" and x.model.__name__ == "Activity")
    common = next(x for x in registry.ledgers() if not x.zone and x.model.__name__ == "Activity" and x.code != closed.code)
    office = Office.objects.first()
    with oplog.operation("新建", county=world.bureau.county):
        for title, ledger in (("党内的制度", closed), ("大家的制度", common)):
            Routine(county=world.bureau.county, kind="routine", title=title, year=2015, state="confirmed", area=world.bureau.area, office=office,
                    activity_ledger=ledger.code, frequency="month", minimum=1, starts_on=dt.date(2015, 1, 1)).save()  # fmt: skip
    editor = world.client("editor").get("/plan/routines?period=2015").content.decode()
    assert "大家的制度" in editor and "党内的制度" not in editor and editor.count("slot-missing") == 12
    assert "党内的制度" in world.client("director").get("/plan/routines?period=2015").content.decode()


def test_help_answers_everybody(world: World) -> None:
    page = world.client("specialist").get("/help").content.decode()
    assert "快捷键" in page and "您的角色" in page and "待核" in page
