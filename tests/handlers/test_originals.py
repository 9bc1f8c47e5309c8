"""Having a whole document: found by its name, given as its file or its words, to whom may have it and where."""

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from services.library.originals import Originals, sweep
from services.library.wishes import DocumentWish, read_document
from services.models import AuditEntry, Chat, Document, OutboxMessage
from tests.cast import GROUP_ID, GUEST, LIN, ZHOU, Account
from tests.handlers.test_kb import CHARTER
from tests.handlers.test_kb import Chat as Shelf
from tests.handlers.test_kb import chat as shelf
from tests.handlers.ticket_talk import Room, room, to
from tests.talk import BOT, Said

__all__ = ["room", "shelf"]
LOANS = "器材共用管理办法\n\n示联办〔2026〕8号\n\n第一条 器材借用期限最长为十五天。\n\n第二条 损坏的照价赔偿。"
RULES = "实训场地管理办法\n\n第一条 场地每周三对外开放。"
BYTES = b"%PDF-1.7 as it was sent"


def content(said: Said) -> bytes:
    assert said.attachment is not None
    return Path(said.attachment["path"]).read_bytes()


def name(said: Said) -> str:
    assert said.attachment is not None
    return str(said.attachment["name"])


async def with_original(room: Room, tmp_path: Path, access: str = "members", collection: str = "") -> int:
    (tmp_path / "sent.pdf").write_bytes(BYTES)
    kept = room.originals.keep(tmp_path / "sent.pdf", "器材办法.pdf")
    return await room.shelve("器材办法.pdf", LOANS, access, collection, original=kept)


@pytest.mark.parametrize(
    "words",
    [
        "把器材共用管理办法发我",
        "器材共用管理办法全文",
        "有没有器材办法的原件",
        "请把《器材共用管理办法》的原件发我一份",
        "能把器材共用办法发给我看看吗",
        "示联办〔2026〕8号全文发我",
        "/file 器材",
    ],
)
async def test_the_file_as_it_was_sent_comes_by_the_documents_name(room: Room, tmp_path: Path, words: str) -> None:
    await with_original(room, tmp_path)
    await room.shelve("场地.txt", RULES, "members")
    (said,) = await room.say(ZHOU, words)
    assert said.text_key == "kb.original"
    assert content(said) == BYTES
    assert name(said) == "器材办法.pdf"
    assert "文字版" not in said.text


async def test_without_an_original_its_words_come_as_a_file_with_its_particulars(room: Room) -> None:
    await room.shelve("器材.txt", LOANS, "members")
    (said,) = await room.say(ZHOU, "器材共用管理办法全文发我")
    assert name(said) == "器材共用管理办法.txt"
    assert "没有保存原件" in said.text
    words = content(said).decode()
    assert words.startswith("器材共用管理办法\n")
    assert "文号：示联办〔2026〕8号" in words
    assert "损坏的照价赔偿" in words


async def test_of_several_it_asks_which(room: Room) -> None:
    await room.shelve("器材.txt", LOANS, "members")
    await room.shelve("场地.txt", RULES, "members")
    (which,) = await room.say(ZHOU, "把管理办法发我")
    assert "有 2 份" in which.text
    assert len(which.labels) == 2
    (said,) = await room.press(ZHOU, "实训场地")
    assert "对外开放" in content(said).decode()


async def test_the_document_that_was_just_answered_from(room: Room) -> None:
    await room.shelve("器材.txt", LOANS, "members")
    (none,) = await room.say(ZHOU, "全文发我")
    assert "要哪一份文件" in none.text
    await room.say(ZHOU, "器材借用期限最长多少天？")
    (said,) = await room.say(ZHOU, "把这份文件发我")
    assert "照价赔偿" in content(said).decode()
    await room.press(ZHOU, "看原文")
    (said,) = await room.press(ZHOU, "发全文")
    assert "照价赔偿" in content(said).decode()


async def test_what_one_may_not_hear_is_not_there(room: Room, tmp_path: Path) -> None:
    await with_original(room, tmp_path)
    (said,) = await room.say(GUEST, "把器材共用管理办法原件发我")
    assert said.attachment is None
    assert "没有您可以看的“器材共用管理办法”" in said.text
    (said,) = await room.say(GUEST, "把器材共用管理办法发我")
    assert "没有您可以看的“器材共用管理办法”" in said.text


async def in_group(room: Room, words: str, who: Account = ZHOU) -> list[Said]:
    return await room.say(who, f"@{BOT.username} {words}", chat=GROUP_ID)


