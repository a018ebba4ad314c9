"""What may be done with a record now, by whom, and why not: the answer that buttons, batches and API share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jushi.kernel.models import Bureau, Office, User
from jushi.kernel.roles import Decision, Rights
from jushi.kernel.stamps import kept
from jushi.kernel.states import State, Transition, available
from jushi.ledger.declaration import Ledger, Stage
from jushi.ledger.store import Author, author_for


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that leads on from a record, and whether this account may take it."""

    code: str
    name: str
    decision: Decision
    needs_reason: bool = False
    is_next: bool = False


def office_code(county: str, office_id: Any) -> str:
    """The code of an office, which grants refer to."""
    codes = kept(county, "offices", lambda: dict(Office.objects.filter(county=county).values_list("pk", "code")), seconds=60)
    return codes.get(office_id, "")


def may(action: str, record: Any, ledger: Ledger, rights: Rights) -> Decision:
    """Whether the account may take ``action`` on the record, as it now stands."""
    if ledger.read_only and action in {"add", "change", "delete"}:
        return Decision(False, "这本台账由其他台账汇集而来，请到原台账修改")
    return rights.may_touch(action, record, zone=ledger.zone, office=office_code(record.county, record.office_id))


def may_add(ledger: Ledger, rights: Rights) -> Decision:
    """Whether the account may register rows in the ledger."""
    if ledger.read_only:
        return Decision(False, "这本台账由其他台账汇集而来，请到原台账登记")
    return rights.may("add", zone=ledger.zone, entity=ledger.model.__name__)


def may_move(step: Transition, record: Any, ledger: Ledger, rights: Rights) -> Decision:
    """Whether the account may take a record through a transition of the generic lifecycle.

    Voiding what is confirmed changes figures, so it asks for the right to confirm; restoring asks only for the right to change.
    """
    if record.state not in step.sources:
        return Decision(False, f"记录现在是“{State(record.state).label}”，不能{step.name}")
    office = office_code(record.county, record.office_id)
    if step.code == "restore":
        return rights.may("change", zone=ledger.zone, entity=type(record).__name__, office=office)
    action = "confirm" if step.code == "void" and record.state == State.CONFIRMED else step.permission
    return rights.may_touch(action, record, zone=ledger.zone, office=office)


def offers(record: Any, ledger: Ledger, rights: Rights) -> list[Offer]:
    """Transitions that lead on from the record; the first allowed one that moves it forward is the next step."""
    found: list[Offer] = []
    chosen = False
    for step in available(record.state):
        decision = may_move(step, record, ledger, rights)
        forward = step.code in {"submit", "confirm", "lock"}
        is_next = forward and bool(decision) and not chosen
        chosen = chosen or is_next
        found.append(Offer(step.code, step.name, decision, step.needs_reason, is_next))
    return found


def stages_after(record: Any, ledger: Ledger, rights: Rights) -> list[tuple[Stage, Decision]]:
    """Business stages that may follow, each with whether the account may take the record there."""
    if not ledger.stages:
        return []
    now = ledger.stage(record.stage)
    following = [ledger.stage(code) for code in now.to] if now else [ledger.stages[0]]
    return [(stage, may_advance(stage, record, ledger, rights)) for stage in following if stage is not None]


def may_advance(stage: Stage, record: Any, ledger: Ledger, rights: Rights) -> Decision:
    """Whether the account may take the record to a stage. A confirmed record still moves on in its business; a locked or void one not."""
    if record.state in (State.LOCKED, State.VOID):
        return Decision(False, f"记录是“{State(record.state).label}”状态，进展请用“更正”")
    office = office_code(record.county, record.office_id)
    if stage.permission != "change":
        return rights.may_touch(stage.permission, record, zone=ledger.zone, office=office)
    if rights.own_only("change") and record.created_by_id != rights.user_id:
        return Decision(False, "只能办理本人登记的记录")
    return rights.may("change", zone=ledger.zone, entity=type(record).__name__, office=office)


def author_of(ledger: Ledger, bureau: Bureau, user: User, rights: Rights) -> Author:
    """Who new rows are registered by: under the ledger's office, unless the account only writes for another one."""
    author = author_for(ledger, bureau, user)
    held = [h.office for h in rights.holdings if "add" in h.role.actions and h.role.scope == "office" and h.office]
    wide = any("add" in h.role.actions and h.role.scope != "office" for h in rights.holdings)
    if wide or not held or author.office.code in held:
        return author
    own = Office.objects.filter(county=bureau.county, code__in=held).order_by("position").first()
    return Author(bureau, own, user) if own is not None else author
