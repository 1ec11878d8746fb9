import pytest

from bywhen.intake.headers import Vocabulary, columns_mapped, normal
from bywhen.kernel.errors import MappingWrongError

WORDS = Vocabulary({"name": ("task name", "name"), "start": ("start",), "predecessors": ("predecessors",)})


def test_heading_is_recognised_when_case_accents_and_marks_differ():
    assert normal("  Début* ") == "debut"
    assert WORDS.columns(["TASK  NAME:", "Start (planned)"]) == {"name": 0, "start": 1}


def test_surer_spelling_wins_when_two_columns_fit_one_field():
    assert WORDS.columns(["Name", "Task Name"]) == {"name": 1}


def test_one_slip_is_forgiven_when_the_heading_is_long():
    assert WORDS.columns(["Predecesors", "Strat"]) == {"predecessors": 0}


def test_mapping_wins_when_it_names_another_column():
    found = columns_mapped(["Arbeit", "Name"], WORDS, {"name": "Arbeit"}, file="a.csv", place="")
    assert found == {"name": 0}


def test_mapping_error_lists_what_is_there_when_a_column_is_missing():
    with pytest.raises(MappingWrongError, match=r"a\.csv.*'Vorgang'.*Columns are: Arbeit, Name"):
        columns_mapped(["Arbeit", "Name"], WORDS, {"name": "Vorgang"}, file="a.csv", place="")
    with pytest.raises(MappingWrongError, match=r"field 'title'.*Fields are: name, predecessors, start"):
        columns_mapped(["Name"], WORDS, {"title": "Name"}, file="a.csv", place="")


def test_spelling_of_two_fields_goes_to_the_second_when_the_first_has_a_surer_column():
    words = Vocabulary({"area": ("area", "project"), "project": ("project code", "project")})
    assert words.columns(["Project", "RAG"]) == {"area": 0}
    assert words.columns(["Area", "Project"]) == {"area": 0, "project": 1}
    assert words.columns(["Project", "Project code"]) == {"area": 0, "project": 1}
