"""The tables that judge supply and demand, for the secretariat: sent as a file, shown, approved."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Matches, Pressing, Private, Secretariat
from handlers.turn import Turn
from services.models import SupplyTable
from services.outbox import Button, Note, Pressed, close_buttons
from services.supply.desk import SupplyDesk
from services.supply.tables import approve_table

CAPTION = r"^\s*(?:导入|更新|上传)?(?:职业教育)?(?:专业目录|产业.{0,4}专业.{0,4}(?:对照|映射|对应)表?|(?:专业)?对照表)"
SHOWN = 6


def router() -> Router:
    """Before the library, which takes every other file."""
    made = Router(name="supply_tables")
    made.message.register(take_table, Matches(F.document), Matches(F.caption.regexp(CAPTION)), Private(), Secretariat())
    made.callback_query.register(press_approve, Pressing("supply_approve"))
    return made


async def take_table(message: Message, turn: Turn) -> None:
    """A file whose caption says which table it is; read in an errand."""
    document = message.document
    assert document is not None
    file = {"file_id": document.file_id, "name": document.file_name or "", "size": document.file_size or 0}
    await turn.promise("supply_table", {**file, "person_id": turn.who.person_id})
    await turn.say("supply_tables.received", name=file["name"])


async def press_approve(query: CallbackQuery, turn: Turn, pressed: Pressed, supply: SupplyDesk) -> None:
    """From today on this version judges."""
    table = await approve_table(turn.session, turn.who, int(pressed.payload["table_id"]), desk=supply, now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await turn.change("supply_tables.approved", kind=table.kind, version=table.version, rows=len(table.rows))


def loaded_note(table: SupplyTable) -> Note:
    """What was read, to look at before it is approved."""
    values = {
        "kind": table.kind,
        "version": table.version,
        "source": table.source,
        "count": len(table.rows),
        "rows": [row[:2] for row in table.rows[:SHOWN]],
    }
    return Note(
        "supply_tables.loaded",
        values,
        ((Button("supply_tables.button_approve", "supply_approve", {"table_id": table.id}),),),
    )
