"""A page of a list is read in its order from one index (date, then id); rows that wait to be confirmed are counted from an index of theirs."""

from django.db import migrations, models

from jushi.kernel.tables import Together

# model, prefix of its index names, the dates that ledgers stand in order of
LISTED = (
    ("base", "base", "built_on"),
    ("facility", "fac", "built_on"),
    ("observation", "obs", "observed_at"),
    ("production", "prod", "starts_on"),
    ("linkage", "link", "starts_on"),
    ("case", "case", "raised_on closed_on"),
    ("document", "doc", "drafted_on issued_on due_on"),
    ("stock", "stock", "moved_on"),
    ("planitem", "plan", "assigned_on due_on"),
    ("routine", "routine", "starts_on"),
    ("assessment", "assess", "held_on"),
    ("project", "proj", "collected_on approved_on signed_on"),
    ("agreement", "agree", "signed_on"),
    ("fundflow", "fund", "occurred_on approved_on assigned_on received_on paid_on"),
    ("organisation", "org", "registered_on"),
    ("designation", "desig", "recommended_on starts_on"),
    ("household", "house", "registered_on"),
    ("group", "group", "starts_on"),
    ("agritech", "agri", "introduced_on issued_on"),
    ("scheme", "scheme", "starts_on"),
    ("call", "call", "received_on"),
    ("application", "app", "submitted_on"),
    ("recognition", "recog", "granted_on"),
    ("survey", "survey", "opens_on"),
    ("return", "ret", "submitted_on"),
    ("externalfigure", "ext", "as_of"),
)
# such a date with the fields that figures ask for behind it
COUNTED = (
    ("activity", "act", "held_on", "state area theme organisation household designation"),
    ("assessment", "assess", "year", "state"),
    ("person", "person", "year", "state"),
    ("ipright", "ip", "applied_on", "state type"),
)
PENDING = (
    ("activity", "act"),
    ("base", "base"),
    ("facility", "fac"),
    ("plot", "plot"),
    ("sample", "sample"),
    ("observation", "obs"),
    ("production", "prod"),
    ("linkage", "link"),
    ("case", "case"),
    ("document", "doc"),
    ("stock", "stock"),
    ("planitem", "plan"),
    ("routine", "routine"),
    ("assessment", "assess"),
    ("project", "proj"),
    ("agreement", "agree"),
    ("fundflow", "fund"),
    ("organisation", "org"),
    ("person", "person"),
    ("designation", "desig"),
    ("household", "house"),
    ("group", "group"),
    ("ipright", "ip"),
    ("achievement", "achv"),
    ("agritech", "agri"),
    ("scheme", "scheme"),
    ("call", "call"),
    ("application", "app"),
    ("recognition", "recog"),
    ("platform", "plat"),
    ("survey", "survey"),
    ("return", "ret"),
    ("externalfigure", "ext"),
)
ORDERED = [
    *((model, prefix, day, ()) for model, prefix, days in LISTED for day in days.split()),
    *((model, prefix, day, tuple(rest.split())) for model, prefix, day, rest in COUNTED),
]
WAITING = models.Q(("state", "pending"))


class Migration(migrations.Migration):
    dependencies = [("entities", "0005_lean_indexes")]

    operations = [
        Together(
            [
                *(migrations.RemoveIndex(model, f"e_{prefix}_{day}") for model, prefix, day, _ in ORDERED),
                *(
                    migrations.AddIndex(model, models.Index(fields=["county", "kind", day, "id", *rest], name=f"e_{prefix}_{day}"))
                    for model, prefix, day, rest in ORDERED
                ),
                *(
                    migrations.AddIndex(model, models.Index(fields=["county", "state", "kind"], name=f"e_{prefix}_pending", condition=WAITING))
                    for model, prefix in PENDING
                ),
            ]
        ),
    ]
