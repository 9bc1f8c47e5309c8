from datetime import date

import pytest

from services.calendar.workdays import Workdays
from services.meetings.reading.deadlines import Moment
from services.meetings.reading.replies import Rsvp, names_substitute, read_bare_reply, read_reply
from services.meetings.reading.unit_names import UnitNames
from services.meetings.reading.updates import ItemIntent, asked_due, read_topic, read_update

MOMENT = Moment(date(2026, 12, 3), Workdays(), date(2026, 12, 22))
UNITS = UnitNames({"发改委": "市发展和改革委员会"})


def test_question_and_substitute_in_one_breath():
    reply = read_reply("联席会哪天开？李院长要外出，派赵处参加可以不")
    assert reply.rsvp is Rsvp.SUBSTITUTE
    assert (reply.substitute, reply.absent, reply.reason) == ("赵处", "李院长", "外出")
    assert reply.asks == ("when",)


@pytest.mark.parametrize(
    ("text", "substitute"),
    [
        ("局长有事去不了，派孙科长参加", "孙科长"),
        ("由副院长代为出席", "副院长"),
        ("教务处钱处长替院长去", "教务处钱处长"),
        ("校长出差了，吴副校长来参加", "吴副校长"),
        ("去不了，换个人行吗", None),
        ("院长出差，我替他去", None),
        ("申请替会", None),
    ],
)
def test_substitutes_are_named_or_left_open(text, substitute):
    reply = read_reply(text, answers_notice=True)
    assert reply.rsvp is Rsvp.SUBSTITUTE
    assert reply.substitute == substitute


@pytest.mark.parametrize("text", ["请个假，那天有课", "来不了", "不去了", "无法参加", "赶不回来", "时间冲突"])
def test_leave_in_many_words(text):
    assert read_reply(text, answers_notice=True).rsvp is Rsvp.LEAVE


@pytest.mark.parametrize("text", ["参加", "按时参加", "能去", "没问题，准时到", "不用请假，我能去", "我们会到"])
def test_attendance_in_many_words(text):
    assert read_reply(text, answers_notice=True).rsvp is Rsvp.ATTEND


@pytest.mark.parametrize(
    ("words", "rsvp"),
    [
        ("我去吧 高总不去", Rsvp.SUBSTITUTE),
        ("高总又说他去了 还是他来", Rsvp.ATTEND),
        ("去不了，那天市里有会", Rsvp.LEAVE),
        ("参加参加", Rsvp.ATTEND),
    ],
)
def test_few_words_right_after_the_notice(words, rsvp):
    assert read_bare_reply(words).rsvp is rsvp


@pytest.mark.parametrize("words", ["学生去企业实习", "培训去了20个人", "参加培训900人次", "好的", "几点开始"])
def test_words_after_the_notice_that_answer_nothing(words):
    assert read_bare_reply(words) is None


def test_headcount_and_phone_are_noticed():
    reply = read_reply("参会3人，联系电话 13900001111")
    assert (reply.rsvp, reply.headcount, reply.has_phone) == (Rsvp.ATTEND, 3, True)
    assert read_reply("我校两人参会").headcount == 2
    assert read_reply("联席会我去，带一个人").headcount == 2
    assert read_reply("联席会我参加，带两个人").headcount == 3


@pytest.mark.parametrize(
    "text", ["收到", "好的", "能去", "参加", "培训参加900人次", "学生参加大赛20人", "实习在岗300人", "不去实习了"]
)
def test_what_is_no_reply_outside_the_notice_is_left_alone(text):
    assert read_reply(text) is None


def test_asking_whether_one_may_come_is_no_attendance():
    assert read_reply("可以参加吗", answers_notice=True) is None
    assert read_reply("会议地点在哪里？").asks == ("where",)


def test_done_report_with_number_and_evidence():
    update = read_update("第4条已经办妥，证明材料发群里了", MOMENT)
    assert (update.intent, update.items) == (ItemIntent.REPORT_DONE, (4,))
    assert update.evidence == "证明材料发群里了"
    assert read_update("第2、3条都办结了", MOMENT).items == (2, 3)
    assert read_update("事项5已落实", MOMENT).items == (5,)
    assert read_update("上次会上定的事办好了", MOMENT).items == ()


