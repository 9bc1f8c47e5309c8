"""What must not come into the library: state and work secrets, drafts, personal data.

The words are those of the confidentiality rules (保密法 marks 绝密, 机密, 秘密★). Mentions such as 商业秘密 in
the running text are no marks.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from services.errors import Refusal
from services.members.redaction import IDENTITY, PHONE

_HEAD_CHARS, _MARK_CHARS = 600, 24
_STARRED = re.compile(r"(绝密|机密|秘密)\s*[★☆*]")
_MARK_LINE = re.compile(
    r"^\W*(绝密|机密|秘密|内部文件|内部资料|不予公开|注意保存|严禁外传)(?:\W*(?:\d+\s*年|长期|级))?\W*$"
)
_MARK_FIELD = re.compile(r"(?:密级|公开属性|公开方式|公开类型|信息公开选项)\s*[::]?\s*(绝密|机密|秘密|不予公开|内部)")
_INTERNAL = re.compile(r"(内部文件|内部资料)\s*[,;]?\s*(?:注意保存|不得外传|请勿外传|严禁外传|妥善保管)")
_DRAFT = re.compile(r"[(【\[]\s*(讨论稿|征求意见稿|送审稿|内部讨论稿|草案稿)[^)】\]]{0,12}[)】\]]|(讨论稿)\s*$", re.M)
_PUBLIC_CALL = re.compile(r"公开征求意见|向社会征求意见|征求社会公众意见")
_STUDENT_HEADER = ("姓名", "性别")
_STUDENT_COLUMNS = re.compile(r"班级|学号|身份证|手机|联系电话|家长|籍贯|出生")
PHONES_IN_COLUMN = 3


class ScreeningRefused(Refusal):
    """The document is not taken. Facts: `concern` (secret, draft, personal), `found`, `name`."""


@dataclass(frozen=True)
class Concern:
    """Why a text cannot be taken, and the words that show it."""

    kind: Literal["secret", "draft", "personal"]
    found: str


def find_concern(text: str, *, published: bool = False) -> Concern | None:
    """The first reason against a document, or None. `published`: its issuer made the draft public."""
    plain = unicodedata.normalize("NFKC", text)
    secret = _secret_in(plain)
    if secret:
        return Concern("secret", secret)
    personal = _personal_in(plain)
    if personal:
        return Concern("personal", personal)
    draft = _DRAFT.search(plain[:_HEAD_CHARS])
    if draft and not published and not _PUBLIC_CALL.search(plain[:_HEAD_CHARS]):
        return Concern("draft", draft[1] or draft[2])
    return None


def refuse_concern(text: str, name: str, *, published: bool = False) -> None:
    """Raise ScreeningRefused for the first reason against the words of the file of that name."""
    concern = find_concern(text, published=published)
    if concern is not None:
        raise ScreeningRefused(concern=concern.kind, found=concern.found, name=name)


def _secret_in(plain: str) -> str:
    for pattern in (_STARRED, _MARK_FIELD, _INTERNAL):
        found = pattern.search(plain)
        if found:
            return found[1]
    for line in plain.splitlines():
        if len(line) <= _MARK_CHARS and (mark := _MARK_LINE.match(line.strip(" |#*"))):
            return mark[1]
    return ""


def _personal_in(plain: str) -> str:
    if IDENTITY.search(plain):
        return "身份证号"
    rows = 0
    for line in plain.splitlines():
        if all(word in line for word in _STUDENT_HEADER) and (column := _STUDENT_COLUMNS.search(line)):
            return f"姓名、性别、{column[0]}"
        rows += bool(PHONE.search(line)) and bool(re.search(r"[|\t]|\s{2,}|,", line))
    return "手机号" if rows >= PHONES_IN_COLUMN else ""
