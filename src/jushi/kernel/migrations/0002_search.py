"""The full-text index behind kernel_searchentry: FTS5 on SQLite, GIN on PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE kernel_searchfts USING fts5(grams, content='kernel_searchentry', content_rowid='id')",
    ],
    "postgresql": [
        "CREATE INDEX kernel_search_grams ON kernel_searchentry USING gin (to_tsvector('simple'::regconfig, grams))",
    ],
}
UNDO = {"sqlite": ["DROP TABLE kernel_searchfts"], "postgresql": ["DROP INDEX kernel_search_grams"]}


def make(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in MAKE.get(editor.connection.vendor, []):
        editor.execute(statement)


def undo(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNDO.get(editor.connection.vendor, []):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(make, undo)]
