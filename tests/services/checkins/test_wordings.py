"""General rules of wording: what a figure, a state or a correction belongs to, however the sentence is turned."""

import pytest

from services.checkins.form import State
from services.checkins.reading.understood import Intent
from services.periods import Period
from tests.services.checkins.readings import read, values

NOTHING_MORE = {
    "members_new": 0,
    "activities_held": 0,
    "activity_attendees": 0,
    "standards_or_cases": 0,
    "demands_forwarded": 0,
}


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        # changes
        (
            "school",
            "较上月：在校生-30，实习+15，订单班持平",
            {"enrolled_students": 7970, "interns_on_post": 1015, "order_class_students": 300},
        ),
        ("enterprise", "实习岗位多开了4个", {"intern_posts_offered": 94}),
        ("enterprise", "至少招了5个", {"hires_vocational": 5}),
        # last month's figure kept
        ("school", "在校生还是上月那个数", {"enrolled_students": 8000}),
        ("school", "在校生跟上个月差不多", {"enrolled_students": 8000}),
        # what is asked of people, and what others have
        ("school", "文件里说培训不低于200人次", {}),
        ("school", "规划要求合作企业达到500家，我们现在91家", {"coop_enterprises": 91}),
        ("school", "隔壁学校在校生有300人", {}),
        ("school", "按文件要求，培训300人次", {"training_person_times": 300}),
        ("school", "合作的其他企业90家", {"coop_enterprises": 90}),
        ("school", "本市实习705里面有错 是700", {"interns_local": 700}),
        # how long an agreement runs is not the month reported
        ("school", "新签1份，跟海岚化工，2027年1月起三年", {"coop_agreements_new": 1}),
        # something is denied, and there is not nothing
        ("enterprise", "资金投入没那么多，也就15万", {"invest_cash_wan": 15}),
        ("enterprise", "培训职工没有260那么多，200", {"staff_trained_times": 200}),
        ("enterprise", "订单班没招满，205", {"order_class_sponsored": 205}),
        ("enterprise", "缺口没错 设备没捐，需求没有新提的", {"invest_inkind_wan": 0, "tech_needs_new": 0}),
        ("enterprise", "订单班没问题，缺口40", {"vacancies_open": 40}),
        # a plan ends where something is said to be so; people who speak pause with a space
        ("enterprise", "明年打算再招50人，厂里实习的有63个，缺口53", {"interns_hosted": 63, "vacancies_open": 53}),
        (
            "enterprise",
            "学徒二十八个 派师傅去讲课5人次 下个月会好一点",
            {"order_class_sponsored": 28, "mentors_person_times": 5},
        ),
        ("school", "下个月会好一点，培训380人次", {"training_person_times": 380}),
        ("school", "横向到账4.5万 周老师好", {"tech_service_income_wan": 4.5}),
        ("school", "有97家企业跟我们合作", {"coop_enterprises": 97}),
        (
            "school",
            "上月说的设备还没到 横向到账4.5万 订单班在读301个",
            {"tech_service_income_wan": 4.5, "order_class_students": 301},
        ),
        ("school", "30人 订单班 1005人 在岗实习", {"order_class_students": 30, "interns_on_post": 1005}),
        ("school", "学校一共8004个学生，新签3份", {"enrolled_students": 8004, "coop_agreements_new": 3}),
        # only looks like a question, or asks
        ("school", "怎么说呢 就培训300人次", {"training_person_times": 300}),
        ("school", "帮我把协议填成2份", {"coop_agreements_new": 2}),
        ("school", "没有培训要写说明不", {}),
        ("enterprise", "录用了还没报到的算新招么", {}),
        # denies something else than figures
        ("school", "没搞懂时点数", {}),
        ("school", "都没有名字", {}),
        ("school", "没有变化的项目不用填", {}),
        # no more to say, and zero for the rest
        ("school", "实习1800，别的没有", {"interns_on_post": 1800}),
        ("school", "实习1800，其他没有了", {"interns_on_post": 1800}),
        (
            "association",
            "会员41，其余均无",
            {"members_total": 41, "members_new": 0, "activities_held": 0} | NOTHING_MORE,
        ),
        # a list of kinds of work
        ("enterprise", "缺口：缺8个焊工，缺3个质检", {"vacancies_open": 11}),
        ("enterprise", "缺口：焊工8个，质检3个", {"vacancies_open": 11}),
        ("enterprise", "缺技工12普工15", {"vacancies_open": 27}),
        ("association", "会员进来2家，现42家", {"members_total": 42}),
        # nothing, and not yet
        ("association", "标准一项没有，活动一场没办", {"standards_or_cases": 0, "activities_held": 0}),
        ("school", "订单班还没跟各系对账完", {"order_class_students": "not_collected"}),
        ("school", "订单班人数先空着", {"order_class_students": "not_collected"}),
        ("school", "订单班教务处下周才给数", {"order_class_students": "not_collected"}),
        ("school", "培训人数月底才有", {"training_person_times": "not_collected"}),
        ("school", "培训月底才做了300人次", {"training_person_times": 300}),
        # the year's figure, then the month's
        ("school", "横向66万，是全年的，本月5万", {"tech_service_income_wan": 5}),
        ("school", "横向30万，是全年的，本月5万", {"tech_service_income_wan": 5}),
        # one figure for each
        ("school", "和三家企业各签了一份协议", {"coop_agreements_new": 3}),
        ("school", "和甲厂、乙厂各签了一份协议", {"coop_agreements_new": "missing"}),
        ("school", "和甲厂、乙厂分别签了1份和2份", {"coop_agreements_new": 3}),
        ("bureau", "任务2、任务5各完成60%", {"task_progress[2]": 60, "task_progress[5]": 60}),
        # spoken numerals that begin with their unit
        ("school", "订单班百二十八，培训千五", {"order_class_students": 128, "training_person_times": 1500}),
        # one thing from before is not the month's count; all of what came in is
        ("enterprise", "技术需求新提1项，去年那项还没办完", {"tech_needs_new": 1}),
        ("bureau", "诉求3件已全部办结", {"demands_received": 3, "demands_closed": 3}),
        # the rest, after a key that was carried
        (
            "association",
            "会员没变，其余为0",
            {
                "members_total": 40,
                "members_new": 0,
                "activities_held": 0,
                "activity_attendees": 0,
                "standards_or_cases": 0,
                "demands_forwarded": 0,
            },
        ),
        ("enterprise", "实习生走了八个又来了五个", {"interns_hosted": 57}),
        # not collected, but a figure for now; a plan's key for this month's figure
        ("school", "教师实践没有统计完，先报55人天", {"teacher_practice_days": 55}),
        ("school", "下个月预计培训1500人次，本月是480", {"training_person_times": 480}),
        ("school", "下个月预计培训1500人次", {}),
        # the verb tells what was done with what is counted
        ("bureau", "办诉求6件", {"demands_closed": 6}),
        ("enterprise", "送了38个人去学院培训", {"staff_trained_times": 38}),
        # the key behind its figure
        ("enterprise", "六十来个吧，实习的", {"interns_hosted": 60}),
        ("enterprise", "61个，实习生63个", {"interns_hosted": 63}),
        # a word that may mean several keys needs one of them named
        ("school", "总人数8012", {}),
        ("school", "全双师比", {}),
        # tables with commas
        ("enterprise", "指标,上月,本月\n在岗实习,60,63\n缺口,50,48", {"interns_hosted": 63, "vacancies_open": 48}),
        # attendance is data, an answer to an invitation is not
        ("association", "对接会1场，参会80人次", {"activities_held": 1, "activity_attendees": 80}),
    ],
)
def test_figures_and_states_find_their_keys(form, text, expected):
    assert values(form, text) == expected


