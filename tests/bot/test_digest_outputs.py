"""One digest in all its forms (chat, Word, Excel, Markdown, JSON, page): what goes is gone everywhere, what members

wrote is literal and whole everywhere.
"""

import html
import json
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import delete, select, update

from bot.commands.digests import write_digest
from bot.settings import Settings
from services.digests.text.literal import literal
from services.models import CheckinEntry, DigestEdition, Submission, Unit
from services.periods import Period
from services.settings import ConsortiumSettings
from tests.bot.test_pages import Site
from tests.cast import LIN
from tests.handlers.test_digests import HEADLINE, Desk
from tests.services.digests.stored import accepted_entries, accepted_sum, store_years

SETTINGS = Settings(consortium=ConsortiumSettings(secretaries=(LIN.telegram_id,)))
HOSTILE = (
    "=cmd|'/c calc'!A0 完成1项",
    "+1+1 完成2项",
    "-2+3 完成3项",
    "@SUM(A1:A9) 完成4项",
    "\t=1+1 完成5项",
    "<b>粗</b><script>alert(1)</script>&lt;i&gt; 完成6项",
    "🎉👩‍🔧完成7项🇨🇳",
    "前\x1b[31m后\x07 完成8项",
    "\u202e倒着写\u202c 完成9项",
    "שלום مرحبا 完成10项",
    "[点我](javascript:alert(1)) **完成11项** |a|b|",
    "{{ 7*7 }} {% raw %} ${7*7} 完成12项",
)


@dataclass
class Told:
    """Everything that one digest is told in."""

    chat: str
    docx: str
    cells: list
    md: str
    json: dict
    page: str


@pytest.fixture
async def desk(database, cast, now, tmp_path):
    async with database.transaction() as session:
        await store_years(session, count=12, first=Period(2026, 9), months=2)
    return Desk(database, now, tmp_path / "digests")


async def told_by(desk, folder: Path) -> Told:
    """The digest of October in every form."""
    said = await desk.ask(LIN, "/digest 2026-10 docx xlsx")
    paths = {kind: [one.attachment["path"] for one in said if _ends(one, kind)] for kind in ("docx", "xlsx")}
    await write_digest(desk.database, SETTINGS, "2026-10", folder, "md,json", desk.now)
    async with Site(desk.database, desk.now) as site:
        _, page, _ = await site.get(await site.link() + "?period=2026-10")
    document = Document(paths["docx"][0])
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    sheets = load_workbook(paths["xlsx"][0]).worksheets
    return Told(
        chat=next(one.text for one in said if one.text_key == "digests.summary"),
        docx="\n".join([*(one.text for one in document.paragraphs), *cells]),
        cells=[cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None],
        md=next(folder.glob("*.md")).read_text(encoding="utf-8"),
        json=json.loads(next(folder.glob("*.json")).read_text(encoding="utf-8")),
        page=page,
    )


def _ends(one, kind: str) -> bool:
    return bool(one.attachment) and one.attachment["path"].endswith(kind)


async def test_a_deleted_reply_is_gone_from_every_form_and_figures_follow(desk, tmp_path):
    before = await told_by(desk, tmp_path / "before")
    async with desk.database.transaction() as session:
        edition = await session.scalar(select(DigestEdition))
        sentence = edition.sources[1]["sentences"][0]
        submission_id = sentence["replies"][0] // 10_000
        lost = await session.scalar(
            select(CheckinEntry.value).where(CheckinEntry.submission_id == submission_id, CheckinEntry.key == HEADLINE)
        )
        await session.execute(delete(CheckinEntry).where(CheckinEntry.submission_id == submission_id))
        await session.execute(
            update(Submission)
            .where(Submission.id == submission_id)
            .values(state="expected", submitted_at=None, first_submitted_at=None)
        )
    after = await told_by(desk, tmp_path / "after")
    words, unit = sentence["text"].rstrip("。"), sentence["unit"]
    for told, gone in ((before, False), (after, True)):
        forms = (told.docx, told.md, told.page, json.dumps(told.json, ensure_ascii=False))
        cells = [str(cell.value) for cell in told.cells]
        assert [f"{unit}：{words}" in form for form in forms[:3]] == [not gone] * 3
        assert any(unit in one["units"] and words in one["text"] for one in told.json["highlights"]) is not gone
        assert any(cell.startswith(words) for cell in cells if unit in cells) or gone
    async with desk.database.reading() as session:
        total = await accepted_sum(session, HEADLINE, "2026-10")
    old = next(one for one in before.json["figures"] if one["key"] == HEADLINE)
    new = next(one for one in after.json["figures"] if one["key"] == HEADLINE)
    assert lost
    assert (old["value"], new["value"]) == (total + lost, total)
    assert new["n_reported"] == old["n_reported"] - 1
    assert f"{total:,}人" in after.chat
    assert f"{total:,}" in after.page
    assert f"在岗实习{total}人" in after.docx or f"在岗实习学生{total}人" in after.docx
    assert f"| {total} |" in after.md
    assert total in [cell.value for cell in after.cells if cell.parent.title == "01汇总"]
    for form in (after.chat, after.page, after.docx, after.md):
        assert f"{old['value']:,}" not in form
        assert f"{old['value']}人" not in form


