"""Digests in the chat: ordered, made, opened, approved, published; each within the reader's rights."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import delete, func, select, update

from bot.digest_figures import DigestFigures
from bot.digesting import Digesting, DigestPlace
from bot.errands import ErrandRunner
from bot.settings import Settings
from handlers.digests import digest
from handlers.questions import ask
from services.checkins.office import open_office
from services.digests.issuing.drafts import forget_superseded
from services.digests.issuing.press import Press, open_digest_office
from services.models import (
    CheckinCycle,
    CheckinEntry,
    DigestEdition,
    Errand,
    OutboxMessage,
    Submission,
    Unit,
    UnitAlias,
)
from services.periods import Period
from services.settings import ConsortiumSettings
from tests.cast import CHEN, GROUP_ID, GUEST, HAN, LIN, ZHOU
from tests.services.digests.stored import accepted_entries, accepted_sum, correct, store_years
from tests.talk import Talk, router_of

OCTOBER = Period(2026, 10)
FIRST, HEADLINE = 100, "interns_on_post"


class Desk:
    """A talk with the worker that makes digests beside it."""

    def __init__(self, database, now, folder: Path, model=None):
        settings = Settings(consortium=ConsortiumSettings(secretaries=(LIN.telegram_id,)))
        office = open_office("Asia/Shanghai", settings.checkins, settings.quiet_hours, settings.holidays)
        self.database, self.now = database, now
        self.press = Press(database, open_digest_office(settings.consortium, settings.digests, settings.tasks, office))
        self.place = DigestPlace(folder, settings.http)
        self.talk = Talk(database, [router_of(digest), router_of(ask)], now=now, services={"press": self.press})
        self.model = model

    def write_only(self, *kinds: str) -> None:
        """Of a digest's files only these are written, for what is to be read in them; nothing else changes."""
        self.place = replace(self.place, kinds=kinds)

    async def work(self):
        """Do what was promised; returns what was said."""
        worker = Digesting(self.press, self.place, self.model, clock=lambda: self.now)
        figures = DigestFigures(self.press, clock=lambda: self.now)
        workers = {
            "digest": worker.make,
            "digest_issue": worker.issue,
            "digest_figure": figures.tell_figure,
            "digest_units": figures.open_figure,
        }
        await ErrandRunner(self.database, workers, owner="test", clock=lambda: self.now).drain()
        return await self.talk.listen()

    async def ask(self, who, words, **where):
        await self.talk.say(who, words, **where)
        return await self.work()

    async def press_and_work(self, who, label):
        return [*await self.talk.press(who, label), *await self.work()]


@pytest.fixture
async def desk(database, cast, now, tmp_path):
    async with database.transaction() as session:
        await store_years(session, count=12, first=Period(2026, 9), months=2)
        session.add(UnitAlias(alias="一职院", unit_id=FIRST))
    return Desk(database, now, tmp_path / "digests")


def attachments(said):
    return [one.attachment["name"] for one in said if one.attachment]


async def test_words_order_a_digest_with_files(desk):
    said = await desk.ask(LIN, "出个10月简报，word的，顺便excel台账")
    summary = next(one for one in said if one.text_key == "digests.summary")
    assert "示范市产教联合体 2026年10月" in summary.text
    assert "草稿" in summary.text
    assert summary.is_edit
    assert len(summary.text.splitlines()) <= 25
    assert [name.rpartition(".")[2] for name in attachments(said)] == ["png", "docx", "docx", "xlsx"]
    assert all(Path(one.attachment["path"]).exists() for one in said if one.attachment)


async def test_a_second_request_for_the_same_facts_makes_nothing_new(desk):
    await desk.ask(LIN, "/digest 2026-10 docx")
    said = await desk.ask(LIN, "/digest 10月 xlsx")
    assert [name.rpartition(".")[2] for name in attachments(said)] == ["png", "xlsx"]
    assert not [one for one in said if one.text_key in ("digests.reading", "digests.writing")]
    async with desk.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(DigestEdition)) == 1


