"""Technical services of schools in words: taken on, for whom, finished."""

import re

from services.registers.listing import COUNT
from services.registers.said import LONGEST_TITLE, SERVICES, Said, partners_in
from services.registers.titles import ANYBODY, DONE, LIST_AFTER, TITLED, clean, is_title, listed, read_sentences

_SERVICE = r"(?:(?:横向|四技|技术(?:服务|开发|咨询|转让))+(?:项目|课题|合同|协议|服务)*|服务项目)"
_BEGUN = (
    r"(?:新立(?:项)?|新签(?:订|了)?|新增|承接(?:了)?|立项(?:了)?|签(?:订|了|下)+|承担(?:了)?|接(?:了|到)|拿下(?:了)?"
    r"|启动(?:了)?|开展(?:了)?|新开|做了)"
)
_LIST = re.compile(
    rf"(?:(?P<done>{DONE})|{_BEGUN})(?P<between>[^,;。:《]{{0,20}}?){_SERVICE}?(?:项目|课题|合同|协议)*{LIST_AFTER}(?P<list>.+)"
)
_SETTLED = re.compile(
    rf"(?:给|为|帮)?(?P<partner>[^,;。:、\d]{{2,20}}?)(?:做|开发|承担|委托)+的(?P<title>[^,;。:]{{2,40}}?)(?:的?(?:技术服务|横向)?(?:项目|课题|合同))?(?:顺利|通过)*{DONE}"
)
_PASSED = re.compile(
    r"(?P<title>[^,;。:、]{3,40}?)(?:横向|技术服务)?(?:项目|课题)(?:已经?|顺利|通过|都)*(?:结题|结项|验收)+(?:了)?(?=$|[,;。])"
)
_FOR = re.compile(
    rf"(?:^|[,;])\s*(?:我校|本月|学校)?(?:为|给|帮|替|受)(?P<who>[^,;。:\d]{{2,20}}?)(?:的?委托)?,?"
    rf"(?:开展|提供|做|承担|进行|实施)(?:了)?(?P<title>[^,;。:《]{{3,40}}?)(?:的)?{_SERVICE}(?:工作)?(?=$|[,;。])"
)
_PARTY = re.compile(r"(?:委托|合作|服务|甲)(?:单位|企业|方|对象)?(?:是|为|:)?([^,;。:()\d]{2,20})")
_BARE = re.compile(
    rf"{_BEGUN}[^,;。]{{0,4}}?{_SERVICE}(?:数)?\s*(?P<count>{COUNT.pattern})"
    rf"|{_BEGUN}(?P<before>{COUNT.pattern})[^,;。]{{0,4}}?{_SERVICE}"
)
_OWN_PART = re.compile(rf";(?=\s*(?:{DONE}|{_BEGUN})[^,;。:]{{0,10}}:)")


def read_services(text: str) -> tuple[list[Said], int]:
    """Technical services in folded words, and how many new ones were counted without a name."""
    return read_sentences(text, _services, _BARE, _OWN_PART)


def _services(sentence: str) -> list[Said]:
    if not re.search(_SERVICE + r"|课题|项目", sentence):
        return []
    if settled := _SETTLED.search(sentence):
        return _one(clean(settled["title"]), settled["partner"], "closed")
    begun, done = re.search(_BEGUN, sentence), re.search(DONE, sentence)
    titled = [one[1] or one[2] for one in TITLED.finditer(sentence)]
    passed = None if titled else _PASSED.search(sentence)
    if passed and len(clean(passed["title"])) >= 3 and is_title(clean(passed["title"])):
        return _one(clean(passed["title"]), "", "closed")
    served = None if titled else _FOR.search(sentence)
    if served and is_title(clean(served["title"])):
        return _one(clean(served["title"]), served["who"], "closed" if done else "open")
    status = "closed" if done and not begun else "open"
    if (begun or done) and titled and re.search(_SERVICE, sentence):
        named = _PARTY.search(TITLED.sub("", sentence))
        partner = named[1] if named and "委托" in named[0] else _before_service(sentence, sentence)
        return [row for one in titled for row in _one(one, partner, status)]
    found = _LIST.search(sentence)
    if not found or not re.search(_SERVICE, found[0][: found.start("list") - found.start()]):
        return []
    partner = _before_service(sentence[: found.start("list")], sentence)
    return list(listed(SERVICES, found["list"], "closed" if found["done"] else "open", sentence, partner))


def _one(title: str, partner: str, status: str) -> list[Said]:
    return [Said(SERVICES, title[:LONGEST_TITLE], partner, status=status)]


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
    return "" if re.search(r"项|个|新|技术|横向", who) or ANYBODY.fullmatch(who) else who
