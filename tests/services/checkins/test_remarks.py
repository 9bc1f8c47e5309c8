"""Figures that only explain another, what is excepted, and questions: none of them is stored for the key."""

import pytest

from tests.services.checkins.readings import read, values


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        # the figure after the word of correction counts, not the one that is explained
        ("school", "在校生改成8012，8100是含休学的", {"enrolled_students": 8012}),
        ("school", "订单班应该是310，260是去年的数", {"order_class_students": 310}),
        ("school", "横向更正为5.8，6.2是含税的", {"tech_service_income_wan": 5.8}),
        ("school", "实习以1005为准，990是初稿", {"interns_on_post": 1005}),
        ("enterprise", "缺口改成45，52是旧的", {"vacancies_open": 45}),
        ("enterprise", "设备写的20万，按原价36万报", {"invest_inkind_wan": 36}),
        ("enterprise", "资金不对，应该是35万，车间30加奖学金5", {"invest_cash_wan": 35}),
        ("school", "不对，订单班还是310，40是实习里头的订单班学生", {"order_class_students": 310}),
        # but other keys, parts and later corrections go on
        ("school", "实习应该是1010，其中本市410", {"interns_on_post": 1010, "interns_local": 410}),
        ("school", "在校生改成8012，订单班改成310", {"enrolled_students": 8012, "order_class_students": 310}),
        ("school", "培训不对，应该是第一期56人次，第二期48人次", {"training_person_times": 104}),
        ("school", "订单班应该是310，哦不，是312", {"order_class_students": 312}),
        # some of a whole is not the whole
        ("school", "实习的有1012人，里面有40个是订单班的", {"interns_on_post": 1012}),
        ("school", "合作企业里有12家是新签的", {}),
        ("school", "在校生里有120个是扩招的", {}),
        ("enterprise", "我们接收的实习生里有12个是技师学院的", {}),
        ("school", "实习1010人，里面410个是本市的", {"interns_on_post": 1010, "interns_local": 410}),
        # what is excepted is left alone
        (
            "school",
            "培训之外的发生数都是0",
            {"coop_agreements_new": 0, "teacher_practice_days": 0, "tech_service_income_wan": 0},
        ),
        (
            "school",
            "除横向以外，其余发生数都是0",
            {"coop_agreements_new": 0, "teacher_practice_days": 0, "training_person_times": 0},
        ),
    ],
)
def test_only_the_figure_that_is_meant_is_taken(form, text, expected):
    got = values(form, text)
    assert {key: got.get(key) for key in expected} == expected
    if len(expected) < 2:
        assert got == expected


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("school", "横向的更正，我还没交吧"),
        ("school", "就业人数还没核吧"),
        ("enterprise", "委托培训还没开票吧"),
        ("enterprise", "设备没到账吧"),
        ("enterprise", "设备20万是评估价，原值是36万，应该报哪个"),
        ("school", "实习1010是总的，990是在岗的，填哪一个"),
    ],
)
def test_a_question_stores_nothing(form, text):
    assert not read(form, text).items


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("订单班改成310，260是去年的数", "260"),
        ("实习的有1012人，里面有40个是订单班的", "里面有40个"),
        ("在校生里有120个是扩招的", "在校生里有120个"),
    ],
)
def test_what_is_not_taken_is_shown(text, shown):
    assert read("school", text).unplaced == (shown,)


def test_parts_that_make_the_corrected_figure_are_not_shown_as_lost():
    assert read("enterprise", "资金不对，应该是35万，车间30加奖学金5").unplaced == ()


@pytest.mark.parametrize(
    ("form", "text", "asked", "key"),
    [
        ("enterprise", "投了30万改造车间，奖学金5万", "ask_parts", "invest_cash_wan"),
        ("enterprise", "接了18个实习生", "ask_which_value", "interns_hosted"),
        ("school", "订单班跟上月一样640", "ask_which_value", "order_class_students"),
    ],
)
def test_what_may_be_the_figure_or_a_part_is_asked(form, text, asked, key):
    reading = read(form, text)
    assert reading.items[key].value is None
    assert (asked, key) in [(one.id, one.key) for one in reading.questions]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("enterprise", "总投入26万，现金12万，设备14万", {"invest_cash_wan": 12, "invest_inkind_wan": 14}),
        ("enterprise", "接收了61个实习生", {"interns_hosted": 61}),
        ("enterprise", "新接了18个实习生", {"interns_hosted": 78}),
        ("school", "订单班跟上月一样300", {"order_class_students": 300}),
        ("school", "教师实践，计算机系3个人每人5天，机电系2个人合计12天", {"teacher_practice_days": 27}),
        ("school", "社会培训的话，企业职工办了两期，一期56人一期48人", {"training_person_times": 104}),
        ("bureau", "出了一份关于用工的文件，组织了2次对接，来了46个单位", {"policies_published": 1}),
    ],
)
def test_words_that_say_enough_are_not_asked_about(form, text, expected):
    assert values(form, text) == expected


@pytest.mark.parametrize(
    ("form", "text", "key", "said"),
    [
        ("enterprise", "企业导师授课14课时", "mentors_person_times", "14课时"),
        ("school", "社会培训办了3期", "training_person_times", "3期"),
    ],
)
def test_a_figure_in_another_unit_is_asked_in_that_of_the_form(form, text, key, said):
    (asked,) = [one for one in read(form, text).questions if one.id == "ask_in_unit"]
    assert (asked.key, asked.facts["said"]) == (key, said)


@pytest.mark.parametrize(
    "text", ["招了8个，都不是职校的", "本月招了8人，没有一个是职校毕业的", "新招12人，一个也不是高职的"]
)
def test_a_figure_of_another_kind_than_is_counted_is_not_taken(text: str) -> None:
    assert values("enterprise", text).get("hires_vocational", "missing") == "missing"


@pytest.mark.parametrize("text", ["招了8个，都是职校的", "招了8个，都不是本科的"])
def test_a_kind_that_is_counted_or_not_spoken_of_leaves_the_figure(text: str) -> None:
    assert values("enterprise", text) == {"hires_vocational": 8}
