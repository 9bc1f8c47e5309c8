"""`lianluo kb …`: the knowledge base (资料库)."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.running import Json, finish, one_of, read_settings

group = typer.Typer(help="The knowledge base (资料库).", no_args_is_help=True)


@group.command("import")
def kb_import(
    paths: list[Path],
    access: Annotated[str, typer.Option(help="public, members or secretariat.")] = "members",
    collection: Annotated[str, typer.Option(help="The collection's name.")] = "",
    passages: Annotated[bool, typer.Option("--passages", help='JSONL lines {"id","title","text"}.')] = False,
) -> None:
    """Read documents, and folders of them, into the library.

    Types: txt, md, html, docx, pdf, xlsx, pptx.
    """
    from bot.commands.importing import import_paths

    finish(import_paths(read_settings(), paths, access=access, collection=collection, passages=passages))


@group.command("list")
def kb_list(json: Json = False) -> None:
    """Show what stands on the shelf."""
    from bot.commands.library import list_all

    finish(list_all(read_settings(), as_json=json))


@group.command("show")
def kb_show(document: str) -> None:
    """Show a document's particulars and passages."""
    from bot.commands.library import show

    finish(show(read_settings(), document))


@group.command("remove")
def kb_remove(document: str) -> None:
    """Take a document off the shelf for good."""
    from bot.commands.library import remove

    finish(remove(read_settings(), document))


@group.command("rebuild")
def kb_rebuild() -> None:
    """Write a new index from the stored documents."""
    from bot.commands.library import rebuild

    finish(rebuild(read_settings()))


@group.command("search")
def kb_search(
    text: Annotated[str | None, typer.Argument()] = None,
    batch: Annotated[Path | None, typer.Option(help='JSONL lines {"id","text"}.')] = None,
    top: int = 10,
    json: Json = False,
) -> None:
    """Find passages."""
    from bot.commands.library import search

    one_of(text, batch)
    finish(search(read_settings(), text, batch, top=top, as_json=json))


@group.command("ask")
def kb_ask(
    text: Annotated[str | None, typer.Argument()] = None,
    batch: Annotated[Path | None, typer.Option(help='JSONL lines {"id","text"}.')] = None,
    json: Json = False,
) -> None:
    """Answer from the knowledge base, with document, clause and quote."""
    from bot.commands.library import ask

    one_of(text, batch)
    finish(ask(read_settings(), text, batch, as_json=json))


@group.command("eval")
def kb_eval(json: Json = False) -> None:
    """Ask the secretariat's regression set (检验集).

    Stores the run and shows what differs from the one before.
    """
    from bot.commands.trials import evaluate

    finish(evaluate(read_settings(), as_json=json))
