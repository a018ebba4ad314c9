"""待办: what is due from me, on the workbench and on a page of its own."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from jushi.desk.access import DeskRequest, bureau_of
from jushi.desk.todo import Todo, todos

SHOWN = 12
SECTIONS = (("late", "逾期"), ("today", "今天"), ("week", "本周"), ("later", "以后"), ("", "未定期限"))


@login_required
def todo(request: DeskRequest) -> HttpResponse:
    """All that is due, by when; ``?part=1`` gives the panel that the workbench fetches."""
    bureau = bureau_of(request)
    if not bureau.county:
        raise Http404
    found = todos(request.rights, bureau, timezone.localdate())
    late = sum(t.when == "late" for t in found)
    if request.GET.get("part"):
        return render(request, "desk/todo_part.html", {"items": found[:SHOWN], "count": len(found), "late": late, "shown": SHOWN})
    sections = [(name, rows) for code, name in SECTIONS if (rows := _of(found, code))]
    subtitle = f"{len(found)} 项" + (f" · 逾期 {late} 项" if late else "")
    context = {"title": "待办", "subtitle": subtitle, "crumbs": [{"label": "待办"}], "sections": sections}
    return render(request, "desk/todo.html", context)


def _of(found: list[Todo], when: str) -> list[Todo]:
    return [t for t in found if t.when == when]
