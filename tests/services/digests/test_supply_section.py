"""供需对接 in a digest: counted from the offers, named by their versions, cut for each reader; sheets 07 and 08."""

import json
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import text

from bot.commands.digests import write_digest
from bot.settings import Settings
from services.checkins.office import open_office
from services.checkins.running.cycles import open_cycle_for
from services.digests.briefing.markdown import as_markdown
from services.digests.figures.digest import Audience
from services.digests.figures.readers import for_reader
from services.digests.issuing.making import Made
from services.digests.issuing.press import Press, open_digest_office
from services.digests.text.summary import summary
from services.models import SupplyTable
from services.periods import Period
from services.settings import ConsortiumSettings
from services.supply.fields import NEED
from services.supply.offers import change_offer, close_offer
from tests.cast import BEICHEN_WL, BEICHEN_ZB, CHEN, HAILAN, LIN, QINGHE, SU, SUN, XINGHE, ZHOU
from tests.services.digests.sample import ZONE
from tests.services.digests.test_documents import plain
from tests.services.supply.desks import GRADUATES, WHOLE, Offers, desk_with

SETTINGS = Settings(consortium=ConsortiumSettings(secretaries=(LIN.telegram_id,)))
NOVEMBER = Period(2026, 11)
CHEMISTRY, MACHINES, SAFETY = "470201", "460301", "420901"


class House(Offers):
    """Offers, and digests made of them."""

    def __init__(self, database, cast, now):
        super().__init__(database, cast, desk_with(), now)
        office = open_office("Asia/Shanghai", SETTINGS.checkins, SETTINGS.quiet_hours, SETTINGS.holidays)
        offices = open_digest_office(SETTINGS.consortium, SETTINGS.digests, SETTINGS.tasks, office)
        self.press = Press(database, offices)

    async def wanted(self, who, unit, major, count, **more):
        return await self.publish(who, unit, WHOLE | {"majors": [major], "headcount": count} | more, is_public=False)

    async def trained(self, who, unit, major, count):
        return await self.publish(who, unit, GRADUATES | {"majors": [major], "headcount": count}, is_public=False)

    async def make(self) -> Made:
        read = await self.press.read(NOVEMBER, accepted_only=True, cutoff=self.now)
        return await self.press.make(read, plain)

    async def write(self, folder, kind):
        """The file of that kind; somebody must have been asked for a report in that month."""
        async with self.database.transaction() as session:
            await open_cycle_for(session, self.press.office.office, NOVEMBER, now=self.now, invite=False)
        await write_digest(self.database, SETTINGS, "2026-11", folder, kind, self.now)
        return next(folder.glob(f"*.{kind}"))

    async def stamp(self) -> str:
        return await self.press.current_stamp(date(2026, 11, 23))


@pytest.fixture
def house(database, cast, now):
    return House(database, cast, now)


async def fill(house: House) -> None:
    """Three enterprises want chemistry, one wants machines; two schools train them; three people are a small cell."""
    await house.wanted(CHEN, HAILAN, CHEMISTRY, 50)
    await house.wanted(SUN, BEICHEN_WL, CHEMISTRY, 10)
    await house.wanted(SUN, BEICHEN_ZB, CHEMISTRY, 20)
    await house.wanted(SUN, BEICHEN_ZB, MACHINES, 30)
    await house.wanted(SUN, BEICHEN_ZB, SAFETY, 3)
    await house.trained(ZHOU, XINGHE, CHEMISTRY, 30)
    await house.trained(SU, QINGHE, CHEMISTRY, 20)
    await house.trained(ZHOU, XINGHE, MACHINES, 50)


async def test_the_counts_are_those_of_plain_sql(house):
    await fill(house)
    await house.wanted(CHEN, HAILAN, CHEMISTRY, 7, majors=[], major_said="不限")
    digest = (await house.make()).digest
    async with house.database.reading() as session:
        wanted = await session.scalar(text("SELECT SUM(headcount) FROM demand_posts WHERE state = 'open'"))
        trained = await session.scalar(
            text("SELECT SUM(headcount - locked - further) FROM supply_batches WHERE state = 'open'")
        )
    assert (digest.balance.demand + digest.market.any_major, digest.balance.supply) == (wanted, trained)
    assert digest.market.any_major == 7
    gaps = [(digest.class_names[one.code], one.gap) for one in digest.balance.top_gaps()]
    assert gaps == [("化工技术类", 30), ("安全类", 3)]
    coverage = digest.market.coverage
    assert (coverage.posts, coverage.post_units, coverage.enterprises) == (6, 3, 3)
    assert (coverage.batches, coverage.batch_units, coverage.schools) == (3, 2, 2)


async def test_the_section_says_who_is_behind_it_and_by_which_table(house):
    await fill(house)
    told = as_markdown(plain, (await house.make()).digest, ZONE)
    for words in (
        "企业登记需求113人，院校可供100人",
        "截至2026年11月23日，3家企业中3家登记岗位5条，2所院校中2所登记毕业生3条",
        "产业—专业对照表尚未批准",
        "| 化工技术类 | 80 | 50 | 30 | 0.63 |",
        "空白",
    ):
        assert words in told


