"""What the votes of a change board amount to. Pure.

What does not live here: who votes, and the decision itself, which a person records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bywhen.kernel.wording import counted

VOTES = ("for", "against", "abstain")


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes counted. ``missing`` approvers have not voted; ``quorum`` is how many must have."""

    in_favour: int
    against: int
    abstained: int
    missing: int
    quorum: int

    @property
    def cast(self) -> int:
        """How many voted; an abstention counts as being there."""
        return self.in_favour + self.against + self.abstained

    @property
    def reached(self) -> bool:
        """Whether enough have voted."""
        return self.cast >= self.quorum

    @property
    def outcome(self) -> str:
        """``approved`` with more votes for than against, ``rejected`` with more against, ``tied``, or ``waiting`` until
        the quorum is there; '' when nobody is asked to vote.
        """
        if not self.cast + self.missing:
            return ""
        if not self.reached:
            return "waiting"
        if self.in_favour == self.against:
            return "tied"
        return "approved" if self.in_favour > self.against else "rejected"

    @property
    def words(self) -> str:
        """The count in words.

        >>> tally(("for", "for", "", "against"), 0).words
        '2 for, 1 against, 1 missing; the quorum of 3 is reached'
        """
        if not self.cast + self.missing:
            return "nobody is asked to vote"
        parts = ((self.in_favour, "for"), (self.against, "against"), (self.abstained, "abstained"))
        said = [f"{count} {word}" for count, word in parts if count]
        said += [f"{self.missing} missing"] if self.missing else []
        short = self.quorum - self.cast
        quorum = (
            f"the quorum of {self.quorum} is reached" if self.reached else f"{counted(short, 'vote')} to the quorum"
        )
        return f"{', '.join(said)}; {quorum}"


def tally(votes: Sequence[str], quorum: int) -> Tally:
    """Count the votes, one an approver, '' for one that is missing. A quorum of 0 means more than half of them, and no
    quorum is larger than the board.

    >>> tally(("for", "against", "", ""), 0).outcome, tally(("for", "for", "", "against"), 3).outcome
    ('waiting', 'approved')
    """
    needed = min(quorum, len(votes)) if quorum else len(votes) // 2 + 1 if votes else 0
    in_favour, against, abstained = (sum(vote == each for vote in votes) for each in VOTES)
    missing = len(votes) - in_favour - against - abstained
    return Tally(in_favour, against, abstained, missing, needed)
