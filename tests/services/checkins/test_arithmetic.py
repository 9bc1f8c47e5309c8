"""Products and sums that people leave to be reckoned: each keeps the words that it was made from."""

import pytest

from tests.services.checkins.readings import read, values


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("school", "8个老师每人5天", {"teacher_practice_days": 40}),
        ("school", "6名教师各下企业4天", {"teacher_practice_days": 24}),
        ("school", "企业实践12人，人均3天", {"teacher_practice_days": 36}),
        ("enterprise", "派了2个师傅去上课，每人3次", {"mentors_person_times": 6}),
        ("enterprise", "员工培训委托给星职院，两期各30人次", {"staff_trained_times": 60}),
        ("school", "培训两期，一期120人次一期80人次", {"training_person_times": 200}),
        ("school", "技术服务到账：海岚化工3万，北辰2万", {"tech_service_income_wan": 5}),
        ("school", "在岗实习走了30又来了50", {"interns_on_post": 1020}),
        ("enterprise", "岗位缺口：焊工8 质检3 共11", {"vacancies_open": 11}),
        ("school", "订单班新开了一个班40人，现在340", {"order_class_students": 340}),
        ("school", "本月培训累计到7200", {"training_person_times": 2200}),
        ("school", "到11月底培训一共5310人次了", {"training_person_times": 310}),
        ("school", "开了2个培训班，一个50人次，一个70人次", {"training_person_times": 120}),
        ("school", "跟北辰装备签了个协议", {"coop_agreements_new": 1}),
        ("enterprise", "派导师3人去讲课共9人次", {"mentors_person_times": 9}),
        ("school", "两个班各培训45人次", {"training_person_times": 90}),
        ("enterprise", "电工缺6个，焊工缺4个", {"vacancies_open": 10}),
        ("school", "在岗实习回来了60个，现在940", {"interns_on_post": 940}),
        # not reckoned: no product, no sum, no year
        ("school", "合作企业102家，各签协议3年", {"coop_enterprises": 102}),
        ("school", "在岗实习1000人，每人补贴500元", {"interns_on_post": 1000}),
        ("school", "本月培训累计320人次", {"training_person_times": 320}),
        ("school", "横向合同20万，到账6万", {"tech_service_income_wan": 6}),
        ("school", "跟海岚化工续签了1份协议", {}),
        ("school", "本月亮点是和3家企业共建2个基地", {}),
    ],
)
def test_what_is_reckoned(form, text, expected):
    assert values(form, text) == expected


def test_a_result_shows_the_words_that_it_was_made_from():
    item = read("school", "8个老师每人5天").items["teacher_practice_days"]
    assert item.source == "8个老师每人5天"
