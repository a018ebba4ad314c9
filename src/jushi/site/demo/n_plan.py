"""N 计划 of the demonstration: targets of the year, problems named in the summary, plan items that answer them or are carried over."""

from __future__ import annotations

from datetime import date

from jushi.planning.carrying import carry_over
from jushi.site.demo.world import World

PATENTS = {2013: 150, 2014: 170, 2015: 200}  # 专利申请量 handed down by the city
PROBLEMS = (
    ("科技服务网络建起来了，但力量单薄", "人员少、手段旧", "relief_links.households"),
    ("科技投入跟不上经济社会发展", "研发经费占比偏低", "rd.share_of_gdp"),
    ("社会上知识产权保护意识不强", "申请集中在少数企业", "patents.filed"),
)
NEXT_YEAR = (
    ("储备和申报科技项目", 1, "征集、入库、包装申报", ""), ("无公害蔬菜示范基地建设", 0, "扩大示范面积", ""),
    ("科技培训、科技服务和科普宣传", 0, "培训进村、展板进社区", ""), ("科技特派员管理", 0, "发挥示范带动作用", ""),
    ("招商引资", -1, "促项目落地见效", "investment.in_place"), ("知识产权宣传和企业辅导", 2, "送法进企业", "patents.filed"),
)  # fmt: skip
SECOND_HALF = (
    ("科技项目申报和落地", "主导产业项目申报，入企服务", ""), ("征地拆迁", "做通余下住户工作，让企业早落地", "expropriations.open"),
)  # fmt: skip


def load(world: World) -> None:
    """The district plans 2016 out of the problems of 2015; the county the second half of 2014 out of what is open at the end of June."""
    if world.county == "990102":
        for year in (2013, 2014, 2015):
            _targets(world, year)
        _problems(world)
        _next_year(world)
    else:
        _second_half(world)


def _targets(world: World, year: int) -> None:
    """Targets from the city, the patent target split to the office that carries it."""
    common = {
        "period": str(year),
        "assigned_on": f"{year}-02-20",
        "due_on": f"{year}-12-31",
        "operator": "不少于",
        "stage": "running",
    }
    world.add("targets", [
        {"title": "专利申请量", "indicator": "patents.filed", "target": PATENTS[year], "unit": "件", "weight": 10, **common},
        {"title": "万人发明专利拥有量", "indicator": "patents.per_10k", "target": "1.0", "unit": "件/万人", "weight": 5, **common},
        {"title": "科普示范区创建", "period": str(year), "assigned_on": f"{year}-02-20", "due_on": f"{year}-12-31", "weight": 5,
         "progress": 100 if year < 2015 else 80, "result": "对照标准逐项落实", "stage": "running"},
    ])  # fmt: skip


def _problems(world: World) -> None:
    """Three problems of 2015; two of 2014 that continue."""
    world.add("problems", [
        {"title": title, "plan_year": 2015, "raised_on": "2015-12-10", "text": text, "indicators": code, "stage": "answered"}
        for title, text, code in PROBLEMS
    ])  # fmt: skip
    world.add("problems", [
        {"title": title, "plan_year": 2014, "raised_on": "2014-12-12", "text": text, "indicators": code, "stage": "continued"}
        for title, text, code in PROBLEMS[:2]
    ])  # fmt: skip


def _next_year(world: World) -> None:
    """Six items for 2016, four of which answer a problem; the items of 2015 with what became of them."""
    from jushi.entities.models import Case

    ids = {c.title: str(c.pk) for c in Case.objects.filter(county=world.county, kind="problem", plan_year=2015)}
    world.add("plan_items", [
        {"title": title, "period": "2016", "source": "问题" if answers >= 0 else "新增", "assigned_on": "2015-12-28",
         "starts_on": "2016-01-01", "due_on": "2016-12-20", "answers": ids[PROBLEMS[answers][0]] if answers >= 0 else "",
         "aim": aim, "indicator": code, "stage": "approved"}
        for title, answers, aim, code in NEXT_YEAR
    ])  # fmt: skip
    world.add("plan_items", [
        {"title": title, "period": "2015", "source": "新增", "assigned_on": "2014-12-27", "due_on": "2015-12-20",
         "done_on": f"2015-12-1{n}", "aim": aim, "result": "按计划完成", "stage": "evaluated"} for n, (title, _, aim, _) in enumerate(NEXT_YEAR[:5])
    ])  # fmt: skip


def _second_half(world: World) -> None:
    """What is open at the end of June is carried into the second half; two headings are new."""
    world.add("plan_items", [
        {"title": title, "period": "2014H2", "source": "新增", "assigned_on": "2014-06-28", "starts_on": "2014-07-01",
         "due_on": "2014-12-20", "aim": aim, "indicator": code, "stage": "approved"} for title, aim, code in SECOND_HALF
    ])  # fmt: skip
    carry_over(world.bureau, "2014H2", date(2014, 6, 30))
    world.add("plan_items", [
        {"title": title, "period": "2014H1", "source": "新增", "assigned_on": "2013-12-27", "due_on": "2014-06-25",
         "done_on": f"2014-06-{12 + n}", "aim": "完成半年任务", "result": "已完成", "stage": "evaluated"}
        for n, title in enumerate(("三下乡集中示范", "科技项目申报", "科普统计"))
    ])  # fmt: skip
