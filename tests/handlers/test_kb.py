"""The library in chat, from the document that is sent to the card on the shelf."""

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from traceback import format_exception
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy import select

from bot.importing import BotFetch, FetchFailed, Importing, IndexSync
from bot.keeping import IndexKeeper
from bot.removing import Removing
from handlers.library import kb
from handlers.questions import ask
from handlers.tickets import answering
from knowledge.documents.limits import ReadLimits
from knowledge.settings import KnowledgeSettings
from services.db import Database
from services.library.originals import Originals
from services.library.uploads import FileRefused
from services.models import AuditEntry, Document, Errand
from services.tickets.desk import Desk
from tests.cast import GROUP_ID, GUEST, LIN, SECRETARIES, ZHOU, Cast
from tests.talk import Said, Talk, router_of

CHARTER = """示范市产教联合体章程

第一条 联合体由学校、企业和政府部门自愿组成。

第二条 理事会每年召开两次全体会议。
"""
POLICY = """关于促进产教融合的若干措施

示产教发〔2025〕3号

发文机构：示范市教育局

成文日期：2025年3月1日

一、对吸纳学生实习的企业，按每人每月200元给予补贴。
"""


@dataclass
class Chat:
    """A bot whose files and index are at hand, without a network."""

    talk: Talk
    database: Database
    keeper: IndexKeeper
    desk: Desk
    originals: Originals
    files: dict[str, bytes] = field(default_factory=dict)

    async def fetch(self, file_id: str, to: Path) -> None:
        if file_id not in self.files:
            raise FileRefused(reason="gone", name="", limit_mb=20)
        to.write_bytes(self.files[file_id])

    async def send(self, who: Any, name: str, content: str | bytes, caption: str = "", **more: Any) -> list[Said]:
        """Send a document and do what was promised because of it."""
        data = content.encode() if isinstance(content, str) else content
        file_id = f"file-{len(self.files)}"
        self.files[file_id] = data
        document = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(data), **more}
        words: dict[str, Any] = {"caption": caption} if caption else {}
        said = await self.talk.say(who, document=document, **words)
        return said + await self.work()

    async def press(self, who: Any, label: str, **more: Any) -> list[Said]:
        """Press, and do what was promised because of it."""
        return await self.talk.press(who, label, **more) + await self.work()

    async def work(self) -> list[Said]:
        """Do the errands that are due."""
        heard: list[Said] = []
        importing = Importing(
            self.database,
            self.fetch,
            ReadLimits(wall_s=60),
            desk=self.desk,
            clock=lambda: self.talk.now,
            originals=self.originals,
        )
        workers: dict[str, Any] = {
            "import_document": importing,
            "remove_document": Removing(self.database, clock=lambda: self.talk.now, originals=self.originals),
            "sync_index": IndexSync(self.database, self.keeper, clock=lambda: self.talk.now),
        }
        while True:
            async with self.database.reading() as session:
                due = list(await session.scalars(select(Errand).where(Errand.state == "new").order_by(Errand.id)))
            due = [one for one in due if one.kind in workers]
            if not due:
                return heard
            for errand in due:
                await workers[errand.kind](errand)
                heard += await self.talk.listen()

    async def documents(self) -> list[Document]:
        async with self.database.reading() as session:
            return list(await session.scalars(select(Document).order_by(Document.id)))

    async def acts(self, subject: str) -> list[str]:
        async with self.database.reading() as session:
            found = await session.scalars(
                select(AuditEntry.act).where(AuditEntry.subject == subject).order_by(AuditEntry.id)
            )
            return list(found)


@pytest.fixture
async def chat(database: Database, cast: Cast, now: datetime, tmp_path: Path) -> Any:
    keeper = IndexKeeper(database, KnowledgeSettings(dir=tmp_path / "index"))
    await keeper.open(warm=False)
    desk = Desk(SECRETARIES)
    talk = Talk(database, [router_of(answering), router_of(kb), router_of(ask)], now, {"desk": desk})
    yield Chat(talk, database, keeper, desk, Originals(tmp_path / "originals"))
    await keeper.close()


async def test_a_caption_shelves_and_the_message_shows_the_progress(chat: Chat) -> None:
    said = await chat.send(LIN, "措施.txt", POLICY, "收录 公开 栏目:政策")
    assert [one.text_key for one in said] == ["kb.received", "kb.reading", "kb.imported"]
    assert {one.message_id for one in said} == {said[0].message_id}
    for words in ("关于促进产教融合的若干措施", "示产教发〔2025〕3号", "示范市教育局", "2025年3月1日", "政策", "公开"):
        assert words in said[-1].text
    (document,) = await chat.documents()
    assert (document.access, document.collection, document.name) == ("public", "政策", "措施.txt")
    assert "关于促进" in chat.keeper.search_now("实习补贴多少", None, 3)[0].title
    assert await chat.acts("document") == ["import"]


