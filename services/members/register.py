"""The register as a table: its columns, how a row is read, what is wrong with one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from services.errors import BadInput
from services.members.redaction import has_personal_numbers
from services.members.units import name_key
from services.sheets import read_sheet

COLUMNS = ("unit", "aliases", "kind", "council_role", "industry", "short_form")
HEADERS: dict[str, tuple[str, ...]] = {
    "unit": ("unit", "单位", "单位名称", "单位全称", "成员单位", "名称", "全称"),
    "aliases": ("aliases", "alias", "别名", "简称", "别名简称", "其他名称"),
    "kind": ("kind", "类型", "类别", "单位类型", "单位类别", "单位性质"),
    "council_role": ("councilrole", "理事会职务", "理事会角色", "理事会"),
    "industry": ("industry", "行业", "产业", "所属行业", "所属产业"),
    "short_form": ("shortform", "短表", "简表", "使用简表"),
}
KINDS: dict[str, tuple[str, ...]] = {
    "school": ("school", "学校", "院校", "职业院校", "高校"),
    "enterprise": ("enterprise", "企业", "公司"),
    "bureau": ("bureau", "部门", "政府部门", "委办局", "机关", "局"),
    "association": ("association", "协会", "行业协会", "商会", "学会"),
}
FLAGS = {"": False, "0": False, "no": False, "false": False, "n": False, "否": False}
FLAGS |= {"1": True, "yes": True, "true": True, "y": True, "是": True, "√": True}
# A file of members never needs these; one that has them is refused before anything of it is stored.
PERSONAL_HEADERS = ("身份证", "手机", "电话", "学号", "住址", "phone", "mobile", "idcard")
LIMITS = {"unit": 120, "alias": 120, "council_role": 40, "industry": 80}
HEADER_WITHIN = 10


@dataclass(frozen=True)
class RowIssue:
    """What is wrong in which row (as the file counts them) and column; `other` names the unit that is in the way.

    Problems: missing, too_long, unknown_kind, unknown_flag, personal_data, duplicate_unit, alias_taken.
    """

    line: int
    column: str
    value: str
    problem: str
    other: str = ""


@dataclass(frozen=True)
class RegisterRow:
    """One unit as the file has it; a field is None when the file has no such column."""

    line: int
    name: str
    kind: str | None = None
    aliases: tuple[str, ...] | None = None
    council_role: str | None = None
    industry: str | None = None
    short_form: bool | None = None


@dataclass(frozen=True)
class RegisterSheet:
    """A file that was read: rows that hold by themselves, issues of those that do not, columns that nobody knows."""

    rows: tuple[RegisterRow, ...]
    issues: tuple[RowIssue, ...] = ()
    ignored_columns: tuple[str, ...] = ()


def read_register(path: Path) -> RegisterSheet:
    """Read an .xlsx or .csv register. File work: never inside a transaction.

    Raises:
        SheetRefused: not a table that can be read.
        BadInput: no column with unit names, or a column with personal numbers.
    """
    return parse_register(read_sheet(path))


def parse_register(table: Sequence[Sequence[str]]) -> RegisterSheet:
    """Make rows of a table whose header stands within its first ten lines, in English or Chinese, in any order.

    Raises:
        BadInput: `problem` is no_header or personal_column.
    """
    start, columns, ignored = _find_header(table)
    rows: list[RegisterRow] = []
    issues: list[RowIssue] = []
    seen: dict[str, str] = {}
    for line, cells in enumerate(table[start + 1 :], start=start + 2):
        if not any(cells):
            continue
        given = {column: cells[at].strip() if at < len(cells) else "" for column, at in columns.items()}
        row, wrong = _read_row(line, given)
        key = name_key(row.name)
        if not wrong and key in seen:
            wrong = [RowIssue(line, "unit", row.name, "duplicate_unit", seen[key])]
        if wrong:
            issues += wrong
            continue
        seen[key] = row.name
        rows.append(row)
    return RegisterSheet(tuple(rows), tuple(issues), tuple(ignored))


def _find_header(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int], list[str]]:
    by_name = {name: column for column, names in HEADERS.items() for name in names}
    for at, cells in enumerate(table[:HEADER_WITHIN]):
        keys = [name_key(cell) for cell in cells]
        columns = {by_name[key]: n for n, key in reversed(list(enumerate(keys))) if key in by_name}
        if "unit" not in columns:
            continue
        for cell, key in zip(cells, keys, strict=True):
            if any(word in key for word in PERSONAL_HEADERS):
                raise BadInput(field="header", given=cell, problem="personal_column")
        return at, columns, [cell for cell, key in zip(cells, keys, strict=True) if key and key not in by_name]
    raise BadInput(field="header", given="", problem="no_header")


@dataclass
class _Reading:
    """The cells of one row and what was found wrong so far."""

    line: int
    given: Mapping[str, str]
    wrong: list[RowIssue] = field(default_factory=list)

    def note(self, column: str, value: str, problem: str) -> None:
        self.wrong.append(RowIssue(self.line, column, value[:60], problem))

    def text(self, column: str) -> str | None:
        value = self.given.get(column)
        if value is not None and len(value) > LIMITS[column]:
            self.note(column, value, "too_long")
        return value

    def kind(self) -> str | None:
        value = self.given.get("kind")
        if value is None:
            return None
        for kind, names in KINDS.items():
            if name_key(value) in names:
                return kind
        self.note("kind", value, "unknown_kind" if value else "missing")
        return None

    def flag(self) -> bool | None:
        value = self.given.get("short_form")
        if value is not None and value.lower() not in FLAGS:
            self.note("short_form", value, "unknown_flag")
        return None if value is None else FLAGS.get(value.lower())

    def aliases(self) -> tuple[str, ...] | None:
        value = self.given.get("aliases")
        if value is None:
            return None
        found: dict[str, str] = {}
        own = name_key(self.given["unit"])
        for alias in value.replace("；", ";").replace("\n", ";").split(";"):
            alias, key = alias.strip(), name_key(alias)
            if len(alias) > LIMITS["alias"]:
                self.note("aliases", alias, "too_long")
            if key and key != own:
                found.setdefault(key, alias)
        return tuple(sorted(found.values()))


def _read_row(line: int, given: Mapping[str, str]) -> tuple[RegisterRow, list[RowIssue]]:
    reading = _Reading(line, given)
    name = reading.text("unit") or ""
    if not name_key(name):
        reading.note("unit", name, "missing")
    for column, value in given.items():
        if has_personal_numbers(value):
            reading.note(column, "", "personal_data")
    row = RegisterRow(
        line,
        name,
        kind=reading.kind(),
        aliases=reading.aliases(),
        council_role=reading.text("council_role"),
        industry=reading.text("industry"),
        short_form=reading.flag(),
    )
    return row, reading.wrong
