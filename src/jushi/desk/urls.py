"""Addresses of the desk."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from jushi.desk.views import account, home, lists

urlpatterns = [
    path("", home.home, name="home"),
    path("login", account.SignIn.as_view(), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("password", account.password, name="password"),
    path("l/", lists.ledgers, name="ledgers"),
    path("l/<slug:code>/", lists.ledger_list, name="ledger"),
    path("l/<slug:code>/totals", lists.ledger_totals, name="ledger-totals"),
    path("l/<slug:code>/views", lists.save_view, name="ledger-view"),
]
