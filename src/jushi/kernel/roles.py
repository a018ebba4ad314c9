"""What an account may do: roles as data, grants as rows, one decision function.

A decision is (allowed, reason): the reason is shown to the user. Rights are role × scope × state (mission.md §5); nobody confirms a
record that he registered himself.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jushi.kernel.models.accounts import User
from jushi.kernel.states import State


@dataclass(frozen=True, slots=True)
class Role:
    """A role of roles.toml; ``only`` limits writing to entities, ``only_zone`` to a zone."""

    code: str
    name: str
    scope: str
    actions: frozenset[str]
    zones: frozenset[str]
    only: frozenset[str] = frozenset()
    only_zone: str = ""
    excludes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Holding:
    """A role as held: with its office or area."""

    role: Role
    office: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is allowed, and why not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class Rights:
    """All that one account holds at one moment; made once per request."""

    user_id: int | None
    name: str
    county: str
    holdings: tuple[Holding, ...] = ()
    area_bounds: tuple[tuple[str, str], ...] = field(default=())

    def actions(self) -> frozenset[str]:
        """Every action of every role held, whatever its scope."""
        return frozenset(action for holding in self.holdings for action in holding.role.actions)

    def sees(self, zone: str) -> bool:
        """Whether a ledger of ``zone`` ('' for common ones) may be opened at all."""
        return any("view" in h.role.actions and _zone_fits(h.role, zone) for h in self.holdings)

    def may(self, action: str, *, zone: str = "", entity: str = "", office: str = "") -> Decision:
        """Whether the action is allowed somewhere in the ledger (for one office, when given)."""
        for holding in self.holdings:
            role = holding.role
            if action not in role.actions or not _zone_fits(role, zone):
                continue
            if action not in {"view", "export"} and not _kind_fits(role, zone, entity):
                continue
            if role.scope == "office" and office and action not in {"view", "export"} and holding.office != office:
                continue
            return Decision(True)
        return Decision(False, "您的角色没有这项权限，请与股室负责人或系统管理员联系")

    def may_touch(self, action: str, record: Any, *, zone: str = "", office: str = "") -> Decision:
        """Whether the action is allowed on one record: scope, state, and own-record rule included."""
        decision = self.may(action, zone=zone, entity=type(record).__name__, office=office)
        if not decision:
            return decision
        if action in {"change", "delete"} and record.state not in State.editable():
            return Decision(False, f"记录是“{State(record.state).label}”状态，改动请用“更正”")
        if action == "confirm" and record.created_by_id is not None and record.created_by_id == self.user_id:
            return Decision(False, "不能审核自己登记的记录，请由其他有审核权限的人员办理")
        if self.own_only(action) and record.created_by_id != self.user_id:
            return Decision(False, "只能办理本人登记的记录")
        return Decision(True)

    def own_only(self, action: str) -> bool:
        """Whether the account may do this with records that it registered itself, and with no others."""
        scopes = {h.role.scope for h in self.holdings if action in h.role.actions}
        return scopes == {"own"}


def _zone_fits(role: Role, zone: str) -> bool:
    return not zone or zone in role.zones


def _kind_fits(role: Role, zone: str, entity: str) -> bool:
    if role.only and entity and entity not in role.only:
        return False
    return not role.only_zone or zone == role.only_zone


@cache
def catalogue() -> dict[str, Role]:
    """All roles by code."""
    text = (files("jushi.kernel") / "data/roles.toml").read_text(encoding="utf-8")
    return {
        code: Role(
            code, row["name"], row["scope"], frozenset(row["actions"]), frozenset(row["zones"]),
            frozenset(row.get("only", ())), row.get("only_zone", ""), frozenset(row.get("excludes", ())),
        )
        for code, row in tomllib.loads(text).items()
    }  # fmt: skip


def rights_of(user: User, on: date) -> Rights:
    """The rights that an account holds at ``on``; an inactive account holds none."""
    roles = catalogue()
    held = []
    if user.is_active:
        for grant in user.grants.all():
            current = (grant.starts_on is None or grant.starts_on <= on) and (grant.ends_on is None or grant.ends_on >= on)
            if current and grant.role in roles:
                held.append(Holding(roles[grant.role], grant.office_code, grant.area_digits))
    county = user.bureau.county if user.bureau else ""
    bounds = tuple((h.area.ljust(12, "0"), h.area.ljust(12, "9")) for h in held if h.role.scope == "area" and h.area)
    return Rights(user.pk, user.full_name or user.username, county, tuple(held), bounds)


def conflicts(codes: set[str]) -> list[str]:
    """Role pairs that one account must not hold together (三权分立, GB/T 22239—2019)."""
    roles = catalogue()
    return sorted({"、".join(sorted((roles[a].name, roles[b].name))) for a in codes for b in roles[a].excludes if b in codes})
