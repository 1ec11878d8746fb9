from bywhen.intake.cues import cues_of

TEAMS = """WEBVTT

3f2504e0-4f89-11d3-9a0c-0305e82c3301/16-0
00:00:01.000 --> 00:00:03.500
<v Ana Bo>R&amp;D slips
by two weeks</v>

3f2504e0-4f89-11d3-9a0c-0305e82c3301/16-1
00:00:04.000 --> 00:00:05.000
<v Ana Bo>and <i>again</i></v>
"""


def said(text):
    return [(u.line, u.speaker, u.text) for u in cues_of(text).utterances]


def test_cues_keep_their_numbers_when_one_speaker_goes_on():
    assert said(TEAMS) == [(1, "Ana Bo", "R&D slips by two weeks"), (2, "Ana Bo", "and again")]


def test_times_are_seconds_when_hours_are_left_out():
    found = cues_of("WEBVTT\n\n01:02.500 --> 01:03.000\nhello\n").utterances[0]
    assert (found.start, found.end) == (62.5, 63.0)


def test_name_is_split_off_when_zoom_writes_it_before_the_words():
    assert said("WEBVTT\n\n1\n00:01.000 --> 00:02.000\nJane Doe: hi\n\n2\n00:02.000 --> 00:03.000\nAction: call\n") == [
        (1, "Jane Doe", "hi"),
        (2, "", "Action: call"),
    ]


def test_two_voices_are_two_utterances_when_they_share_a_cue():
    assert said("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>x</v>\n<v B>y</v>\n") == [(1, "A", "x"), (1, "B", "y")]


def test_markup_stays_text_when_it_was_escaped():
    assert said("WEBVTT\n\n00:01.000 --> 00:02.000\n&lt;script&gt;1 &lt; 2\n") == [(1, "", "<script>1 < 2")]


def test_numbering_holds_when_cues_are_empty_broken_or_unparted():
    text = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n\n2\n0x --> 00:03.000\nbroken\n3\n00:03.000 --> 00:04.000\nthird\n\nstray\n"
    found = cues_of(text)
    assert [(u.line, u.text) for u in found.utterances] == [(2, "broken"), (3, "third")]
    assert [each.reason for each in found.skipped] == ["the cue is empty", "it stands outside of a cue: stray"]
    assert [each.rule for each in found.findings] == ["cue-time-unreadable"]


def test_notes_and_styles_are_told_when_they_are_passed_over():
    found = cues_of("WEBVTT\n\nSTYLE\n::cue{}\n\nNOTE see a --> b\n\n00:01.000 --> 00:02.000\nx\n")
    assert [u.line for u in found.utterances] == [1]
    assert len(found.skipped) == 2


def test_words_are_kept_when_the_arrow_of_a_cue_is_damaged():
    found = cues_of("WEBVTT\n\n00:01.000 -> 00:04.000\n<v Ana>First</v>\n\n00:05.000 --> 00:06.000\n<v Bo>Next</v>\n")
    assert [(each.line, each.speaker, each.text) for each in found.utterances] == [
        (1, "Ana", "First"),
        (2, "Bo", "Next"),
    ]
    assert [each.rule for each in found.findings] == ["cue-time-unreadable"]


def test_a_line_with_figures_is_no_timing_when_it_is_said():
    assert said("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana>From 10:00\n to 11:00 - 12:00 or so</v>\n") == [
        (1, "Ana", "From 10:00 to 11:00 - 12:00 or so")
    ]