def test_a_slip_behind_a_thousands_comma_is_doubted():
    assert read("school", "培训1，O50人次").confirm == ("training_person_times:V12",)


def test_stock_figures_beside_zeros_are_no_all_zero_form():
    text = "在校生8012，新签0，培训0，教师实践0，横向0"
    assert read("school", text).confirm == ()


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("更正10月在岗实习950", Period(2026, 10)),
        ("上月在岗实习应该是950", Period(2026, 10)),
        ("更正9月在岗实习950", Period(2026, 9)),
        ("在岗实习由1000调整为950，更正10月", Period(2026, 10)),
        ("上报的在岗实习1000有误，应为950", Period(2026, 10)),
    ],
)
def test_a_correction_knows_its_month(text, period):
    reading = read("school", text)
    assert (reading.intent, reading.items["interns_on_post"].value) == (Intent.CORRECT, 950)
    assert [one.period for one in reading.corrections] == [period]


def test_another_months_figure_is_left_over_unless_it_is_the_one_on_file():
    reading = read("school", "10月培训745，11月培训480")
    assert (reading.items["training_person_times"].value, reading.leftovers) == (480, ("10月培训745",))
    assert read("school", "11月培训480（10月500）").leftovers == ()


def test_what_is_not_counted_yet_is_never_a_zero():
    item = read("school", "培训这块数还没跟教务处核对好").items["training_person_times"]
    assert (item.value, item.state) == (None, State.NOT_COLLECTED)


@pytest.mark.parametrize(
    "text", ["上个月报错了，订单班应该是210", "上月的数据填错了，订单班应为210", "10月的报错了，订单班应该是210"]
)
def test_what_was_filed_wrong_last_month_is_put_right_there(text):
    reading = read("school", text)
    assert (reading.intent, str(reading.period)) == (Intent.CORRECT, "2026-10")


def test_last_month_beside_a_correction_of_this_month_names_no_month():
    reading = read("school", "订单班填错了，上月是300，应该是310")
    assert (reading.intent, reading.period) == (Intent.CORRECT, None)


@pytest.mark.parametrize(
    ("text", "unplaced"),
    [
        ("在校生8012，食堂改造45万", ("食堂改造45万",)),
        ("教师9人", ("教师9人",)),
        ("教师实践9人合计63人天", ()),
        ("新签协议3份，其中政校1份", ()),
        ("在校生8012，捐了3台", ()),
    ],
)
def test_figures_without_a_place_are_told_from_details(text, unplaced):
    assert read("school", text).unplaced == unplaced


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("岗位缺口没错", ("vacancies_open",)),
        ("订单班没问题，缺口就是40", ("order_class_sponsored",)),
        ("设备折价是对的", ("invest_inkind_wan",)),
        ("技术上没问题", ()),
    ],
)
def test_a_figure_may_be_said_to_be_right(words, keys):
    assert read("enterprise", words).affirmed == keys


def test_a_month_at_the_beginning_is_meant_whatever_stays_the_same():
    reading = read("enterprise", "10月 在岗实习295 资金投入15万 其他没变")
    assert "ask_period" in {one.id for one in reading.questions}


def test_each_of_what_was_counted_is_no_figure_without_a_place():
    assert read("school", "新签2份协议，一份跟海岚化工，一份跟北辰物流").unplaced == ()
    assert read("school", "在岗实习730，本部12辆车，还有一份300的").unplaced
