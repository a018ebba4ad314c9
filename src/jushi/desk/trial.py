"""The demonstration from the browser: loaded by the background worker, its progress in a file beside the data.

A file, because the worker's transaction hides what it writes into the database until its end. The loader is the site's
(``settings.JUSHI_DEMO_LOADER``), called with ``tell(done, total, what)``: steps done, steps in all, what is being loaded.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django_tasks import task

from jushi.kernel.models import Bureau, User
from jushi.kernel.roles import catalogue

PREFIX = "99"  # no province has this code: it is the demonstration's
SILENT = 180  # seconds without a word after which a loading counts as broken off


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the loading is. ``state``: running, done, failed; ``told``: seconds since the epoch."""

    state: str
    done: int
    total: int
    what: str
    told: float

    @property
    def percent(self) -> int:
        """0…100."""
        return self.done * 100 // self.total if self.total else 0

    @property
    def broken_off(self) -> bool:
        """Whether the program ended, or its worker died, before the loading did."""
        return self.state == "running" and time.time() - self.told > SILENT


def own_bureaus() -> QuerySet[Bureau]:
    """Bureaus that are not the demonstration's."""
    return Bureau.objects.exclude(area__code__startswith=PREFIX)


def is_there() -> bool:
    """Whether bureaus of the demonstration exist."""
    return Bureau.objects.filter(area__code__startswith=PREFIX).exists()


def accounts() -> list[dict[str, str]]:
    """Accounts of the demonstration: those, and only those, that still have the demonstration's password."""
    roles, word = catalogue(), settings.JUSHI_DEMO_PASSWORD
    found: list[dict[str, str]] = []
    judged: dict[str, bool] = {}
    users = User.objects.filter(is_active=True, bureau__area__code__startswith=PREFIX)
    for user in users.select_related("bureau").prefetch_related("grants").order_by("pk")[:120]:
        # one hash serves all accounts of a demonstration, and hashing is slow on purpose
        if user.password not in judged:
            judged[user.password] = len(judged) < 5 and _is_demo(user.password, word)
        if not judged[user.password]:
            continue
        names = "、".join(dict.fromkeys(roles[g.role].name for g in user.grants.all() if g.role in roles))
        found.append({"username": user.username, "password": word, "name": user.full_name, "role": names,
                      "bureau": user.bureau.short_name if user.bureau else ""})  # fmt: skip
    return found


@lru_cache(maxsize=64)
def _is_demo(encoded: str, word: str) -> bool:
    return check_password(word, encoded)


def loader() -> Callable[[Callable[[int, int, str], None]], None] | None:
    """The function that loads the demonstration, where the site has one."""
    path = getattr(settings, "JUSHI_DEMO_LOADER", "")
    return import_string(path) if path else None


def begin() -> None:
    """Ask the worker to load the demonstration, unless it is at it already."""
    found = progress()
    if found is not None and found.state == "running" and not found.broken_off:
        return
    _tell("running", 0, 0, "等待后台开始")
    load_demonstration.enqueue()


@task()
def load_demonstration() -> None:
    """Load; what went wrong is kept for the page to show, in full in the log."""
    load = loader()
    assert load is not None, "enqueued only where there is a loader"
    try:
        load(lambda done, total, what: _tell("running", done, total, what))
    except Exception as error:
        logging.getLogger(__name__).exception("演示数据没有装载成功")
        _tell("failed", 0, 0, str(error)[:300] or type(error).__name__)
        raise
    _tell("done", 1, 1, "")


def progress() -> Progress | None:
    """The latest word of a loading; None when none was asked for."""
    try:
        return Progress(**json.loads(_path().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def loaded_otherwise() -> Progress | None:
    """What to say of a demonstration that came by ``jushi demo`` or ``serve --demo``."""
    return Progress("done", 1, 1, "", time.time()) if is_there() else None


def _tell(state: str, done: int, total: int, what: str) -> None:
    text = json.dumps(asdict(Progress(state, done, total, what, time.time())), ensure_ascii=False)
    draft = _path().with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    for _ in range(20):
        try:
            os.replace(draft, _path())  # a reader sees the old word or the new one, never half of it
            return
        except PermissionError:  # Windows, while a page is reading; the next word comes soon, the last one must arrive
            time.sleep(0.05)


def _path() -> Path:
    return Path(settings.JUSHI_HOME) / "demo-progress.json"