async def test_without_a_caption_the_level_is_asked_for(chat: Chat) -> None:
    (how,) = await chat.send(LIN, "章程.txt", CHARTER)
    assert how.labels == ["收录·成员可见", "收录·公开", "收录·仅秘书处", "取消"]
    said = await chat.press(LIN, "成员可见")
    assert said[-1].text_key == "kb.imported"
    assert said[-1].message_id == how.message_id
    assert (await chat.documents())[0].access == "members"
    await chat.press(LIN, "成员可见", on=how)
    assert "已经处理过" in chat.talk.toast
    assert len(await chat.documents()) == 1


async def test_cancelling_keeps_nothing(chat: Chat) -> None:
    await chat.send(LIN, "章程.txt", CHARTER)
    (said,) = await chat.press(LIN, "取消")
    assert "没有保存" in said.text
    assert await chat.documents() == []


async def test_the_same_words_under_another_name_are_noticed(chat: Chat) -> None:
    await chat.send(LIN, "章程.txt", CHARTER, "收录")
    said = await chat.send(LIN, "章程副本.md", CHARTER, "收录")
    assert "内容相同" in said[-1].text
    assert "1《示范市产教联合体章程》" in said[-1].text
    assert len(await chat.documents()) == 1


async def test_a_replacement_supersedes_and_says_so(chat: Chat) -> None:
    await chat.send(LIN, "章程.txt", CHARTER, "收录 公开")
    said = await chat.send(LIN, "新章程.txt", CHARTER.replace("两次", "四次"), "替换 章程.txt")
    assert "替代了《示范市产教联合体章程》，这是第 2 版" in said[-1].text
    old, new = await chat.documents()
    assert (old.state, old.successor_id) == ("superseded", new.id)
    assert (new.version, new.access) == (2, "public")


async def test_replacing_what_does_not_stand_there_is_refused_before_fetching(chat: Chat) -> None:
    (said,) = await chat.send(LIN, "新章程.txt", CHARTER, "替换 没有的文件")
    assert "没有找到“没有的文件”" in said.text
    assert await chat.documents() == []


async def test_a_repealing_notice_is_shelved_and_repeals(chat: Chat) -> None:
    await chat.send(LIN, "措施.txt", POLICY, "收录")
    said = await chat.send(
        LIN, "废止通知.txt", "关于废止若干措施的通知\n\n第一条 原措施自即日起停止执行。", "废止 促进产教融合"
    )
    assert "《关于促进产教融合的若干措施》已标记为废止" in said[-1].text
    assert [one.state for one in await chat.documents()] == ["repealed", "current"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("方案.txt", "工作方案\n\n机密★1年\n\n第一条 内容。", "机要"),
        ("内部资料 注意保存.txt", "通知\n\n正文第一条。", "机要"),
        ("办法（征求意见稿）.txt", "办法\n\n第一条 内容。", "征求意见稿"),
        ("名单.txt", "实习名单\n\n姓名 性别 班级\n甲 男 一班", "个人信息"),
        ("通讯.txt", "通讯\n\n甲,13812345678\n乙,13912345678\n丙,13712345678", "手机号"),
        ("登记.txt", "登记\n\n甲 11010519491231002X", "身份证号"),
    ],
)
async def test_what_must_not_come_in_is_refused(chat: Chat, name: str, content: str, told: str) -> None:
    said = await chat.send(LIN, name, content, "收录")
    assert said[-1].text_key == "kb.screened"
    assert told in said[-1].text
    assert await chat.documents() == []


async def test_a_published_draft_may_come_in(chat: Chat) -> None:
    said = await chat.send(LIN, "办法.txt", "管理办法（征求意见稿）\n\n第一条 内容如下。", "收录 已公开")
    assert said[-1].text_key == "kb.imported"
    assert "published" in await chat.acts("document")


async def test_mentions_of_secrets_are_no_marks(chat: Chat) -> None:
    text = "保密管理办法\n\n第一条 涉及国家秘密、商业秘密的，依法不予公开。成员应当保守工作中知悉的机密信息。"
    said = await chat.send(LIN, "办法.txt", text, "收录")
    assert said[-1].text_key == "kb.imported"


async def test_size_and_type_are_judged_before_fetching(chat: Chat) -> None:
    (large,) = await chat.send(LIN, "大.pdf", b"x", "收录", file_size=30_000_000)
    assert "最大 20 MB" in large.text
    (odd,) = await chat.send(LIN, "程序.exe", b"x", "收录")
    assert "不支持这种类型（.exe）" in odd.text
    assert chat.talk.works == []


async def test_a_name_cannot_become_markup(chat: Chat) -> None:
    said = await chat.send(LIN, "<b>章程</b>.txt", CHARTER, "收录")
    assert "<b>章程" not in said[0].text
    assert "&lt;b&gt;章程" in said[0].text


