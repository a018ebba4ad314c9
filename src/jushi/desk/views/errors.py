"""Error pages in the office's words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Nothing there, or nothing that this account may see: the two look the same."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Not allowed."""
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """A request that makes no sense."""
    return render(request, "400.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """A mistake of the program."""
    return render(request, "500.html", status=500)


def too_large(request: HttpRequest) -> HttpResponse:
    """An upload beyond the limit."""
    reason = getattr(request, "upload_refused", f"文件超过 {settings.UPLOAD_LIMIT >> 20} MB")
    context = {
        "title": "文件过大",
        "reason": reason,
        "remedy": "请返回上一页；所填内容已在本机保留，重新选择较小的文件即可。",
    }
    return render(request, "desk/error.html", context, status=413)


def denied(request: HttpRequest, reason: str) -> HttpResponse:
    """Something that the account may see but not do, with the reason, inside the frame; and the way back to where it came from."""
    remedy = "" if "联系" in reason else "如工作需要，请与股室负责人或系统管理员联系。"
    context = {"title": "不能办理", "reason": reason.rstrip("。"), "remedy": remedy, "back": _back(request), "show_period": False}
    return render(request, "desk/denied.html", context, status=403)


def _back(request: HttpRequest) -> str:
    """The page of this site that led here; '' when there is none."""
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    own = came.netloc == request.get_host() and came.path != request.path
    return f"{came.path}?{came.query}" if own and came.query else came.path if own else ""
