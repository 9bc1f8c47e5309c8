"""Posts and graduates of the sample consortium: read from words and published by the use cases of real ones."""

from datetime import datetime

from bot.sample import HERE
from services.db import Session
from services.members.actors import Actor, Held
from services.members.units import get_unit
from services.sheets import read_sheet
from services.supply.desk import SupplyDesk
from services.supply.fields import NEED, SUPPLY, Kind
from services.supply.hearing import read_offers
from services.supply.offers import draft_offers, publish_offer
from services.supply.tables import approve_table, load_table

# (unit, whole words of which nothing has to be asked, shown to the other side).
POSTS = (
    ("启明化工集团", "招40个化工操作工，应用化工技术专业，大专，明年7月到岗，5000-6800，包住", True),
    ("华川新材料有限公司", "招24个化工操作工，应用化工技术专业，大专，明年7月到岗，5000-6500", True),
    ("华川新材料有限公司", "缺6名分析检验员，分析检验技术专业，大专，明年7月到岗，4800-6000", False),
    ("青禾精细化工有限公司", "招12个化工操作工，化学工艺专业，中专，明年8月到岗，4500-5800", True),
    ("远航智能装备有限公司", "招36个设备维修工，机电一体化技术专业，大专，明年7月到岗，5500-7500", True),
    ("顺达物流有限公司", "招10个仓储管理员，现代物流管理专业，大专，明年7月到岗，4500-5500", True),
)
BATCHES = (
    ("云州职业技术学院", "明年6月应用化工技术毕业生85人，已签约30，升学10", True),
    ("云州技师学院", "明年7月数控技术毕业生48人，已签约12", True),
    ("云州市中等专业学校", "明年6月化学工艺毕业生55人，升学20", True),
    ("云州市中等专业学校", "明年6月机电技术应用毕业生60人，升学25", True),
    ("云州护理职业学院", "明年7月520201毕业生180人，已签约40", False),
)
INDUSTRIES = HERE / "industries.csv"
SOURCE = "示例：云州市重点产业—专业对照表"


async def publish_offers(session: Session, secretary: Actor, desk: SupplyDesk, *, now: datetime) -> None:
    """Put the table of industries in force, then publish everything as each unit's liaison would."""
    table = await load_table(session, secretary, read_sheet(INDUSTRIES), SOURCE, now=now)
    await approve_table(session, secretary, table.id, desk=desk, now=now)
    for kind, offers in ((NEED, POSTS), (SUPPLY, BATCHES)):
        for unit_name, words, is_public in offers:
            await _publish(session, secretary.person_id, (kind, unit_name, words, is_public), desk, now)


async def _publish(
    session: Session, person_id: int, what: tuple[Kind, str, str, bool], desk: SupplyDesk, now: datetime
) -> None:
    kind, unit_name, words, is_public = what
    unit = await get_unit(session, unit_name)
    liaison = Actor(person_id, 0, "", (Held("liaison", unit.id, unit.name, unit.kind),))
    heard = await read_offers(session, desk, liaison, kind, words, now=now)
    for offer in await draft_offers(session, liaison, unit.id, kind, heard.reads, desk=desk, now=now):
        await publish_offer(session, liaison, offer, is_public=is_public, desk=desk, now=now)
