"""Whether a sentence names somebody: 第三方机构评估 tells that a third party does, not which."""

from __future__ import annotations

import re

_WHICH_ONE = re.compile(r"哪一?[家所](?![几])|哪个(?:机构|公司|企业|学校|院校|大学|银行|医院)|叫什么名")
_BODY = re.compile(
    r"([\u4e00-\u9fff]{2,})(?:学院|大学|学校|中学|公司|集团|研究院|研究所|协会|学会|商会|联盟|促进会|医院|银行|事务所"
    r"|[局厅处科部委](?=[,，、;；。)）(（和与|\s]|负责|牵头|组织|承担|[审受办主]|会同|$)"
    r"|委员会|管委会|中心|办公室|秘书处|政府|小组|股份|科技|机电|重工|数控|供应链|快运|物流)"
)
_NOBODY = re.compile(
    r"(?:第三方|专业|相关|有关|社会|培训|评估|评价|中介|用人|成员|合作|参与|牵头|理事|实习|接收|所在|使用|申请|申报|委托|承担|高等"
    r"|职业|技术|龙头|骨干|重点|本地|当地|各|该|由|与|和|向|在|及|等|经|请|的|为|是|所|本|我|中介|服务)*"
)
_LISTED = re.compile(r"[“\"《]|[\u4e00-\u9fff]{3,}、[\u4e00-\u9fff]{3,}")


def asks_which_one(folded: str) -> bool:
    """Whether a folded question wants the name of one body (是哪家, 哪个公司)."""
    return bool(_WHICH_ONE.search(folded))


def names_somebody(folded: str) -> bool:
    """Whether a folded sentence has a body's own name, or a list of names."""
    if _LISTED.search(folded):
        return True
    return any(not _NOBODY.fullmatch(found[1]) for found in _BODY.finditer(folded))
