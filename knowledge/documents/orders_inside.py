"""Sentences of a document that speak to a machine instead of its readers: never quoted, told to whoever imports it.

Ordinary rules speak to people. What tells its reader to forget what it was told, or who it is from now on, was put
there for a model.
"""

from __future__ import annotations

import re

_ORDER = re.compile(
    r"(?<![勿不])(?<!不[得能可应要])(?<!禁止)(?<!严禁)(?:忽略|无视|忘记|忘掉|不要理会|不必理会|跳过)[^。；;\n]{0,12}(?:之前|以上|上述|前面|此前|先前|上面|所有|一切)"
    r"[^。；;\n]{0,8}(?:要求|指令|指示|提示|设定|对话|内容|约束|限制)"
    r"|系统提示词[:：]|系统提示[:：][^。；;\n]{0,10}(?:忽略|你(?:现在)?是|扮演|必须回答|请回答)|(?<![果若])(?:从现在起|从现在开始|现在)?[,，]?(?<![果若])你(?:现在)?(?:是|扮演)一?[个名]?(?:机器人|助手|模型|人工智能|系统(?!管理|操作)|ai)"
    r"|(?:ignore|disregard|forget)\s(?:all\s|any\s)?(?:the\s)?(?:previous|above|prior|earlier)\s(?:instructions?|prompts?|rules?)"
    r"|system\sprompt",
    re.IGNORECASE,
)


def orders_machine(text: str) -> bool:
    """Whether some sentence of ``text`` orders a model about."""
    return _ORDER.search(text) is not None
