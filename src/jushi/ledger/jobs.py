"""Long work in the background: imports of many rows run as tasks, with progress, under the scope of whoever asked."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from jushi.kernel import scope
from jushi.kernel.models import Bureau, User
from jushi.ledger import registry, store
from jushi.ledger.models import ImportBatch
from jushi.ledger.sheets import batches
from jushi.ledger.sheets.reading import UnreadableSheetError
from jushi.ledger.store import RefusedError

MANY = 2000  # rows beyond which an import runs in the background


@task()
def import_batch(batch_id: str, county: str, user_id: int | None, office_id: str, state: str) -> str:
    """Carry out an import; what went wrong is kept in the batch for its page to show."""
    user = User.objects.get(pk=user_id) if user_id else None
    name = user.full_name or user.username if user else "系统"
    with scope.use(scope.of_counties([county], name, user_id)):
        batch = ImportBatch.objects.get(pk=UUID(batch_id))
        bureau = Bureau.objects.select_related("area").get(county=county)
        author = store.author_for(registry.get(batch.ledger), bureau, user)
        if office_id:
            author = store.Author(bureau, author.office.__class__.objects.get(pk=UUID(office_id)), user)
        try:
            batches.confirm(batch, author, state=state)
        except (RefusedError, UnreadableSheetError) as error:
            batch.refresh_from_db()
            batches.revise(batch, state="failed", summary={"error": str(error)})
    return batch_id
