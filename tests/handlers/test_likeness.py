"""A file that resembles one on the shelf is asked about before it comes in; nothing comes in twice in silence."""

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from sqlalchemy import func, select

from knowledge.documents.shingles import marks_of, resemblance, shingles
from services.models import DocumentMark
from tests.cast import LIN, ZHOU
from tests.handlers.test_kb import CHARTER, Chat, chat

__all__ = ["chat"]
READING_IS_SLOW = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # Word files, in a child process
NOTICE = """关于召开2025年第一季度联席会议的通知

各成员单位：为总结一季度工作进展，研究部署下一步重点任务，定于2025年3月28日在市职教中心三楼会议室召开联席会议。

一、会议内容：各成员单位汇报任务完成情况，研究共享实训基地建设事宜，审议新成员入会申请。

二、有关要求：请各单位于3月21日前将汇报材料报联合体秘书处，并填报参会回执，因故不能参加的须提前请假。
"""
RULES = """联席会议会场须知

会议时间为3月28日下午，地点在市职教中心三楼会议室。与会代表请提前十分钟入场签到，按席卡就座，手机调至静音。

各单位汇报控制在八分钟以内，重点讲任务完成情况、存在的困难和需要协调的事项，不重复材料内容，会议材料请勿外传。
"""
EDITED = NOTICE.replace("市职教中心三楼会议室", "海岚化工培训楼").replace("3月21日", "3月24日")


def as_docx(text: str) -> bytes:
    """The same words as a Word file, with a header of its own."""
    written = docx.Document()
    written.sections[0].header.paragraphs[0].text = "内部传阅"
    for line in text.splitlines():
        written.add_paragraph(line)
    stream = BytesIO()
    written.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (NOTICE.replace("，", ", ").replace("\n\n", "\n"), "same"),
        (NOTICE.replace("通知", "通知").replace("会议", "會議"), "same"),
        (EDITED, "edited"),
        (NOTICE[:48], "part"),
        (RULES, ""),
        (CHARTER, ""),
    ],
)
def test_edited_versions_resemble_and_documents_on_the_same_topic_do_not(other: str, kind: str) -> None:
    assert resemblance(shingles(NOTICE), shingles(other)).kind == kind
    assert len(set(marks_of(NOTICE)) & set(marks_of(other))) >= 3 or not kind


@READING_IS_SLOW
async def test_the_same_words_in_another_file_type_are_a_duplicate(chat: Chat) -> None:
    await chat.send(LIN, "通知.txt", NOTICE, "收录")
    said = await chat.send(LIN, "会议通知.docx", as_docx(NOTICE), "收录")
    assert "内容相同" in said[-1].text
    assert len(await chat.documents()) == 1


@READING_IS_SLOW
async def test_an_edited_version_is_asked_about_and_shown_with_what_differs(chat: Chat) -> None:
    await chat.send(LIN, "通知.txt", NOTICE, "收录 公开")
    asked = (await chat.send(LIN, "通知（修改）.docx", as_docx(EDITED), "收录"))[-1]
    assert asked.text_key == "kb.alike"
    assert "很像" in asked.text
    assert "海岚化工培训楼" in asked.text
    assert asked.labels == ["替换 1（成为第 2 版）", "另存为一份", "不收录"]
    assert len(await chat.documents()) == 1
    said = await chat.press(LIN, "替换 1")
    assert "替代了《关于召开2025年第一季度联席会议的通知》，这是第 2 版" in said[-1].text
    old, new = await chat.documents()
    assert (old.state, old.successor_id, new.version) == ("superseded", new.id, 2)


async def test_removing_the_newest_version_says_that_the_older_one_stays_out_of_force(chat: Chat) -> None:
    await chat.send(LIN, "通知.txt", NOTICE, "收录")
    await chat.send(LIN, "通知.txt", EDITED, "收录")
    await chat.talk.say(LIN, "/kb 2")
    await chat.press(LIN, "删除")
    said = await chat.press(LIN, "确认删除")
    assert "它替代过的 1《关于召开2025年第一季度联席会议的通知》不会自动恢复" in said[-1].text
    assert [one.state for one in await chat.documents()] == ["superseded", "removed"]


async def test_it_may_stand_beside_or_stay_out(chat: Chat) -> None:
    await chat.send(LIN, "通知.txt", NOTICE, "收录")
    await chat.send(LIN, "二季度通知.txt", EDITED, "收录")
    await chat.press(LIN, "另存为一份")
    assert [one.state for one in await chat.documents()] == ["current", "current"]
    asked = (await chat.send(LIN, "三季度通知.txt", EDITED.replace("3月24日", "9月22日"), "收录"))[-1]
    (left,) = await chat.press(LIN, "不收录")
    assert "没有保存" in left.text
    assert len(await chat.documents()) == 2
    await chat.talk.press_data(ZHOU, asked, asked.buttons[0][1])
    assert len(await chat.documents()) == 2


async def test_another_document_under_the_same_name_does_not_replace_in_silence(chat: Chat) -> None:
    await chat.send(LIN, "通知.txt", NOTICE, "收录")
    asked = (await chat.send(LIN, "通知.txt", RULES, "收录"))[-1]
    assert "同名文件" in asked.text
    assert "但内容不同" in asked.text
    await chat.press(LIN, "另存为一份")
    assert [one.state for one in await chat.documents()] == ["current", "current"]


async def test_the_next_version_under_its_own_name_comes_in_at_once(chat: Chat) -> None:
    await chat.send(LIN, "通知.txt", NOTICE, "收录")
    said = await chat.send(LIN, "通知.txt", EDITED, "收录")
    assert "这是第 2 版" in said[-1].text


async def test_a_document_on_the_same_topic_comes_in_at_once(chat: Chat) -> None:
    await chat.send(LIN, "通知.txt", NOTICE, "收录")
    said = await chat.send(LIN, "须知.txt", RULES, "收录")
    assert said[-1].text_key == "kb.imported"


async def test_a_removed_document_leaves_no_mark(chat: Chat, tmp_path: Path) -> None:
    async def marks() -> Any:
        async with chat.database.reading() as session:
            return await session.scalar(select(func.count()).select_from(DocumentMark))

    await chat.send(LIN, "通知.txt", NOTICE, "收录")
    assert await marks() > 10
    await chat.talk.say(LIN, "/kb 1")
    await chat.press(LIN, "删除")
    await chat.press(LIN, "确认删除")
    assert await marks() == 0


async def test_a_letterhead_alone_makes_no_namesake(chat: Chat) -> None:
    head = "发文机构：海岚市绿色石化产教联合体理事会秘书处办公室\n成文日期：2026年2月3日\n\n"
    one, other = f"通知\n\n{head}{NOTICE}", f"须知\n\n{head}{RULES}"
    assert len(set(marks_of(one)) & set(marks_of(other))) >= 3
    await chat.send(LIN, "通知.txt", one, "收录")
    said = await chat.send(LIN, "须知.txt", other, "收录")
    assert "已收录" in said[-1].text
    assert len(await chat.documents()) == 2
