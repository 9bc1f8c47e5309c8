"""Technical needs of enterprises and technical services of schools in words: put forward, taken on, settled."""

import re
from collections.abc import Callable, Iterator

from services.registers.listing import COUNT, NOTHING, count_in, pieces
from services.registers.said import LONGEST_TITLE, NEEDS, SERVICES, Said, partners_in

_COUNT = rf"(?:{COUNT.pattern})?"
_NEED = (
    r"(?:(?:技术|工艺|生产)(?:性|攻关)?(?:需求|难题|问题|攻关)(?:课题|项目)?|(?:技术|工艺)?难题|(?<=[个项条提了])需求)"
)
_SERVICE = r"(?:(?:横向|四技|技术(?:服务|开发|咨询|转让))+(?:项目|课题|合同|协议|服务)*|服务项目)"
_DONE = r"(?:已经?|都|刚|全部|顺利)*(?:解决|办结|销号|攻克|完成|结题|结项|验收|搞定|办完|了结)(?:了|掉|好)*"
_BEGUN = (
    r"(?:新立(?:项)?|新签(?:订|了)?|新增|承接(?:了)?|立项(?:了)?|签(?:订|了|下)+|承担(?:了)?|接(?:了|到)|拿下(?:了)?"
    r"|启动(?:了)?|开展(?:了)?|新开|做了)"
)
_LIST_AFTER = rf"(?:数)?(?:新增|新提|共|有|是|为)*\s*{_COUNT}\s*(?:[:,—-]+|是|为|\((?=[^)]{{4,}}\)\s*(?:$|[,;。])))"
_NEED_LIST = re.compile(
    rf"(?P<done>{_DONE})?(?:新?(?:提出?|提交|报|发布|征集|增|有)?(?:了|的)*{_COUNT})?(?:个|项)?{_NEED}{_LIST_AFTER}(?P<list>.+)"
)
_SERVICE_LIST = re.compile(
    rf"(?:(?P<done>{_DONE})|{_BEGUN})(?P<between>[^,;。:《]{{0,20}}?){_SERVICE}?(?:项目|课题|合同|协议)*{_LIST_AFTER}(?P<list>.+)"
)
_MONEY = re.compile(r"到账|到款|合同额|经费|\d(?:\.\d+)?\s*万")
_ENDS_DONE = re.compile(rf"{_DONE}$")
_TITLED = re.compile(r"《([^》]{2,60})》")
_SETTLED = re.compile(
    rf"(?P<title>[^,;。:、]{{2,40}}?)(?:的?(?:技术|工艺)?(?:难题|需求|问题|课题|攻关)+)(?:这个|这项)?"
    rf"(?:[,(]?(?:被|由|与|和|同|跟)?[^,;。]{{2,16}}?(?:一起|共同|联合|协助|帮忙|帮我们|帮)?(?:攻关)?)?,?(?:现|目前)?{_DONE}(?=$|[,;。)])"
)
_SERVICE_SETTLED = re.compile(
    rf"(?:给|为|帮)?(?P<partner>[^,;。:、\d]{{2,20}}?)(?:做|开发|承担|委托)+的(?P<title>[^,;。:]{{2,40}}?)(?:的?(?:技术服务|横向)?(?:项目|课题|合同))?{_DONE}"
)
_PASSED = re.compile(
    r"(?P<title>[^,;。:、]{3,40}?)(?:横向|技术服务)?(?:项目|课题)(?:已经?|顺利|通过|都)*(?:结题|结项|验收)+(?:了)?(?=$|[,;。])"
)
_BY = re.compile(
    r"(?:(?:^|[,(])(?:是|由|与|和|请)|由|被)(?P<who>[^,;。:\d()]{2,20}?)(?:帮我们|帮忙|帮|一起|协助|共同)?(?:解决|攻克|攻关|完成)"
    r"|(?:^|[,(])(?P<whose>[^,;。:\d()]{2,20}?)(?:(?:帮我们|帮忙|帮|协助)(?:解决|攻克|完成)|(?:解决|攻克|完成)的)"
)
_STOP = re.compile(
    r"[,;](?=[^,]*(?:\d|办结|没有|投入|实习|培训|招|派|委托院校|希望|请|想|需要|[^,]*(?:解决|结题|验收)|由|和[^,]*(?:一起|合作)|与[^,]*(?:合作|共同)))|。"
)
_TAIL = re.compile(r"(?:的|等)?(?:技术|工艺)?(?:难题|需求|问题|课题|项目|攻关|技术服务|合同)*(?:等)?$")
_AMOUNT = re.compile(r"(?:合同|到账|经费|金额)*(?:额|款)?:?\d[\d.]*(?:万|元)+")
_PARTY = re.compile(r"(?:委托|合作|服务|甲)(?:单位|企业|方|对象)?(?:是|为|:)?")
_OWNED = re.compile(r"^([^,:—-]{2,16}?)(?:—+|-+|:)(?=[^,]{3,})")
_BRACKET = re.compile(r"\(([^()]*)\)")
_SENTENCE = re.compile(r"[^。!\n]+(?:\n\s*\(?\d{1,2}[.、)][^。!\n]+)*")


