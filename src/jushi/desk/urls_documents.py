"""Addresses of documents and their templates."""

from __future__ import annotations

from django.urls import path

from jushi.desk.views import documents, documents_figures, documents_files, documents_templates, documents_writing

urlpatterns = [
    path("documents/", documents.editions, name="editions"),
    path("documents/new", documents.new, name="edition-new"),
    path("documents/sentence", documents_templates.sentence, name="sentence-check"),
    path("documents/templates/", documents_templates.templates, name="templates"),
    path("documents/templates/<slug:code>/", documents_templates.template, name="template"),
    path("documents/templates/<slug:code>/copy", documents_templates.copy, name="template-copy"),
    path("documents/templates/<slug:code>/edit", documents_templates.edit, name="template-edit"),
    path("documents/<uuid:pk>/", documents.edition, name="edition"),
    path("documents/<uuid:pk>/figure/<str:code>", documents_figures.figure, name="edition-figure"),
    path("documents/<uuid:pk>/drift", documents_figures.drift, name="edition-drift"),
    path("documents/<uuid:pk>/section/<str:key>", documents_writing.section, name="edition-section"),
    path("documents/<uuid:pk>/section/<str:key>/notes", documents_writing.notes, name="edition-notes"),
    path("documents/<uuid:pk>/section/<str:key>/sentences", documents_writing.sentences, name="edition-sentences"),
    path("documents/<uuid:pk>/section/<str:key>/state", documents_writing.hand_in, name="edition-hand-in"),
    path("documents/<uuid:pk>/step", documents.step, name="edition-step"),
    path("documents/<uuid:pk>/export/<slug:kind>", documents_files.export, name="edition-export"),
    path("documents/<uuid:pk>/pack", documents_files.pack, name="edition-pack"),
]
