"""What people ask about their own check-in, told apart by kinds of words."""

import pytest

from services.checkins.asking.matters import Matter, read_matter
from services.checkins.asking.meanings import read_meaning
from services.checkins.form import Form
from services.checkins.library import shipped_forms
from tests.services.checkins.filings import make_office

SCHOOL = make_office().forms.current("school")


@pytest.mark.parametrize(
    "words",
    ["交完了还能改吗", "提交后能不能改", "报上去了还能修改吗", "过了截止还能改吗", "审核后还能改吗", "月报交了在哪改"],
)
def test_whether_what_was_handed_in_can_be_changed_is_a_matter(words: str) -> None:
    assert read_matter(words) is Matter.CHANGE


@pytest.mark.parametrize(
    "words", ["上个月我们给了多少钱", "上个月我们招了多少人", "10月我们派了几个师傅", "我们上个月走访了几家"]
)
def test_a_figure_of_an_earlier_month_is_asked_for_in_everyday_words(words: str) -> None:
    assert read_matter(words) is Matter.FIGURE


@pytest.mark.parametrize(
    "words",
    [
        "上个月我们市投了多少钱",
        "上个月投了多少钱",
        "我们招了多少人",
        "协议能改吗",
        "会议改到几号",
        "我们上个月实习比9月多多少",
        "上个月我们的任务完成了几项",
    ],
)
def test_what_others_did_and_what_is_no_month_of_ones_own_is_none(words: str) -> None:
    assert read_matter(words) is None


@pytest.mark.parametrize(
    ("matter", "words"),
    [
        (Matter.DUE, "最晚哪天交"),
        (Matter.DUE, "我们还剩几天"),
        (Matter.DUE, "请问报送期限是哪天"),
        (Matter.DUE, "延期的事批了没"),
        (Matter.DUE, "现在补报算迟吗"),
        (Matter.ISSUE, "上次反映的用电问题解决了没"),
        (Matter.ISSUE, "我们那个设备的问题有人跟进吗"),
        (Matter.FILED, "上个月我们报了多少"),
        (Matter.FILED, "调一下我单位10月填报内容"),
        (Matter.HISTORY, "以前每个月报的数能看吗"),
        (Matter.CARD, "把我填的再给我看一遍"),
        (Matter.UNDO, "发错了 撤回"),
        (Matter.UNDO, "刚才说的取消"),
        (Matter.UNFILE, "交上去的月报能撤回吗"),
        (Matter.PERSON, "以后由刘洋负责填报"),
        (Matter.PERSON, "下次起由教务处李娜来填"),
        (Matter.UNDO, "刚才发错了别记"),
        (Matter.PERSON, "我下周离职，月报换谁报"),
        (Matter.CONTACT, "填报不会弄联系谁"),
        (Matter.CONTACT, "他电话多少"),
    ],
)
def test_words_about_the_own_check_in_have_one_matter(matter: Matter, words: str) -> None:
    assert read_matter(words) is matter


@pytest.mark.parametrize(
    "words",
    [
        "证书什么时候到期",
        "延期申请谁批",
        "刚才那个电工取消",
        "秘书长换人了吗",
        "把会议地点换到三楼",
        "联络员变动要报备吗",
        "议题几号截止",
        "每月一般什么时候报",
        "截至11月底在岗实习2100人",
        "上个月的问题解决了",
        "问题：实训用电不足",
        "上个月报错了，订单班应该是210",
        "其他同上月",
        "撤销汽修实训基地",
        "恢复成2105",
        "我们校长退休了新校长是谁",
        "张伟代我参会",
        "联络员多久换一次",
        "补贴找谁申请",
        "教育局电话多少",
        "各校的历史数据",
        "培训640人次，其中线上200",
    ],
)
def test_figures_and_other_questions_are_no_such_matter(words: str) -> None:
    assert read_matter(words) is None


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("在岗实习指什么", "interns_on_post"),
        ("社会培训包括线上吗", "training_person_times"),
        ("新签协议续签的算吗", "coop_agreements_new"),
        ("这个数怎么算", "order_class_students"),
        ("新签协议算啥", "coop_agreements_new"),
        ("续签算新签吗", "coop_agreements_new"),
        ("短期班算培训吗", "training_person_times"),
        ("线上培训算吗", "training_person_times"),
        ("横向到账是到账的还是合同额", "tech_service_income_wan"),
        ("教师实践按人还是按天", "teacher_practice_days"),
        ("人天怎么算", "teacher_practice_days"),
        ("啥叫有效合作企业", "coop_enterprises"),
        ("实习生算在校生吗", "enrolled_students"),
        ("算不算短期班", "order_class_students"),
        ("按人还是按班", "order_class_students"),
        ("这个填啥", "order_class_students"),
        ("岗位实习协议包括哪些内容", None),
        ("培训补贴怎么算", None),
        ("这个材料怎么填", None),
        ("实习生的报酬怎么算", None),
        ("在岗实习2100", None),
    ],
)
def test_a_meaning_is_asked_of_a_named_figure_or_of_the_one_at_hand(words: str, key: str | None) -> None:
    assert read_meaning(words, SCHOOL, "order_class_students") == key


@pytest.mark.parametrize("form", shipped_forms().versions.values(), ids=lambda one: one.id)
def test_every_figure_says_what_counts_and_what_does_not(form: Form) -> None:
    for one in form.indicators:
        assert one.counts, one.key
        assert one.leaves_out, one.key
