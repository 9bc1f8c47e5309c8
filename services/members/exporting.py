"""The register as a table that imports again to the same register."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.members.register import COLUMNS
from services.members.units import list_units


async def register_table(session: AsyncSession) -> list[list[str]]:
    """A header row, then a row for each active unit, for `services.sheets.write_sheet`."""
    rows = [
        [
            unit.name,
            "；".join(sorted(alias.alias for alias in unit.aliases)),
            unit.kind,
            unit.council_role,
            unit.industry,
            "1" if unit.short_form else "",
        ]
        for unit in await list_units(session)
    ]
    return [list(COLUMNS), *rows]