@pytest.mark.parametrize(
    ("text", "percent"),
    [("第二项还在推进，完成80%", 80), ("第3条还没办完", None), ("第三条快完成了", None), ("第1条卡住了", None)],
)
def test_not_yet_done_is_progress(text, percent):
    update = read_update(text, MOMENT)
    assert (update.intent, update.percent) == (ItemIntent.PROGRESS, percent)


@pytest.mark.parametrize("text", ["第3条办完了吗", "第3条什么时候办完", "培训完成900人次", "协议已完成3份", "收到"])
def test_questions_and_figures_are_no_updates(text):
    assert read_update(text, MOMENT) is None


def test_acknowledgement_names_its_item():
    assert read_update("第1条签收", MOMENT).intent is ItemIntent.ACKNOWLEDGE


@pytest.mark.parametrize(
    ("text", "items", "workdays", "until", "reason"),
    [
        ("可否缓三天，财务没结账", (), 3, None, "财务没结账"),
        ("第2条想延一周", (2,), 5, None, ""),
        ("月报晚两天交行吗", (), 2, None, ""),
        ("第4条申请延期到12月20日，因为招标没完", (4,), None, date(2026, 12, 20), "招标没完"),
        ("请求宽限到下周三", (), None, date(2026, 12, 9), ""),
        ("再给几天吧", (), None, None, ""),
    ],
)
def test_more_time_is_asked_in_many_words(text, items, workdays, until, reason):
    update = read_update(text, MOMENT)
    assert update.intent is ItemIntent.EXTEND
    assert (update.items, update.workdays, update.until, update.reason) == (items, workdays, until, reason)


@pytest.mark.parametrize(
    "text", ["不延期了", "设备延期到货，实训没开", "会议推迟", "问题缓解了", "建议延长学制", "我晚点报"]
)
def test_delay_that_is_only_told_asks_for_nothing(text):
    assert read_update(text, MOMENT) is None


def test_asked_days_are_workdays_after_the_current_due_date():
    update = read_update("能不能再缓两天", MOMENT)
    assert asked_due(update, date(2026, 12, 4), MOMENT) == date(2026, 12, 8)
    assert asked_due(read_update("再给几天吧", MOMENT), date(2026, 12, 4), MOMENT) is None


def test_topic_with_the_unit_that_should_act():
    topic = read_topic("报个议题：实训楼增容，希望发改委出面", UNITS)
    assert (topic.title, topic.asked_units) == ("实训楼增容", ("市发展和改革委员会",))
    assert read_topic("宿舍用电的事能不能上会研究", UNITS).title == "宿舍用电"
    assert read_topic("希望会上讨论一下兼职教师课酬，请发改委研究", UNITS).title == "兼职教师课酬"
    assert read_topic("请在会上讨论什么？", UNITS) is None
    assert read_topic("这个议题不错", UNITS) is None


@pytest.mark.parametrize(
    "text", ["几点开会来着", "请问联席会可以请假么", "请假的话要提前几天说", "会议能线上参加不", "通知各单位参加联席会"]
)
def test_a_question_about_coming_is_no_answer(text):
    reply = read_reply(text)
    assert reply is None or reply.rsvp is None


@pytest.mark.parametrize(
    "text", ["会议回执：参加", "联席会我们王总参加", "22号的会我参加，材料会带上", "参加会议，几点开始来着"]
)
def test_somebody_comes_to_the_meeting(text):
    assert read_reply(text).rsvp is Rsvp.ATTEND


@pytest.mark.parametrize(
    ("answer", "name"),
    [("让李科长去吧", "李科长"), ("是何敏", "何敏"), ("教务处钱处长", "教务处钱处长"), ("派张老师代我参加", "张老师")],
)
def test_the_one_who_comes_instead_is_named(answer, name):
    assert names_substitute(answer) == name


@pytest.mark.parametrize("answer", ["还没定", "我问问领导", "再说", "算了我去", "没人能去"])
def test_nobody_is_named_yet(answer):
    assert names_substitute(answer) == ""


def test_a_topic_may_be_proposed_with_a_sigh():
    assert read_topic("另外报个议题吧，实训设备晚上能不能也给企业用", UNITS).title == "实训设备晚上能不能也给企业用"
    assert read_topic("报个议题吧", UNITS) is None
