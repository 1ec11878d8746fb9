"""The words of task names and of what is said about them: stems, abbreviations, acronyms, words that tell nothing.

What does not live here: which task is meant (:mod:`bywhen.meetings.engine.linking`).
"""

# ruff: noqa: E501, RUF001 - word lists stay whole, and people type quotes of every kind
from __future__ import annotations

import re
from itertools import pairwise

_FUNCTION_WORDS = """
the a an of to for and or in on at by with from our we i it is be will shall should this that these those task work
item milestone date dates due two three week weeks day days month months next until till over them us he she they
you need needs have has had agreed decided think so just going get got do does done can could would also all up out
as if then there here what which who please let let's i'll we'll before after end about into more not no yes one
push pushed move moved slip slipped delay delayed
"""
_STOP = frozenset(_FUNCTION_WORDS.split())
_SUFFIXES = (
    "isations", "izations", "isation", "ization", "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies",
    "als", "al", "ers", "er", "ed", "es", "ly", "s", "y", "e",
)  # fmt: skip
_SAME = {
    "ac": "accept", "comm": "communicat", "comms": "communicat", "docs": "document", "doc": "document", "spec": "specif", "env": "environ",
    "db": "databas", "prod": "product", "infra": "infrastructur", "req": "requir", "reqs": "requir", "sign": "sign",
    "signoff": "sign", "golive": "live", "rollout": "roll", "cut": "cut", "cutover": "cutov", "config": "configur",
    "auth": "authenticat", "perf": "perform", "dev": "develop", "mig": "migr", "pen": "penetr", "sec": "secur",
    "deliver": "deliv", "deliveri": "deliv", "admin": "administr", "int": "integr", "ui": "ui", "prep": "prepar",
    "e2e": "end-to-end", "tests": "test", "closure": "clo",
}  # fmt: skip
_SHORT = {
    "app": "application", "apps": "applications", "cert": "certificate", "certs": "certificates", "comms": "communication",
    "mgmt": "management", "ops": "operations", "sched": "schedule", "sys": "system", "vuln": "vulnerability", "dept": "department",
    "eval": "evaluation", "arch": "architecture", "repo": "repository", "maint": "maintenance", "org": "organisation", "biz": "business",
    "pentest": "penetration test", "pentests": "penetration test", "a11y": "accessibility", "i18n": "internationalisation",
    "sso": "single sign on", "k8s": "kubernetes", "datacentre": "data centre", "datacenter": "data centre", "center": "centre",
}  # fmt: skip
"""Written short or in another spelling; each stands for its full words."""
_SAID_OF_ANY_TASK = """
isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't can't couldn't won't wouldn't shouldn't was
were been being am yet still again already only just currently now soon probably maybe really pretty very too much
many quite rather actually basically taking take takes took longer than thought another round waiting wait waits
blocked stuck failed fail fails failing booked finish finished finishes starts started starting begin begins began
late later behind ahead early risk issue issues problem problems went going gone goes badly well good fine bad great
track hold complete completed running run runs looks looking come coming came comes status progress percent
scheduled expected extended people everyone everybody guys today tomorrow yesterday morning weekend monday tuesday
wednesday thursday friday january february march april may june july august september october november december some
any few lot lots bit back off like say said says know want wants make makes made sure time because but since while
when where are ready rest open closed
"""
SMALL_TALK = frozenset(_SAID_OF_ANY_TASK.split())
"""What is said of any task: counts only where a task of the plan is named so."""


def stem(word: str) -> str:
    """A word without its ending, so that "delivery", "delivered" and "deliver" meet.

    >>> stem("migration") == stem("migrate"), stem("testing") == stem("tests")
    (True, True)
    """
    word = word.casefold()
    if word in _SAME:
        return _SAME[word]
    for _ in range(2):
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 3:
                word = word[: -len(suffix)]
                break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return _SAME.get(word, word[:-2] if word.endswith("at") and len(word) > 5 else word)


ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "i": "1", "ii": "2", "iii": "3", "iv": "4"}
_VAGUE_NOUNS = """
plan review meeting document report project system phase stage thing test design work part process step date
"""
SAYS_LITTLE = frozenset(map(stem, _VAGUE_NOUNS.split()))
_WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_]+(?:['’][^\W_]+)?")


def terms(text: str) -> list[str]:
    """The telling words, stemmed; a version number is one word.

    >>> terms("Release 1.1 of the app") == terms("release 1.1 of an application")
    True
    """
    found = (w.casefold().replace("’", "'") for w in _WORD.findall(text.replace("-", " ")))
    whole = (part for w in found for part in _SHORT.get(w, w).split())
    return [ORDINALS.get(w) or stem(w) for w in whole if w not in _STOP]


def acronyms(name: str) -> dict[str, tuple[str, ...]]:
    """The acronyms of runs of two to four words, in lower case, with the terms they stand for; of two letters in
    capitals, because only so they are told from words ("DR", not "it").
    """
    words = re.findall(r"[^\W\d_]+", name)
    out: dict[str, tuple[str, ...]] = {}
    for length in (2, 3, 4):
        for begin in range(len(words) - length + 1):
            run = words[begin : begin + length]
            short = "".join(w[0] for w in run)
            out[short.casefold() if length > 2 else short.upper()] = tuple(stem(w) for w in run)
    return out


def compounds(name: str) -> dict[str, tuple[str, ...]]:
    """Neighbouring words written as one, with their terms: "kickoff" for a kick-off.

    >>> compounds("Kick-off meeting")["kickoff"]
    ('kick', 'off')
    """
    words = [w.casefold() for w in re.findall(r"[^\W\d_]+", name)]
    return {a + b: (stem(a), stem(b)) for a, b in pairwise(words) if len(a + b) > 5}
