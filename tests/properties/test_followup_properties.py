"""What holds for every ask, whatever the facts."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bywhen.followup.engine.ladder import PER_DAY, PER_WEEK, Judged, Line, capped, climb
from bywhen.followup.engine.message import body, paragraph, subject
from bywhen.followup.engine.tone import Tone, tone_findings
from bywhen.followup.selectors.catalogue import rule_list
from bywhen.kernel.asking import Fired, LoopFacts
from factories.loop_facts import TODAY

wordy = st.text(max_size=80) | st.lists(st.sampled_from(["a", "word", "of", "tests"]), max_size=60).map(" ".join)
names = st.sampled_from(["", "Ana", "Bo", "Lea"])
days = st.none() | st.integers(0, 40)
dates = st.none() | st.dates(date(2026, 10, 1), date(2027, 2, 1))
loops = st.builds(
    LoopFacts,
    loop=st.integers(1, 10**6),
    project=st.sampled_from(["erp", "web"]),
    kind=st.sampled_from(["action", "blocker", "question", "decision", "ask", "review"]),
    title=wordy,
    owner=names,
    waiting_on=names,
    waiting_on_text=wordy,
    due=dates,
    due_in_days=st.none() | st.integers(-60, 60),
    age_days=st.integers(0, 60),
    idle_days=st.integers(0, 60),
    moved_days_ago=days,
    asked_days_ago=days,
    asked_times=st.integers(0, 5),
    next_check=dates,
    pause_until=dates,
    next_turn_days=st.integers(0, 10),
    task=wordy,
    float_days=st.none() | st.floats(-50, 50, allow_nan=False),
    critical=st.booleans(),
    milestone=wordy,
    miss_on=dates,
)


def judged(facts):
    fired = ((rule.RULE, rule.judge(facts, TODAY)) for rule in rule_list())
    return Judged(facts, tuple((name, verdict) for name, verdict in fired if isinstance(verdict, Fired)))


@given(
    st.lists(loops, max_size=12, unique_by=lambda facts: facts.loop),
    st.dictionaries(names, st.lists(st.just(TODAY), max_size=4)),
)
def test_nobody_gets_two_messages_and_every_loop_is_asked_about_or_left_alone_once(facts, asked_on):
    fired = [each for each in map(judged, facts) if each.fired]
    ladder = climb(fired, leads={"erp": "Lea"}, asked_on=asked_on, today=TODAY)
    people = [ask.person for ask in ladder.asks]
    assert len(people) == len(set(people))
    assert "" not in people
    assert all(len(asked_on.get(person, [])) < PER_WEEK for person in people)
    told = [line.facts.loop for ask in ladder.asks for line in ask.lines] + [left.loop for left in ladder.quiet]
    assert sorted(told) == sorted(each.facts.loop for each in fired)


@given(st.integers(0, 6), st.data())
def test_asking_whenever_there_is_room_never_passes_the_caps(weekday, data):
    sent: list[date] = []
    for offset in range(28):
        today = TODAY + timedelta(days=weekday + offset)
        for _ in range(data.draw(st.integers(0, 5))):
            if not capped(sent, today):
                sent.append(today)
    for day in sent:
        monday = day - timedelta(days=day.weekday())
        assert sum(monday <= each < monday + timedelta(days=7) for each in sent) <= PER_WEEK
        assert sent.count(day) <= PER_DAY


@given(loops, names, st.sampled_from(Tone))
def test_a_message_about_one_item_is_short_plain_and_one_item_a_paragraph(facts, person, tone):
    for rule, fired in judged(facts).fired:
        words = paragraph(Line(facts, rule, fired, (fired.reason,)), person)
        message = body([words.text], tone)
        assert (
            tone_findings(message, items=2) == []
            or facts.title
            or facts.milestone
            or facts.task
            or facts.waiting_on_text
        )
        assert len(message.split()) <= 90
        assert words.text.split("\n")[0] == words.headline
        assert len(words.headline) <= 200
        assert "\n" not in subject([words.headline, words.headline])
        assert len(words.text.splitlines()) <= 5


@given(loops, st.sampled_from(Tone))
def test_the_words_that_are_our_own_never_cost_goodwill(facts, tone):
    ours = replace(facts, title="", task="", milestone="", waiting_on_text="")
    for rule, fired in judged(ours).fired:
        assert tone_findings(body([paragraph(Line(ours, rule, fired, (fired.reason,)), "Ana").text], tone)) == []
