"""How people of a consortium word the same wish: what is asked, words that mean the same, words that carry nothing.

Offices' everyday vocabulary, no project's own. A consortium's names are matched by the rules of `knowledge.matching`.
"""

import re

# What a question wants, the surest sign first. Two questions that want different things are never the same.
ASPECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("why", re.compile(r"为什么|为何|为啥|原因")),
    ("where", re.compile(r"哪里|哪儿|在哪(?!个|些|天|年|月)|什么地方|啥地方|地点|地址|几楼|哪一?层|位置")),
    ("when", re.compile(r"什么时候|啥时候?|何时|几月|几号|几点|哪[一]?[天月年日]|时间|日期|截止")),
    (
        "money",
        re.compile(
            r"多少钱|多少[万亿]?元|收费|费用|报酬|价格|多少[^,，、]{0,3}[费酬款]|[费酬款](?:是|要|交|收)?多少"
            r"|费(?:用)?(?:的)?标准"
        ),
    ),
    ("who", re.compile(r"谁|哪个(?:部门|单位|科室|处室)|哪位|负责人|联系人")),
    ("period", re.compile(r"有效期|多久|多长时间|几年|期限|时长")),
    ("size", re.compile(r"尺寸|面积|多大|多高|多重|规格")),
    ("condition", re.compile(r"条件|资格|门槛")),
    ("count", re.compile(r"几|多少")),
    ("whether", re.compile(r"能不能|可不可以|能否|可否|是否|是不是|有没有|吗[??]?$")),
    ("how", re.compile(r"怎么|如何|怎样|咋|流程|手续|步骤|办法|方式")),
)
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
REVERSED = re.compile(r"退|取消|撤销|注销|停止|停用|停办|下线|关闭|暂停|终止|解除")
NEGATED = re.compile(r"(?<!能)(?<!可)(?<!是)(?<!会)(?<!要)[不未没](?!同|足|仅|断|少)|没有(?!\w{0,6}吗)")
