"""Links that are empty stand in no index; what figures ask of activities and their yields stands in one."""

from django.db import migrations, models

from jushi.kernel.tables import Together

# model, prefix of its names, links followed backwards
LINKS = (
    ("activity", "act", "host speaker organisation household base project designation plan_item"),
    ("base", "base", "operator project"),
    ("facility", "fac", "base parent"),
    ("plot", "plot", "base parent agritech"),
    ("sample", "sample", "base plot"),
    ("observation", "obs", "base"),
    ("production", "prod", "base organisation household project"),
    ("linkage", "link", "household organisation project group"),
    ("case", "case", "owner_user organisation household person project source_activity"),
    ("document", "doc", "activity project routine"),
    ("stock", "stock", "document activity"),
    ("planitem", "plan", "parent carried_from answers project"),
    ("assessment", "assess", "person organisation project application designation"),
    ("project", "proj", "scheme application parent organisation investor"),
    ("agreement", "agree", "organisation counterparty project"),
    ("fundflow", "fund", "scheme application project payee payer agreement case"),
    ("organisation", "org", "parent"),
    ("person", "person", "organisation"),
    ("designation", "desig", "person organisation group host"),
    ("household", "house", "helper"),
    ("group", "group", "leader host"),
    ("ipright", "ip", "owner project achievement"),
    ("achievement", "achv", "organisation project"),
    ("agritech", "agri", "base organisation"),
    ("scheme", "scheme", "parent"),
    ("call", "call", "scheme"),
    ("application", "app", "scheme call organisation person platform project"),
    ("recognition", "recog", "scheme application organisation person platform achievement agritech"),
    ("platform", "plat", "host operator"),
    ("return", "ret", "survey organisation"),
)
HELD = ("held_on", "state", "id", "area", "theme", "organisation", "household", "designation")
YIELD = ("activity", "measure", "item_class", "quantity")


def _link(prefix: str, name: str) -> models.Index:
    condition = models.Q((f"{name}__isnull", False))
    return models.Index(fields=["county", name], name=f"e_{prefix}_r_{name}", condition=condition)


LEAN = [(model, _link(prefix, name)) for model, prefix, names in LINKS for name in names.split()]
WIDE = [
    ("activity", models.Index(fields=["county", "kind", *HELD], name="e_act_held_on")),
    ("activityoutput", models.Index(fields=["county", *YIELD], name="e_acto_activity")),
]


class Migration(migrations.Migration):
    dependencies = [("entities", "0004_void_keys")]

    operations = [
        Together(
            [
                *(migrations.RemoveIndex(model, index.name) for model, index in (*LEAN, *WIDE)),
                *(migrations.AddIndex(model, index) for model, index in (*LEAN, *WIDE)),
            ]
        ),
    ]
