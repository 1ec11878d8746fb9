"""Reading quotes with the rows that cite them, never with the bytes of their sources."""

from __future__ import annotations

from django.db.models import Prefetch

from bywhen.record.models import Quote


def quotes_cited(path: str = "quotes") -> Prefetch[str]:
    """The prefetch for rows that show their evidence: ``path`` leads to their quotes; sources come without content."""
    cited = Quote.objects.select_related("source").defer("source__content")
    return Prefetch(path, queryset=cited)