async def test_the_council_reads_it_aggregated(desk):
    desk.write_only("xlsx")
    said = await desk.ask(HAN, "/digest 2026-10")
    summary = next(one for one in said if one.text_key == "digests.summary")
    assert summary.buttons == ()
    ledger = next(one.attachment["path"] for one in said if one.attachment and one.attachment["name"].endswith("xlsx"))
    from openpyxl import load_workbook

    book = load_workbook(ledger)
    assert "02学校月报" not in book.sheetnames
    assert "12未报迟报（秘书处）" not in book.sheetnames


async def test_a_liaison_is_told_what_they_may_ask(desk):
    said = await desk.talk.say(ZHOU, "/digest 2026-10")
    assert said[-1].text_key == "digests.not_yours"
    assert await desk.work() == []


async def test_in_a_group_it_goes_on_in_private(desk):
    desk.write_only()
    said = await desk.talk.say(LIN, "/digest 2026-10", chat=GROUP_ID)
    assert [(one.chat_id, one.text_key) for one in said] == [(GROUP_ID, "digests.in_private")]
    assert {one.chat_id for one in await desk.work()} == {LIN.telegram_id}


async def test_a_guest_asks_the_library_as_before(desk):
    await desk.talk.say(GUEST, "10月实习人数多少")
    assert [one.kind for one in desk.talk.works] == ["answer"]


async def test_a_figure_of_a_unit_against_a_number(desk):
    said = await desk.ask(LIN, "一职院双师比例到75了没")
    told = next(one for one in said if one.text_key == "digests.figure").text
    assert "第1职业学院 双师比例" in told
    assert "75%" in told


async def test_what_waits_for_review_is_said_to_be_filed(desk):
    async with desk.database.transaction() as session:
        ours = select(Submission).join(CheckinCycle)
        ours = ours.where(Submission.unit_id == FIRST, CheckinCycle.period == "2026-10")
        (await session.scalars(ours)).one().state = "submitted"
    said = await desk.ask(LIN, "一职院10月在岗实习多少人？")
    told = next(one for one in said if one.text_key == "digests.figure").text
    assert "已报1家，待审核" in told
    assert "没有数据" not in told


async def test_a_figure_asked_in_a_group_comes_in_private(desk):
    said = await desk.talk.say(LIN, "@lianluo_bot 一职院10月在岗实习多少人？", chat=GROUP_ID)
    said = [*said, *await desk.work()]
    assert [one.text_key for one in said if one.chat_id == GROUP_ID] == ["digests.counting_in_private"]
    assert [one.text_key for one in said if one.chat_id == LIN.telegram_id] == ["digests.figure"]


async def test_two_periods_are_compared(desk):
    said = await desk.ask(LIN, "10月跟9月比在岗实习人数咋样")
    told = next(one for one in said if one.text_key == "digests.figure").text
    async with desk.database.reading() as session:
        october = await accepted_sum(session, HEADLINE, "2026-10")
        september = await accepted_sum(session, HEADLINE, "2026-09")
    assert f"{october:,}" in told
    assert f"{september:,}" in told


async def test_other_units_than_before_are_compared_on_the_common_ones(desk):
    async with desk.database.transaction() as session:
        submission_id = await session.scalar(
            accepted_entries(HEADLINE, "2026-10", Submission.id).where(CheckinEntry.value.is_not(None))
        )
        await session.execute(
            delete(CheckinEntry).where(CheckinEntry.submission_id == submission_id, CheckinEntry.key == HEADLINE)
        )
    said = await desk.ask(LIN, "全市在岗实习人数比9月怎么样")
    told = next(one for one in said if one.text_key == "digests.figure").text
    assert "2026年9月" in told
    assert "同口径" in told
    assert "填报单位数不同" not in told


@pytest.mark.parametrize("words", ["一职院10月在岗实习多少人？", "各校上个月在岗实习多少人？"])
async def test_another_units_month_is_refused(desk, words):
    assert (await desk.talk.say(CHEN, words))[-1].text_key == "digests.not_your_unit"


