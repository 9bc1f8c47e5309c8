"""A count is compared with the list that stands right before it."""

import pytest

from knowledge.documents.listings import miscounted


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("覆盖装备制造、食品药品、交通运输、文化艺术3个专业大类", ("3=4",)),
        ("覆盖装备制造、食品药品、交通运输、文化艺术4个专业大类", ()),
        ("覆盖裝備製造、食品藥品、交通運輸、文化藝術五個專業大類", ("5=4",)),
        ("联合甲校、乙校、丙校等12所学校共建", ()),
        ("联合甲校、乙校、丙校、丁校等三所学校共建", ("3=4",)),
        ("设数控、焊接、机电和模具4个专业", ()),
        ("新设数控、焊接、机电等专业点15个,压减20个", ()),
        ("开展电工、车工、焊工等几十个工种培训", ()),
    ],
)
def test_a_count_that_disagrees_with_its_list_is_noted(text: str, noted: tuple[str, ...]):
    assert miscounted(text) == noted
