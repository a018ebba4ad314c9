"""使用说明: one page of what everybody asks; the manual has the rest."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from jushi.desk.access import DeskRequest
from jushi.kernel.roles import catalogue
from jushi.kernel.states import State

SCOPES = {"county": "全局", "office": "本股室", "area": "本乡镇、村", "own": "本人登记的"}
STATES = {
    State.DRAFT: "正在登记，只在台账里，不计入任何数字；可改可删", State.PENDING: "已送审，等别人核定，还不计入数字",
    State.CONFIRMED: "已核定，计入数字；改动用“更正”或退回", State.LOCKED: "所在月份已锁账；改动须申请更正、说明原因、由他人批准",
    State.VOID: "作废，不计入数字；记录和历史保留",
}  # fmt: skip


@login_required
def page(request: DeskRequest) -> HttpResponse:
    """Keys, states, roles, how figures are counted, where the manual is."""
    held = {h.role.code for h in request.rights.holdings}
    context = {
        "title": "使用说明", "crumbs": [{"label": "使用说明"}], "show_period": False,
        "states": [(State(s).label, words) for s, words in STATES.items()],
        "roles": [(r.name, SCOPES.get(r.scope, ""), r.code in held) for r in catalogue().values()],
    }  # fmt: skip
    return render(request, "desk/help.html", context)
