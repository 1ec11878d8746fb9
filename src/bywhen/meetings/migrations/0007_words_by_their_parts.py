"""The words of the decisions anew, so that they are found by any part; the index follows by itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from bywhen.meetings.engine.searching import words_kept


def words_fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each decision's words as they are kept now."""
    decisions = apps.get_model("meetings", "Decision").objects.select_related("meeting").prefetch_related("quotes")
    kept = apps.get_model("meetings", "DecisionWords").objects
    for each in decisions:
        quotes = [part for quote in each.quotes.all() for part in (quote.speaker, quote.text)]
        meeting = each.meeting.title if each.meeting else ""
        words = words_kept(each.text, each.decided_by, meeting, each.options, *quotes)
        kept.update_or_create(decision=each, defaults={"words": words})


class Migration(migrations.Migration):

    dependencies = [("meetings", "0006_meeting_invited_alone")]

    operations = [migrations.RunPython(words_fill, migrations.RunPython.noop)]
