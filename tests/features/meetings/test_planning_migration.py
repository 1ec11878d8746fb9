"""Workspaces of before: their series get a calendar entry of their own, their meetings the start that the rule gives."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = [("meetings", "0004_decision_words")], [("meetings", "0006_meeting_invited_alone")]


@pytest.mark.django_db(transaction=True)
def test_moved_meeting_finds_its_place_in_the_series_when_an_old_workspace_is_opened():
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        old = _migrated(BEFORE)
        portfolio = old.get_model("record", "Portfolio").objects.create(name="P")
        project = old.get_model("record", "Project").objects.create(portfolio=portfolio, key="p", name="P")
        first = datetime(2027, 3, 16, 9)
        series = [
            old.get_model("meetings", "Series").objects.create(
                project=project,
                kind="status",
                title=f"S{number}",
                first=first,
                zone="Europe/Berlin",
                rule="FREQ=WEEKLY",
                minutes=60,
            )
            for number in range(2)
        ]
        for start, moved in ((first, 8), (datetime(2027, 3, 30, 9), 15)):
            digest = sha256(f"series|{series[0].pk}|{start.isoformat()}".encode()).hexdigest()
            old.get_model("meetings", "PlannedMeeting").objects.create(
                project=project,
                series=series[0],
                kind="status",
                title="S",
                zone="Europe/Berlin",
                minutes=60,
                start=datetime(2027, start.month, start.day, moved, tzinfo=UTC),
                uid=f"{digest[:40]}@bywhen",
            )
        new = _migrated(AFTER)
        uids = set(new.get_model("meetings", "Series").objects.values_list("uid", flat=True))
        assert len(uids) == 2
        assert all(uid.endswith("@bywhen") for uid in uids)
        found = new.get_model("meetings", "PlannedMeeting").objects.order_by("start").values_list("occurs", flat=True)
        assert list(found) == [first, datetime(2027, 3, 30, 9)]
    finally:
        _migrated(latest)


def _migrated(target):
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps
