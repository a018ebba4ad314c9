"""Who is asking, and which counties' rows they may see.

The scope is resolved once per request (or command) and held in a context variable. Managers of scoped models read it; where there is
none they *raise*: a forgotten scope is an error, never a leak (architecture.md §7, fail closed).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


class ScopeMissingError(RuntimeError):
    """A query on county rows was made outside any scope: a mistake of the program, never of the user."""


class OutOfScopeError(PermissionError):
    """A write names a county that the scope does not hold."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The counties (6 digits) whose rows are visible, and who acts.

    ``counties`` None means every county: for maintenance commands only. ``actor`` is written into the change log.
    """

    counties: frozenset[str] | None
    actor: str
    actor_id: int | None = None
    address: str = ""

    def holds(self, county: str) -> bool:
        """Whether rows of ``county`` may be read or written under this scope."""
        return self.counties is None or county in self.counties


_current: ContextVar[Scope | None] = ContextVar("jushi_scope", default=None)


def current() -> Scope:
    """The scope in force; raises :class:`ScopeMissingError` when there is none."""
    scope = _current.get()
    if scope is None:
        raise ScopeMissingError("没有数据范围：查询台账前必须先确定使用者和所属县区（程序错误）")
    return scope


@contextmanager
def use(scope: Scope) -> Iterator[Scope]:
    """Run a block under ``scope``; the former one comes back afterwards."""
    token = _current.set(scope)
    try:
        yield scope
    finally:
        _current.reset(token)


def of_counties(counties: Iterable[str], actor: str, actor_id: int | None = None) -> Scope:
    """A scope over the given counties."""
    return Scope(frozenset(counties), actor, actor_id)


def of_system(actor: str = "系统") -> Scope:
    """The scope of maintenance commands (migrate, verify, backup): every county."""
    return Scope(None, actor)
