"""The words of the decisions and the database's full-text index on them.

On SQLite the index follows the table by triggers; a later migration that rebuilds the table must make them again.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from bywhen.meetings.engine.searching import words_kept

SQLITE = (
    "CREATE VIRTUAL TABLE meetings_decisionsearch USING fts5("
    "words, content='meetings_decisionwords', content_rowid='decision_id', tokenize='unicode61')",
    "CREATE TRIGGER meetings_decisionwords_insert AFTER INSERT ON meetings_decisionwords BEGIN"
    " INSERT INTO meetings_decisionsearch(rowid, words) VALUES (new.decision_id, new.words); END",
    "CREATE TRIGGER meetings_decisionwords_delete AFTER DELETE ON meetings_decisionwords BEGIN"
    " INSERT INTO meetings_decisionsearch(meetings_decisionsearch, rowid, words)"
    " VALUES ('delete', old.decision_id, old.words); END",
    "CREATE TRIGGER meetings_decisionwords_update AFTER UPDATE ON meetings_decisionwords BEGIN"
    " INSERT INTO meetings_decisionsearch(meetings_decisionsearch, rowid, words)"
    " VALUES ('delete', old.decision_id, old.words);"
    " INSERT INTO meetings_decisionsearch(rowid, words) VALUES (new.decision_id, new.words); END",
)
POSTGRESQL = (
    "CREATE INDEX meetings_decisionwords_search ON meetings_decisionwords"
    " USING gin (array_to_tsvector(string_to_array(words, ' ')))",
)
BACK = {
    "sqlite": (
        *(f"DROP TRIGGER meetings_decisionwords_{each}" for each in ("insert", "delete", "update")),
        "DROP TABLE meetings_decisionsearch",
    ),
    "postgresql": ("DROP INDEX meetings_decisionwords_search",),
}


def index_make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The full-text index of this database."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def index_drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Back: the table stays without an index."""
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def words_fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The words of the decisions that are on record already."""
    decisions = apps.get_model("meetings", "Decision").objects.select_related("meeting").prefetch_related("quotes")
    kept = apps.get_model("meetings", "DecisionWords").objects
    for each in decisions:
        quotes = [part for quote in each.quotes.all() for part in (quote.speaker, quote.text)]
        meeting = each.meeting.title if each.meeting else ""
        kept.create(decision=each, words=words_kept(each.text, each.decided_by, meeting, each.options, *quotes))


class Migration(migrations.Migration):

    dependencies = [
        ("meetings", "0003_planning"),
        ("record", "0003_communication"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionWords",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="meetings.decision",
                    ),
                ),
                ("words", models.TextField()),
            ],
        ),
        migrations.RunPython(index_make, index_drop),
        migrations.RunPython(words_fill, migrations.RunPython.noop),
    ]
