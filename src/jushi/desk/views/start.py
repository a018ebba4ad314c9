"""The first start: three questions, then accounts, then three ways to begin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jushi.desk import beginning, menu
from jushi.desk.access import DeskRequest
from jushi.kernel.models import Area, Bureau


@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Three questions; open to anybody, but only while the database holds no bureau."""
    if Bureau.objects.exists():
        return redirect("login")
    usual = list(beginning.proposals()["offices"].values())
    values = {"code": "", "area_name": "", "bureau": "", "offices": "\n".join(usual)}
    found: dict[str, str] = {}
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip() for name in values}
        names = tuple(dict.fromkeys(n.strip() for n in values["offices"].splitlines() if n.strip()))
        answers = beginning.Answers(values["code"], values["area_name"], values["bureau"], names)
        found = beginning.problems(answers)
        if not found:
            bureau, accounts = beginning.begin(answers)
            return render(request, "desk/start/accounts.html", {"made": bureau, "accounts": accounts})
    context: dict[str, Any] = {"values": values, "problems": found, "demo": bool(_loader())}
    return render(request, "desk/start/questions.html", context, status=422 if found else 200)


def area_named(request: HttpRequest) -> HttpResponse:
    """What the area table calls a code (htmx, beside the first question)."""
    if Bureau.objects.exists():
        raise Http404
    code = request.GET.get("code", "").strip()
    known = Area.objects.filter(pk=code.ljust(12, "0")).first() if code.isdigit() and len(code) == 6 else None
    return render(request, "desk/start/area.html", {"known": known, "code": code})


@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """Load the demonstration into a database without bureaus, or beside the own one when a signed-in administrator asks."""
    load = _loader()
    if load is None:
        raise Http404
    if Bureau.objects.exists() and "admin" not in request.rights.actions():  # type: ignore[attr-defined]
        raise Http404
    load()
    messages.success(request, "演示数据已装载，可用演示账户登录")
    return redirect("login")


def _loader() -> Any:
    """The function that loads the demonstration, where the site has one."""
    path = getattr(settings, "JUSHI_DEMO_LOADER", "")
    return import_string(path) if path else None


@login_required
def ways(request: DeskRequest) -> HttpResponse:
    """Three ways to begin, in full: rolls, demonstration, last year's summary."""
    context = {
        "title": "从哪里开始", "crumbs": [{"label": "从哪里开始"}], "check_url": menu.address("check"),
        "demo": _loader() is not None and "admin" in request.rights.actions(), "demo_loaded": Bureau.objects.filter(county__startswith="99").exists(),
    }  # fmt: skip
    return render(request, "desk/start/begin.html", context)
