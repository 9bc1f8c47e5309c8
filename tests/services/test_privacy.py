"""Personal data: refused before storing, masked where shown."""

import pytest

from services.privacy import has_contact_data, holds_person_records, redact

ID = "123456200001010019"


@pytest.mark.parametrize(
    "text",
    [
        f"王某 {ID} 在岗",
        "学生花名册发你",
        "学生名单没问题，发给您",
        "把实习生名单发给你，带身份证号",
        "姓名\t性别\t班级\n王某\t男\t机电1班",
        "实习生李某某，电话13800000000",
        "学生学号：2023010102",
        "实习名单要不要我发一份？带学号",
        "要名单吗？我有带身份证号的表，传您",
        "實習生名冊有學號，要的話我傳",
    ],
)
def test_records_of_persons_are_seen(text):
    assert holds_person_records(text)


@pytest.mark.parametrize(
    "text",
    [
        "在岗实习1010人",
        "合作企业名单稍后发",
        "在岗实习名单还在核，先报12900",
        "实习学生名单没出来",
        "培训职工60人次 名单就不发了",
        "要不要报学生身份证号？",
        "参会2人，王某 13800000000",
        "联系人李老师 13800000000，在校生8012",
        "协议单位名单附后",
        "横向到账123456.78元",
    ],
)
def test_figures_contacts_and_questions_are_not(text):
    assert not holds_person_records(text)


def test_numbers_of_persons_are_masked_and_figures_kept():
    text = f"实习１０１０人，电话13812341234，{ID}，0473-1234567，a.b@example.com"
    masked = redact(text)
    assert masked.startswith("实习１０１０人，电话138****1234，123****，")
    assert "1234567" not in masked
    assert "a.b@" not in masked
    assert redact(masked) == masked
    assert has_contact_data(text)
    assert not has_contact_data("实习1010人")
