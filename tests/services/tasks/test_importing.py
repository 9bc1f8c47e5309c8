import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from services.tasks.conflicts import ConflictKind, find_conflicts
from services.tasks.importing import latest_due, read_jsonl, read_rows
from services.tasks.target import Cadence, Operator

FIELD_NOTES = Path(__file__).resolve().parents[4] / "shared" / "domain.md"


def line(**fields):
    import json

    return json.dumps({"id": "A-1", "key": "bases", "zh": "实训基地", "op": "ge", "value": 3, "unit": "个", **fields})


def test_json_lines_keep_every_word_of_the_plan():
    read = read_jsonl(
        line(
            task=14,
            sec="T",
            due="2025-12-31",
            stage="建成",
            strength="力争",
            resp=["jyj", "gxq"],
            quote="3个",
            note="按累计",
            conflict="A-2",
            cadence="annual",
            value=2.5,
        ),
        "plan.jsonl",
        {14: "建设实训平台"},
    )
    (target,) = read.targets
    assert read.problems == ()
    assert (target.operator, target.value, target.unit) == (Operator.AT_LEAST, Decimal("2.5"), "个")
    assert (target.due_on, target.cadence) == (date(2025, 12, 31), Cadence.ANNUAL)
    assert (target.stage, target.strength, target.quote, target.note) == ("建成", "力争", "3个", "按累计")
    assert target.responsible == ("jyj", "gxq")
    assert (target.task, target.task_title, target.declared_conflict) == (14, "建设实训平台", "A-2")
    assert (target.place.source, target.place.line, target.place.section, target.place.task) == (
        "plan.jsonl",
        1,
        "T",
        14,
    )


def test_what_the_plan_does_not_say_stays_unsaid():
    (target,) = read_jsonl(line(op="qual", value=None, unit=None, due=None, task=None, resp=[]), "p").targets
    assert (target.value, target.unit, target.due_on, target.task, target.responsible) == (None, "", None, None, ())
    assert not target.is_measured


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("{", "not_json"),
        ("[1]", "not_an_object"),
        (line(colour="red"), "unknown_field"),
        (line(zh="", key=""), "missing"),
        (line(value=None), "missing"),
        (line(value="many"), "bad_value"),
        (line(due="soon"), "bad_due"),
        (line(due="2025-02-30"), "bad_due"),
        (line(op="about"), "bad_operator"),
        (line(cadence="weekly"), "bad_cadence"),
        (line(task="four"), "bad_task"),
    ],
)
def test_a_bad_line_is_reported_and_the_others_are_taken(raw, problem):
    read = read_jsonl(f"{line(id='ok-1')}\n\n{raw}\n{line(id='ok-2')}", "p")
    assert [target.id for target in read.targets] == ["ok-1", "ok-2"]
    assert [(p.problem, p.line) for p in read.problems] == [(problem, 3)]


def test_an_id_used_twice_is_reported():
    read = read_jsonl(f"{line()}\n{line()}", "p")
    assert (len(read.targets), read.problems[0].problem, read.problems[0].given) == (1, "duplicate_id", "A-1")


def test_a_sheet_with_chinese_headings_and_a_title_row_is_read():
    read = read_rows(
        [
            ["某市重点任务台账", "", "", "", "", "", ""],
            ["编号", "任务号", "指标", "目标值", "完成时限", "责任单位", "配合单位"],
            ["1", "2", "专业布点占比", "≥75%", "2025年底", "教育局、职业学院", ""],
            ["2", "9", "年培训量", "2万人次以上", "", "人社局", "教育局"],
            ["3", "1", "联席会议", "1次", "2026-12-31T00:00:00", "发改委", ""],
            ["", "", "", "", "", "", ""],
            ["4", "3", "信息平台", "", "2025年3季度", "发改委", ""],
        ],
        "台账.xlsx",
    )
    assert read.problems == ()
    match, training, meeting, platform = read.targets
    assert (match.operator, match.value, match.unit, match.due_on) == ("ge", 75, "%", date(2025, 12, 31))
    assert match.responsible == ("教育局", "职业学院")
    assert (training.value, training.unit, training.due_on) == (20000, "人次", None)
    assert training.co_responsible == ("教育局",)
    assert (meeting.value, meeting.unit, meeting.due_on) == (1, "次", date(2026, 12, 31))
    assert (platform.operator, platform.due_on) == (Operator.QUALITATIVE, date(2025, 9, 30))
    assert match.place.line == 3


def test_a_sheet_without_known_headings_is_refused():
    assert read_rows([["a", "b"], ["1", "2"]], "x.csv").problems[0].problem == "no_heading"


def test_one_date_with_two_figures_is_shown_with_both_places():
    read = read_jsonl(
        "\n".join(
            [
                line(id="G", value=60, due="2024-12-31", sec="G"),
                line(id="T", value=65, due="2024-12-31", sec="T"),
                line(id="L", value=75, due="2025-12-31"),
            ]
        ),
        "p",
    )
    (conflict,) = find_conflicts(read.targets)
    assert conflict.kind is ConflictKind.VALUE
    assert [(t.id, t.place.section, t.place.line) for t in conflict.targets] == [("G", "G", 1), ("T", "T", 2)]


def test_one_figure_with_two_dates_is_a_conflict_unless_the_stages_differ():
    late = line(id="B", due="2025-12-31", stage="建成并投入使用")
    undated = line(id="C", due=None)
    same_stage = read_jsonl(f"{line(id='A', due='2024-12-31', stage='建成')}\n{late}\n{undated}", "p")
    (conflict,) = find_conflicts(same_stage.targets)
    assert conflict.kind is ConflictKind.DUE
    assert [t.id for t in conflict.targets] == ["A", "B"]
    assert [t.id for t in conflict.undated] == ["C"]
    progress = read_jsonl(f"{line(id='A', due='2024-12-31', stage='建设打造')}\n{late}", "p")
    assert find_conflicts(progress.targets) == ()


def test_repetition_is_no_conflict_and_a_declared_one_is_kept():
    same = read_jsonl(f"{line(id='A', due='2025-12-31')}\n{line(id='B', due='2025-12-31')}", "p")
    assert find_conflicts(same.targets) == ()
    declared = read_jsonl(f"{line(id='A', conflict='B')}\n{line(id='B', key='other', conflict='A')}", "p")
    assert [c.kind for c in find_conflicts(declared.targets)] == [ConflictKind.DECLARED]


@pytest.mark.shared
@pytest.mark.skipif(not FIELD_NOTES.exists(), reason="the field notes are not beside this checkout")
def test_the_published_plan_imports_as_it_is():
    notes = FIELD_NOTES.read_text(encoding="utf-8")
    table = re.search(r"```jsonl\n(.*?)```", notes[notes.index("## 3. ") :], re.DOTALL)[1]
    read = read_jsonl(table, "plan.jsonl")
    assert read.problems == ()
    assert len(read.targets) == len(table.strip().splitlines())
    assert {target.task for target in read.targets if target.task} == set(range(1, 18))
    assert latest_due(read.targets) == date(2025, 12, 31)
    value, due = find_conflicts(read.targets)
    assert (value.key, {t.value for t in value.targets}) == ("major_match_rate", {60, 65})
    assert (due.key, [t.due_on.year for t in due.targets]) == ("public_skill_center", [2024, 2025])
    assert len(due.undated) == 1
    declared = {frozenset((t.id, t.declared_conflict)) for t in read.targets if t.declared_conflict}
    assert declared == {frozenset(t.id for t in conflict.targets) for conflict in (value, due)}
