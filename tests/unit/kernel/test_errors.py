from bywhen.kernel.errors import CycleFoundError, ExtraMissingError, FileMalformedError


def test_a_refusal_names_file_place_and_remedy():
    error = FileMalformedError(
        "the element <Task> is not closed", file="plan.xml", place="line 41", remedy="Save it again."
    )
    assert str(error) == "plan.xml, line 41: the element <Task> is not closed. Save it again."


def test_a_missing_extra_says_which_command_installs_it():
    assert "pip install 'bywhen[plans]'" in str(ExtraMissingError("plans", needed_for="Reading .mpp files"))


def test_a_cycle_names_every_task_in_it():
    assert "Build -> Test -> Build" in str(CycleFoundError(["Build", "Test"]))
