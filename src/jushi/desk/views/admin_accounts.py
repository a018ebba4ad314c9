"""Accounts, offices and the bureau itself: the system administrator's pages."""

from __future__ import annotations

import re
from typing import Any

from axes.utils import reset as unlock
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from jushi.desk.access import DeskRequest
from jushi.desk.beginning import first_password
from jushi.desk.views.administration import RefusedInputError, logged, need, separated, show
from jushi.desk.views.documents import PERIOD_KINDS, known_templates
from jushi.kernel import oplog
from jushi.kernel.models import Bureau, Office, User
from jushi.kernel.roles import catalogue
from jushi.ledger import registry
from jushi.ledger.lines_of_business import LINES

LOGIN = re.compile(r"[a-z][a-z0-9_.-]{2,29}")


def guards(user: User) -> bool:
    """Whether the account holds one of the three separated roles: its password is not for the system administrator to reset."""
    roles = catalogue()
    return any(separated(roles[g.role]) for g in user.grants.all() if g.role in roles)


@login_required
def accounts(request: DeskRequest) -> HttpResponse:
    """Everybody who signs in for this bureau; a fresh password is shown once and must be changed."""
    bureau = need(request, "admin")
    fresh: dict[str, str] | None = None
    problem = ""
    if request.method == "POST":
        try:
            fresh = _account(request, bureau)
            if fresh is None:
                return redirect("admin-accounts")
        except RefusedInputError as error:
            problem = str(error)
    roles = catalogue()
    rows = [
        {
            "user": u, "guards": guards(u), "self": u.pk == request.user.pk,
            "roles": "、".join(dict.fromkeys(roles[g.role].name for g in u.grants.all() if g.role in roles)),
        }
        for u in User.objects.filter(bureau=bureau).prefetch_related("grants").order_by("-is_active", "username")
    ]  # fmt: skip
    given = request.POST if problem else {}
    return show(request, "accounts", "admin-accounts", {"rows": rows, "fresh": fresh, "problem": problem, "given": given}, 422 if problem else 200)


def _account(request: DeskRequest, bureau: Bureau) -> dict[str, str] | None:
    action = request.POST.get("do", "")
    if action == "create":
        return _create(request, bureau)
    user = User.objects.filter(bureau=bureau, pk=_number(request.POST.get("pk", ""))).prefetch_related("grants").first()
    if user is None:
        raise Http404
    if user.pk == request.user.pk:
        raise RefusedInputError("自己的账户请由另一位系统管理员处理；改密码在右上角“我的账号”")
    if action == "reset":
        if guards(user):
            raise RefusedInputError("系统、安全、审计管理员的密码由安全管理员重置")
        return fresh_password(user, bureau)
    if action not in {"disable", "enable"}:
        raise Http404
    if guards(user) and action == "disable":
        raise RefusedInputError("请先由安全管理员收回这个账户的管理员角色，再停用")
    with logged(bureau, "停用账户" if action == "disable" else "启用账户", f"{user.username}（{user.full_name}）"):
        user.is_active = action == "enable"
        user.save(update_fields=["is_active"])
    messages.success(request, f"{user.full_name}的账户已{'启用' if user.is_active else '停用'}")
    return None


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 12 else 0


def _create(request: DeskRequest, bureau: Bureau) -> dict[str, str]:
    login, name = request.POST.get("username", "").strip().lower(), request.POST.get("full_name", "").strip()
    if not LOGIN.fullmatch(login):
        raise RefusedInputError("登录名用 3—30 个小写字母、数字，以字母开头，例如 zhangsan")
    if not name or len(name) > 30:
        raise RefusedInputError("请填写姓名，不超过 30 字")
    if User.objects.filter(username__iexact=login).exists():
        raise RefusedInputError("这个登录名已被使用（停用的账户也算），请换一个，例如后面加数字")
    word = first_password()
    user = User(username=login, full_name=name, phone=request.POST.get("phone", "").strip()[:20], bureau=bureau, must_change_password=True)
    user.set_password(word)
    with logged(bureau, "新建账户", f"{login}（{name}）"):
        user.save()
    return {"login": login, "password": word, "name": name, "new": "1"}


def fresh_password(user: User, bureau: Bureau) -> dict[str, str]:
    """A new first password for an account, shown once; a lock after failed attempts is lifted with it."""
    word = first_password()
    with logged(bureau, "重置密码", f"{user.username}（{user.full_name}）"):
        user.set_password(word)
        user.must_change_password, user.password_changed_at = True, timezone.now()
        user.save(update_fields=["password", "must_change_password", "password_changed_at"])
        unlock(username=user.username)
    return {"login": user.username, "password": word, "name": user.full_name}


@login_required
def offices(request: DeskRequest) -> HttpResponse:
    """The offices, and which of them keeps the ledgers of an office that the bureau does not have."""
    bureau = need(request, "admin")
    problem = ""
    if request.method == "POST":
        try:
            _office(request, bureau)
            return redirect("admin-offices")
        except RefusedInputError as error:
            problem = str(error)
    rows = list(Office.objects.filter(county=bureau.county))
    kept: dict[str, list[str]] = {}
    for ledger in registry.ledgers():
        kept.setdefault(ledger.office, []).append(ledger.name)
    codes = {o.code for o in rows}
    placed = bureau.settings.get("offices", {})
    homeless = [
        {"code": code, "ledgers": names, "count": len(names), "at": placed.get(code, "")}
        for code, names in sorted(kept.items()) if code not in codes
    ]  # fmt: skip
    listed = [{"office": o, "count": len(kept.get(o.code, ()))} for o in rows]
    return show(request, "offices", "admin-offices", {"rows": listed, "homeless": homeless, "problem": problem}, 422 if problem else 200)


