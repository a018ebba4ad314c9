"""Work that makes many values and no cycles: the collector of cycles would only walk over them again and again."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def in_bulk(run: Callable[P, R]) -> Callable[P, R]:
    """``run`` without collection of cycles meanwhile; values are freed by their counts as always."""

    @wraps(run)
    def quietly(*args: P.args, **kwargs: P.kwargs) -> R:
        if not gc.isenabled():
            return run(*args, **kwargs)
        gc.disable()
        try:
            return run(*args, **kwargs)
        finally:
            gc.enable()

    return quietly