@pytest.mark.parametrize("words", ["一职院现在在岗实习多少人？", "各校今年在岗实习多少人？"])
async def test_another_units_figure_is_refused_unless_the_library_tells_it(desk, words):
    assert await desk.talk.say(CHEN, words) == []
    (errand,) = desk.talk.works
    assert (errand.kind, errand.payload["otherwise"]) == ("answer", "digests.not_your_unit")


async def test_figures_open_down_to_the_replies(desk):
    desk.write_only()
    await desk.ask(LIN, "/digest 2026-10")
    await desk.talk.press(LIN, "数据来源")
    units = await desk.press_and_work(LIN, "在岗实习学生")
    told = next(one for one in units if one.text_key == "digests.units")
    async with desk.database.reading() as session:
        rows = (await session.execute(accepted_entries(HEADLINE, "2026-10", Unit.name, CheckinEntry.value))).all()
    for name, value in rows:
        if value is not None:
            assert f"{name}：{value:,.0f}" in told.text
    name = next(name for name, value in rows if value)
    answers = await desk.talk.press(LIN, name)
    assert answers[-1].text_key == "digests.answers"
    assert name in answers[-1].text


async def test_sentences_open_to_the_words_they_stand_on(desk):
    desk.write_only()
    await desk.ask(LIN, "/digest 2026-10")
    listed = await desk.talk.press(LIN, "文字出处")
    opened = await desk.talk.press(LIN, "1", on=listed[-1])
    assert opened[-1].text_key == "digests.answers"


async def test_issuing_numbers_it_and_takes_the_mark_away(desk):
    desk.write_only("docx")
    await desk.ask(LIN, "/digest 2026-10")
    await desk.talk.press(LIN, "签发并编号")
    said = await desk.press_and_work(LIN, "确认签发")
    summary = [one for one in said if one.text_key == "digests.summary"][-1]
    assert "第1期" in summary.text
    assert "草稿" not in summary.text
    path = next(one.attachment["path"] for one in said if one.attachment and one.attachment["name"].endswith("docx"))
    words = "\n".join(one.text for one in Document(path).paragraphs)
    assert "第1期（总第1期）" in words
    assert "草稿" not in words
    await desk.talk.press(LIN, "确认签发")
    assert desk.talk.toast or desk.talk.heard[-1].text_key != "digests.approved"
    async with desk.database.reading() as session:
        assert (await session.scalars(select(DigestEdition.total_number))).all() == [1]


async def test_facts_that_changed_stop_the_approval(desk):
    desk.write_only()
    await desk.ask(LIN, "/digest 2026-10")
    await desk.talk.press(LIN, "签发并编号")
    async with desk.database.transaction() as session:
        submission_id = await session.scalar(accepted_entries(HEADLINE, "2026-10", Submission.id))
        await correct(session, submission_id, HEADLINE, Decimal(7), at=desk.now)
    await desk.talk.press(LIN, "确认签发")
    async with desk.database.reading() as session:
        assert (await session.scalars(select(DigestEdition.state))).all() == ["draft"]
        assert await session.scalar(select(func.count()).where(Errand.kind == "digest_issue")) == 0


async def test_only_an_issue_goes_to_a_group_and_only_once(desk):
    desk.write_only()
    await desk.ask(LIN, "/digest 2026-10")
    await desk.talk.press(LIN, "签发并编号")
    await desk.press_and_work(LIN, "确认签发")
    said = await desk.talk.press(LIN, "发到")
    group = [one for one in said if one.chat_id == GROUP_ID]
    assert [one.text_key for one in group] == ["digests.summary"]
    await desk.talk.press(LIN, "发到")
    async with desk.database.reading() as session:
        posted = select(func.count()).where(OutboxMessage.chat_id == GROUP_ID)
        assert await session.scalar(posted) == 1


