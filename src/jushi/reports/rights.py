"""Who may read, write and pass on an edition: the one place that pages, downloads and the API ask (mission.md §5).

Whoever works in the bureau sees its drafts; everybody else who may read at all (a higher office, people in villages) sees what was signed.
"""

from __future__ import annotations

from django.db import models

from jushi.kernel.roles import Decision, Rights
from jushi.reports.models import STEPS, Edition, EditionSection

ORDER = tuple(code for code, _ in STEPS)
# step → who takes it on: what people call them
HOLDERS = {
    "drafting": "办公室统稿人", "gathering": "各股室，办公室统稿人催收", "editing": "办公室统稿人", "checking": "办公室统稿人校核",
    "deputy": "分管副局长", "director": "局长", "frozen": "",
}  # fmt: skip
OFFICE_STEPS = ("drafting", "gathering", "editing")
EDITOR_STEPS = ("drafting", "gathering", "editing", "checking")


def inside(rights: Rights) -> bool:
    """Whether the account works in a bureau: sees drafts and the live figures behind them."""
    return any("view" in h.role.actions and h.role.scope in {"county", "office"} for h in rights.holdings)


def readable(rights: Rights) -> models.QuerySet[Edition]:
    """The editions that the account may open; anything else answers like an unknown address. The scope limits the counties."""
    rows = Edition.objects.all()
    if not {"view", "signed"} & rights.actions():
        return rows.none()
    signed = models.Q(step="frozen")
    return rows.filter(signed | models.Q(county=rights.county)) if inside(rights) and rights.county else rows.filter(signed)


def edits_all(rights: Rights) -> bool:
    """Whether the account edits the whole document: sentences, every office's fragments, the course of the steps."""
    return any("compile" in h.role.actions and h.role.scope == "county" for h in rights.holdings)


def may_create(rights: Rights) -> Decision:
    """Beginning an edition, or the bureau's own copy of a template."""
    return Decision(True) if edits_all(rights) and rights.county else Decision(False, "建稿由办公室统稿人办理")


def acts(rights: Rights, step: str) -> bool:
    """Whether the account is one of those whom a step waits for."""
    if step in EDITOR_STEPS:
        return edits_all(rights)
    if step == "deputy":
        return "sign" in rights.actions()
    return step == "director" and any("sign" in h.role.actions and h.role.code == "director" for h in rights.holdings)


def may_pass(rights: Rights, edition: Edition) -> Decision:
    """Taking the edition on from its present step (signing and freezing it at the last), or returning it."""
    if edition.step == "frozen":
        return Decision(False, "文稿已冻结归档")
    if edition.county != rights.county or not acts(rights, edition.step):
        return Decision(False, f"本环节由{HOLDERS[edition.step]}办理")
    return Decision(True)


def may_write(rights: Rights, edition: Edition, section: EditionSection) -> Decision:
    """Writing the narrative fragments of a section: its office while the text is gathered, the editor until it goes to be signed."""
    if edition.step == "frozen":
        return Decision(False, "文稿已冻结归档，不能再改；如数据有误请走更正并另行建稿")
    if edition.county != rights.county:
        return Decision(False, "只能编写本局的文稿")
    if edits_all(rights):
        return _while(edition, EDITOR_STEPS)
    code = section.office.code if section.office else ""
    if not code or not (rights.may("report", office=code) or rights.may("report", zone=code, office=code)):
        office = section.office.name if section.office else "办公室统稿人"
        return Decision(False, f"本节由{office}编写")
    return _while(edition, OFFICE_STEPS)


def may_edit(rights: Rights, edition: Edition) -> Decision:
    """Editing the sentences themselves."""
    if edition.county != rights.county or not edits_all(rights):
        return Decision(False, "句子由办公室统稿人修改，股室只写叙述段")
    return _while(edition, EDITOR_STEPS)


def _while(edition: Edition, steps: tuple[str, ...]) -> Decision:
    if edition.step in steps:
        return Decision(True)
    name = dict(STEPS)[edition.step]
    return Decision(False, f"文稿正在“{name}”环节，不能再改；确需修改请退回")
