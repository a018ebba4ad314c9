"""Signing in and out, changing the password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.auth.views import LoginView
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from jushi.desk import trial
from jushi.desk.access import DeskRequest
from jushi.desk.signin import scope_of
from jushi.desk.views import start
from jushi.kernel import oplog, scope
from jushi.kernel.models import Bureau, User


class SignIn(LoginView):
    """The sign-in page. Without any bureau yet, the first start comes instead."""

    template_name = "desk/login.html"
    authentication_form = AuthenticationForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "GET" and not request.user.is_authenticated and not Bureau.objects.exists():
            return redirect("start")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        expired = settings.SESSION_COOKIE_NAME in self.request.COOKIES and "next" in self.request.GET
        # an office that has its own bureau finds the demonstration's accounts on the page 从哪里开始, not on its sign-in page
        shown = settings.JUSHI_DEMO or (trial.is_there() and not trial.own_bureaus().exists())
        return context | {"expired": expired, "demo_accounts": trial.accounts() if shown else [], "may_start": start.is_open()}


@login_required
def password(request: DeskRequest) -> HttpResponse:
    """Change one's own password; new accounts and reset ones come here before anything else."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["new_password1"] == form.cleaned_data["old_password"]:
            form.add_error("new_password1", "新密码不能与原密码相同")
        else:
            user = form.save()
            user.must_change_password, user.password_changed_at = False, timezone.now()
            user.save(update_fields=["must_change_password", "password_changed_at"])
            update_session_auth_hash(request, user)
            _log(user, "修改密码", request)
            messages.success(request, "密码已修改")
            return redirect("home")
    forced = request.user.must_change_password
    return render(request, "desk/password.html", {"title": "修改密码", "form": form, "forced": forced}, status=200)


def _log(user: Any, name: str, request: HttpRequest | None, reason: str = "") -> None:
    if not isinstance(user, User) or user.bureau is None or not user.bureau.county:
        return
    address = request.META.get("REMOTE_ADDR", "") if request is not None else ""
    acting = scope_of(user, address)
    if acting.holds(user.bureau.county):
        with scope.use(acting):
            oplog.event(name, county=user.bureau.county, reason=reason)


@receiver(user_logged_in)
def _signed_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    _log(user, "登录", request)


@receiver(user_logged_out)
def _signed_out(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    _log(user, "退出", request)


@receiver(user_login_failed)
def _failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    user = User.objects.select_related("bureau__area").filter(username=credentials.get("username", "")).first()
    _log(user, "登录失败", request)
