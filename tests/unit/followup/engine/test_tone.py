import pytest

from bywhen.followup.engine.tone import Tone, tone_findings, tone_of


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("You still haven't sent it.", "tone-blame"),
        ("You have failed to deliver.", "tone-blame"),
        ("This is late because of you.", "tone-blame"),
        ("As I already mentioned, we need it.", "tone-reproach"),
        ("Once again: please answer.", "tone-reproach"),
        ("Everyone else has answered.", "tone-ranking"),
        ("This is unacceptable.", "tone-shame"),
        ("Answer, or else.", "tone-threat"),
        ("This will be escalated.", "tone-threat"),
        ("Please answer ASAP.", "tone-shouting"),
        ("Please answer!!", "tone-shouting"),
        ("Obviously it is late.", "tone-sarcasm"),
        ("Just checking in on this.", "tone-vagueness"),
        ("Any update?", "tone-vagueness"),
    ],
)
def test_a_harsh_sentence_is_found(text, rule):
    assert [finding.rule for finding in tone_findings(text)] == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "By Fri 27 Nov 2026: sign the contract\nWhich day will it be done?",
        "UAT moves by a day for each day it waits.",
        "It blocks 'Urgent fix of the obviously broken import', which has no float left.",
    ],
)
def test_a_plain_message_has_no_findings(text):
    assert tone_findings(text) == []


def test_the_advice_says_what_to_do_instead():
    assert tone_findings("Answer ASAP, please.")[0].text == "'ASAP': give a day instead."


def test_a_long_message_is_found_only_when_it_is_about_one_item():
    assert [finding.rule for finding in tone_findings("word " * 91)] == ["tone-length"]
    assert tone_findings("word " * 90) == tone_findings("word " * 91, items=2) == []


@pytest.mark.parametrize("seniority", ["Lead", "senior engineer", "CTO", "VP Engineering", "Principal", "Head of QA"])
def test_senior_people_get_the_short_tone(seniority):
    assert tone_of(seniority) is Tone.SENIOR


@pytest.mark.parametrize("seniority", ["", "junior", "engineer", "leadership trainee"])
def test_everybody_else_gets_the_peers_tone(seniority):
    assert tone_of(seniority) is Tone.PEER
