"""The secretariat's page: only by a living link, nothing a member wrote becomes markup, it fits a phone."""

from datetime import timedelta
from decimal import Decimal

import pytest
from aiohttp import ClientSession, web
from sqlalchemy import select, update

from bot.pages import Board
from bot.settings import Settings
from services.checkins.office import open_office
from services.digests.issuing.press import Press, open_digest_office
from services.digests.links import address_of, sign_link
from services.errors import NotAllowed
from services.models import CheckinEntry, PageKey, Seat, Submission, Unit
from services.periods import Period
from services.settings import ConsortiumSettings
from tests.cast import HAN, LIN, actor_of
from tests.services.digests.stored import accepted_entries, accepted_sum, store_years

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


class Site:
    """The page on a loopback port."""

    def __init__(self, database, now):
        settings = Settings(consortium=ConsortiumSettings(secretaries=(LIN.telegram_id,)))
        office = open_office("Asia/Shanghai", settings.checkins, settings.quiet_hours, settings.holidays)
        self.press = Press(database, open_digest_office(settings.consortium, settings.digests, settings.tasks, office))
        self.database, self.now = database, now

    async def __aenter__(self):
        application = web.Application()
        application.add_routes(Board(self.press, clock=lambda: self.now).routes())
        self.runner = web.AppRunner(application)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        self.base = address_of(f"http://127.0.0.1:{self.runner.addresses[0][1]}", "", 0)
        return self

    async def __aexit__(self, *_):
        await self.runner.cleanup()

    async def link(self, hours=12):
        async with self.database.transaction() as session:
            return self.base + await sign_link(session, await actor_of(session, LIN), hours=hours, now=self.now)

    async def get(self, address):
        async with ClientSession() as http, http.get(address) as answer:
            return answer.status, await answer.text(), answer.headers


@pytest.fixture
async def site(database, cast, now):
    async with database.transaction() as session:
        await store_years(session, count=12, first=Period(2025, 11), months=12)
        await session.execute(update(Unit).where(Unit.id == 100).values(name=EVIL))
        entries = select(Submission.id).where(Submission.unit_id == 100)
        await session.execute(
            update(CheckinEntry)
            .where(CheckinEntry.submission_id.in_(entries), CheckinEntry.text.is_not(None))
            .values(text=EVIL + "完成3项")
        )
    async with Site(database, now) as site:
        yield site


async def test_the_board_shows_what_the_database_holds(site):
    status, page, headers = await site.get(await site.link() + "?period=2026-10")
    assert status == 200
    async with site.database.reading() as session:
        total = await accepted_sum(session, "interns_on_post", "2026-10")
    assert f"{total:,.0f}" in page
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


async def test_a_figure_opens_to_units_and_their_answers(site):
    link = await site.link()
    _, page, _ = await site.get(link + "?period=2026-10&key=interns_on_post")
    async with site.database.reading() as session:
        rows = (
            await session.execute(accepted_entries("interns_on_post", "2026-10", Unit.id, CheckinEntry.value))
        ).all()
    for unit_id, value in rows:
        assert f"unit={unit_id}" in page
        if value is not None:
            assert f"{value:,.0f}" in page
    unit_id, value = next((unit_id, value) for unit_id, value in rows if value)
    _, page, _ = await site.get(link + f"?period=2026-10&key=interns_on_post&unit={unit_id}")
    assert f"{value:.0f}" in page


async def test_what_members_wrote_never_becomes_markup(site):
    link = await site.link()
    for query in (
        "?period=2026-10",
        "?period=2026-10&key=interns_on_post",
        "?period=2026-10&key=interns_on_post&unit=100",
    ):
        _, page, _ = await site.get(f"{link}?period=2026-10{query}")
        assert "<script>" not in page
        assert "<img" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "query", ["?key=x'--", "?period=abc", "?period=9999", "?key=interns_on_post&unit=99999999999999999999"]
)
async def test_strange_queries_break_nothing(site, query):
    status, _, _ = await site.get(await site.link() + query)
    assert status in (200, 404)


async def test_forged_expired_and_revoked_links_open_nothing(site):
    link = await site.link(hours=1)
    assert (await site.get(link))[0] == 200
    body, _, signature = link.rpartition(".")
    assert (await site.get(f"{body}.{'A' * len(signature)}"))[0] == 403
    assert (await site.get(f"{body[:-1]}x.{signature}"))[0] == 403
    assert (await site.get(site.base + "x"))[0] == 403
    site.now += timedelta(hours=1)
    status, page, _ = await site.get(link)
    assert status == 403
    assert "链接" in page
    site.now -= timedelta(hours=1)
    async with site.database.transaction() as session:
        await session.delete(await session.get(PageKey, "digests"))
    assert (await site.get(link))[0] == 403


async def test_a_link_ends_with_its_persons_rights(site):
    async with site.database.transaction() as session:
        actor = await actor_of(session, HAN)
        session.add(Seat(person_id=actor.person_id, role="secretariat", since=site.now))
    async with site.database.transaction() as session:
        actor = await actor_of(session, HAN)
        link = site.base + await sign_link(session, actor, hours=12, now=site.now)
    assert (await site.get(link))[0] == 200
    async with site.database.transaction() as session:
        await session.execute(update(Seat).where(Seat.role == "secretariat").values(until=site.now))
    assert (await site.get(link))[0] == 403


async def test_only_the_secretariat_gets_a_link(site):
    async with site.database.transaction() as session:
        actor = await actor_of(session, HAN)
        with pytest.raises(NotAllowed):
            await sign_link(session, actor, hours=1, now=site.now)


async def test_a_correction_shows_at_once(site):
    from tests.services.digests.stored import correct

    link = await site.link()
    await site.get(link + "?period=2026-10")
    async with site.database.transaction() as session:
        submission_id = await session.scalar(accepted_entries("interns_on_post", "2026-10", Submission.id))
        await correct(session, submission_id, "interns_on_post", Decimal(87654), at=site.now)
    _, page, _ = await site.get(link + "?period=2026-10&key=interns_on_post")
    assert "87,654" in page


# The browser sees the page alone, and the other tests read that from both databases.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_it_fits_a_phone_and_a_browser_runs_no_script(site):
    pytest.importorskip("playwright")
    import shutil

    from playwright.async_api import async_playwright

    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser_path is None:
        pytest.skip("no Chromium on this machine")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 375, "height": 720})
        dialogs = []
        page.on("dialog", lambda dialog: dialogs.append(dialog))
        for query in ("?period=2026-10", "?period=2026-10&key=interns_on_post"):
            await page.goto(await site.link() + query)
            assert await page.evaluate("document.documentElement.scrollWidth") <= 375
        await page.click("nav a")
        assert await page.locator(".cards .card").count() > 3
        await browser.close()
    assert dialogs == []
