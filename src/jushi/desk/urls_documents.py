"""Addresses of documents and their templates."""

from __future__ import annotations

from django.urls import path

from jushi.desk.views.documents import edition, editions, new, step
from jushi.desk.views.documents_figures import drift, figure
from jushi.desk.views.documents_files import export, pack
from jushi.desk.views.documents_templates import copy, edit, sentence, template, templates
from jushi.desk.views.documents_writing import hand_in, notes, section, sentences

urlpatterns = [
    path("documents/", editions, name="editions"),
    path("documents/new", new, name="edition-new"),
    path("documents/sentence", sentence, name="sentence-check"),
    path("documents/templates/", templates, name="templates"),
    path("documents/templates/<slug:code>/", template, name="template"),
    path("documents/templates/<slug:code>/copy", copy, name="template-copy"),
    path("documents/templates/<slug:code>/edit", edit, name="template-edit"),
    path("documents/<uuid:pk>/", edition, name="edition"),
    path("documents/<uuid:pk>/figure/<str:code>", figure, name="edition-figure"),
    path("documents/<uuid:pk>/drift", drift, name="edition-drift"),
    path("documents/<uuid:pk>/section/<str:key>", section, name="edition-section"),
    path("documents/<uuid:pk>/section/<str:key>/notes", notes, name="edition-notes"),
    path("documents/<uuid:pk>/section/<str:key>/sentences", sentences, name="edition-sentences"),
    path("documents/<uuid:pk>/section/<str:key>/state", hand_in, name="edition-hand-in"),
    path("documents/<uuid:pk>/step", step, name="edition-step"),
    path("documents/<uuid:pk>/export/<slug:kind>", export, name="edition-export"),
    path("documents/<uuid:pk>/pack", pack, name="edition-pack"),
]
