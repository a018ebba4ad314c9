"""Compiling a bureau's document of a year out of the demonstration's ledgers, against its figures' bare queries run again."""

from __future__ import annotations

from time import perf_counter

from common import COUNTY, Result, Say, best_of, raw, report, seconds, start


def fill() -> None:
    """The demonstration bureau's whole year."""
    from importlib import import_module

    from jushi.site.demo.load import MODULES
    from jushi.site.demo.world import make_bureau

    world = make_bureau(COUNTY)
    for name in MODULES:
        import_module(f"jushi.site.demo.{name}").load(world)


def main(say: Say) -> None:
    """Compile, and run the queries of the same compilation bare."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from jushi.compose import render
    from jushi.indicators.evaluate import area_named
    from jushi.kernel import statistics
    from jushi.kernel.periods import parse
    from jushi.reports.compiling import compile_document
    from jushi.reports.editions import draft_job

    fill()
    statistics.refresh()
    from common import bureau

    job = draft_job(bureau(), area_named(COUNTY), parse("2014"))
    with CaptureQueriesContext(connection) as caught:
        compiled = compile_document(job)
    sentences = [q["sql"] for q in caught.captured_queries]
    bare = best_of(5, lambda: seconds(lambda: [raw().execute(sql).fetchall() for sql in sentences]))
    mine = best_of(5, lambda: seconds(lambda: compile_document(job)))
    extra = f"{len(sentences)} 次查询，{len(compiled.values)} 个指标，{len(compiled.composition.sections)} 节"
    say(Result("编成年度总结（装配到文稿结构）", mine, bare, "同样查询直接执行", extra=extra))
    for kind in ("docx", "pdf"):
        begun = perf_counter()
        render(compiled.composition, kind)
        first = perf_counter() - begun
        again = best_of(3, lambda k=kind: seconds(lambda: render(compiled.composition, k)))  # type: ignore[misc]
        say(Result(f"年度总结排成 {kind}", again, extra=f"首次 {first * 1000:.0f} ms"))


if __name__ == "__main__":
    with start():
        main(report)
