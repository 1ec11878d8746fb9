"""Every rule of the status linter, in the order in which a reader would ask. One line here, one file in ``rules/``."""

from __future__ import annotations

from bywhen.reports.lint.rules.blame import Blame
from bywhen.reports.lint.rules.delay_without_size import DelayWithoutSize
from bywhen.reports.lint.rules.empty_update import EmptyUpdate
from bywhen.reports.lint.rules.figure_without_comparison import FigureWithoutComparison
from bywhen.reports.lint.rules.figure_without_source import FigureWithoutSource
from bywhen.reports.lint.rules.hope import Hope
from bywhen.reports.lint.rules.loose_date import LooseDate
from bywhen.reports.lint.rules.on_track_without_figure import OnTrackWithoutFigure
from bywhen.reports.lint.rules.owner_is_nobody import OwnerIsNobody
from bywhen.reports.lint.rules.repeated_wording import RepeatedWording
from bywhen.reports.lint.rules.trouble_incomplete import TroubleIncomplete
from bywhen.reports.lint.rules.vague_amount import VagueAmount
from bywhen.reports.lint.statement import LintRule

RULES: tuple[LintRule, ...] = (
    EmptyUpdate(),
    RepeatedWording(),
    OnTrackWithoutFigure(),
    DelayWithoutSize(),
    VagueAmount(),
    LooseDate(),
    Hope(),
    OwnerIsNobody(),
    TroubleIncomplete(),
    FigureWithoutComparison(),
    FigureWithoutSource(),
    Blame(),
)
