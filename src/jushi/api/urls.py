"""The whole API: what accounts read, what devices send."""

from __future__ import annotations

from jushi.api import intake  # noqa: F401 - its address joins the API's
from jushi.api.routes import api

__all__ = ["api", "urlpatterns"]

urlpatterns, _, _ = api.urls
