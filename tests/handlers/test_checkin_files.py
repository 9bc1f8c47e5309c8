"""Check-ins as tables: sent out prefilled, sent back, read apart, put through the same checks."""

import shutil
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import update

from bot.checkin_files import CheckinFiles
from services.db import Database
from services.models import Errand, Seat
from services.tickets.desk import Desk
from tests.cast import LIN, SECRETARIES, SU, SUN, XINGHE, ZHOU, Account, Cast
from tests.handlers.checkin_talk import OFFICE, season, talk_in
from tests.services.checkins.filings import IN_WINDOW, figures_of
from tests.talk import Said, Talk


class Files:
    """The workers beside a conversation, and a person's folder of files."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.folder = folder
        self.workers = CheckinFiles(
            database, OFFICE, self.fetch, folder=folder / "out", secretaries=SECRETARIES, clock=lambda: IN_WINDOW
        )

    async def fetch(self, file_id: str, to: Path) -> None:
        """Brings a file of the folder."""
        shutil.copyfile(self.folder / file_id, to)

    async def template(self, talk: Talk) -> Path:
        """The table that was promised last."""
        await self.workers.send_template(_last(talk, "checkin_template"))
        (said,) = await talk.listen()
        assert said.attachment is not None
        return Path(said.attachment["path"])

    async def send(self, talk: Talk, who: Account, path: Path) -> Said:
        """Send a file in private; returns what is said in the end."""
        (self.folder / "sent").mkdir(exist_ok=True)
        shutil.copyfile(path, self.folder / "sent" / path.name)
        document = {"file_id": f"sent/{path.name}", "file_unique_id": "1", "file_name": path.name, "file_size": 9000}
        await talk.say(who, document=document)
        await self.workers.take_sheet(_last(talk, "checkin_sheet"))
        return (await talk.listen())[-1]


def _last(talk: Talk, kind: str) -> Errand:
    return [one for one in talk.works if one.kind == kind][-1]


def _row_of(page: Any, label: str) -> int:
    return next(row for row in range(1, page.max_row + 1) if label in str(page.cell(row, 2).value))


async def test_table_comes_prefilled_and_goes_back_into_the_draft(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    await season(database, cast, XINGHE)
    talk, files = talk_in(database), Files(database, tmp_path)
    await talk.say(ZHOU, "月报")
    await talk.press(ZHOU, "要表格")
    path = await files.template(talk)
    book = load_workbook(path)
    page = book.active
    assert page is not None
    assert page.cell(_row_of(page, "在校生"), 4).value == 5240
    assert page.cell(_row_of(page, "在校生"), 5).value == "同上月"
    for label, value in (("社会（职工）培训", 200), ("新签校企", 0), ("企业实践", "42天"), ("横向", "5.8")):
        page.cell(_row_of(page, label), 5).value = value
    page.cell(_row_of(page, "在岗实习"), 5).value = 741
    page.cell(_row_of(page, "亮点"), 5).value = "与海岚化工共建产业学院"
    book.save(path)
    card = await files.send(talk, ZHOU, path)
    assert "还缺" not in card.text
    assert "产业学院" in card.text
    (filed,) = await talk.say(ZHOU, "提交")
    assert "已提交" in filed.text
    async with database.reading() as session:
        figures = await figures_of(session, cast.unit(XINGHE), "filed")
    assert figures["interns_on_post"] == "741"
    assert figures["teacher_practice_days"] == "42"
    assert figures["enrolled_students"] == "5240"


async def test_table_passes_the_same_checks_as_words(database: Database, cast: Cast, tmp_path: Path) -> None:
    await season(database, cast, XINGHE)
    talk, files = talk_in(database), Files(database, tmp_path)
    await talk.say(ZHOU, "月报")
    await talk.say(ZHOU, "表格")
    path = await files.template(talk)
    book = load_workbook(path)
    page = book.active
    assert page is not None
    page.cell(_row_of(page, "本市实习"), 5).value = 800
    page.cell(_row_of(page, "横向"), 5).value = 58000
    page.cell(_row_of(page, "社会（职工）培训"), 5).value = "同上月"
    book.save(path)
    card = await files.send(talk, ZHOU, path)
    assert "本市实习 800 大于 在岗实习 730" in card.text
    assert "单位是元还是万元" in card.text
    assert "社会培训（上月 560）" in card.text


async def test_own_table_with_labels_is_read_too(database: Database, cast: Cast, tmp_path: Path) -> None:
    await season(database, cast, XINGHE)
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (("项目", "本月"), ("在校生", 5231), ("在岗实习", 735), ("社会培训", 210)):
        page.append(row)
    path = tmp_path / "自己的表.xlsx"
    book.save(path)
    await Files(database, tmp_path).send(talk_in(database), ZHOU, path)
    async with database.reading() as session:
        draft = await figures_of(session, cast.unit(XINGHE), "draft")
    assert draft == {"enrolled_students": "5231", "interns_on_post": "735", "training_person_times": "210"}


async def test_title_over_an_own_table_is_no_column(database: Database, cast: Cast, tmp_path: Path) -> None:
    await season(database, cast, XINGHE)
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (("学院11月情况",), ("项目", "数量"), ("培训人次", 210), ("订单班人数", 255), ("食堂窗口", 12)):
        page.append(row)
    path = tmp_path / "学院.xlsx"
    book.save(path)
    card = await Files(database, tmp_path).send(talk_in(database), ZHOU, path)
    assert "读到 2 项" in card.text
    async with database.reading() as session:
        draft = await figures_of(session, cast.unit(XINGHE), "draft")
    assert draft == {"training_person_times": "210", "order_class_students": "255"}


async def test_file_without_a_word_is_asked_about_while_filling_in(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database, desk=Desk(SECRETARIES))
    await talk.say(ZHOU, "在岗实习741")
    document = {"file_id": "a.pdf", "file_unique_id": "1", "file_name": "协议.pdf", "file_size": 18}
    (asked,) = await talk.say(ZHOU, document=document)
    assert "是 2026年11月月报的佐证吗" in asked.text
    await talk.press(ZHOU, "是佐证")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 agreement")
    await Files(database, tmp_path).workers.take_evidence(_last(talk, "checkin_evidence"))
    (kept,) = await talk.listen()
    assert "佐证附在 2026年11月月报" in kept.text


async def test_table_of_persons_is_refused_unstored(database: Database, cast: Cast, tmp_path: Path) -> None:
    await season(database, cast, XINGHE)
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(("姓名", "班级", "学号"))
    page.append(("甲某", "化工1班", "20260101"))
    path = tmp_path / "名单.xlsx"
    book.save(path)
    said = await Files(database, tmp_path).send(talk_in(database), ZHOU, path)
    assert "个人信息" in said.text
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "draft") == {}


async def test_table_of_another_unit_is_not_taken(database: Database, cast: Cast, tmp_path: Path) -> None:
    await season(database, cast, XINGHE)
    talk, files = talk_in(database), Files(database, tmp_path)
    await talk.say(ZHOU, "月报")
    await talk.say(ZHOU, "表格")
    path = await files.template(talk)
    said = await files.send(talk, SU, path)
    assert "没有从" in said.text
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "draft") == {}


async def test_broken_and_empty_files_are_told(database: Database, cast: Cast, tmp_path: Path) -> None:
    await season(database, cast, XINGHE)
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"not a workbook")
    said = await Files(database, tmp_path).send(talk_in(database), SUN, broken)
    assert "损坏" in said.text


async def test_evidence_is_kept_once_and_shown_to_the_secretariat(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    await season(database, cast, XINGHE)
    talk, files = talk_in(database), Files(database, tmp_path)
    await talk.say(LIN, "/start")
    await talk.say(ZHOU, "在岗实习741")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 agreement")
    told = []
    for _ in range(2):
        document = {"file_id": "a.pdf", "file_unique_id": "1", "file_name": "协议.pdf", "file_size": 18}
        await talk.say(ZHOU, document=document, caption="佐证：新签协议")
        await files.workers.take_evidence(_last(talk, "checkin_evidence"))
        told += await talk.listen()
    kept, again = told
    assert "已作为“新签协议”的佐证" in kept.text
    assert "不重复保存" in again.text
    await talk.say(LIN, "/status")
    await talk.press(LIN, XINGHE)
    (shown,) = await talk.press(LIN, "看佐证（1）")
    assert shown.attachment is not None
    assert shown.attachment["name"] == "协议.pdf"
    assert "新签" in shown.text


async def test_a_picture_with_figures_beside_it_is_asked_about_and_its_words_are_taken(
    database: Database, cast: Cast
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database, desk=Desk(SECRETARIES))
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]
    asked, card = await talk.say(ZHOU, photo=photo, caption="在岗实习741")
    assert "还没有保存" in asked.text
    assert "图片里的数我不读" in asked.text
    assert "是佐证" in asked.labels
    assert "741" in card.text
    document = {"file_id": "t", "file_unique_id": "t", "file_name": "说明.txt", "file_size": 90}
    (asked,) = await talk.say(ZHOU, document=document, caption="这是本月的说明")
    assert "“说明.txt”，还没有保存" in asked.text
    assert asked.labels[0] == "是佐证"


async def test_evidence_of_somebody_whose_seat_ended_meanwhile_is_refused_and_not_fetched(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    await season(database, cast, XINGHE)
    talk, files = talk_in(database), Files(database, tmp_path)
    await talk.say(ZHOU, "在岗实习741")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 agreement")
    document = {"file_id": "a.pdf", "file_unique_id": "1", "file_name": "协议.pdf", "file_size": 18}
    await talk.say(ZHOU, document=document, caption="佐证：新签协议")
    async with database.transaction() as session:
        await session.execute(update(Seat).where(Seat.unit_id == cast.unit(XINGHE)).values(until=talk.now))
    await files.workers.take_evidence(_last(talk, "checkin_evidence"))
    (refused,) = await talk.listen()
    assert "没有" in refused.text
    assert not list(tmp_path.rglob("evidence"))
