"""授权: who holds which role, where and how long. The security administrator grants to others, never to himself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from jushi.desk.access import DeskRequest
from jushi.desk.views.admin_accounts import fresh_password, guards
from jushi.desk.views.administration import RefusedInputError, logged, need, separated, show
from jushi.kernel.models import Area, Bureau, Grant, Office, User
from jushi.kernel.roles import Role, catalogue, conflicts

SCOPES = {"county": "全局", "office": "一个股室", "area": "一个乡镇、村", "own": "本人登记的"}
ZONES = {"party": "党务", "household": "帮扶户", "money": "资金", "text": "对照检查材料"}


@login_required
def grants(request: DeskRequest) -> HttpResponse:
    """Everybody's roles; granting, withdrawing, and first passwords of the other two administrators."""
    bureau = need(request, "grant")
    problem, fresh = "", None
    if request.method == "POST":
        try:
            fresh = _act(request, bureau)
            if fresh is None:
                return redirect("admin-grants")
        except RefusedInputError as error:
            problem = str(error)
    roles = catalogue()
    offices = dict(Office.objects.filter(county=bureau.county).values_list("code", "name"))
    users = list(User.objects.filter(bureau=bureau).prefetch_related("grants__granted_by").order_by("-is_active", "username"))
    today = timezone.localdate()
    rows = [
        {"user": u, "self": u.pk == request.user.pk, "guards": guards(u),
         "grants": [_shown(g, roles, offices, today) for g in u.grants.all() if g.role in roles]}
        for u in users
    ]  # fmt: skip
    context = {
        "rows": rows, "fresh": fresh, "problem": problem, "given": request.POST if problem else {}, "offices": offices.items(),
        "roles": [(r, SCOPES.get(r.scope, "")) for r in roles.values()], "towns": Area.objects.filter(parent=bureau.area),
        "users": [u for u in users if u.is_active and u.pk != request.user.pk],
    }  # fmt: skip
    return show(request, "grants", "admin-grants", context, 422 if problem else 200)


def _shown(grant: Grant, roles: dict[str, Role], offices: dict[str, str], today: date) -> dict[str, Any]:
    where = offices.get(grant.office_code, grant.office_code) or grant.area_digits
    return {"pk": grant.pk, "name": roles[grant.role].name, "where": where, "grant": grant, "over": bool(grant.ends_on and grant.ends_on < today)}


def _act(request: DeskRequest, bureau: Bureau) -> dict[str, str] | None:
    given = request.POST
    number = given.get("user", "")
    user = User.objects.filter(bureau=bureau, pk=int(number) if number.isdigit() and len(number) < 12 else 0).prefetch_related("grants").first()
    if user is None:
        raise Http404
    if user.pk == request.user.pk:
        raise RefusedInputError("不能给自己授权或收回自己的角色，请由另一位安全管理员办理")
    action = given.get("do", "")
    if action == "grant":
        _grant(request, bureau, user)
    elif action == "revoke":
        _revoke(request, bureau, user)
    elif action == "reset" and guards(user):
        return fresh_password(user, bureau)
    else:
        raise Http404
    return None


def _grant(request: DeskRequest, bureau: Bureau, user: User) -> None:
    given, roles = request.POST, catalogue()
    role = roles.get(given.get("role", ""))
    if role is None:
        raise RefusedInputError("请选择角色")
    if not user.is_active:
        raise RefusedInputError("账户已停用，不能授权")
    office, area = _where(bureau, role, given.get("office", ""), given.get("area", ""))
    starts, ends = _day(given.get("starts_on", "")), _day(given.get("ends_on", ""))
    if starts and ends and ends < starts:
        raise RefusedInputError("终止日期不能早于起始日期")
    check_conflicts(user, role)
    made = Grant(
        user=user, role=role.code, office_code=office, area_digits=area, starts_on=starts, ends_on=ends, granted_by=request.user
    )  # fmt: skip
    try:
        with logged(bureau, "授权", f"{user.username}（{user.full_name}）：{role.name} {office or area} {starts or ''}—{ends or ''}"):
            made.save()
    except IntegrityError as error:
        raise RefusedInputError(f"{user.full_name}已经有这个角色了") from error
    messages.success(request, f"已授予{user.full_name}“{role.name}”")


def check_conflicts(user: User, role: Role) -> None:
    """The three administrators exclude each other, and none of them holds a business role. Raises :class:`RefusedInputError`."""
    roles, today = catalogue(), timezone.localdate()
    held = {g.role for g in user.grants.all() if g.role in roles and (g.ends_on is None or g.ends_on >= today)}
    if clashes := conflicts({*held, role.code}):
        raise RefusedInputError(f"三员分立：{'；'.join(clashes)}不能由一人兼任")
    others = [roles[code] for code in held - {role.code}]
    if any(separated(role) != separated(other) for other in others):
        raise RefusedInputError("三员分立：管理员不能兼任业务角色，请先收回原有角色")


def _where(bureau: Bureau, role: Role, office: str, area: str) -> tuple[str, str]:
    if role.scope == "office":
        if not Office.objects.filter(county=bureau.county, code=office).exists():
            raise RefusedInputError(f"“{role.name}”须指明股室")
        return office, ""
    if role.scope == "area":
        found = Area.objects.filter(pk=area).first()
        if found is None or found.county != bureau.county or len(found.digits) < 9:
            raise RefusedInputError(f"“{role.name}”须指明本县区内的乡镇或村")
        return "", found.digits
    return "", ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise RefusedInputError(f"看不懂日期“{text}”，请写成 2015-03-01") from error


def _revoke(request: DeskRequest, bureau: Bureau, user: User) -> None:
    number = request.POST.get("grant", "")
    grant = user.grants.filter(pk=int(number) if number.isdigit() and len(number) < 12 else 0).first()
    if grant is None:
        raise Http404
    role = catalogue().get(grant.role)
    with logged(
        bureau, "收回授权", f"{user.username}（{user.full_name}）：{role.name if role else grant.role} {grant.office_code or grant.area_digits}"
    ):
        grant.delete()
    messages.success(request, f"已收回{user.full_name}的“{role.name if role else grant.role}”")


@login_required
def secrecy(request: DeskRequest) -> HttpResponse:
    """Who may open what is restricted, and who may see personal data unmasked or take data out."""
    bureau = need(request, "grant")
    roles, today = catalogue(), timezone.localdate()
    holders: dict[str, list[str]] = {}
    live = Grant.objects.filter(user__bureau=bureau, user__is_active=True).select_related("user").order_by("user__username")
    for grant in live:
        if (grant.ends_on is None or grant.ends_on >= today) and (grant.starts_on is None or grant.starts_on <= today):
            holders.setdefault(grant.role, []).append(grant.user.full_name or grant.user.username)

    def people(wanted: Any) -> list[tuple[str, list[str]]]:
        return [(r.name, holders[r.code]) for r in roles.values() if r.code in holders and wanted(r)]

    rows = [(f"{name}台账", people(lambda r, z=zone: z in r.zones and "view" in r.actions)) for zone, name in ZONES.items()]
    rows += [("个人信息原文（解除脱敏）", people(lambda r: "unmask" in r.actions)), ("导出数据", people(lambda r: "export" in r.actions))]
    return show(request, "secrecy", "admin-secrecy", {"rows": rows})
