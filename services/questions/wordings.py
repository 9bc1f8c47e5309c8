"""How people of a consortium word the same wish: what is asked, words that mean the same, words that carry nothing.

Offices' everyday vocabulary, no project's own. A consortium's names are matched by `knowledge.language.matching`.
"""

import re

# What a kind of question wants. Two questions that want different things are never the same.
ASPECTS = {
    "why": "why",
    "where": "where",
    "when": "when",
    "money": "money",
    "amount": "money",
    "who": "who",
    "duty": "who",
    "person": "who",
    "contact": "who",
    "consult": "who",
    "lasting": "period",
    "often": "period",
    "validity": "period",
    "size": "size",
    "age": "size",
    "count": "count",
    "people": "count",
    "quantity": "count",
    "share": "count",
    "yesno": "whether",
    "how": "how",
}
SAME_WORDS: tuple[tuple[str, ...], ...] = (
    ("上线", "开通", "启用", "投用", "投入使用", "能用上"),
    ("更换", "变更", "换人", "调换"),
    ("离职", "调走", "调离", "辞职"),
    ("企业", "公司"),
    ("加入", "入会"),
    ("退出", "退会"),
    ("学生", "实习生"),
    ("填错", "写错", "报错", "错了"),
    ("修改", "更正", "改正", "订正"),
    ("联席会议", "联席会"),
    ("课酬", "课时费", "讲课费", "授课费", "报酬"),
    ("一节课", "课时"),
    ("预约", "预订", "预定"),
    ("发给", "交给", "报送", "送给", "递交", "提交"),
    ("牌匾", "牌子", "铭牌"),
    ("外省", "省外", "外地"),
    ("申报", "申请", "报名"),
    ("会费", "会员费"),
    ("使用费", "费用", "收费"),
    ("通知", "告知"),
    ("补贴", "补助", "津贴"),
    ("培训", "培训班"),
    ("证书", "证件"),
    ("下载", "领取", "获取"),
    ("名单", "名册"),
    ("账号", "帐号", "账户"),
    ("密码", "口令"),
)
# Asking, being in charge, holding a meeting, putting up a table: said or left out without another meaning.
EMPTY = frozenset(
    re.findall(
        r"\S+",
        """
        时间 日期 地点 地址 地方 流程 手续 步骤 办法 方式 标准 情况 要求 规定 具体 目前 现在 今年 请问 应该 需要 负责
        办理 购买 出钱 准备 联系 联系人 召开 开会 举行 举办 进行 相关 有关 事项 问题 内容 我们 单位 数据 价格 报酬 年度
        要交 联合体 可以 能够 怎么办 部门 表格 份额 已经 还是
        """,
    )
)
AMOUNTS = re.compile(r"\d+(?:\.\d+)?|第[一二三四五六七八九十百]+")
PER = re.compile(r"(?:每|一|按)个?(小时|天|日|周|月|季|学期|学年|年|人)")
INSIDE, OUTSIDE = re.compile(r"本[市省地县区]|[省市]内"), re.compile(r"外[省市地县区]|[省市]外")
REVERSED = re.compile(r"退|取消|撤销|注销|停止|停用|停办|下线|关闭|暂停|终止|解除")
NEGATED = re.compile(r"(?<!能)(?<!可)(?<!是)(?<!会)(?<!要)[不未没](?!同|足|仅|断|少)|没有(?!\w{0,6}吗)")