async def test_corrections_after_the_issue_stand_in_the_next(desk):
    desk.write_only("docx")
    await desk.ask(LIN, "/digest 2026-09")
    await desk.talk.press(LIN, "签发并编号")
    await desk.press_and_work(LIN, "确认签发")
    async with desk.database.transaction() as session:
        row = await session.execute(accepted_entries(HEADLINE, "2026-09", Submission.id, Unit.name))
        submission_id, name = row.first()
        later = datetime(2026, 11, 24, 1, tzinfo=UTC)
        await correct(session, submission_id, HEADLINE, Decimal(4321), at=later)
    desk.now = datetime(2026, 11, 25, 2, tzinfo=UTC)
    said = await desk.ask(LIN, "/digest 2026-10")
    path = next(one.attachment["path"] for one in said if one.attachment and one.attachment["name"].endswith("docx"))
    words = "\n".join(one.text for one in Document(path).paragraphs)
    assert "更正为4321" in words
    assert name in words


async def test_a_deleted_reply_takes_its_sentence_and_figures_along(desk):
    desk.write_only("docx")
    await desk.ask(LIN, "/digest 2026-10")
    async with desk.database.transaction() as session:
        edition = await session.scalar(select(DigestEdition))
        sentence = edition.sources[1]["sentences"][0]
        submission_id = sentence["replies"][0] // 10_000
        await session.execute(delete(CheckinEntry).where(CheckinEntry.submission_id == submission_id))
        await session.execute(
            update(Submission)
            .where(Submission.id == submission_id)
            .values(state="expected", submitted_at=None, first_submitted_at=None)
        )
    said = await desk.ask(LIN, "/digest 2026-10")
    summary = next(one for one in said if one.text_key == "digests.summary").text
    path = next(one.attachment["path"] for one in said if one.attachment and one.attachment["name"].endswith("docx"))
    words = "\n".join(one.text for one in Document(path).paragraphs)
    assert f"{sentence['unit']}：{sentence['text']}" not in words
    async with desk.database.reading() as session:
        interns = await accepted_sum(session, HEADLINE, "2026-10")
    assert f"{interns:,}" in summary


async def test_a_lying_models_number_never_appears(desk):
    def liar(prompt: str) -> str:
        cited = prompt.split("[R")[-1].split("]")[0]
        return f"各校共新增实习岗位987654个。[R{cited}]\n各校有序推进校企合作。[R{cited}]"

    desk.model = liar
    desk.write_only("docx")
    said = await desk.ask(LIN, "/digest 2026-10")
    path = next(one.attachment["path"] for one in said if one.attachment and one.attachment["name"].endswith("docx"))
    words = "\n".join(one.text for one in Document(path).paragraphs)
    assert "987654" not in words
    assert "各校有序推进校企合作" in words
    assert "（草拟）" in words


async def test_the_page_is_linked_for_the_secretariat_only(desk):
    said = await desk.talk.say(LIN, "网页看板")
    assert said[-1].text_key == "digests.page"
    assert "/board/" in said[-1].text
    said = await desk.talk.say(ZHOU, "网页看板")
    assert not [one for one in said if one.text_key == "digests.page"]


async def test_files_of_replaced_drafts_go_after_a_week(desk):
    said = await desk.ask(LIN, "/digest 2026-10")
    paths = [Path(one.attachment["path"]) for one in said if one.attachment]
    async with desk.database.transaction() as session:
        submission_id = await session.scalar(accepted_entries(HEADLINE, "2026-10", Submission.id))
        await correct(session, submission_id, HEADLINE, Decimal(7), at=desk.now)
    newer = await desk.ask(LIN, "/digest 2026-10")
    async with desk.database.transaction() as session:
        assert await forget_superseded(session, now=desk.now) == 0
        assert await forget_superseded(session, now=desk.now + timedelta(days=8)) == len(paths)
    assert not [path for path in paths if path.exists()]
    assert all(Path(one.attachment["path"]).exists() for one in newer if one.attachment)


async def test_nothing_was_due(desk):
    said = await desk.ask(LIN, "/digest 2024-01")
    assert said[-1].text_key == "digests.nothing_reported"
    assert "2026年10月" in said[-1].text


async def test_what_is_not_understood_is_explained(desk):
    said = await desk.talk.say(LIN, "/digest 明天的天气")
    assert said[-1].text_key == "digests.usage"
