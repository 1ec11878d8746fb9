from bywhen.kernel.counts import Counts


def test_the_law_holds_by_construction():
    counts = Counts(created=2, updated=1, unchanged=4)
    counts.skip("row 9", "no title")
    assert counts.read == 8
    assert counts.changed
    assert not Counts(unchanged=3).changed
