from bywhen.kernel.evidence import quote_stands


def test_white_space_is_forgiven_and_nothing_else():
    said = "We agreed to push\nthe  API delivery two weeks."
    assert quote_stands("push the API delivery", said)
    assert not quote_stands("push the api delivery", said)
    assert not quote_stands("pull the API delivery", said)


def test_an_empty_quote_never_stands():
    assert not quote_stands("  ", "anything")