async def test_a_file_gone_from_the_server_is_told(chat: Chat) -> None:
    chat.files = {}
    document = {"file_id": "lost", "file_unique_id": "lost", "file_name": "章程.txt", "file_size": 9}
    await chat.talk.say(LIN, document=document, caption="收录")
    said = await chat.work()
    assert "在服务器上已失效" in said[-1].text


async def test_a_server_out_of_reach_leaves_no_token_in_the_error(tmp_path: Path) -> None:
    token = "777000:" + "s" * 35
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base("http://127.0.0.1:9")))
    with pytest.raises(FetchFailed) as caught:
        await BotFetch(bot)("file", tmp_path / "file")
    await bot.session.close()
    assert token not in "".join(format_exception(caught.value))


def docx(**parts: bytes | str) -> bytes:
    """A minimal Word file with these parts in place of its own."""
    body = "<w:p><w:r><w:t>第一条 正文。</w:t></w:r></w:p>"
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.wordprocessingml.document.main+xml"/></Types>'
    )
    whole = {
        "[Content_Types].xml": types,
        "word/document.xml": f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>',
    } | parts
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return target.getvalue()


DTD = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("炸弹.docx", docx(**{"word/document.xml": b"0" * 200_000_000}), "压缩炸弹"),
        ("引用.docx", docx(**{"word/document.xml": DTD}), "外部引用"),
        ("套娃.docx", docx(**{"word/inner.zip": docx()}), "套着压缩包"),
        ("宏.docx", docx(**{"word/vbaProject.bin": b"x"}), "含宏"),
        ("加密.docx", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 4096, "密码"),
        ("残缺.pdf", b"%PDF-1.7\nbroken", "损坏"),
        ("残缺.xlsx", b"PK\3\4broken", "损坏"),
        ("空白.txt", b"   \n ", "没有读到文字"),
        ("二进制.txt", bytes(range(256)) * 8, "不是可读的文本"),
    ],
)
async def test_bad_files_are_refused_in_words(chat: Chat, name: str, content: bytes, told: str) -> None:
    said = await chat.send(LIN, name, content, "收录")
    assert said[-1].text_key == "kb.refused"
    assert told in said[-1].text
    assert await chat.documents() == []


async def test_a_members_file_goes_to_the_secretariat_and_back(chat: Chat) -> None:
    (offered,) = await chat.send(ZHOU, "章程.txt", CHARTER)
    assert offered.labels == ["转秘书处收录", "取消"]
    assert await chat.documents() == []
    notice, opened = sorted(await chat.press(ZHOU, "转秘书处收录"), key=lambda one: one.chat_id)
    assert (notice.chat_id, opened.chat_id) == (LIN.telegram_id, ZHOU.telegram_id)
    assert "章程.txt" in notice.text
    said = await chat.press(LIN, "收录·公开")
    assert (await chat.documents())[0].access == "public"
    told = [one for one in said if one.chat_id == ZHOU.telegram_id]
    assert "秘书处已收录" in told[-1].text


async def test_a_strangers_file_is_not_kept(chat: Chat) -> None:
    (said,) = await chat.send(GUEST, "章程.txt", CHARTER, "收录")
    assert said.text_key == "kb.stranger"
    assert await chat.documents() == []


async def test_only_the_secretariat_sees_the_shelf_and_never_in_a_group(chat: Chat) -> None:
    await chat.send(LIN, "章程.txt", CHARTER, "收录")
    (refused,) = await chat.talk.say(ZHOU, "/kb")
    assert "只有秘书处" in refused.text
    (pointed,) = await chat.talk.say(LIN, "/kb", chat=GROUP_ID)
    assert "章程" not in pointed.text
    (shelf,) = await chat.talk.say(LIN, "资料库有哪些文件")
    assert "示范市产教联合体章程" in shelf.text


async def test_the_list_turns_pages(chat: Chat) -> None:
    for number in range(8):
        await chat.send(LIN, f"{number}.txt", f"第{number}号办法\n\n第一条 内容{number}。", "收录")
    (first,) = await chat.talk.say(LIN, "/kb")
    assert "共 8 份，第 1/2 页" in first.text
    (second,) = await chat.press(LIN, "下一页")
    assert "第0号办法" in second.text
    (card,) = await chat.press(LIN, "1 第0号办法")
    assert "林秘书" in card.text
    assert "第 1 版" in card.text


