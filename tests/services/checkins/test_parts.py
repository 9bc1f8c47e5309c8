"""Several figures of one key: parts that are added, parts that are asked about, and what is no part."""

import time

import pytest

from services.checkins.filling.doubts import pending_of
from tests.services.checkins.readings import read, values


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        # as many as were counted before
        ("school", "培训3批，60、45和50人次", {"training_person_times": 155}),
        ("school", "横向到账两笔，2万和1.5万", {"tech_service_income_wan": 3.5}),
        ("school", "订单班两个，90人和110人", {"order_class_students": 200}),
        ("enterprise", "资金投入3笔：4万、2万、1万", {"invest_cash_wan": 7}),
        ("enterprise", "委托培训两期，25和30人次", {"staff_trained_times": 55}),
        ("association", "活动2场，参加人数40、35人次", {"activities_held": 2, "activity_attendees": 75}),
        # spans of the month, each with its figure
        ("school", "上半月培训60人次，下半月45", {"training_person_times": 105}),
        ("enterprise", "招了上旬2个中旬3个下旬1个", {"hires_vocational": 6}),
        ("bureau", "走访企业上半月4次下半月3次", {"visits_enterprises": 7}),
        ("enterprise", "导师授课 第一周3人次 第二周2人次", {"mentors_person_times": 5}),
        # names of one kind
        ("school", "教师企业实践：王老师6天，赵老师9天", {"teacher_practice_days": 15}),
        ("school", "教师企业实践（王老师6天，赵老师9天）", {"teacher_practice_days": 15}),
        ("school", "培训线上60线下45", {"training_person_times": 105}),
        ("school", "教师实践：专任40人天、兼职20人天", {"teacher_practice_days": 60}),
        ("enterprise", "招了5个高职3个中职", {"hires_vocational": 8}),
        # under a heading, also where a name holds a word of the form
        ("school", "社会培训：退役军人80人次，企业职工120人次，下岗职工30人次", {"training_person_times": 230}),
        ("school", "合作企业：规上40家，规下61家", {"coop_enterprises": 101}),
        # products, and more beside them
        ("school", "培训5期，每期30人", {"training_person_times": 150}),
        ("school", "教师实践6人，每人10天，另有2人各5天", {"teacher_practice_days": 70}),
        ("enterprise", "导师去了3次，每次2人", {"mentors_person_times": 6}),
        ("enterprise", "送了两批去培训，一批20一批15", {"staff_trained_times": 35}),
        ("enterprise", "实习生上半月走了5个，下半月来了8个", {"interns_hosted": 63}),
        # a plus says so
        ("school", "培训60+45人次", {"training_person_times": 105}),
        ("school", "培训60+45=105人次", {"training_person_times": 105}),
        # the total beside its parts
        ("school", "培训60和45，共105人次", {"training_person_times": 105}),
        ("school", "教师企业实践15人天（王老师6天，赵老师9天）", {"teacher_practice_days": 15}),
    ],
)
def test_parts_are_added(form, text, expected):
    assert values(form, text) == expected


@pytest.mark.parametrize(
    ("form", "text", "key"),
    [
        ("school", "培训60和45人次", "training_person_times"),
        ("school", "横向到账2万、1.5万", "tech_service_income_wan"),
        ("enterprise", "捐设备车床3万铣床5万", "invest_inkind_wan"),
        ("school", "培训30人次，下半月40", "training_person_times"),
        ("school", "新签2份和3份", "coop_agreements_new"),
        ("enterprise", "奖学金5万、实训室建设10万", "invest_cash_wan"),
    ],
)
def test_what_may_be_parts_is_asked_and_none_kept(form, text, key):
    reading = read(form, text)
    assert reading.items[key].value is None
    noted = pending_of(reading, reading.items)[key]
    assert noted["ask"] == "ask_parts"
    assert float(noted["total"]) == sum(float(one) for one in noted["parts"].split("、"))


def test_a_second_figure_by_a_weak_word_is_shown():
    assert read("enterprise", "接收实习生2批共30人，走了12，在岗29").unplaced == ("在岗29",)


def test_a_total_that_its_parts_do_not_make_is_asked_about():
    reading = read("school", "培训上半月60，下半月45，共110人次")
    assert reading.items["training_person_times"].value is None
    assert [one.id for one in reading.questions] == ["ask_which_value"]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("school", "培训480人次，覆盖企业20家", {"training_person_times": 480}),
        ("school", "培训480人次，其中下半月200", {"training_person_times": 480}),
        ("school", "培训480人次，结业460人次", {"training_person_times": 480}),
        ("school", "新签2份，甲公司1份，乙公司1份", {"coop_agreements_new": 2}),
    ],
)
def test_what_belongs_to_the_figure_before_adds_nothing(form, text, expected):
    assert values(form, text) == expected


