"""A page's furniture: navigation, footers and counters that are not the document.

Only whole lines go, and contact lines only near the end: a notice's own 联系电话 is content, a site's
投稿邮箱 under the article is not.
"""

from __future__ import annotations

import re

_NAVIGATION = re.compile(
    r"^\W*(?:"
    r"(?:学校|学院|网站|本站|部门)?(?:主页|首页)(?:\s*[>»›|-].*)?"
    r"|(?:您?当前|您的|你的|您现在的|现在)?(?:所在)?位置\s*[:：].*"
    r"|[上下]一[条篇页则](?:\s*[:：].*)?"
    r"|(?:返回|回到)(?:顶部|首页|列表|上页)|(?:打印|关闭)(?:本页|窗口|此页|页面)?|打印\s*关闭"
    r"|收藏本?页?|加入收藏|设为首页|分享到?\s*[:：]?.{0,20}|扫一扫.{0,30}"
    r"|我要(?:回帖|评论|留言)|发表评论|更多关于.{0,60}的文章|随机推荐|相关(?:阅读|推荐|新闻|文章|链接)\s*[:：]?"
    r"|(?:联系我们|关于我们|网站地图|服务报价|留言本|友情链接)(?:\s*[|｜·].*)?"
    r"|(?:浏览|阅读|点击)(?:次?数|量)?\s*[:：]\s*\d*\s*次?|字[体号]\s*[:：].*|【?大\s*中\s*小】?"
    r"|版权所有.*|技术支持\s*[:：].*|copyright\b.*|.{0,40}ICP备\s*\d+号?.{0,40}|.{0,20}公网安备.{0,30}"
    r"|.{2,20}[（(]WAP手机版[)）]|baidu|map|登录|注册|用户名|密码|手机版|移动版|English|无障碍(?:阅读|浏览)?"
    r")\W*$",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"^\W*(?:投稿邮箱|邮箱|电子邮件|E-?mail|传真|邮编|网址|地址|联系电话|客服电话|举报电话|备案号|网站标识码|主办(?:单位)?"
    r"|承办(?:单位)?|责任编辑|编辑|免责声明|声明)\s*[:：]",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(r"(?:并?不意味着|不代表).{0,20}(?:赞同|证实|观点)|仅供参考.{0,20}$")
_TAIL_LINES = 12


def strip_furniture(text: str) -> tuple[str, bool]:
    """Drop the lines that belong to the page.

    Returns:
        The kept text, its lines as they were, and whether the page carried a publisher's disclaimer
        (登载此内容…不意味着证实其描述): such a text is a media report.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    tail = set(filled[-_TAIL_LINES:]) if len(filled) > 2 * _TAIL_LINES else set(filled[-3:])
    disclaimed = any(_DISCLAIMER.search(lines[number]) for number in tail)
    kept = [
        line
        for number, line in enumerate(lines)
        if not _NAVIGATION.match(line.strip()[:300])
        and not (number in tail and (_FOOTER.match(line) or _DISCLAIMER.search(line)))
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n"), disclaimed