async def test_under_thirty_there_are_no_percents(house):
    await house.wanted(CHEN, HAILAN, CHEMISTRY, 20)
    told = as_markdown(plain, (await house.make()).digest, ZONE)
    assert "人数不足30，不计算比率" in told
    assert "需求满足率" not in told


async def test_chains_are_covered_by_two_majors_of_either_level(house, now):
    await fill(house)
    rows = [["化工", "4702", ""], ["装备", "4603", ""]]
    async with house.database.transaction() as session:
        session.add(SupplyTable(kind="industries", version=3, rows=rows, loaded_at=now, approved_at=now))
    digest = (await house.make()).digest
    assert [(one.name, one.college, one.secondary, one.is_covered) for one in digest.market.chains] == [
        ("化工", 1, 0, False),
        ("装备", 1, 0, False),
    ]
    assert "产业—专业对照表第3版" in as_markdown(plain, digest, ZONE)


async def test_every_version_of_an_offer_gives_the_facts_another_name(house, now):
    post_id = await house.wanted(CHEN, HAILAN, CHEMISTRY, 60)
    stamps = [await house.stamp()]
    for do in (
        lambda session, actor, offer: change_offer(session, actor, offer, {"headcount": 40}, now=now),
        lambda session, actor, offer: close_offer(session, actor, offer, "filled", now=now),
    ):
        assert await house.stamp() == stamps[-1]
        await house.act(CHEN, NEED, post_id, do)
        stamps.append(await house.stamp())
    assert len(set(stamps)) == 3
    assert (await house.make()).digest.balance.demand == 0


async def test_small_cells_are_for_the_secretariat_and_single_units_not_for_groups(house):
    await fill(house)
    digest = (await house.make()).digest
    council, group = for_reader(digest, Audience.COUNCIL), for_reader(digest, Audience.GROUP)
    shown = {
        audience.audience: {found.class_names[one.code] for one in found.balance.classes}
        for audience, found in ((digest, digest), (council, council), (group, group))
    }
    assert "安全类" in shown[Audience.SECRETARIAT]
    assert shown[Audience.COUNCIL] == shown[Audience.GROUP] == {"化工技术类"}
    assert council.market.left_out == 2  # three people, and the machines that one enterprise wants
    assert "安全类" not in summary(plain, group, ZONE)


async def test_the_needs_of_too_few_enterprises_are_for_the_secretariat(house):
    await house.wanted(CHEN, HAILAN, CHEMISTRY, 60)
    await house.wanted(SUN, BEICHEN_ZB, CHEMISTRY, 60)
    await house.trained(ZHOU, XINGHE, CHEMISTRY, 30)
    digest = (await house.make()).digest
    assert for_reader(digest, Audience.SECRETARIAT).balance.demand == 120
    for audience in (Audience.COUNCIL, Audience.GROUP):
        seen = for_reader(digest, audience)
        assert (seen.balance.demand, seen.balance.classes, seen.market.coverage.post_units) == (0, (), 0)
        assert "登记的单位或人数较少" in as_markdown(plain, seen, ZONE)


async def test_what_enterprises_made_public_is_for_the_council_and_not_for_groups(house):
    await house.publish(CHEN, HAILAN, WHOLE | {"majors": [CHEMISTRY], "headcount": 60})
    await house.trained(ZHOU, XINGHE, CHEMISTRY, 30)
    digest = (await house.make()).digest
    assert [one.gap for one in for_reader(digest, Audience.COUNCIL).balance.classes] == [30]
    assert for_reader(digest, Audience.GROUP).market.is_withheld


async def test_the_briefing_that_is_handed_on_holds_no_small_class_and_the_ledger_does(house, tmp_path):
    await fill(house)
    document = Document(str(await house.write(tmp_path, "docx")))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "化工技术类" in cells
    assert "安全类" not in cells
    book = load_workbook(await house.write(tmp_path, "xlsx"))
    assert 3 in [row[5].value for row in book["07岗位需求"].iter_rows()]


async def test_the_ledger_has_every_offer_with_its_state(house, tmp_path, now):
    await fill(house)
    await house.act(CHEN, NEED, 1, lambda session, actor, offer: close_offer(session, actor, offer, "filled", now=now))
    book = load_workbook(await house.write(tmp_path, "xlsx"))
    posts = [[cell.value for cell in row] for row in book["07岗位需求"].iter_rows()]
    batches = [[cell.value for cell in row] for row in book["08毕业生供给"].iter_rows()]
    (post,) = [row for row in posts if row[0] == HAILAN]
    assert post[1:6] == ["化工操作工", None, "应用化工技术", "中职", 50]
    assert post[12] == "已满足"
    assert [row[9] for row in batches if row[0] in (XINGHE, QINGHE)] == [30, 50, 20]


async def test_the_document_and_the_json_carry_the_section(house, tmp_path):
    await fill(house)
    told = json.loads((await house.write(tmp_path, "json")).read_text(encoding="utf-8"))["supply"]
    assert (told["demand"], told["coverage"]["post_units"], told["mapping_version"]) == (113, 3, 0)
    document = Document(str(await house.write(tmp_path, "docx")))
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    assert ["专业类", "需求", "供给", "缺口", "供需比", "结构偏离度"] in heads
