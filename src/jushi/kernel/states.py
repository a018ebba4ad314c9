"""The generic lifecycle of a ledger row (domain.md A0.4): 草稿 → 待核 → 已核 → 锁定, with return, correction and voiding."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class State(models.TextChoices):
    """Data states of a record."""

    DRAFT = "draft", "草稿"
    PENDING = "pending", "待核"
    CONFIRMED = "confirmed", "已核"
    LOCKED = "locked", "锁定"
    VOID = "void", "作废"

    @classmethod
    def counted(cls) -> tuple[str, ...]:
        """States whose rows figures count."""
        return (cls.CONFIRMED.value, cls.LOCKED.value)

    @classmethod
    def editable(cls) -> tuple[str, ...]:
        """States in which the content may be edited directly."""
        return (cls.DRAFT.value, cls.PENDING.value)


@dataclass(frozen=True, slots=True)
class Transition:
    """A step between states. ``permission`` is asked of the actor; ``own`` False forbids it to whoever registered the row."""

    code: str
    name: str
    sources: tuple[str, ...]
    target: str
    permission: str
    needs_reason: bool = False
    own: bool = True


TRANSITIONS: tuple[Transition, ...] = (
    Transition("submit", "提交", ("draft",), "pending", "change"),
    Transition("withdraw", "撤回", ("pending",), "draft", "change"),
    Transition("return", "退回", ("pending", "confirmed"), "draft", "confirm", needs_reason=True),
    Transition("confirm", "核定", ("pending",), "confirmed", "confirm", own=False),
    Transition("lock", "锁定", ("confirmed",), "locked", "lock"),
    Transition("void", "作废", ("draft", "pending", "confirmed"), "void", "change", needs_reason=True),
    Transition("restore", "恢复", ("void",), "draft", "change", needs_reason=True),
)


def transition(code: str) -> Transition:
    """The transition named ``code``; raises KeyError when there is none."""
    return {item.code: item for item in TRANSITIONS}[code]


def available(state: str) -> list[Transition]:
    """Transitions that lead on from ``state``."""
    return [item for item in TRANSITIONS if state in item.sources]
