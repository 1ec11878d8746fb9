from datetime import date

import pytest

from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.record.engine.payloads import ChangePayload
from bywhen.schedule.forms import change_fields, change_read, version_expected


@pytest.mark.parametrize(
    "payload",
    [
        ChangePayload(7, delay_days=-2.5),
        ChangePayload(7, start=date(2026, 11, 24)),
        ChangePayload(7, finish=date(2026, 11, 24)),
        ChangePayload(7, duration_days=3),
        ChangePayload(7, percent=0),
        ChangePayload(7, remove=True),
    ],
)
def test_a_change_survives_the_form(payload):
    assert change_read(change_fields(payload)) == payload


def test_refuses_when_no_change_is_named():
    with pytest.raises(InputRefusedError, match="exactly one change"):
        change_read({"uid": "7"})


def test_refuses_when_the_task_is_no_number():
    with pytest.raises(InputRefusedError, match="field task_uid"):
        change_read({"uid": "seven", "percent": "10"})


def test_refuses_when_the_plan_went_on():
    with pytest.raises(StateWrongError, match="it is at version 5 now"):
        version_expected({"version": "4"}, 5)


def test_takes_a_decision_about_the_current_version():
    version_expected({"version": "5"}, 5)
    version_expected({}, 5)
