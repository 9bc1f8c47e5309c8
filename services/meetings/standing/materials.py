"""Files for a meeting, with versions, and the board that shows who still owes what. For the secretariat's eyes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import BadInput, NotAllowed, NotFound
from services.members.actors import Actor
from services.models import Attendance, Material, Meeting, Review

SUFFIXES = (".docx", ".doc", ".pdf", ".xlsx", ".xls", ".pptx", ".ppt", ".wps", ".txt", ".md")
NAME_LIMIT = 255


@dataclass(frozen=True)
class BoardLine:
    """One responsible unit: how many of its reviews are in, the version of its file (0: none)."""

    unit_id: int
    unit_name: str
    reviews: int
    reviews_in: int
    material_version: int
    material_name: str = ""

    @property
    def is_complete(self) -> bool:
        """Its reviews are in, or a file that says it instead."""
        return self.material_version > 0 or (self.reviews > 0 and self.reviews_in == self.reviews)


async def add_material(
    session: AsyncSession,
    actor: Actor,
    meeting: Meeting,
    file: tuple[str, str, int],
    *,
    now: datetime,
    unit_id: int | None = None,
) -> Material:
    """Note a file (file id, name, size) as the unit's next version.

    Raises:
        NotAllowed: the person speaks for no participating unit.
        BadInput: a kind of file that is no document.
    """
    file_id, name, size = file
    if not name.lower().endswith(SUFFIXES):
        raise BadInput(field="file", given=name[:60], problem="unknown")
    mine = sorted(actor.unit_ids) if unit_id is None else [unit_id] if unit_id in actor.unit_ids else []
    taking_part = set(
        await session.scalars(
            select(Attendance.unit_id).where(Attendance.meeting_id == meeting.id, Attendance.unit_id.in_(mine))
        )
    )
    if not taking_part:
        raise NotAllowed(what="material")
    chosen = next(one for one in mine if one in taking_part)
    latest = await session.scalar(
        select(func.max(Material.version)).where(Material.meeting_id == meeting.id, Material.unit_id == chosen)
    )
    material = Material(
        meeting_id=meeting.id,
        unit_id=chosen,
        version=(latest or 0) + 1,
        name=name[:NAME_LIMIT],
        size=size,
        file_id=file_id,
        sent_by=actor.person_id,
        sent_at=now,
    )
    session.add(material)
    await session.flush()
    await session.refresh(material)
    audit.record(
        session, "send", "material", material.id, by=actor.person_id, now=now, name=name, version=material.version
    )
    return material


async def get_material(session: AsyncSession, material_id: int) -> Material:
    """The material behind an errand.

    Raises:
        NotFound: no such material.
    """
    material = await session.get(Material, material_id)
    if material is None:
        raise NotFound(what="material", given=str(material_id))
    return material


def material_path(folder: Path, material: Material) -> Path:
    """Where the file lies; its own name is shown to people only and never becomes part of a path."""
    return folder / "materials" / f"{material.id}{Path(material.name).suffix.lower()}"


async def list_materials(session: AsyncSession, meeting: Meeting) -> list[Material]:
    """The latest version of each unit's file."""
    rows = await session.scalars(
        select(Material).where(Material.meeting_id == meeting.id).order_by(Material.unit_id, Material.version)
    )
    return list({material.unit_id: material for material in rows}.values())


async def completeness(session: AsyncSession, meeting: Meeting) -> list[BoardLine]:
    """A line for every responsible unit."""
    rows = list(
        await session.scalars(
            select(Attendance)
            .where(Attendance.meeting_id == meeting.id, Attendance.role == "responsible")
            .order_by(Attendance.unit_id)
        )
    )
    reviews = list(await session.scalars(select(Review).where(Review.meeting_id == meeting.id)))
    files = {material.unit_id: material for material in await list_materials(session, meeting)}
    return [_line(row, reviews, files.get(row.unit_id)) for row in rows]


def _line(row: Attendance, reviews: Iterable[Review], material: Material | None) -> BoardLine:
    own = [review for review in reviews if review.unit_id == row.unit_id]
    return BoardLine(
        row.unit_id,
        row.unit.name,
        len(own),
        sum(review.submitted_at is not None for review in own),
        material.version if material else 0,
        material.name if material else "",
    )
