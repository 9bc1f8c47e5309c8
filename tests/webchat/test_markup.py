"""HTML as Telegram reads it."""

import pytest

from webchat.detect import detect
from webchat.errors import ApiError
from webchat.markup import parse_html, trim, utf16_len


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **more}


def test_nested_tags_become_entities_with_utf16_offsets() -> None:
    text, entities = parse_html("😀<b>粗<i>斜</i></b>")
    assert text == "😀粗斜"
    assert entities == [entity("bold", 2, 2), entity("italic", 3, 1)]


def test_escaped_characters_are_text() -> None:
    assert parse_html("&lt;b&gt; &amp; &quot;x&quot; &#20013; &nosuch;")[0] == '<b> & "x" 中 &nosuch;'


def test_code_block_carries_its_language() -> None:
    _, entities = parse_html('<pre><code class="language-python">x = 1</code></pre>')
    assert entities == [entity("pre", 0, 5, language="python")]


def test_link_to_nowhere_is_dropped_but_its_text_stays() -> None:
    assert parse_html('<a href="javascript:alert(1)">点我</a>') == ("点我", [])


def test_link_without_address_leads_where_its_text_says() -> None:
    _, entities = parse_html("<a>https://example.org</a>")
    assert entities == [entity("text_link", 0, 19, url="https://example.org")]


def test_link_keeps_its_address() -> None:
    _, entities = parse_html('<a href="https://t.me/lianluo_bot?start=a&amp;b=1">x</a>')
    assert entities == [entity("text_link", 0, 1, url="https://t.me/lianluo_bot?start=a&b=1")]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("中<x>", 'Unsupported start tag "x" at byte offset 3'),
        ("1<2", "Unclosed start tag at byte offset 1"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b onclick='x\">", "Unclosed start tag at byte offset 0"),
    ],
)
def test_broken_html_is_refused_with_its_place(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


def test_trimming_moves_entities_along() -> None:
    assert trim("  粗  ", [entity("bold", 0, 5)]) == ("粗", [entity("bold", 0, 1)])


def test_emoji_count_two_units() -> None:
    assert utf16_len("中😀") == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/ask@lianluo_bot 章程", [entity("bot_command", 0, 16)]),
        ("请/ask", []),
        ("看 @lin_secretary，谢谢", [entity("mention", 2, 14)]),
        ("@lianluo_bot产教", []),
        ("写信到 a.b@example.org", [entity("email", 4, 15)]),
        ("见 https://example.org/a?b=1。", [entity("url", 2, 25)]),
        ("见jyt.nmg.gov.cn/a", []),
        ("见https://example.org/a", [entity("url", 1, 21)]),
        ("见 jyt.nmg.gov.cn/a。", [entity("url", 2, 16)]),
        ("台账.docx 和 a.b.cn.x", []),
        ("#月报 和 #10", [entity("hashtag", 0, 3)]),
        ("1/2", []),
    ],
)
def test_plain_text_gets_the_entities_that_telegram_finds(text: str, found: list[object]) -> None:
    assert detect(text, []) == found


def test_nothing_is_found_inside_code() -> None:
    assert detect("/ask", [entity("code", 0, 4)]) == [entity("code", 0, 4)]