@pytest.mark.parametrize(
    ("form", "text", "made"),
    [
        ("school", "培训两批，60和45人次", "60+45"),
        ("school", "王老师和赵老师2个老师每人5天下企业", "2*5"),
        ("school", "培训今年累计5480", "5480-5000"),
        ("school", "合作企业比上月多3家", "100+3"),
        ("school", "实习：本地700，外地300", "700+300"),
    ],
)
def test_a_figure_that_was_worked_out_says_from_what(form, text, made):
    assert f"made:{made}" in {one.note for one in read(form, text).items.values()}


@pytest.mark.parametrize(
    ("text", "question", "half"),
    [
        ("实习本市外市各半共1000", "ask_half", "500"),
        ("实习1000人，一半在本市", "ask_half", "500"),
        ("实习1001人，本市一半", "ask_share", None),
        ("实习1000人，大部分在本市", "ask_share", None),
    ],
)
def test_a_share_in_words_is_asked_and_never_taken(text, question, half):
    reading = read("school", text)
    assert reading.items["interns_on_post"].value >= 1000
    assert reading.items["interns_local"].value is None
    asked = next(one for one in reading.questions if one.key == "interns_local")
    assert asked.id == question
    assert half is None or str(asked.facts["guess"]) == half


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("企业协议有效的101家", {"coop_enterprises": 101}),
        ("有效期内的协议101家", {"coop_enterprises": 101}),
        ("合作协议还没到期的101家", {"coop_enterprises": 101}),
        ("现有协议企业101家，新签2份", {"coop_enterprises": 101, "coop_agreements_new": 2}),
        ("有效协议101份", {}),
        ("现有合作协议101份，本月新签2份", {"coop_agreements_new": 2}),
        ("签了2份协议，有效期3年", {"coop_agreements_new": 2}),
    ],
)
def test_agreements_in_force_are_a_stock_and_none_of_them_is_new(text, expected):
    assert values("school", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("好的2", 2),
        ("嗯，2份", 2),
        ("1", 1),
        ("教务处给的数是4", 4),
        ("老师，这项是4", 4),
        ("老师好 4", 4),
        ("收到，4份", 4),
        ("暂时按4报", 4),
        ("不是3是2", 2),
        ("上半月1下半月2", 3),
        ("机电系1 信息系2", 3),
    ],
)
def test_a_figure_with_no_more_than_an_answer_beside_it_is_the_one_asked_for(text, expected):
    assert values("school", text, focus="coop_agreements_new") == {"coop_agreements_new": expected}


@pytest.mark.parametrize(
    "text",
    [
        "3号交的材料",
        "材料交了3份",
        "截图3张",
        "见附表2",
        "表3填错了",
        "核对了3遍",
        "找3个系核过了",
        "还要2个领导签字",
        "第2份合同还没盖章",
        "12月3日",
        "13号",
        "等3天",
        "上传了2个文件",
        "合同复印件3份",
        "还差3个领导签字",
        "还要8天",
        "改了7次了",
        "这是第3次问了",
    ],
)
def test_dates_papers_and_ordinals_fill_no_figure_that_is_asked_for(text):
    assert values("school", text, focus="coop_agreements_new") == {}


@pytest.mark.parametrize("text", ["除了缺口（现在45人）、新招（8人）之外，都和上月相同", "跟上月完全一致，不用改"])
def test_the_rest_is_carried_beside_an_exception_in_brackets(text):
    assert read("enterprise", text).items["interns_hosted"].rule == "same_as_previous"


