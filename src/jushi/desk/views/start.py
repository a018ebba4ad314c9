"""The first start: three questions, then accounts, then three ways to begin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from jushi.desk import beginning, menu, trial
from jushi.desk.access import DeskRequest
from jushi.kernel.models import Area


def is_open() -> bool:
    """Whether anybody may set up a bureau: no own one yet, and this is not a demonstration shown to others (``serve --demo``)."""
    return not trial.own_bureaus().exists() and not (settings.JUSHI_DEMO and trial.is_there())


@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Three questions; open to anybody, but only until the first bureau is set up."""
    if not is_open():
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
    context: dict[str, Any] = {"values": values, "problems": found, "demo": trial.loader() is not None, "demo_loaded": trial.is_there()}
    return render(request, "desk/start/questions.html", context, status=422 if found else 200)


def area_named(request: HttpRequest) -> HttpResponse:
    """What the area table calls a code (htmx, beside the first question)."""
    if not is_open():
        raise Http404
    code = request.GET.get("code", "").strip()
    known = Area.objects.filter(pk=code.ljust(12, "0")).first() if code.isdigit() and len(code) == 6 else None
    return render(request, "desk/start/area.html", {"known": known, "code": code})


@never_cache
def demo(request: HttpRequest) -> HttpResponse:
    """POST: have the demonstration loaded, into a database without bureaus or, for an administrator, beside the own one. GET: how far it is."""
    if trial.loader() is None:
        raise Http404
    if request.method == "POST":
        if not is_open() and "admin" not in request.rights.actions():  # type: ignore[attr-defined]
            raise Http404
        trial.begin()
        return redirect("start-demo")
    found = trial.progress() or trial.loaded_otherwise()
    if found is None:
        raise Http404
    context = {"progress": found, "may_retry": is_open() or request.user.is_authenticated}
    if found.state == "done":
        context["demo_accounts"] = trial.accounts()
    return render(request, "desk/start/loading.html", context)


@login_required
def ways(request: DeskRequest) -> HttpResponse:
    """Three ways to begin, in full: rolls, demonstration, last year's summary."""
    context = {
        "title": "从哪里开始", "crumbs": [{"label": "从哪里开始"}], "check_url": menu.address("check"),
        "demo": trial.loader() is not None and "admin" in request.rights.actions(), "demo_loaded": trial.is_there(),
    }  # fmt: skip
    return render(request, "desk/start/begin.html", context)