@pytest.fixture
async def hostile(desk):
    """Every school's and enterprise's words are an attack, one of them 10,000 characters long."""
    long = ""
    async with desk.database.transaction() as session:
        entries = await session.scalars(
            select(CheckinEntry)
            .join(Submission, CheckinEntry.submission_id == Submission.id)
            .where(CheckinEntry.text.is_not(None), Submission.id.in_(_october()))
            .order_by(CheckinEntry.submission_id, CheckinEntry.key)
        )
        for number, entry in enumerate(entries):
            entry.text = HOSTILE[number % len(HOSTILE)]
            if entry.key == "issues" and not long:
                entry.text = long = "长" * 10_000
        for unit, name in zip(
            await session.scalars(select(Unit).order_by(Unit.id.desc()).limit(2)), HOSTILE, strict=False
        ):
            unit.name = name[:60].replace("\x1b", "")
    return desk


def _october():
    return accepted_entries(HEADLINE, "2026-10", Submission.id).order_by(None)


async def test_what_members_wrote_is_literal_and_whole_in_every_form(hostile, tmp_path):
    told = await told_by(hostile, tmp_path / "hostile")
    async with hostile.database.reading() as session:
        written = set(
            await session.scalars(
                select(CheckinEntry.text).where(
                    CheckinEntry.text.is_not(None), CheckinEntry.submission_id.in_(_october())
                )
            )
        )
    assert len(written) > 10
    in_cells = {cell.value for cell in told.cells if cell.data_type == "s"}
    assert {literal(one) for one in written} <= in_cells  # whole: 10,000 characters too
    formulas = [cell.value for cell in told.cells if cell.data_type == "f"]
    assert all(one.startswith(("=IF(", "=SUBTOTAL(", "=SUMIFS(")) for one in formulas)
    chosen = [one["text"] for one in (*told.json["highlights"], *told.json["problems"], *told.json["next_steps"])]
    assert len(chosen) > 8
    for text in chosen:
        shown = literal(text.rstrip("。；;"))
        assert shown in told.docx
        assert html.escape(shown, quote=False).replace("'", "&#39;") in told.page or html.escape(shown) in told.page
    assert "<script>" not in told.page + told.chat
    assert "\x1b" not in told.docx + told.chat + told.page + told.md
    assert "\u202e" not in told.docx + told.chat + told.page + told.md
    assert "<b>粗" not in told.chat
    assert "[点我](" not in told.md
    assert len(told.chat.splitlines()) <= 25


async def test_hostile_words_open_whole_behind_a_sentence(hostile):
    await hostile.ask(LIN, "/digest 2026-10")
    listed = await hostile.talk.press(LIN, "文字出处")
    async with hostile.database.reading() as session:
        sentences = (await session.scalar(select(DigestEdition))).sources[1]["sentences"]
    at = next(n for n, one in enumerate(sentences, start=1) if one["text"].startswith("长长"))
    opened = await hostile.talk.press(LIN, str(at), on=listed[-1])
    assert opened[-1].text_key == "digests.answers"
    assert opened[-1].text.count("长") == 10_000  # longer than one message: it comes in several


async def test_a_sentence_of_the_page_opens_to_the_whole_reply(hostile):
    async with Site(hostile.database, hostile.now) as site:
        link = await site.link()
        _, board, _ = await site.get(link + "?period=2026-10")
        addresses = re.findall(r'href="(\?period=2026-10&amp;words=[\d.]+)">([^<]*)<', board)
        address = next(html.unescape(found) for found, line in addresses if "长长" in line)
        status, page, _ = await site.get(link + address)
        assert status == 200
        assert "长" * 10_000 in page
        for strange in ("words=1", "words=x", "words=-1", "words=" + "9" * 30, f"words={address.rpartition('=')[2]}99"):
            status, _, _ = await site.get(f"{link}?{strange}")
            assert status == 404


# The browser sees the page alone, and the other tests read that from both databases.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_browser_shows_hostile_words_and_runs_none(hostile):
    pytest.importorskip("playwright")
    from playwright.async_api import async_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on this machine")
    dialogs, wrong = [], []
    async with Site(hostile.database, hostile.now) as site, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        page.on("dialog", lambda dialog: dialogs.append(dialog))
        page.on("pageerror", lambda error: wrong.append(error))
        await page.goto(await site.link() + "?period=2026-10")
        shown = await page.inner_text("main")
        wide = await page.evaluate("document.documentElement.scrollWidth")
        markup = await page.locator("main script, main b b, main i, main a[href^='javascript']").count()
        await browser.close()
    assert (dialogs, wrong, markup) == ([], [], 0)
    assert wide <= 390
    assert "<script>alert(1)</script>" in shown


async def test_hostile_names_break_no_picture_and_no_document(hostile, tmp_path):
    await write_digest(hostile.database, SETTINGS, "2026-10", tmp_path / "all", "docx,xlsx,png", hostile.now)
    files = list((tmp_path / "all").iterdir())
    assert {file.suffix for file in files} == {".docx", ".xlsx", ".png"}
    for file in files:
        if file.suffix != ".png":
            assert zipfile.ZipFile(file).testzip() is None
