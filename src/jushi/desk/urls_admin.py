"""Addresses of 管理."""

from __future__ import annotations

from django.urls import path

from jushi.desk.views import admin_accounts, admin_audit, admin_dictionaries, admin_grants, administration

urlpatterns = [
    path("admin/", administration.home, name="admin-home"),
    path("admin/accounts", admin_accounts.accounts, name="admin-accounts"),
    path("admin/offices", admin_accounts.offices, name="admin-offices"),
    path("admin/bureau", admin_accounts.settings, name="admin-bureau"),
    path("admin/ledgers", admin_accounts.ledgers, name="admin-ledgers"),
    path("admin/terms", admin_dictionaries.terms, name="admin-terms"),
    path("admin/rules", admin_dictionaries.rules, name="admin-rules"),
    path("admin/grants", admin_grants.grants, name="admin-grants"),
    path("admin/secrecy", admin_grants.secrecy, name="admin-secrecy"),
    path("admin/log", admin_audit.log, name="admin-log"),
    path("admin/log/<int:sequence>", admin_audit.operation, name="admin-operation"),
    path("admin/signins", admin_audit.sign_ins, name="admin-signins"),
]
