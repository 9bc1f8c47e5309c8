"""Board and ledger against SQL that knows nothing of them: twenty units, every standing."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy import select, text

from bot.commands.checkins import export
from bot.settings import Settings
from services.checkins.reviewing.verdicts import accept, exempt, return_fields
from services.checkins.running.cycles import open_cycle_for
from services.checkins.standing.board import load_board
from services.db import Database
from services.digests.figures.filing import filing
from services.digests.issuing.collecting import collect_facts
from services.models import EntryVersion, Submission, Unit
from services.settings import ConsortiumSettings
from tests.cast import LIN, SECRETARIES, Cast, actor_of
from tests.services.checkins.filings import IN_WINDOW, NOVEMBER, drafted, file_as, make_office, submission_of

OFFICE = make_office()
IN_DECEMBER = IN_WINDOW + timedelta(days=6)  # those who filed have filed; the term ends in some hours
AFTER = IN_WINDOW + timedelta(days=10)
FIGURES = {"interns_hosted": "30", "vacancies_open": "12"}
LABELS = {
    "expected": "未报",
    "draft": "填写中",
    "submitted": "待审",
    "accepted": "已采纳",
    "returned": "退回待补正",
    "exempt": "豁免",
}
COUNT = (
    "SELECT count(*) FROM submissions s JOIN checkin_cycles c ON c.id = s.cycle_id "
    "JOIN units u ON u.id = s.unit_id WHERE c.period = '2026-11' AND u.name LIKE '第%' AND "
)


async def _twenty(database: Database) -> None:
    """4 silent, 2 drafting, 5 waiting (2 of them late), 3 accepted, 2 returned, 2 exempt, 2 filed on behalf."""
    async with database.transaction() as session:
        units = [Unit(name=f"第{n:02d}企业", kind="enterprise", created_at=IN_WINDOW) for n in range(20)]
        session.add_all(units)
        await session.flush()
        await open_cycle_for(session, OFFICE, NOVEMBER, now=IN_WINDOW, invite=False)
        secretary = await actor_of(session, LIN)
        for number, unit in enumerate(units):
            submission = await submission_of(session, unit.id)
            if number in (4, 5):
                submission.state = "draft"
            elif number >= 18:
                await exempt(session, secretary, submission, "停产", now=IN_WINDOW)
            elif number >= 6:
                await file_as(session, submission, FIGURES)
                await _mark(session, number, submission, secretary)


async def _mark(session: object, number: int, submission: Submission, secretary: object) -> None:
    if number in (6, 7):
        submission.is_late, submission.first_submitted_at = True, submission.due_at + timedelta(days=1)
    if number in (11, 12, 13):
        await accept(session, secretary, submission, now=IN_WINDOW)  # type: ignore[arg-type]
    if number in (14, 15):
        reasons = {"interns_hosted": "请核实"}
        await return_fields(session, OFFICE, secretary, submission, reasons, now=IN_WINDOW)  # type: ignore[arg-type]
    if number in (16, 17):
        submission.on_behalf = True


async def test_every_count_of_the_board_equals_sql(database: Database, cast: Cast) -> None:
    await _twenty(database)
    async with database.reading() as session:
        board = await load_board(session, await actor_of(session, LIN), NOVEMBER, now=AFTER)
        mine = [one for one in board.lines if one.unit.startswith("第")]
        for standing, where in {
            "missing": "s.state = 'expected' AND NOT s.optional",
            "draft": "s.state = 'draft' AND NOT s.optional",
            "submitted": "s.state = 'submitted'",
            "accepted": "s.state = 'accepted'",
            "returned": "s.state = 'returned'",
            "exempt": "s.state = 'exempt'",
        }.items():
            assert sum(one.standing == standing for one in mine) == await session.scalar(text(COUNT + where))
        late = await session.scalar(text(COUNT + "s.is_late AND s.state IN ('submitted', 'accepted')"))
        due = await session.scalar(
            text(COUNT.replace("AND u.name LIKE '第%' ", "") + "NOT s.optional AND s.state <> 'exempt'")
        )
        of_all = {
            name: await session.scalar(text(COUNT.replace("AND u.name LIKE '第%' ", "") + where))
            for name, where in {
                "reported": "s.first_submitted_at IS NOT NULL AND s.state <> 'exempt' AND NOT s.optional",
                "accepted": "s.state = 'accepted'",
                "returned": "s.state = 'returned'",
                "exempt": "s.state = 'exempt'",
                "missing": "s.state IN ('expected', 'draft') AND NOT s.optional",
            }.items()
        }
        facts = await collect_facts(session, OFFICE.forms)
    assert board.counts["late"] == late == 2
    assert board.counts["due"] == due
    assert {name: board.counts[name] for name in of_all} == of_all
    assert (of_all["reported"], of_all["returned"], of_all["exempt"]) == (12, 2, 2)
    ledger = filing(facts.obligations, NOVEMBER, cutoff=AFTER)
    assert {name: board.counts[name] for name in ("due", "reported", "late", "exempt", "pending")} == {
        "due": ledger.due,
        "reported": ledger.reported,
        "late": ledger.late,
        "exempt": ledger.exempt,
        "pending": 0,
    }


async def test_before_the_due_time_board_and_ledger_differ_by_what_has_time_left(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    await _twenty(database)
    async with database.reading() as session:
        board = await load_board(session, await actor_of(session, LIN), NOVEMBER, now=IN_DECEMBER)
        facts = await collect_facts(session, OFFICE.forms)
    ledger = filing(facts.obligations, NOVEMBER, cutoff=IN_DECEMBER)
    assert ledger.pending > 0
    assert board.counts["due"] == ledger.due + ledger.pending
    assert board.counts["pending"] == ledger.pending
    assert (board.counts["reported"], board.counts["late"]) == (ledger.reported, ledger.late)
    settings = Settings(consortium=ConsortiumSettings(secretaries=tuple(SECRETARIES)))
    await export(database, settings, "2026-11", tmp_path / "ledger.xlsx", IN_DECEMBER)
    cover = load_workbook(tmp_path / "ledger.xlsx")["00封面说明"]
    assert f"另有{ledger.pending}份未到截止时间" in str([cell.value for (cell,) in cover.iter_rows(max_col=1)])


async def test_ledger_counts_and_sums_equal_sql_and_holds_no_foreign_formula(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    await _twenty(database)
    async with database.transaction() as session:
        unit = await session.get(Unit, (await submission_of(session, await _first(session))).unit_id)
        assert unit is not None
        submission = await submission_of(session, unit.id)
        submission.state, submission.exempt_reason = "exempt", '=HYPERLINK("http://x")'
        session.add(
            EntryVersion(
                submission_id=submission.id,
                key="interns_hosted",
                version=2,
                form_id="enterprise",
                form_version=1,
                before={"value": "30", "state": "filled"},
                after={"value": "31", "state": "filled"},
                kind="correction",
                reason="=1+1",
                by=None,
                at=IN_WINDOW,
            )
        )
        changed = await session.scalar(select(Submission).where(Submission.state == "submitted").limit(1))
        assert changed is not None
        session.add(drafted(changed, "interns_hosted", "987654"))
    settings = Settings(consortium=ConsortiumSettings(secretaries=tuple(SECRETARIES)))
    out = tmp_path / "ledger.xlsx"
    await export(database, settings, "2026-11", out, IN_WINDOW + timedelta(days=10))
    book = load_workbook(out)
    standings = book["15填报一览（秘书处）"]
    rows = [[cell.value for cell in row] for row in standings.iter_rows(min_row=2) if row[0].value]
    async with database.reading() as session:
        total = await session.scalar(text("SELECT count(*) FROM submissions"))
        hosted = await session.scalar(
            text(
                "SELECT sum(e.value) FROM checkin_entries e JOIN submissions s ON s.id = e.submission_id"
                " WHERE e.key = 'interns_hosted' AND e.layer = 'filed'"
                " AND s.state IN ('submitted', 'accepted', 'returned')"
            )
        )
        states = await session.execute(
            text("SELECT s.state, s.optional, count(*) FROM submissions s GROUP BY s.state, s.optional")
        )
        by_label: Counter[str] = Counter()
        for state, optional, count in states:
            by_label["本月可不报" if optional and state in ("expected", "draft") else LABELS[state]] += count
        late = await session.scalar(text("SELECT count(*) FROM submissions WHERE is_late"))
        on_behalf = await session.scalar(text("SELECT count(*) FROM submissions WHERE on_behalf"))
    by_label["待审"] -= 1
    by_label["待审（有未提交的改动）"] += 1
    assert len(rows) == total
    assert "未到截止时间" not in str([cell.value for (cell,) in book["00封面说明"].iter_rows(max_col=1)])
    assert Counter(row[3] for row in rows) == by_label
    assert by_label["豁免"] == 3
    assert (sum(row[7] == "是" for row in rows), sum(row[8] == "是" for row in rows)) == (late, on_behalf) == (2, 2)
    page = book["03企业月报"]
    labels = [cell.value for cell in page[1]]
    column = next(at for at, label in enumerate(labels) if label and "在岗实习" in str(label))
    assert "SUBTOTAL(109," in str(page.cell(3, column + 1).value)
    figures = [row[column].value for row in page.iter_rows(min_row=4) if isinstance(row[column].value, int | float)]
    assert sum(figures) == hosted
    assert {cell.data_type for row in standings.iter_rows(min_row=2) for cell in row if cell.value} == {"s"}
    changes = book["16更正明细（秘书处）"]
    assert [cell.value for cell in changes[2]][3:5] == ["30", "31"]
    assert changes.cell(2, 8).data_type == "s"
    assert changes.freeze_panes is not None


async def _first(session: object) -> int:
    found: int = await session.scalar(text("SELECT min(id) FROM units WHERE name LIKE '第%'"))  # type: ignore[attr-defined]
    return found
