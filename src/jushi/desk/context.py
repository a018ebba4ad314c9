"""What every page's frame needs: menu, bureau, period, area. Costs no query once the menu is known."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from jushi.desk import menu
from jushi.kernel import periods, stamps
from jushi.kernel.models import Area, User

PERIOD = "period"  # name of the cookie


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; pages without an account get an empty one."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    bureau = user.bureau
    context: dict[str, Any] = {
        "bureau": bureau.name if bureau else "",
        "side": SimpleLazyObject(lambda: menu.html(request.rights, bureau, request.path)),  # type: ignore[attr-defined]
        "period": period_of(request),
        "account_url": "/password",
    }
    if bureau is not None:
        context["area"] = {"code": bureau.area_id, "name": bureau.area.name}
        if len(bureau.area.digits) < 6:
            context |= _areas(request, bureau.area)
    return context


def period_of(request: HttpRequest) -> str:
    """The period chosen last, in the notation of the command line; until one is chosen the bureau's usual one or the current year.

    Choosing is remembered: by the browser (:func:`remember_period`), because a write to the database on every choice would cost a
    list more than its query, and would wait behind a running import.
    """
    wanted, chosen = request.GET.get("period", ""), getattr(request, "period_chosen", "")
    if not chosen and wanted and wanted != "all":
        chosen = _code(wanted)
        request.period_chosen = chosen  # type: ignore[attr-defined]
    bureau = getattr(request.user, "bureau", None)
    usual = bureau.settings.get("period", "") if bureau is not None else ""
    return str(chosen or _remembered(request) or usual or timezone.localdate().year)


def remember_period(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser keep the period that this request chose, until it is closed. It counts for this account only."""
    chosen = getattr(request, "period_chosen", "")
    if chosen and chosen != _remembered(request):
        response.set_cookie(
            PERIOD, f"{request.user.pk}/{chosen}", secure=bool(settings.SESSION_COOKIE_SECURE), httponly=True, samesite="Lax"
        )  # fmt: skip


def _remembered(request: HttpRequest) -> str:
    owner, _, code = request.COOKIES.get(PERIOD, "").partition("/")
    return _code(code) if code and owner == str(request.user.pk) else ""


@lru_cache(maxsize=256)
def _code(text: str) -> str:
    """A period in its usual notation; '' for what is none."""
    try:
        return periods.parse(text).code
    except periods.PeriodError:
        return ""


def _areas(request: HttpRequest, top: Area) -> dict[str, Any]:
    """The areas that a higher office may choose among, and the one chosen."""
    low, high = top.bounds()

    def load() -> list[dict[str, Any]]:
        rows = Area.objects.filter(code__gte=low, code__lte=high, rank__in=("province", "city", "county"))
        depths = {"province": 0, "city": 1, "county": 2}
        return [{"code": a.code, "name": a.name, "depth": depths[a.rank]} for a in rows]

    areas = stamps.kept("areas", top.pk, load, seconds=60)
    wanted = request.GET.get("area") or request.session.get("area") or top.pk
    chosen = next((a for a in areas if a["code"] == wanted), {"code": top.pk, "name": top.name})
    if request.session.get("area") != chosen["code"] and request.GET.get("area"):
        request.session["area"] = chosen["code"]
    return {"areas": areas, "area": chosen}
