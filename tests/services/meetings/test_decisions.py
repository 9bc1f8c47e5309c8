from datetime import date

import pytest

from services.calendar.workdays import Workdays
from services.meetings.reading.deadlines import Moment, read_deadline
from services.meetings.reading.decisions import read_decision, read_decisions
from services.meetings.reading.unit_names import UnitNames

FGW, JYJ, RSJ, GXJ, CZJ = "市发展和改革委员会", "市教育局", "市人力资源和社会保障局", "市工业和信息化局", "市财政局"
GXQ, COLLEGE, CHEM = "高新技术产业开发区管理委员会", "河滨职业技术学院", "北山化工职业技术学院"
UNITS = UnitNames(
    {
        "发改委": FGW,
        "教育局": JYJ,
        "高新区": GXQ,
        "开发区": GXQ,
        "河滨职院": COLLEGE,
        "化工职院": CHEM,
        RSJ: RSJ,
        GXJ: GXJ,
        CZJ: CZJ,
    }
)
MOMENT = Moment(date(2026, 12, 22), Workdays(), next_meeting_on=date(2027, 3, 23))


def read(line):
    return read_decision(line, UNITS, MOMENT)


def codes(draft):
    return [doubt.code for doubt in draft.doubts]


def test_labelled_line_is_read_whole():
    draft = read(
        "决定：完成实训楼供电改造；责任单位：发改委；配合：高新区、教育局；时限：2027年3月底前；标准：通过验收"
    )
    assert draft.text == "完成实训楼供电改造"
    assert draft.standard == "通过验收"
    assert draft.owner_names == (FGW,)
    assert draft.co_owner_names == (GXQ, JYJ)
    assert draft.due_on == date(2027, 3, 31)
    assert draft.doubts == ()


def test_fields_in_brackets_and_numbering_are_taken_apart():
    draft = read("（一）发布岗位需求清单（责任单位：市财政局；完成时限：下次联席会前）。")
    assert draft.text == "发布岗位需求清单"
    assert draft.owner_names == (CZJ,)
    assert draft.due_on == date(2027, 3, 22)
    assert draft.due_phrase == "下次联席会前"


def test_loose_sentence_gives_each_unit_its_part():
    draft = read("二、由教育局牵头，河滨职院、高新区配合，两周内提交专业调整方案")
    assert draft.owner_names == (JYJ,)
    assert draft.co_owner_names == (COLLEGE, GXQ)
    assert draft.due_on == date(2027, 1, 5)
    assert draft.text == "两周内提交专业调整方案"
    assert draft.doubts == ()


def test_unit_that_opens_the_sentence_owns_it_and_huitong_names_helpers():
    assert read("教育局、河滨职院年内完成联合招生备案").owner_names == (JYJ, COLLEGE)
    draft = read("请发改委会同财政局于年内出台奖励办法")
    assert draft.owner_names == (FGW,)
    assert draft.co_owner_names == (CZJ,)
    assert draft.due_on == date(2026, 12, 31)


def test_leader_marked_in_the_field_owns_and_the_rest_help():
    draft = read("新建共享车间，责任单位：教育局（牵头）、发改委，期限2027年6月底")
    assert (draft.owner_names, draft.co_owner_names) == ((JYJ,), (FGW,))
    assert draft.text == "新建共享车间"


def test_abbreviation_of_one_unit_is_taken_and_shown():
    draft = read("由工信局负责汇总技术难题，明年1月15日前完成")
    assert draft.owner_names == (GXJ,)
    assert draft.doubts[0].code == "owner_inferred"
    assert draft.doubts[0].candidates == (GXJ,)
    assert draft.text == "由工信局负责汇总技术难题"
    assert draft.due_on == date(2027, 1, 15)


def test_name_of_several_units_is_asked_about_not_chosen():
    draft = read("责任单位：职业技术学院；决定：开放实训室；时限：年底前")
    assert draft.owner_names == ()
    assert draft.doubts[0].code == "owner_ambiguous"
    assert set(draft.doubts[0].candidates) == {COLLEGE, CHEM}


def test_a_district_office_is_not_taken_for_the_city_office():
    draft = read("城南区教育局一周内报送名单")
    assert draft.owner_names == ()
    assert codes(draft) == ["owner_missing"]


def test_unit_that_is_only_spoken_of_does_not_own():
    draft = read("向发改委说明进度")
    assert draft.owner_names == ()
    assert draft.doubts[0].candidates == (FGW,)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("教育局尽快报送方案", "due_vague"),
        ("教育局春节前报送方案", "due_event"),
        ("教育局报送方案", "due_missing"),
        ("教育局11月20日前报送方案", "due_in_past"),
        ("教育局2027年1月16日前报送方案", "due_not_worked"),
        ("教育局2月30日前报送方案", "due_no_such_day"),
        ("教育局每月5日前报送数据", "due_recurring"),
        ("教育局1月底前报初稿，3月底前报定稿", "due_several"),
        ("各有关院校年内完成", "owner_group"),
        ("决定：采购设备；责任单位：待定；时限：年底前", "owner_missing"),
        ("决定：采购设备；责任单位：文旅局；时限：年底前", "owner_unknown"),
        ("决定：采购设备；责任单位：教育局；责任人：某甲；时限：年底前", "person_left_out"),
    ],
)
def test_what_is_missing_or_unsure_becomes_a_doubt(line, code):
    assert code in codes(read(line))


