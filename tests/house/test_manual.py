"""The manual and the READMEs keep up with the product: every command, every target, every page."""

import ast
import re
from pathlib import Path

import click
import typer

from bot.cli import app

ROOT = Path(__file__).resolve().parents[2]
MANUAL = "\n".join(page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs").rglob("*.zh-CN.md")))
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
# Reached through a link or a button, or by the secretariat once: explained where it is offered.
UNWRITTEN = {"bind"}


def _commands_of_the_chat() -> set[str]:
    """What handlers register with aiogram's `Command(...)`, and `/start`, which has a filter of its own."""
    found = {"start"}
    for file in (ROOT / "handlers").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Command":
                found |= {str(one.value) for one in node.args if isinstance(one, ast.Constant)}
    return found


def _commands_of_the_shell(group: click.Group, above: str = "") -> set[str]:
    """Every command as it is typed after `lianluo`: `kb import`."""
    found: set[str] = set()
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            found |= _commands_of_the_shell(command, f"{above}{name} ")
        else:
            found.add(above + name)
    return found


def _helps(command: click.Command) -> list[str]:
    """What `--help` says of a command, of its options and of the commands below it."""
    found = [str(command.help or ""), *(str(getattr(one, "help", None) or "") for one in command.params)]
    return found + [told for one in getattr(command, "commands", {}).values() for told in _helps(one)]


def _written() -> set[str]:
    """`lianluo kb list|show ID` in the manual counts for both."""
    found: set[str] = set()
    for line in re.findall(r"lianluo ([a-z][^`\n]*)", MANUAL.replace("\\|", "|")):
        words = line.split()
        for first in words[0].split("|"):
            found.add(first)
            if len(words) > 1:
                found |= {f"{first} {second}" for second in words[1].split("|")}
    return found


def test_every_command_of_the_chat_is_in_the_manual() -> None:
    named = set(re.findall(r"/([a-z]+)", MANUAL))
    assert sorted(_commands_of_the_chat() - named - UNWRITTEN) == []


def test_every_command_of_the_shell_is_in_the_manual() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    assert sorted(_commands_of_the_shell(group) - _written()) == []


def test_help_is_english_with_the_terms_of_the_field_in_brackets() -> None:
    told = _helps(typer.main.get_command(app))
    assert len(told) > 80
    mixed = [one for one in told if re.search(r"[\u4e00-\u9fff]", re.sub(r"\([\u4e00-\u9fff]+\)", "", one))]
    assert mixed == []


def test_every_make_target_of_the_readmes_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for readme in READMES:
        named = set(re.findall(r"\bmake ([a-z]+)", readme.read_text(encoding="utf-8")))
        assert named, readme.name
        assert sorted(named - targets) == []


def test_every_page_that_a_page_links_to_exists() -> None:
    pages = [*READMES, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    broken = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []
