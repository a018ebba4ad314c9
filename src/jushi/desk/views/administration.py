"""What the pages of 管理 share: three separate roles, each with its own pages; every change is on record (GB/T 22239—2019, 三权分立)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jushi.desk.access import DeskRequest, bureau_of, own_county
from jushi.kernel import oplog
from jushi.kernel.models import Bureau
from jushi.kernel.roles import Rights, Role

# action of a role → its pages, the first of them its own beginning
PAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "admin": (
        ("admin-accounts", "账户"), ("admin-offices", "股室"), ("admin-bureau", "单位"), ("admin-ledgers", "台账启停"),
        ("admin-terms", "字典"), ("admin-rules", "规则"),
    ),
    "grant": (("admin-grants", "授权"), ("admin-secrecy", "涉密范围")),
    "audit": (("admin-log", "操作日志"), ("admin-signins", "登录失败")),
}  # fmt: skip


ABOUT = {
    "admin-accounts": "开户、停用、重置密码", "admin-offices": "增加股室、改名、排次序", "admin-bureau": "单位名称、机关代字、默认模板",
    "admin-ledgers": "启用和停用台账", "admin-terms": "本局自己的字典值", "admin-rules": "期限、限额等规则的本局规定",
    "admin-grants": "授予和收回角色", "admin-secrecy": "哪些角色看得到涉密范围", "admin-log": "查谁改了什么，核查日志完整",
    "admin-signins": "登录失败和锁定",
}  # fmt: skip


def doors(rights: Rights) -> list[tuple[str, str, str]]:
    """Pages of 管理 that the account may open: name, address, what is done there."""
    held = [page for action, pages in PAGES.items() if rights.county and action in rights.actions() for page in pages]
    return [(label, reverse(name), ABOUT[name]) for name, label in held]


def need(request: DeskRequest, action: str) -> Bureau:
    """The bureau that the account administers; a page of another role does not exist for it."""
    bureau = bureau_of(request)
    if bureau.county and action not in request.rights.actions():
        raise Http404
    return own_county(request, "管理")


def separated(role: Role) -> bool:
    """Whether the role is one of the three that stand apart from each other and from all business."""
    return role.actions <= set(PAGES)


@login_required
def home(request: DeskRequest) -> HttpResponse:
    """The first page of the account's own role."""
    own_county(request, "管理")
    for action, pages in PAGES.items():
        if action in request.rights.actions():
            return redirect(pages[0][0])
    raise Http404


def show(request: DeskRequest, template: str, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of 管理 with the tabs of the account's roles."""
    held = request.rights.actions()
    tabs = [page for action, pages in PAGES.items() if action in held for page in pages]
    title = dict(tabs).get(name, "管理")
    frame = {"title": title, "crumbs": [{"label": "管理", "url": "/admin/"}, {"label": title}], "tabs": tabs, "tab": name, "show_period": False}
    return render(request, f"desk/admin/{template}.html", frame | context, status=status)


@contextmanager
def logged(bureau: Bureau, name: str, reason: str) -> Iterator[None]:
    """Change rows that belong to no county (accounts, grants, terms) in one transaction with an entry of the county's log."""
    with oplog.operation(name, county=bureau.county, reason=reason[:300]):
        yield
        oplog.event(name, county=bureau.county)


class RefusedInputError(ValueError):
    """What was typed cannot be taken; the message says why and what to do."""
