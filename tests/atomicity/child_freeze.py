"""Writes and signs one edition after another, until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

import django

django.setup()

from jushi.kernel import scope  # noqa: E402
from jushi.kernel.models import Bureau  # noqa: E402
from jushi.kernel.periods import parse  # noqa: E402
from jushi.reports import editions  # noqa: E402
from jushi.reports.models import STEPS, Edition, Template  # noqa: E402
from jushi.site.demo.world import demo_scope  # noqa: E402

OUTLINE = [{"key": "ip", "level": 1, "title": "知识产权", "office": "ip",
            "lines": ["申请专利{patents.filed}，授权{patents.granted}，有效发明专利{patents.valid_inventions}。"]}]  # fmt: skip


def main(progress: Path) -> None:
    """Sign for ever; ``progress`` appears when the first edition is about to be signed."""
    Template.objects.get_or_create(
        code="kill", county="", defaults={"name": "试", "period_kind": "month", "title": "{$全称}{$期间}", "outline": OUTLINE}
    )
    with scope.use(demo_scope("990102")):
        bureau = Bureau.objects.select_related("area").get(county="990102")
        turn = Edition.objects.count()
        while True:
            period = parse(f"{1960 + turn // 12}-{turn % 12 + 1:02d}")
            edition = editions.create(bureau, bureau.area, period, template="kill")
            progress.touch()
            for step, _ in STEPS[1:]:
                editions.advance(edition, step, user=None)
            turn += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
