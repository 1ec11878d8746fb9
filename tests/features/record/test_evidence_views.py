"""A place in a source, shown in its context; the source as it came."""

import hashlib
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.record.services.sources import source_keep

pytestmark = pytest.mark.django_db
NOTES = b"# Weekly sync\n\n- Ana: one\n- Bo: two\n- Ana: <b>three</b>\n- Bo: four\n- Ana: five\n- Bo: six\n- Ana: seven\n- Bo: eight\n"
RAID = b"id,type,title,owner,due\nA-1,action,Sign the terms,Ana Duarte,2026-11-20\n"


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(date(2026, 11, 23))):
        yield


@pytest.fixture
def reader(client):
    client.force_login(get_user_model().objects.create_user("owner"))
    return client


def kept(name, data, kind="transcript"):
    return source_keep(name=name, data=data, sha256=hashlib.sha256(data).hexdigest(), kind=kind)[0]


def shown(reader, source, place):
    address = reverse("record:evidence", args=[source.sha256])
    return reader.get(address, {"place": place}, headers={"HX-Request": "true"}).content.decode()


def test_line_stands_between_its_neighbours_when_it_is_cited(reader):
    page = shown(reader, kept("notes.md", NOTES), "line 5")
    assert page.count("<li") == 7
    assert page.count('class="cited"') == 1
    assert "&lt;b&gt;three&lt;/b&gt;" in page


def test_row_shows_its_columns_when_it_is_cited(reader):
    page = shown(reader, kept("raid.csv", RAID, "raid"), "line 2")
    assert "Sign the terms" in page
    assert "Ana Duarte" in page


def test_place_that_is_not_there_is_told_when_it_is_asked_for(reader):
    assert "holds no such place" in shown(reader, kept("notes.md", NOTES), "line 4000")


def test_original_is_saved_and_never_run_when_it_is_downloaded(reader):
    source = kept('a"b\r\n.html', b"<script>alert(1)</script>")
    answer = reader.get(reverse("record:original", args=[source.sha256]))
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ab.html"'
    assert answer.headers["Content-Security-Policy"] == "sandbox"


def test_unknown_source_is_not_found_when_asked_for(reader):
    assert reader.get(reverse("record:evidence", args=["0" * 64])).status_code == 404
