"""What every page's frame needs: menu, bureau, period, area. Costs no query once the menu is known."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from jushi.desk import menu
from jushi.kernel import periods, stamps
from jushi.kernel.models import Area, User


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

    Choosing is remembered.
    """
    wanted = request.GET.get("period", "")
    kept = request.session.get("period", "")
    if wanted and wanted != kept and wanted != "all":
        try:
            kept = periods.parse(wanted).code
            request.session["period"] = kept
        except periods.PeriodError:
            pass
    bureau = getattr(request.user, "bureau", None)
    usual = bureau.settings.get("period", "") if bureau is not None else ""
    return str(kept or usual or timezone.localdate().year)


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