def test_lines_fields_and_headings_of_a_message():
    drafts = read_decisions(
        "会议议定：\n\n1. 设备采购\n责任单位：河滨职院\n时限：半年内\n2. 由发改委牵头，一个月内完成选址\n",
        UNITS,
        MOMENT,
    )
    assert [(d.text, d.owner_names, d.due_on) for d in drafts] == [
        ("设备采购", (COLLEGE,), date(2027, 6, 22)),
        ("一个月内完成选址", (FGW,), date(2027, 1, 22)),
    ]


def test_full_width_and_half_width_read_alike():
    half = read("决定:开放实训室;责任单位:教育局;时限:2027-06-30")
    full = read("决定：开放实训室；责任单位：教育局；时限：２０２７－０６－３０")
    assert (half.text, half.owner_names, half.due_on) == (full.text, full.owner_names, full.due_on)
    assert half.due_on == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("phrase", "due_on"),
    [
        ("12月底前", date(2026, 12, 31)),
        ("年内", date(2026, 12, 31)),
        ("明年底前", date(2027, 12, 31)),
        ("2027年底前", date(2027, 12, 31)),
        ("明年3月底前", date(2027, 3, 31)),
        ("明年一季度末", date(2027, 3, 31)),
        ("明年上半年", date(2027, 6, 30)),
        ("3月15日前", date(2027, 3, 15)),
        ("下个月10号前", date(2027, 1, 10)),
        ("25号前", date(2026, 12, 25)),
        ("月底前", date(2026, 12, 31)),
        ("下月中旬前", date(2027, 1, 20)),
        ("本周五前", date(2026, 12, 25)),
        ("下周三前", date(2026, 12, 30)),
        ("两周内", date(2027, 1, 5)),
        ("三天内", date(2026, 12, 25)),
        ("十个工作日内", date(2027, 1, 6)),
        ("半个月内", date(2027, 1, 6)),
        ("三个月内", date(2027, 3, 22)),
        ("半年内", date(2027, 6, 22)),
        ("下次联席会前", date(2027, 3, 22)),
        ("下次会上", date(2027, 3, 23)),
        ("元旦前", date(2026, 12, 31)),
        ("2027年前", date(2026, 12, 31)),
        ("到2027年6月", date(2027, 6, 30)),
        ("明天下班前", date(2026, 12, 23)),
    ],
)
def test_time_limits_as_people_word_them(phrase, due_on):
    assert read_deadline(f"请{phrase}完成", MOMENT).due_on == due_on


@pytest.mark.parametrize(
    "text",
    ["实习时间达3月以上", "每年累计不少于1个月", "按2025年工作方案执行", "自1月1日起施行", "三年前启动", "第2周检查"],
)
def test_figures_and_starting_dates_are_no_time_limits(text):
    assert read_deadline(text, MOMENT) is None


def test_next_meeting_without_a_date_is_an_event_to_ask_about():
    deadline = read_deadline("下次联席会前", Moment(date(2026, 12, 22), Workdays()))
    assert deadline.due_on is None
    assert deadline.doubts == ("due_event",)


def test_names_that_contain_and_are_not_split():
    reading = UNITS.read("市发展和改革委、人力资源和社会保障局及财政局")
    assert reading.names == (FGW, RSJ, CZJ)
    assert reading.unknown == ()


@pytest.mark.parametrize(
    ("line", "owners", "helpers", "text"),
    [
        ("共享车间由发改委牵头 教育局配合 3月底前投用", (FGW,), (JYJ,), "共享车间由发改委牵头 3月底前投用"),
        ("教育局牵头，会同市财政局，修订津贴办法，于3月31日前印发", (JYJ,), (CZJ,), "修订津贴办法，于3月31日前印发"),
        ("河滨职院负责招生方案，配合教育局，年底前", (COLLEGE,), (JYJ,), "河滨职院负责招生方案"),
        ("这件事教育局牵头，月底前办好", (JYJ,), (), "这件事教育局牵头，月底前办好"),
        ("由高新区管委会承担增容费用，4月底前到位", (GXQ,), (), "由高新区管委会承担增容费用"),
        ("① 大赛筹备，责任单位为河滨职院，期限为5月", (COLLEGE,), (), "大赛筹备"),
    ],
)
def test_more_ways_to_say_who_does_it(line, owners, helpers, text):
    draft = read(line)
    assert (draft.owner_names, draft.co_owner_names, draft.text) == (owners, helpers, text)


def test_unit_named_without_a_part_is_pointed_out():
    draft = read("高新区1月15日前提供岗位清单；河滨职院2月26日前对接到位")
    assert draft.owner_names == (GXQ,)
    assert ("unit_without_part", (COLLEGE,)) in [(doubt.code, doubt.candidates) for doubt in draft.doubts]