_BARE_NEEDS = re.compile(
    rf"(?:新|提)[^,;。]{{0,6}}?{_NEED}(?:数)?\s*(?P<count>{COUNT.pattern})"
    rf"|(?:新|提)[^,;。]{{0,4}}?(?P<before>{COUNT.pattern}){_NEED}"
)
_BARE_SERVICES = re.compile(
    rf"{_BEGUN}[^,;。]{{0,4}}?{_SERVICE}(?:数)?\s*(?P<count>{COUNT.pattern})"
    rf"|{_BEGUN}(?P<before>{COUNT.pattern})[^,;。]{{0,4}}?{_SERVICE}"
)


def read_needs(text: str) -> tuple[list[Said], int]:
    """Technical needs in folded words, and how many new ones were counted without a name."""
    return _read(text, _needs, _BARE_NEEDS)


def read_services(text: str) -> tuple[list[Said], int]:
    """Technical services in folded words, and how many new ones were counted without a name."""
    return _read(text, _services, _BARE_SERVICES)


def _read(text: str, rows_in: Callable[[str], list[Said]], bare: re.Pattern[str]) -> tuple[list[Said], int]:
    rows: list[Said] = []
    counted = 0
    for sentence in _SENTENCE.finditer(text):
        found = rows_in(sentence[0])
        rows += found
        unnamed = bare.search(sentence[0])
        if unnamed and not found:
            counted += count_in(unnamed["count"] or unnamed["before"])
    return _once(rows), counted


def _needs(sentence: str) -> list[Said]:
    listed = _NEED_LIST.search(sentence)
    found = []
    if listed:
        status = "closed" if listed["done"] else "open"
        found = list(_listed(NEEDS, listed["list"], status, sentence))
    settled = None if found else _SETTLED.search(sentence)
    title = _clean(settled["title"]) if settled else ""
    if len(title) >= 3 and not COUNT.search(title):
        return [Said(NEEDS, title[:LONGEST_TITLE], _helper(sentence), status="closed")]
    return found


