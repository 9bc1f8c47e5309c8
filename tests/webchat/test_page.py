"""The page in a real Chromium, with the bot's part played over the Bot API."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

from tests.cast import CHEN, GROUP_ID, GUEST, LIN, ZHOU
from tests.webchat.conftest import TOKEN, Api, settle
from webchat.server import ChatRoom, Limits, Person

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
ME = ZHOU.telegram_id
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        await browser.close()


@pytest.fixture(scope="module")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(locale="zh-CN")
    context.set_default_timeout(5000)
    yield context
    await context.close()


@pytest.fixture(scope="module")
async def window(context: BrowserContext) -> Page:
    """One window for all tests: opening one costs more than most of them."""
    return await context.new_page()


@pytest.fixture
async def page(window: Page, room: ChatRoom) -> AsyncIterator[Page]:
    wrong: list[str] = []

    def note(line: ConsoleMessage) -> None:
        if line.type == "error":
            wrong.append(line.text)

    def note_exception(error: Error) -> None:
        wrong.append(str(error))

    window.on("console", note)
    window.on("pageerror", note_exception)
    await window.set_viewport_size(DESKTOP)
    yield window
    window.remove_listener("console", note)
    window.remove_listener("pageerror", note_exception)
    await window.goto("about:blank")
    assert wrong == []


async def show(page: Page, room: ChatRoom, person: int, chat: int, topic: int = 0) -> None:
    await page.goto(f"{room.url}/#p={person}&c={chat}&t={topic}")
    await expect(page.locator("#chat-list .row[aria-current]")).to_be_visible()


async def write(page: Page, text: str) -> None:
    await page.fill("#draft", text)
    await page.press("#draft", "Enter")


def bubble(page: Page, text: str) -> Any:
    return page.locator("#log .bubble", has_text=text)


async def test_people_are_switched_and_see_each_others_messages(page: Page, room: ChatRoom) -> None:
    await show(page, room, ME, GROUP_ID)
    await write(page, "大家好，我是周老师")
    await expect(page.locator("#log .own .bubble")).to_contain_text("大家好，我是周老师")
    await page.click(f"[data-person='{CHEN.telegram_id}']")
    await expect(page.locator("#whoami")).to_contain_text("陈工")
    theirs = page.locator("#log .message:not(.own)")
    await expect(theirs).to_contain_text("周老师")
    await expect(theirs).to_contain_text("大家好")
    assert f"#p={CHEN.telegram_id}&c={GROUP_ID}" in page.url


async def test_bot_is_begun_answers_and_its_button_opens_a_toast(page: Page, room: ChatRoom, api: Api) -> None:
    await show(page, room, ME, ME)
    await page.click("#begin")
    await expect(bubble(page, "/start")).to_be_visible()
    await api("sendChatAction", chat_id=ME, action="typing")
    await expect(page.locator("#typing")).to_have_text("联络 正在输入…")
    markup = {"inline_keyboard": [[{"text": "查看原文", "callback_data": "p1"}]]}
    sent = await api("sendMessage", chat_id=ME, text="<b>至少两次</b>", parse_mode="HTML", reply_markup=markup)
    await expect(page.locator("#log strong")).to_have_text("至少两次")
    await expect(page.locator("#typing")).to_be_hidden()
    button = page.locator("#log .keyboard button")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    query = (await api.updates())[-1]["callback_query"]
    await api("answerCallbackQuery", callback_query_id=query["id"], text="已显示原文")
    await expect(page.locator("#toast")).to_have_text("已显示原文")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await api("editMessageText", chat_id=ME, message_id=sent["message_id"], text="第十二条")
    await expect(page.locator("#log .message:not(.own) .bubble")).to_contain_text("第十二条")
    await expect(page.locator("#log .keyboard")).to_have_count(0)


async def test_alert_is_shown_to_the_presser_until_dismissed(page: Page, room: ChatRoom, api: Api) -> None:
    markup = {"inline_keyboard": [[{"text": "催办", "callback_data": "r"}]]}
    await api("sendMessage", chat_id=GROUP_ID, text="名单", reply_markup=markup)
    await show(page, room, ME, GROUP_ID)
    await page.click("text=催办")
    query = await room.wait_for(lambda: next(iter(room.room.queries), None))
    await api("answerCallbackQuery", callback_query_id=query, text="只有秘书处能催办", show_alert=True)
    await expect(page.locator("#alert")).to_contain_text("只有秘书处能催办")
    await page.click("text=知道了")
    await expect(page.locator("#alert")).to_be_hidden()


async def test_file_is_uploaded_with_caption_and_downloaded(
    page: Page, room: ChatRoom, api: Api, tmp_path: Path
) -> None:
    await room.say(ME, "/start")
    await show(page, room, ME, ME)
    file = tmp_path / "10月 台账“终稿”.xlsx"
    file.write_bytes(b"PK-content")
    await page.set_input_files("#file", file)
    await expect(page.locator("#file-bar")).to_contain_text("10月 台账“终稿”.xlsx")
    await write(page, "请查收")
    card = page.locator("#log .file")
    await expect(card).to_contain_text("10月 台账“终稿”.xlsx")
    await expect(page.locator("#file-bar")).to_be_hidden()
    message = (await api.updates())[-1]["message"]
    assert (message["document"]["file_name"], message["caption"]) == (file.name, "请查收")
    async with page.expect_download() as download:
        await card.click()
    assert Path(await (await download.value).path()).read_bytes() == b"PK-content"
    assert (await download.value).suggested_filename == file.name


async def test_picture_is_shown_inline(page: Page, room: ChatRoom) -> None:
    await room.say(ME, "/start")
    await show(page, room, ME, ME)
    await page.set_input_files("#file", {"name": "图.png", "mimeType": "image/png", "buffer": await page.screenshot()})
    await page.press("#draft", "Enter")
    image = page.locator("#log img")
    await expect(image).to_be_visible()
    await page.wait_for_function("document.querySelector('#log img').naturalWidth === 1280")


async def test_commands_are_offered_by_slash_and_by_button(page: Page, room: ChatRoom, api: Api) -> None:
    await room.say(ME, "/start")
    commands = [{"command": "ask", "description": "提问"}, {"command": "report", "description": "填报本月进展"}]
    await api("setMyCommands", commands=commands)
    await show(page, room, ME, ME)
    await page.locator("#draft").press_sequentially("/re")
    options = page.locator("#suggestions [role=option]")
    await expect(options).to_have_text(["/report填报本月进展"])
    await page.press("#draft", "ArrowDown")
    await expect(options).to_have_attribute("aria-selected", "true")
    await page.press("#draft", "Enter")
    await expect(page.locator("#log .own .bubble").last).to_contain_text("/report")
    await page.click("#menu")
    await expect(options).to_have_count(2)
    await options.first.click()
    await expect(page.locator("#log .own .bubble").last).to_contain_text("/ask")


async def test_mention_is_completed_and_reaches_the_bot(page: Page, room: ChatRoom, api: Api) -> None:
    await show(page, room, ME, GROUP_ID)
    await page.locator("#draft").press_sequentially("请@lian")
    await page.press("#draft", "Enter")
    await page.locator("#draft").press_sequentially("看章程")
    await page.press("#draft", "Enter")
    await expect(page.locator("#log .mention")).to_have_text("@lianluo_bot")
    # Without the space before it Telegram would see no mention, and the bot would not hear it.
    assert (await api.updates())[-1]["message"]["text"] == "请 @lianluo_bot 看章程"


async def test_enter_while_choosing_characters_does_not_send(page: Page, room: ChatRoom) -> None:
    await show(page, room, ME, GROUP_ID)
    await page.fill("#draft", "lianluo")
    composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
    await page.evaluate(f"document.getElementById('draft').dispatchEvent({composing})")
    await write(page, "联络")
    await expect(page.locator("#log .own")).to_have_count(1)


async def test_deep_link_starts_the_bot_as_the_person_shown(page: Page, room: ChatRoom, api: Api) -> None:
    link = '<a href="https://t.me/lianluo_bot?start=join_AB12">加入</a>'
    await api("sendMessage", chat_id=GROUP_ID, text=link, parse_mode="HTML")
    await show(page, room, CHEN.telegram_id, GROUP_ID)
    await page.click("#log a")
    await expect(page.locator("#title")).to_have_text("联络")
    await expect(bubble(page, "/start join_AB12")).to_be_visible()
    message = (await api.updates())[-1]["message"]
    assert (message["text"], message["chat"]["id"]) == ("/start join_AB12", CHEN.telegram_id)


async def test_markup_in_names_files_and_texts_is_shown_literally(page: Page, room: ChatRoom, api: Api) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    room.add_person(Person(66, nasty, note=nasty))
    room.add_group(-1002000000066, nasty, [66, ME])
    await room.say(66, nasty, -1002000000066)
    await room.upload(66, -1002000000066, "a<b>.txt", b"x", nasty)
    await api("setMyCommands", commands=[{"command": "x", "description": nasty}])
    sent = await api("sendMessage", chat_id=-1002000000066, text=nasty.replace("<", "&lt;"), parse_mode="HTML")
    await room.say(66, "引用", -1002000000066, reply_to=sent["message_id"])
    await show(page, room, ME, -1002000000066)
    for place in ("#people-list", "#chat-list", "#title", "#log .author", "#log .text >> nth=0", "#log .quote"):
        await expect(page.locator(place).first).to_contain_text(nasty)
    await page.fill("#draft", "/")
    await expect(page.locator("#suggestions")).to_contain_text(nasty)
    assert await page.locator("#app :is(img, b b)").count() == 0


async def test_reply_quotes_and_topics_are_separate(page: Page, room: ChatRoom, api: Api) -> None:
    topic = next(iter(room.room.world.chats[GROUP_ID].topics))
    asked = await room.say(LIN.telegram_id, "10月月报请提交", GROUP_ID, topic=topic)
    await show(page, room, ME, GROUP_ID)
    row = page.locator("#chat-list .row", has_text="月报填报")
    await expect(row.locator(".badge")).to_have_text("1")
    await expect(bubble(page, "10月月报请提交")).to_have_count(0)
    await row.click()
    await expect(row.locator(".badge")).to_have_count(0)
    await bubble(page, "10月月报请提交").click()
    await expect(page.locator("#reply-bar")).to_contain_text("回复 林秘书")
    await write(page, "好的")
    await expect(page.locator("#log .own .quote")).to_contain_text("10月月报请提交")
    said = room.messages(GROUP_ID)[-1]
    assert (said["reply_to_message"]["message_id"], said["message_thread_id"]) == (asked["message_id"], topic)


async def test_reply_keyboard_sends_its_text_and_goes_when_used_once(page: Page, room: ChatRoom, api: Api) -> None:
    await room.say(ME, "/start")
    markup = {"keyboard": [["和上月一样", "本月没有"]], "one_time_keyboard": True, "input_field_placeholder": "填人数"}
    await api("sendMessage", chat_id=ME, text="还差一项", reply_markup=markup)
    await show(page, room, ME, ME)
    await expect(page.locator("#draft")).to_have_attribute("placeholder", "填人数")
    await page.click("text=本月没有")
    await expect(page.locator("#log .own .bubble").last).to_contain_text("本月没有")
    await expect(page.locator("#reply-keyboard")).to_be_hidden()


async def test_own_text_is_edited(page: Page, room: ChatRoom) -> None:
    await show(page, room, ME, GROUP_ID)
    await write(page, "25 人")
    await page.locator("#log .own").hover()
    await page.click("[aria-label=修改这条消息]")
    await write(page, "26 人")
    await expect(page.locator("#log .own .bubble")).to_contain_text("26 人")
    await expect(page.locator("#log .own time")).to_contain_text("已修改")


async def test_visitor_is_added_and_can_stop_and_restart_the_bot(page: Page, room: ChatRoom, api: Api) -> None:
    await show(page, room, ME, GROUP_ID)
    await page.click("#add-person")
    await page.fill("#person-name", "参观者")
    await page.press("#person-name", "Enter")
    await expect(page.locator("#whoami")).to_contain_text("参观者")
    await expect(page.locator("#chat-list .row")).to_have_count(1)  # no group, only the bot
    await page.click("#begin")
    page.once("dialog", lambda dialog: dialog.accept())
    await page.click("#block")
    visitor = room.messages(700_000_001)[0]["from"]["id"]
    await expect(page.locator("#begin")).to_have_text("重新启用机器人")
    assert (await api.refused("sendMessage", chat_id=visitor, text="x"))[0] == 403
    await page.click("#begin")
    await expect(page.locator("#draft")).to_be_visible()
    await api("sendMessage", chat_id=visitor, text="欢迎回来")
    await expect(bubble(page, "欢迎回来")).to_be_visible()


async def test_phone_shows_one_pane_at_a_time(page: Page, room: ChatRoom, api: Api) -> None:
    markup = {"inline_keyboard": [[{"text": f"很长的按钮文字第{n}个", "callback_data": "x"} for n in range(3)]]}
    long = "某单位" * 60 + " https://example.org/" + "a" * 200
    await api("sendMessage", chat_id=GROUP_ID, text=long, reply_markup=markup)
    await page.set_viewport_size(PHONE)
    await page.goto(room.url)
    await page.click("#whoami")
    await expect(page.locator("#chats")).to_be_hidden()
    await page.click(f"[data-person='{CHEN.telegram_id}']")
    await expect(page.locator("#people")).to_be_hidden()
    await page.locator("#chat-list .row", has_text="综合").click()
    await expect(page.locator("#chats")).to_be_hidden()
    await expect(bubble(page, "某单位")).to_be_visible()
    await page.fill("#draft", "收到")
    await page.click("#send")
    await expect(bubble(page, "收到")).to_be_visible()
    await bubble(page, "收到").click()
    await page.click("#edit-instead")
    await write(page, "收到，谢谢")
    await expect(page.locator("#log .own .bubble")).to_contain_text("收到，谢谢")
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert await page.evaluate("document.getElementById('scroller').scrollWidth") == PHONE["width"]
    await page.click("#back")
    await expect(page.locator("#chats")).to_be_visible()


async def test_an_answer_longer_than_the_window_is_read_from_its_beginning(
    page: Page, room: ChatRoom, api: Api
) -> None:
    await room.say(ME, "/ask 全文")
    await show(page, room, ME, ME)
    await expect(bubble(page, "/ask 全文")).to_be_visible()
    await api("sendMessage", chat_id=ME, text="\n".join(f"第{n}条" for n in range(1, 80)))
    answer = bubble(page, "第79条")
    await expect(answer).to_be_in_viewport(ratio=0.2)
    box, header = await answer.bounding_box(), await page.locator("#conversation header").bounding_box()
    assert box is not None
    assert header is not None
    assert 0 < box["y"] - header["height"] < 20
    await page.click("#to-bottom")
    await expect(page.locator("#to-bottom")).to_be_hidden()


async def test_page_comes_back_after_a_restart_without_losing_its_place(
    context: BrowserContext, tmp_path: Path
) -> None:
    limits = Limits.without_flood_control()
    async with ChatRoom(token=TOKEN, data_dir=tmp_path, limits=limits) as room:
        settle(room)
        await room.say(ME, "重启之前", GROUP_ID)
        page = await context.new_page()
        await show(page, room, ME, GROUP_ID)
        await expect(bubble(page, "重启之前")).to_be_visible()
        await page.fill("#draft", "没写完的话")
    await expect(page.locator("#offline")).to_be_visible()
    async with ChatRoom(token=TOKEN, data_dir=tmp_path, limits=limits, port=room.port) as again:
        await again.say(CHEN.telegram_id, "重启之后", GROUP_ID)
        await expect(bubble(page, "重启之后")).to_be_visible()
        await expect(page.locator("#offline")).to_be_hidden()
        assert await page.input_value("#draft") == "没写完的话"
        await page.press("#draft", "Enter")
        await expect(page.locator("#log .own .bubble").last).to_contain_text("没写完的话")
        await page.close()


async def test_two_windows_stay_in_step(context: BrowserContext, room: ChatRoom) -> None:
    first, second = await context.new_page(), await context.new_page()
    await show(first, room, ME, GROUP_ID)
    await show(second, room, GUEST.telegram_id, GUEST.telegram_id)
    await show(second, room, CHEN.telegram_id, GROUP_ID)
    await write(first, "同一刻")
    await expect(bubble(second, "同一刻")).to_be_visible()


async def test_clock_is_set_ahead_in_the_page_and_never_back(page: Page) -> None:
    now, asked = [datetime(2026, 12, 1, 1, 0, tzinfo=UTC)], []

    async def travel(to: datetime | None) -> int:
        asked.append(to)
        now[0] = to or now[0] + timedelta(days=3)
        await room.say(CHEN.telegram_id, "三天以后", GROUP_ID)
        return 12

    limits = Limits.without_flood_control()
    async with ChatRoom(token=TOKEN, limits=limits, clock=lambda: now[0], travel=travel) as room:
        settle(room)
        await show(page, room, ME, GROUP_ID)
        clock = page.locator("#clock-now")
        await expect(clock).to_contain_text("2026年12月1日")
        await page.click("#clock-next")
        await expect(clock).to_contain_text("2026年12月4日")
        await expect(page.locator("#toast")).to_contain_text("12 条消息")
        await expect(page.locator("#log .day").last).to_have_text("今天")  # by the room's clock, not the browser's
        await page.click("#clock-set")
        await page.fill("#clock-to", "2026-12-20T09:00")
        await page.click("#clock-dialog .primary")
        await expect(clock).to_contain_text("2026年12月20日")
        assert asked[0] is None
        assert len(asked) == 2
        headers = {"X-Webchat": "1"}
        back = await page.request.post(f"{room.url}/page/travel", data={"to": 1_700_000_000}, headers=headers)
        assert (back.status, (await back.json())["error"]) == (400, "时间只能拨快，不能拨回")
        await page.goto("about:blank")


async def test_times_are_those_of_the_room_wherever_the_browser_stands(browser: Browser) -> None:
    now, asked = [datetime(2026, 12, 1, 1, 30, tzinfo=UTC)], []

    async def travel(to: datetime | None) -> int:
        asked.append(to)
        return 0

    abroad = await browser.new_context(locale="zh-CN", timezone_id="America/Los_Angeles")
    abroad.set_default_timeout(5000)
    page = await abroad.new_page()
    limits = Limits.without_flood_control()
    async with ChatRoom(token=TOKEN, limits=limits, clock=lambda: now[0], travel=travel) as room:
        room.show_times_in("Asia/Shanghai")
        settle(room)
        await room.say(CHEN.telegram_id, "早上好", GROUP_ID)
        await show(page, room, ME, GROUP_ID)
        await expect(page.locator("#clock-now")).to_have_text("2026年12月1日 周二 09:30")
        await expect(page.locator("#log time").last).to_have_text("09:30")
        await page.click("#clock-set")
        await expect(page.locator("#clock-to")).to_have_value("2026-12-01T09:30")
        await page.fill("#clock-to", "2026-12-07T17:30")
        await page.click("#clock-dialog .primary")
        await expect(page.locator("#clock-dialog")).to_be_hidden()
        await expect(page.locator("#toast")).to_be_visible()
        assert asked == [datetime(2026, 12, 7, 9, 30, tzinfo=UTC)]
    await abroad.close()


async def test_an_ordinary_room_has_no_clock_to_set(page: Page, room: ChatRoom) -> None:
    await show(page, room, ME, GROUP_ID)
    await expect(page.locator("#clock")).to_be_hidden()
    refused = await page.request.post(f"{room.url}/page/travel", data={"to": 0}, headers={"X-Webchat": "1"})
    assert refused.status in (404, 405)
