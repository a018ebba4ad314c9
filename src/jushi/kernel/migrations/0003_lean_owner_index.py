"""Lines of rows that belong to no other stand in no index of owners: most lines do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_search")]

    operations = [
        migrations.RemoveIndex("changeline", "change_county_owner"),
        migrations.AddIndex(
            "changeline",
            models.Index(fields=["county", "owner_id"], name="change_county_owner", condition=models.Q(("owner_id__isnull", False))),
        ),
    ]
