"""Small documents of our own for the tests of the knowledge room; every figure in them is made up."""

from collections.abc import Callable
from datetime import date

from knowledge.answers.answering import Answer, answer
from knowledge.answers.threads import Cited, search_in_thread
from knowledge.documents.reading import entries_of, read_text
from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex

TODAY = date(2026, 11, 22)
Shelved = Callable[..., KnowledgeIndex]
"""The fixture `shelved`: documents by name, put into an index of their own."""

PLAN = """标 题: | 湖州市样例产教融合三年行动方案 |
发文机构: | 湖州市样例教育局 | 发文字号: | 湖样教发〔2024〕8号 |
成文日期: | 2024-03-05 00:00:00 | 公开日期: | 2024-03-11 | 有效性: | 有效 |
湖州市样例产教融合三年行动方案
一、总体目标
到2026年底,建成2个开放型实训基地,兼职教师占比达到40%。
二、主要任务
(一)建设平台
1.共建实训基地。依托开发区建设样例实训基地。力争到2026年底兼职教师占比达到45%以上。(责任单位:市样例教育局、样例开发区管委会)
2.培养教师。教师每年下企业锻炼不少于20天。安排专项经费近300万元。
(二)服务企业
3.订单培养。支持样例机电技师学院与企业联合开设订单班,在读学生120余名。
三、基本原则
先行先试。鼓励各校大胆探索。
共建共享。推动设备开放使用。
四、保障措施
每季度召开1次样例推进会,由市样例教育局牵头。
上一条:关于样例的通知
版权所有 样例网站 浙ICP备00000000号
"""

COLLECTION = """各地样例做法汇编

编者按:本汇编收录各地样例做法。

●衢州市样例学校产教融合做法

衢州样例工业学校现有合作企业38家,去年5月成立样例数控产业学院。学校共有专任教师210人。

●丽水市样例学校产教融合做法

丽水样例商贸学校现有合作企业52家。学校開設了9個專業。第4546届样例竞赛获奖3项。

我要回帖
更多关于 样例 的文章
投稿邮箱:someone@example.org
"""

COLLEGE = """湖州样例职业技术学院2025年质量报告

发布时间:2025-01-16 来源:湖州样例职业技术学院

学院现有全日制在校生8600余人,专任教师410人,开设专业31个。今年新签校企合作协议26份。

学院的校训是“笃实日新”。
"""


def library(index: KnowledgeIndex, **texts: str) -> KnowledgeIndex:
    """Fill an index with named texts."""
    for name, text in texts.items():
        index.add(entries_of(name, read_text(f"{name}.txt", name, text)))
    return index


def ask(index: KnowledgeIndex, text: str, previous: str | None = None, model: object = None) -> Answer:
    """Search and answer, as the services do."""
    asked = understand(text, previous)
    hits = index.search(asked)
    return answer(asked, hits, today=TODAY, model=model, rarity=index.rarity)  # type: ignore[arg-type]


def talk(index: KnowledgeIndex, *texts: str) -> Answer:
    """Ask one question after the other in a thread; returns the last answer."""
    before, given = None, Answer("none")
    for text in texts:
        cited = [Cited(one.document_id, one.passage_id, one.quote) for one in given.citations]
        asked, hits = search_in_thread(index, understand(text, before), before, cited)
        given = answer(asked, hits, today=TODAY, rarity=index.rarity, cited=cited)
        before = asked
    return given


def check_said_first(index: KnowledgeIndex, text: str, headline: str) -> None:
    """Check that the answer begins with just this headline."""
    given = ask(index, text)
    assert given.headline == headline
    assert given.text.startswith(f"{headline}\n")


def check_missing_is_named(index: KnowledgeIndex, text: str, label: str) -> None:
    """Check that the part that was not found is named, the other shown, and no headline said."""
    given = ask(index, text)
    assert given.headline == ""
    assert f"partial:{label}" in given.notes
    assert given.sentences
