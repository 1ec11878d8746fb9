import pytest

from bywhen.intake.effort import is_estimated, read_duration, read_link, read_milestone_word, split_links, unit_of
from bywhen.kernel.durations import DurationUnit
from bywhen.kernel.plan import LinkType


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("5 days", 2400), ("5 days?", 2400), ("2 wks", 4800), ("3 Tage", 1440), ("1 jour", 480), ("4 hrs", 240), ("1,5 d", 720), ("0 days", 0),
     ("2d 3h", 1140), ("-3d 5h", -1740), ("1 Woche", 2400), ("8", 3840)],
)  # fmt: skip
def test_duration_is_working_minutes_when_it_is_typed(text, minutes):
    assert read_duration(text).minutes == minutes


def test_duration_is_elapsed_when_an_e_leads_its_unit():
    assert read_duration("3 edays").unit is DurationUnit.ELAPSED
    assert read_duration("2 eTage").minutes == 2880


@pytest.mark.parametrize("text", ["", "soon", "5 parsecs", "1d 2ed"])
def test_duration_is_none_when_the_text_is_none(text):
    assert read_duration(text) is None


def test_number_takes_the_heading_s_unit_when_it_has_none():
    assert read_duration(3.0, unit_of("Effort (hours)")).minutes == 180
    assert is_estimated("5 days?")


@pytest.mark.parametrize(
    ("text", "ref", "kind", "minutes", "unit"),
    [("3", "3", "FS", 0, "working"), ("3FS+2d", "3", "FS", 960, "working"), ("5SS", "5", "SS", 0, "working"), ("12FF-1 wk", "12", "FF", -2400, "working"),
     ("4SF+1ed", "4", "SF", 1440, "elapsed"), ("7SS+50%", "7", "SS", 50, "percent"), ("3EA+1 Tag", "3", "FS", 480, "working"), ("FS8", "8", "FS", 0, "working"),
     ("A1010 FF", "A1010", "FF", 0, "working"), ("3+2d", "3", "FS", 960, "working")],
)  # fmt: skip
def test_link_is_read_when_it_is_typed_in_a_usual_way(text, ref, kind, minutes, unit):
    link = read_link(text)
    assert (link.ref, link.type, link.lag.minutes, link.lag.unit.value) == (ref, LinkType(kind), minutes, unit)


@pytest.mark.parametrize(
    "name", ["Hand over to staff", "Build API", "Sign-off", "Go-live 2", "Tariffs", "Phase 2 - ASS"]
)
def test_name_stays_whole_when_it_ends_like_a_link_type(name):
    assert read_link(name).ref == name


def test_links_are_split_when_commas_or_semicolons_part_them():
    assert split_links("2;3FS+1d") == ["2", "3FS+1d"]
    assert split_links("2,3") == ["2", "3"]
    assert split_links("3FS+1,5d;4") == ["3FS+1,5d", "4"]
    assert split_links("3FS+2 days,5SS") == ["3FS+2 days", "5SS"]


def test_flag_is_unknown_when_the_word_is_neither_yes_nor_no():
    assert read_milestone_word("ja") is True
    assert read_milestone_word("No") is False
    assert read_milestone_word("maybe") is None
