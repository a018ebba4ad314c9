"""The WSGI entry point. Under ``jushi serve`` a worker thread of the same process runs background tasks: one program, nothing to set up."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jushi.site.settings")
application = get_wsgi_application()


def _work() -> None:
    """Run queued tasks until the process ends."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["default"], interval=2.0, batch=False, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=f"web-{os.getpid()}", excluded_queue_names=[],
    ).run()  # fmt: skip


if os.environ.get("JUSHI_WORKER") == "1":
    threading.Thread(target=_work, name="jushi-worker", daemon=True).start()