def _services(sentence: str) -> list[Said]:
    if not re.search(_SERVICE + r"|课题|项目", sentence):
        return []
    settled = _SERVICE_SETTLED.search(sentence)
    if settled:
        return [Said(SERVICES, _clean(settled["title"])[:LONGEST_TITLE], settled["partner"], status="closed")]
    passed = None if _TITLED.search(sentence) else _PASSED.search(sentence)
    if passed and len(_clean(passed["title"])) >= 3 and not COUNT.search(passed["title"]):
        return [Said(SERVICES, _clean(passed["title"])[:LONGEST_TITLE], status="closed")]
    begun = re.search(_BEGUN, sentence)
    done = re.search(_DONE, sentence)
    status = "closed" if done and not begun else "open"
    if (begun or done) and _TITLED.search(sentence) and re.search(_SERVICE, sentence):
        named = re.search(_PARTY.pattern + r"([^,;。:()\d]{2,20})", _TITLED.sub("", sentence))
        partner = named[1] if named and "委托" in named[0] else _before_service(sentence, sentence)
        return [Said(SERVICES, one[1][:LONGEST_TITLE], partner, status=status) for one in _TITLED.finditer(sentence)]
    listed = _SERVICE_LIST.search(sentence)
    if not listed or not re.search(_SERVICE, listed[0][: listed.start("list") - listed.start()]):
        return []
    partner = _before_service(sentence[: listed.start("list")], sentence)
    return list(_listed(SERVICES, listed["list"], "closed" if listed["done"] else "open", sentence, partner))


def _listed(register: str, text: str, status: str, sentence: str, partner: str = "") -> Iterator[Said]:
    stop = _STOP.search(_hide(text)) if not re.match(r"\s*\(?1[.、)]", text) else None
    text = text[: stop.start()] if stop else text
    count = count_in(sentence[: sentence.find(text)])
    for start, end in pieces(text, count):
        piece = text[start:end]
        bracket = _BRACKET.search(piece)
        owner, _, title = _OWNED.sub(r"\1\n", _BRACKET.sub("", piece)).rpartition("\n")
        title = _clean(title.split(",")[0].strip('《》"“”) '))
        if (
            len(title) < 2
            or NOTHING.fullmatch(title)
            or COUNT.search(title)
            or _ENDS_DONE.search(title)
            or _MONEY.search(title)
        ):
            continue
        who = _party(bracket[1]) if bracket else ""
        helper = _helper(sentence) if status == "closed" else ""
        yield Said(register, title[:LONGEST_TITLE], who or owner or partner or helper, status=status)


def _party(inside: str) -> str:
    for part in re.split(r"[,;、]", inside):
        bare = _PARTY.sub("", _AMOUNT.sub("", part)).strip(" :与和")
        if len(bare) >= 2 and not re.search(r"\d", bare):
            return bare
    return ""


def _before_service(words: str, whole: str) -> str:
    """承接海岚化工横向课题, 和北辰装备签了: whose it is."""
    found = re.search(
        rf"{_BEGUN}(?:1[项个]|一[项个]|\d+[项个])?(?P<who>[^,;。:\d《]{{2,20}}?)(?:的|委托的?)?{_SERVICE}", words
    )
    who = found["who"] if found else partners_in(words)
    led = re.search(r"(?:与|和|同|跟|为|给|受)([^,;。:\d《]{2,20}?)(?=签|做|委托|开展|提供|承接)", words)
    who = led[1] if led else who
    given = re.search(r"(?:^|,)([^,;。:\d]{2,16}?)委托(?:$|[,;。])", whole)
    who = given[1] if given else who
    return "" if re.search(r"项|个|新|技术|横向", who) else who


def _helper(sentence: str) -> str:
    found = _BY.search(sentence)
    return re.sub(r"^(?:是|由|与|和|请)", "", found["who"] or found["whose"]) if found else ""


def _clean(title: str) -> str:
    title = re.sub(
        r"^(?:关于|原来的?|之前的?|上月的?|那个|这个|的|,|还有|有|就是|分别是|分别为|是|上次|上个?月|之前|去年|前期|提出?的|报的)+",
        "",
        title.strip(),
    )
    return _TAIL.sub("", title).strip(" ,的:") or ""


def _hide(text: str) -> str:
    return re.sub(r"\([^()]*\)|《[^》]*》", lambda one: "x" * len(one[0]), text)


def _once(rows: list[Said]) -> list[Said]:
    found: dict[str, Said] = {}
    for one in rows:
        found.setdefault(one.title, one)
    return list(found.values())