async def test_access_changes_repeal_and_successor_by_buttons(chat: Chat) -> None:
    await chat.send(LIN, "旧办法.txt", "旧办法\n\n第一条 旧内容。", "收录")
    await chat.send(LIN, "新办法.txt", "新办法\n\n第一条 新内容。", "收录")
    await chat.talk.say(LIN, "/kb 旧办法")
    (card,) = await chat.press(LIN, "改为公开")
    assert "权限：公开" in card.text
    await chat.press(LIN, "废止")
    (done,) = await chat.press(LIN, "由 2 新办法 替代")
    assert "由《新办法》替代" in done.text
    old, new = await chat.documents()
    assert (old.state, old.access, old.successor_id) == ("superseded", "public", new.id)
    assert await chat.acts("document") == ["import", "import", "access", "repeal"]


async def test_a_title_is_found_in_whatever_width_its_signs_were_typed(chat: Chat) -> None:
    await chat.send(LIN, "旧.txt", "差旅办法（旧版）\n\n第一条 旧内容。", "收录")
    await chat.send(LIN, "新.txt", "差旅规定（示例）\n\n第一条 新内容。", "收录")
    (ask,) = await chat.talk.say(LIN, "废止《差旅办法（旧版）》，由《差旅规定（示例）》替代")
    assert "废止《差旅办法（旧版）》，由《差旅规定（示例）》替代？" in ask.text


@pytest.mark.parametrize(("name", "told"), [("旧.doc", "另存为新格式（.docx）"), ("一批.zip", "解压后逐份")])
async def test_a_type_that_is_not_read_says_what_to_do(chat: Chat, name: str, told: str) -> None:
    (said,) = await chat.send(LIN, name, b"any", "收录")
    assert told in said.text


async def test_repeal_by_words_asks_once_and_can_be_taken_back(chat: Chat) -> None:
    await chat.send(LIN, "旧办法.txt", "旧办法\n\n第一条 旧内容。", "收录")
    await chat.send(LIN, "新办法.txt", "新办法\n\n第一条 新内容。", "收录")
    (ask,) = await chat.talk.say(LIN, "废止 旧办法，由 新办法 替代")
    assert "废止《旧办法》，由《新办法》替代？" in ask.text
    (done,) = await chat.press(LIN, "确认废止")
    assert "《旧办法》已废止，由《新办法》替代" in done.text
    await chat.talk.say(LIN, "/kb 1")
    (card,) = await chat.press(LIN, "恢复有效")
    assert "状态：有效" in card.text


async def test_a_part_of_several_names_is_ambiguous(chat: Chat) -> None:
    await chat.send(LIN, "旧办法.txt", "旧办法\n\n第一条 旧内容。", "收录")
    await chat.send(LIN, "新办法.txt", "新办法\n\n第一条 新内容。", "收录")
    (said,) = await chat.talk.say(LIN, "废止 《办法》")
    assert said.labels == ["2 新办法", "1 旧办法"]
    (ask,) = await chat.press(LIN, "1 旧办法")
    assert "由哪份文件替代" in ask.text
    (done,) = await chat.press(LIN, "由 2 新办法 替代")
    assert "《旧办法》已废止，由《新办法》替代" in done.text
    (which,) = await chat.talk.say(LIN, "老办法不用了，废掉")
    assert which.labels == ["2 新办法", "1 旧办法（已废止）"]  # the new one is not taken for it


async def test_a_repeal_without_a_successor_asks_for_one(chat: Chat) -> None:
    await chat.send(LIN, "旧章程.txt", "旧章程\n\n第一条 旧内容。", "收录")
    await chat.send(LIN, "新办法.txt", "新办法\n\n第一条 新内容。", "收录")
    (ask,) = await chat.talk.say(LIN, "章程停用了")
    assert "废止《旧章程》" in ask.text
    assert ask.labels == ["由 2 新办法 替代", "没有替代文件", "取消"]
    (done,) = await chat.press(LIN, "没有替代文件")
    assert "《旧章程》已废止" in done.text


async def test_a_question_about_repeal_is_no_order(chat: Chat) -> None:
    await chat.talk.say(LIN, "废止 旧办法了吗？")
    assert [work.kind for work in chat.talk.works] == ["answer"]


async def test_removal_takes_the_bytes_off_the_disk(chat: Chat, tmp_path: Path) -> None:
    await chat.send(LIN, "章程.txt", CHARTER, "收录")
    await chat.send(LIN, "措施.txt", POLICY, "收录")
    await chat.talk.say(LIN, "/kb 1")
    await chat.press(LIN, "删除")
    assert len([one for one in await chat.documents() if one.state == "current"]) == 2
    said = await chat.press(LIN, "确认删除")
    assert [one.text_key for one in said] == ["kb.removing", "kb.removed"]
    gone, kept = await chat.documents()
    assert (gone.state, gone.text, kept.state) == ("removed", "", "current")
    secret = "自愿组成".encode()
    assert not [file for file in (tmp_path / "index").rglob("*") if file.is_file() and secret in file.read_bytes()]
    assert await chat.acts("document") == ["import", "import", "remove", "erase"]