def _office(request: DeskRequest, bureau: Bureau) -> None:
    given = request.POST
    if given.get("do") == "place":
        placed = {k.removeprefix("at."): v for k, v in given.items() if k.startswith("at.") and v}
        if not set(placed.values()) <= set(Office.objects.filter(county=bureau.county).values_list("code", flat=True)):
            raise Http404
        with logged(bureau, "设置台账责任股室", "；".join(f"{k}→{v}" for k, v in sorted(placed.items()))):
            bureau.settings = bureau.settings | {"offices": placed}
            bureau.save(update_fields=["settings"])
        messages.success(request, "责任股室已保存")
        return
    name = given.get("name", "").strip()
    if not name or len(name) > 30:
        raise RefusedInputError("请填写股室名称，不超过 30 字")
    position = _number(given.get("position", "")) % 1000
    others = Office.objects.filter(county=bureau.county)
    office = others.filter(code=given.get("code", "")).first()
    if others.filter(name=name).exclude(pk=office.pk if office else None).exists():
        raise RefusedInputError(f"已经有“{name}”了")
    if office is None:
        office = Office(county=bureau.county, bureau=bureau, code=_free_code(given.get("code", ""), others))
    office.name, office.position = name, position
    with oplog.operation("设置股室", county=bureau.county, reason=name):
        office.save()
    messages.success(request, f"“{name}”已保存")


def _free_code(wanted: str, others: Any) -> str:
    """The code of an office that ledgers name, where one is taken over; else a fresh one."""
    if wanted in {ledger.office for ledger in registry.ledgers()}:
        return wanted
    used = set(others.values_list("code", flat=True))
    return next(f"office{n}" for n in range(1, 1000) if f"office{n}" not in used)


@login_required
def settings(request: DeskRequest) -> HttpResponse:
    """Names, document prefix, and which template a period of each kind uses."""
    bureau = need(request, "admin")
    problem = ""
    templates = known_templates(bureau.county)
    if request.method == "POST":
        try:
            _settings(request, bureau, {(t.period_kind, t.code) for t in templates})
            messages.success(request, "单位设置已保存")
            return redirect("admin-bureau")
        except RefusedInputError as error:
            problem = str(error)
    chosen = bureau.settings.get("templates", {})
    kinds = [(code, f"{name}总结" if code != "month" else "月报", chosen.get(code, ""), [t for t in templates if t.period_kind == code])
             for code, name in PERIOD_KINDS.items()]  # fmt: skip
    given = request.POST if problem else {"name": bureau.name, "short_name": bureau.short_name, "prefix": bureau.document_prefix}
    context = {"given": given, "kinds": [k for k in kinds if k[3]], "area": bureau.area, "problem": problem}
    return show(request, "bureau", "admin-bureau", context, 422 if problem else 200)


def _settings(request: DeskRequest, bureau: Bureau, known: set[tuple[str, str]]) -> None:
    name, short, prefix = (request.POST.get(n, "").strip() for n in ("name", "short_name", "prefix"))
    if not name or len(name) > 60 or not short or len(short) > 30 or len(prefix) > 20:
        raise RefusedInputError("请填写全称（60 字以内）和简称（30 字以内）；机关代字不超过 20 字")
    wanted = {kind: request.POST.get(f"template.{kind}", "") for kind in PERIOD_KINDS}
    templates = {kind: code for kind, code in wanted.items() if (kind, code) in known}
    before = f"{bureau.name}／{bureau.short_name}／{bureau.document_prefix}"
    bureau.name, bureau.short_name, bureau.document_prefix = name, short, prefix
    bureau.settings = bureau.settings | {"templates": templates}
    with logged(bureau, "修改单位设置", f"{before} → {name}／{short}／{prefix}；模板 {templates}"):
        bureau.save(update_fields=["name", "short_name", "document_prefix", "settings"])


@login_required
def ledgers(request: DeskRequest) -> HttpResponse:
    """Which ledgers the bureau does not keep; their records stay, and come back when they are switched on."""
    bureau = need(request, "admin")
    if request.method == "POST":
        known = {ledger.code for ledger in registry.ledgers()}
        off = sorted(known - set(request.POST.getlist("on")))
        if len(off) == len(known):
            messages.error(request, "至少保留一个台账")
            return redirect("admin-ledgers")
        stopped, begun = sorted(set(off) - set(bureau.switched_off)), sorted(set(bureau.switched_off) - set(off))
        if stopped or begun:
            with logged(bureau, "启停台账", f"停用：{'、'.join(stopped) or '无'}；启用：{'、'.join(begun) or '无'}"):
                bureau.switched_off = off
                bureau.save(update_fields=["switched_off"])
        messages.success(request, f"已保存：停用 {len(off)} 个台账")
        return redirect("admin-ledgers")
    lines: dict[str, list[tuple[Any, bool]]] = {}
    for ledger in registry.ledgers():
        lines.setdefault(f"{ledger.line} {LINES.get(ledger.line, '其他')}", []).append((ledger, ledger.code not in bureau.switched_off))
    return show(request, "ledgers", "admin-ledgers", {"lines": sorted(lines.items()), "off": len(bureau.switched_off)})