async def test_in_a_group_only_what_it_may_hear_else_in_private(room: Room, tmp_path: Path) -> None:
    await with_original(room, tmp_path, collection="制度")
    (said,) = await in_group(room, "把器材共用管理办法发我")
    assert said.chat_id == GROUP_ID
    assert said.reply_to
    async with room.database.transaction() as session:
        chat = await session.get(Chat, GROUP_ID)
        assert chat is not None
        chat.collections = ["其他"]
    pointer, private = await in_group(room, "把器材共用管理办法发我")
    assert pointer.chat_id == GROUP_ID
    assert "已私信发给您" in pointer.text
    assert "器材" not in pointer.text
    assert private.chat_id == ZHOU.telegram_id
    assert content(private) == BYTES
    assert all(one.attachment is None for one in await in_group(room, "器材共用管理办法全文发我", GUEST))
    await room.shelve("场地.txt", RULES, "members", "制度")
    pointer, which = await in_group(room, "把管理办法发我")
    assert "管理办法" not in pointer.text
    assert which.chat_id == ZHOU.telegram_id
    (said,) = await room.press(ZHOU, "实训场地")
    assert "对外开放" in content(said).decode()


async def test_rights_are_judged_again_when_the_file_goes_out(room: Room, tmp_path: Path) -> None:
    number = await with_original(room, tmp_path)
    await room.talk.say(ZHOU, "把器材共用管理办法发我")
    async with room.database.transaction() as session:
        document = await session.get(Document, number)
        assert document is not None
        document.access = "secretariat"
    (said,) = await room.work()
    assert said.text_key == "kb.original_gone"
    assert said.attachment is None


async def test_a_document_out_of_force_comes_with_the_warning_and_its_successor(room: Room, tmp_path: Path) -> None:
    await with_original(room, tmp_path)
    await room.shelve("新.txt", "器材共享办法\n\n第一条 器材借用期限最长为三十天。", "members")
    await room.say(LIN, "废止 器材共用管理办法，由 器材共享办法 替代")
    await room.press(LIN, "确认废止")
    (said,) = await room.say(ZHOU, "器材共用管理办法全文")
    assert "《器材共用管理办法》已被替代" in said.text
    assert "现行文件：《器材共享办法》" in said.text
    assert content(said) == BYTES


async def test_of_a_name_that_fits_both_the_one_in_force_comes_unless_the_old_one_is_meant(room: Room) -> None:
    await room.shelve("旧.txt", "会费管理办法\n\n第一条 会费每年一千元。", "members")
    await room.shelve("新.txt", "会费管理办法（修订）\n\n第一条 会费每年两千元。", "members")
    await room.say(LIN, "/kb 1")
    await room.press(LIN, "废止")
    await room.press(LIN, "2")
    (said,) = await room.say(ZHOU, "把会费管理办法（修订）发我")
    assert "两千元" in content(said).decode()
    (said,) = await room.say(ZHOU, "旧版会费管理办法发我")
    assert "一千元" in content(said).decode()


async def test_who_has_it_stands_in_the_trail(room: Room, tmp_path: Path) -> None:
    await with_original(room, tmp_path)
    await room.say(ZHOU, "把器材共用管理办法发我")
    async with room.database.reading() as session:
        (entry,) = await session.scalars(select(AuditEntry).where(AuditEntry.act == "read"))
    assert entry.facts == {"whole": True, "in_group": False}
    (told,) = to(await room.say(LIN, "谁看过《器材共用管理办法》"), LIN)
    assert "周老师（星河职业技术学院） 取走全文《器材共用管理办法》" in told.text


async def test_a_refused_press_names_the_document_to_the_secretariat(room: Room) -> None:
    await room.shelve("器材.txt", LOANS, "members")
    await room.say(ZHOU, "器材借用期限最长多少天？")
    (passage,) = await room.press(ZHOU, "看原文")
    await room.say(LIN, "/kb 器材共用管理办法")
    await room.press(LIN, "改为仅秘书处可见")
    assert await room.press(ZHOU, "发全文", on=passage) == []
    (told,) = to(await room.say(LIN, "谁被拒绝过"), LIN)
    assert "《器材共用管理办法》：取全文被拒绝（超出可见范围）" in told.text


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("旧版议事规则发我", DocumentWish("议事规则", is_older=True, is_certain=True)),
        ("麻烦发一下议事规则给我", DocumentWish("议事规则", is_certain=True)),
        ("咱们的议事须知发我一份", DocumentWish("议事须知")),
        ("议事规则的电子版有吗", DocumentWish("议事规则", is_certain=True)),
        ("下载议事须知", DocumentWish("议事须知")),
        ("这个文件的原件有吗", DocumentWish(is_certain=True)),
    ],
)
def test_a_wish_for_a_document_is_read(words: str, wish: DocumentWish) -> None:
    assert read_document(words) == wish


@pytest.mark.parametrize(
    "words",
    [
        "实习协议的原件要几份",
        "营业执照的扫描件要交吗",
        "需要营业执照原件吗",
        "把议事规则发给张三",
        "学历证书原件",
        "议事规则第五条是什么",
        "全文有多少字",
        "在岗实习1180人",
        "给我们企业的补贴是多少",
        "提交电子版可以吗",
        "有吗",
        "发我",
        "要一份工作",
        "把通知发我",
    ],
)
def test_what_asks_about_papers_is_no_wish_for_one(words: str) -> None:
    assert read_document(words) is None


async def test_a_wish_that_names_nothing_on_the_shelf_stays_a_question(room: Room) -> None:
    await room.shelve("器材.txt", LOANS, "members")
    (said,) = await room.say(ZHOU, "把会议室钥匙发我")
    assert not said.text_key.startswith("kb.")


