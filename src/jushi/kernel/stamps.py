"""Short memory of what many pages ask again and again: counts, menus, names. Any write to a county makes it forget at once.

The memory is per process. Another process notices a write after ``seconds`` at the latest, so nothing that decides about rights or
figures may be kept here, only what is shown as an orientation.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.db import transaction

from jushi.kernel import oplog

T = TypeVar("T")
LIMIT = 2000

_counts: dict[str, int] = {}
_kept: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
_lock = Lock()


def stamp(county: str) -> int:
    """A number that changes with every logged operation of the county in this process."""
    return _counts.get(county, 0)


def touch(county: str) -> None:
    """Make everything kept for the county stale."""
    _counts[county] = _counts.get(county, 0) + 1


@oplog.on_finish
def _noticed(operation: oplog.OpenOperation) -> None:
    # once now, for the rest of this request, and once when other requests can see the change
    touch(operation.county)
    transaction.on_commit(lambda: touch(operation.county))


def kept(county: str, key: Hashable, load: Callable[[], T], *, seconds: float = 10.0) -> T:
    """The result of ``load``, remembered under (county, key) for ``seconds`` or until the county is written to."""
    full = (county, stamp(county), key)
    now = time.monotonic()
    found = _kept.get(full)
    if found is not None and found[0] > now:
        return found[1]
    value = load()
    with _lock:
        _kept[full] = (now + seconds, value)
        _kept.move_to_end(full)
        while len(_kept) > LIMIT:
            _kept.popitem(last=False)
    return value


def forget() -> None:
    """Drop everything (tests, restored databases)."""
    with _lock:
        _kept.clear()