@pytest.mark.parametrize(
    ("form", "text", "period", "expected"),
    [
        ("school", "教师17人企业实践共85人天", "2026-09", {"teacher_practice_days": 85}),
        (
            "school",
            "实习1010人：本市604人，本市里头415人在成员企业",
            "2026-11",
            {"interns_on_post": 1010, "interns_local": 604, "interns_in_members": 415},
        ),
        ("school", "培训480人次，不对不对，是520", "2026-11", {"training_person_times": 520}),
        ("school", "培训480人次，不是不是，520", "2026-11", {"training_person_times": 520}),
        ("enterprise", "还有45个技能岗没招到人", "2026-11", {"vacancies_open": 45}),
        ("association", "周三的理事会我们去3个人", "2026-11", {}),
        ("association", "参会差不多95人次", "2026-11", {"activity_attendees": 95}),
        # what is counted, papers and places beside figures
        (
            "enterprise",
            "可以接84个实习生 还有9个岗位空着",
            "2026-11",
            {"intern_posts_offered": 84, "vacancies_open": 9},
        ),
        (
            "enterprise",
            "新进8个中职毕业生 实习岗位有92个",
            "2026-11",
            {"hires_vocational": 8, "intern_posts_offered": 92},
        ),
        ("enterprise", "解决了1个难题，附件2有说明", "2026-11", {"tech_needs_closed": 1}),
        ("association", "参加人次41 附件2有明细", "2026-11", {"activity_attendees": 41}),
        ("school", "在岗实习1010。3号交的材料", "2026-11", {"interns_on_post": 1010}),
        ("school", "在岗实习1010，1001人在成员企业", "2026-11", {"interns_on_post": 1010, "interns_in_members": 1001}),
        ("school", "横向签了30万的合同，到账12万", "2026-11", {"tech_service_income_wan": 12}),
        ("school", "实习生里有300个在本市，总共1010", "2026-11", {"interns_local": 300, "interns_on_post": 1010}),
        ("school", "专业课教师437，2025级新生已报到", "2026-12", {"major_teachers": 437}),
        ("school", "横向到账4万，另外2万在走流程", "2026-11", {"tech_service_income_wan": 4}),
        ("enterprise", "设备15万现金5万一共20万", "2026-11", {"invest_inkind_wan": 15, "invest_cash_wan": 5}),
        # what was, what came and went, what there is
        ("school", "实习生月初1000月底1010", "2026-11", {"interns_on_post": 1010}),
        ("school", "在校生9月份8100现在8012", "2026-11", {"enrolled_students": 8012}),
        ("enterprise", "实习生60走了3个来了5个，现在62", "2026-11", {"interns_hosted": 62}),
        ("enterprise", "技术难题上月2个解决1个", "2026-11", {"tech_needs_closed": 1}),
        ("enterprise", "设备没捐，倒是给了学校8万块钱", "2026-11", {"invest_inkind_wan": 0, "invest_cash_wan": 8}),
        ("enterprise", "投了8万，元旦后再投10万", "2026-11", {"invest_cash_wan": 8}),
        ("enterprise", "一个人没招，缺口12", "2026-11", {"hires_vocational": 0, "vacancies_open": 12}),
        ("association", "会员进2出1", "2026-11", {"members_total": 41}),
        ("school", "教师实践的话，40人天", "2026-11", {"teacher_practice_days": 40}),
        # parts of something else, and what counts otherwise
        ("school", "合作企业101家，其中就业904人", "2026-11", {"coop_enterprises": 101, "grads_employed": 904}),
        ("school", "培训480人次；其中就业904人", "2026-11", {"training_person_times": 480, "grads_employed": 904}),
        ("school", "本月签约8份，其中就业904人", "2026-11", {"coop_agreements_new": 8, "grads_employed": 904}),
        ("school", "留本市515人", "2026-11", {}),
        ("bureau", "认定产教融合型企业12家，三个校区都核过了", "2026-11", {"enterprises_recognised": 12}),
        ("school", "培训两批，80人次和3个班", "2026-11", {"training_person_times": 80}),
        ("bureau", "第2项完成百分之82", "2026-11", {"task_progress[2]": 82}),
        # what asks, what was last year, what stays
        ("school", "培训480人次～12月5号前能改吗", "2026-11", {"training_person_times": 480}),
        ("enterprise", "这个要写说明吗，办结五项", "2026-11", {"tech_needs_closed": 5}),
        ("bureau", "去年同期没有统计 走访6次", "2026-11", {"visits_enterprises": 6}),
        (
            "school",
            "合作企业同上月，全校有差不多8012名学生",
            "2026-11",
            {"coop_enterprises": 100, "enrolled_students": 8012},
        ),
        (
            "school",
            "全校一共8012名在校生 本月培训480",
            "2026-11",
            {"enrolled_students": 8012, "training_person_times": 480},
        ),
    ],
)
def test_figures_find_the_key_they_are_said_of(form, text, period, expected):
    assert values(form, text, period) == expected


@pytest.mark.parametrize(
    "piece", ["80和", "上半月30", "第一批8人", "机电系80人 ", "一半在本市", "除了缺口", "好的2", "协议有效的"]
)
def test_parts_make_no_long_message_slow(piece):
    begun = time.process_time()
    read("school", piece * 60, focus="training_person_times")
    assert time.process_time() - begun < 1


def test_a_part_of_another_whole_is_shown_and_not_taken():
    reading = read("school", "在校生8012人，其中双师型196人", "2026-12")
    assert set(reading.items) == {"enrolled_students"}
    assert reading.unplaced == ("其中双师型196人",)


def test_one_for_each_of_those_named_is_offered_as_a_sum():
    for text in ("和甲厂、乙厂各签了一份协议", "跟甲公司和乙厂各签一份"):
        reading = read("school", text)
        assert reading.items["coop_agreements_new"].value is None
        asked = next(one for one in reading.questions if one.id == "ask_each")
        assert (asked.facts["many"], asked.facts["guess"]) == (2, 2)


def test_who_signed_the_other_one_is_named_without_the_words_around():
    reading = read("school", "新签2份协议，一份跟海岚化工厂，一份跟云帆精密公司")
    assert reading.names["coop_agreements_new"] == ("海岚化工厂", "云帆精密公司")


def test_a_worked_out_figure_lends_its_words_to_no_longer_number() -> None:
    found = read("school", "在校生12705人，实习1377人，新签协议一批3一批4份").items
    assert (found["coop_agreements_new"].value, found["enrolled_students"].value) == (7, 12705)
    assert "批" not in found["enrolled_students"].source
    assert not found["interns_on_post"].note
