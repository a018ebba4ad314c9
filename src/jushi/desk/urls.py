"""Addresses of the desk."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from jushi.desk.urls_admin import urlpatterns as admin
from jushi.desk.urls_check import urlpatterns as check
from jushi.desk.urls_documents import urlpatterns as documents
from jushi.desk.urls_plan import urlpatterns as plan
from jushi.desk.views import (
    account,
    correcting,
    digests,
    editing,
    files,
    home,
    indicators,
    library,
    lists,
    moving,
    records,
    searching,
    sheets,
    start,
    todos,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("todo", todos.todo, name="todo"),
    path("login", account.SignIn.as_view(), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("password", account.password, name="password"),
    path("start", start.start, name="start"),
    path("start/area", start.area_named, name="start-area"),
    path("start/demo", start.demo, name="start-demo"),
    path("start/ways", start.ways, name="start-ways"),
    path("search", searching.search_page, name="search"),
    path("palette", searching.palette, name="palette"),
    path("suggest", searching.suggest, name="suggest"),
    path("library", library.library, name="library"),
    path("corrections", correcting.corrections, name="corrections"),
    path("corrections/<uuid:pk>", correcting.correction, name="correction"),
    *documents,
    *check,
    *admin,
    *plan,
    path("go/<str:label>/<uuid:pk>", records.go, name="go"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<str:code>/", indicators.indicator, name="indicator"),
    path("indicators/<str:code>/card", indicators.card, name="indicator-card"),
    path("l/", lists.ledgers, name="ledgers"),
    path("l/<slug:code>/", lists.ledger_list, name="ledger"),
    path("l/<slug:code>/totals", lists.ledger_totals, name="ledger-totals"),
    path("l/<slug:code>/views", lists.save_view, name="ledger-view"),
    path("l/<slug:code>/batch", moving.batch, name="ledger-batch"),
    path("l/<slug:code>/closing", correcting.closing, name="ledger-closing"),
    path("l/<slug:code>/template", sheets.template, name="ledger-template"),
    path("l/<slug:code>/export", sheets.export, name="ledger-export"),
    path("l/<slug:code>/import", sheets.begin, name="ledger-import"),
    path("l/<slug:code>/import/<uuid:pk>", sheets.batch, name="import-batch"),
    path("l/<slug:code>/import/<uuid:pk>/wrong", sheets.wrong_rows, name="import-wrong"),
    path("l/<slug:code>/digests/<slug:name>", digests.digest, name="ledger-digest"),
    path("l/<slug:code>/<uuid:pk>/digests/<slug:name>", digests.digest, name="record-digest"),
    path("l/<slug:code>/new", editing.new, name="record-new"),
    path("l/<slug:code>/<uuid:pk>/", records.record_page, name="record"),
    path("l/<slug:code>/<uuid:pk>/edit", editing.edit, name="record-edit"),
    path("l/<slug:code>/<uuid:pk>/move", moving.move, name="record-move"),
    path("l/<slug:code>/<uuid:pk>/stage", moving.stage, name="record-stage"),
    path("l/<slug:code>/<uuid:pk>/correct", correcting.ask, name="record-correct"),
    path("l/<slug:code>/<uuid:pk>/remark", records.remark, name="record-remark"),
    path("l/<slug:code>/<uuid:pk>/delete", records.drop, name="record-delete"),
    path("l/<slug:code>/<uuid:pk>/lines/<slug:name>", records.lines, name="record-lines"),
    path("l/<slug:code>/<uuid:pk>/files", files.upload, name="record-files"),
    path("l/<slug:code>/<uuid:pk>/files/<uuid:item>", files.content, name="file"),
    path("l/<slug:code>/<uuid:pk>/files/<uuid:item>/remove", files.remove, name="file-remove"),
]