# Keeping


async def kept_of(shelf: Shelf) -> list[str]:
    return [one.original for one in await shelf.documents()]


async def test_an_uploaded_file_is_kept_as_it_came_and_the_card_says_so(shelf: Shelf) -> None:
    await shelf.send(LIN, "章程.txt", CHARTER, "收录 成员")
    (kept,) = await kept_of(shelf)
    path = shelf.originals.find(kept)
    assert path is not None
    assert path.read_bytes() == CHARTER.encode()
    assert path.stat().st_mode & 0o077 == 0
    (card,) = await shelf.talk.say(LIN, "/kb 示范市产教联合体章程")
    assert "原件已保存" in card.text
    assert "发全文" in card.labels


async def test_what_is_refused_asked_about_or_there_already_leaves_no_file(shelf: Shelf) -> None:
    await shelf.send(LIN, "章程.txt", CHARTER, "收录 成员")
    await shelf.send(LIN, "同文.txt", CHARTER, "收录 成员")
    await shelf.send(LIN, "章程二稿.txt", CHARTER.replace("两次", "三次"), "收录 成员")
    await shelf.send(LIN, "名单.txt", "身份证号 110101199003078515", "收录 成员")
    assert sorted(os.listdir(shelf.originals.folder)) == await kept_of(shelf)


async def test_a_document_without_its_file_gets_it_when_the_same_words_are_sent(shelf: Shelf) -> None:
    await shelf.send(LIN, "章程.txt", CHARTER, "收录 成员")
    async with shelf.database.transaction() as session:
        (document,) = await session.scalars(select(Document))
        shelf.originals.discard(document.original)
        document.original = ""
    await shelf.send(LIN, "章程（盖章）.txt", CHARTER, "收录 成员")
    (kept,) = await kept_of(shelf)
    assert shelf.originals.find(kept)


async def test_removing_takes_the_file_its_words_and_the_messages_that_bring_them(room: Room, tmp_path: Path) -> None:
    await with_original(room, tmp_path)
    await room.say(ZHOU, "把器材共用管理办法发我")
    (tmp_path / "sent.pdf").unlink()
    async with room.database.reading() as session:
        kept = (await session.scalars(select(Document.original))).one()
    room.originals.discard(kept)  # as if it had been lost: then the words are given as a file
    await room.say(ZHOU, "把器材共用管理办法发我")
    async with room.database.transaction() as session:
        rows = list(await session.scalars(select(OutboxMessage).where(OutboxMessage.text_key == "kb.original")))
        assert len(rows) == 2
        rows[-1].state = "new"
    assert os.listdir(room.originals.folder) == ["text-1.txt"]
    await room.say(LIN, "/kb 器材共用管理办法")
    await room.press(LIN, "删除")
    await room.press(LIN, "确认删除")
    assert os.listdir(room.originals.folder) == []
    async with room.database.reading() as session:
        messages = list(
            await session.scalars(select(OutboxMessage).where(OutboxMessage.business_key.startswith("original:1:")))
        )
        assert [one.text_key for one in messages] == ["", "ask.removed"]
        assert all(one.attachment is None for one in messages)
        document = await session.get(Document, 1)
        assert document is not None
        assert document.original == ""
    (said,) = await room.say(ZHOU, "把器材共用管理办法原件发我")
    assert "没有您可以看的" in said.text
    (told,) = to(await room.say(LIN, "查阅记录"), LIN)
    assert "取走全文一份已删除的文件" in told.text


def test_bytes_are_overwritten_before_the_file_goes(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "kept")
    (tmp_path / "a.txt").write_bytes(BYTES)
    kept = originals.keep(tmp_path / "a.txt", "a.txt")
    os.link(originals.folder / kept, tmp_path / "seen")
    originals.discard(kept)
    assert (tmp_path / "seen").read_bytes() == b"\0" * len(BYTES)
    assert originals.find(kept) is None
    originals.discard(kept)
    originals.discard("../a.txt")
    assert (tmp_path / "a.txt").exists()


async def test_what_a_crash_left_behind_goes_at_the_next_start(room: Room, tmp_path: Path) -> None:
    await with_original(room, tmp_path)
    orphan = room.originals.keep(tmp_path / "sent.pdf", "x.pdf")
    fresh = room.originals.keep(tmp_path / "sent.pdf", "y.pdf")
    for one in room.originals.folder.iterdir():
        if one.name != fresh:
            os.utime(one, (0, 0))
    assert await sweep(room.database, room.originals, now=room.talk.now) == 1
    assert room.originals.find(orphan) is None
    assert room.originals.find(fresh)


async def test_a_name_with_folders_in_it_stays_a_name(room: Room, tmp_path: Path) -> None:
    (tmp_path / "sent.pdf").write_bytes(BYTES)
    kept = room.originals.keep(tmp_path / "sent.pdf", "a.pdf")
    await room.shelve("../../器材 办法", LOANS, "public", original=kept)
    (said,) = await room.say(GUEST, "器材共用管理办法全文")
    assert name(said) == "器材 办法.pdf"
