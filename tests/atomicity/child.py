"""What is killed: ``child.py import HOME`` imports rows again and again into a real SQLite file, saying how far it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jushi.site.settings")
ROWS = 300
COUNTY = "990102"


def main(progress: Path) -> None:
    """Import ever new rows, each batch in one transaction, until killed."""
    import django

    django.setup()
    from jushi.kernel import scope
    from jushi.kernel.models import Bureau
    from jushi.ledger import registry, store

    ledger = registry.get("people")
    bureau = Bureau.objects.get(county=COUNTY)
    with scope.use(scope.of_counties([COUNTY], "测试")):
        author = store.author_for(ledger, bureau)
        for batch in range(10_000):
            progress.write_text(f"{batch}", encoding="ascii")
            store.create_many(ledger, [{"title": f"第{batch}批{n}人"} for n in range(ROWS)], author)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
