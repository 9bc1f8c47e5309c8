"""Forms as data: shipped, edited, replaced, versioned."""

import pytest

from services.checkins.form import Kind
from services.checkins.library import FormProblem, load_forms, shipped_forms
from services.periods import Period

SCHOOL_EDIT = """
extends = "school"
version = 2
remove = ["teacher_practice_days", "practice_months_per_teacher"]

[[indicators]]
key = "interns_on_post"
label = "在岗实习学生（含跟岗）"

[[indicators]]
key = "library_loans"
label = "图书借阅"
unit = "册"
kind = "flow"
type = "integer"
aliases = ["图书借阅", "借书"]
"""


def test_the_dictionary_is_shipped():
    forms = shipped_forms()
    assert set(forms.ids) == {"school", "enterprise", "bureau", "association"}
    school = forms.current("school")
    assert len(school.due(Period(2026, 11))) == 14  # ten monthly and the four of the graduates' season
    assert len(school.due(Period(2026, 5))) == 10
    assert len(school.due(Period(2026, 3))) == 14  # ten monthly and four of the quarter
    assert not school.indicator("tech_service_items_new").asked
    assert len(forms.current("enterprise").due(Period(2026, 11))) == 13
    assert [one.key for one in forms.current("enterprise").due(Period(2026, 11), short=True)] == [
        "interns_hosted", "hires_vocational", "vacancies_open", "invest_cash_wan",
    ]  # fmt: skip


def test_kinds_decide_how_months_add_up():
    school = shipped_forms().current("school")
    assert (school.indicator("enrolled_students").kind, school.indicator("enrolled_students").over_months) == (
        Kind.STOCK, "latest",
    )  # fmt: skip
    assert school.indicator("training_person_times").over_months == "sum"
    assert school.indicator("grads_placed").kind is Kind.COHORT


def test_task_progress_is_indexed_by_task():
    bureau = shipped_forms().current("bureau")
    assert bureau.indicator("task_progress[9]").unit == "%"
    assert bureau.label_of("task_progress[9]") == "任务进展（9）"


def test_a_consortium_edits_a_form_without_code(tmp_path):
    (tmp_path / "school-v2.toml").write_text(SCHOOL_EDIT, encoding="utf-8")
    forms = load_forms(tmp_path)
    edited = forms.current("school")
    assert edited.version == 2
    assert edited.indicator("interns_on_post").label == "在岗实习学生（含跟岗）"
    assert edited.indicator("interns_on_post").aliases == forms.get("school", 1).indicator("interns_on_post").aliases
    assert edited.indicator("library_loans").unit == "册"
    assert "teacher_practice_days" not in edited.by_key


def test_earlier_replies_keep_their_labels(tmp_path):
    (tmp_path / "school-v2.toml").write_text(SCHOOL_EDIT, encoding="utf-8")
    forms = load_forms(tmp_path)
    assert forms.label_of("school", 1, "teacher_practice_days") == "本月教师企业实践"
    assert forms.label_of("school", 1, "interns_on_post") == "期末在岗实习学生"
    assert forms.label_of("school", 2, "interns_on_post") == "在岗实习学生（含跟岗）"
    assert forms.label_of("school", 7, "gone") == "gone"


def test_a_change_under_an_old_version_number_is_refused(tmp_path):
    (tmp_path / "school.toml").write_text(SCHOOL_EDIT.replace("version = 2", "version = 1"), encoding="utf-8")
    with pytest.raises(FormProblem) as problem:
        load_forms(tmp_path)
    assert problem.value.facts["key"] == "version"
    assert problem.value.facts["file"] == "school.toml"


@pytest.mark.parametrize(
    ("line", "wrong", "key"),
    [
        ('kind = "flow"', 'kind = "stream"', "indicators[library_loans].kind"),
        ('unit = "册"', "", "indicators[library_loans].unit"),
        ('type = "integer"', 'type = "integer"\ncolour = "red"', "indicators[library_loans].colour"),
        ('"借书"]', '"借书("]', "indicators[library_loans].aliases[1]"),
        ('"借书"]', '"(借书)?"]', "indicators[library_loans].aliases[1]"),
        ('type = "integer"', 'type = "integer"\nsubset_of = "books"', "(whole form)"),
    ],
)
def test_a_mistake_names_file_key_and_value(tmp_path, line, wrong, key):
    (tmp_path / "own.toml").write_text(SCHOOL_EDIT.replace(line, wrong), encoding="utf-8")
    with pytest.raises(FormProblem) as problem:
        load_forms(tmp_path)
    assert problem.value.facts["file"] == "own.toml"
    assert problem.value.facts["key"] == key or problem.value.facts["key"].endswith(key.partition("].")[2])
    assert problem.value.facts["remedy"]


def test_a_folder_that_does_not_exist_is_a_clear_mistake(tmp_path):
    with pytest.raises(FormProblem) as problem:
        load_forms(tmp_path / "nowhere")
    assert problem.value.facts["key"] == "checkins.forms_dir"
