"""有没有学校能帮我们解决结垢的问题: somebody of an enterprise seeks help with a difficulty of its work."""

import re

from services.meetings.reading.wording import same_shape

LONGEST = 60
_WHO = r"(?:学校|院校|高校|大学|职院|学院|老师|专家|教授|团队|单位|人|谁)"
_SEEKS = re.compile(
    rf"(?:请问|想问一?下)?(?:(?:有没有|有无|哪[个家所些]?|想找|找一?[个家]|希望|求|请)[^,;。]{{0,8}}?{_WHO}|能不能(?:找|请)[^,;。]{{0,6}}?{_WHO}|谁)"
    r"[^,;。]{0,6}?(?:能|可以|会|来|愿意)*(?:帮助?|协助|支持|给|替|和|跟)?(?:我们?|咱们?|我司|我厂|本公司)?(?:公司|企业|厂)?(?:一起|共同)?"
    r"(?:解决|攻关|攻克|处理|搞定|研究|改进|诊断|看看|优化)(?!了|过)(?:一?下)?(?P<need>[^,;。?]{2,40}?)(?:的)?(?:这个|这类|那个)?(?:技术)?(?:问题|难题|毛病|困难|事)?(?:吗|呢|么|没有?)?[?。]?"
)
_NO_NEED = re.compile(r"月报|填报|系统登录|密码|议题|会议|工单|联络员|邀请|招人|用工|岗位|实习生|毕业生|协议|补贴")


def read_sought(words: str) -> str:
    """The difficulty that help is sought with, without the words around it; empty for anything else."""
    plain = same_shape(words).strip()
    found = _SEEKS.fullmatch(plain) if len(plain) <= LONGEST else None
    need = found["need"].strip() if found else ""
    return "" if _NO_NEED.search(need) else need
