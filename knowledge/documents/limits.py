"""How much a file may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadLimits:
    """Limits of reading one file; above any of them it is refused and the reading child is gone.

    Attributes:
        file_bytes: The file itself.
        unpacked_bytes: All members of an Office archive together.
        member_ratio: Unpacked to packed size of one member above a megabyte.
        wall_s: Time on the clock.
        cpu_s: Processor time of the child.
        memory_bytes: Address space of the child.
        text_chars: What is kept of the text; a longer one is refused.
    """

    file_bytes: int = 20_000_000
    unpacked_bytes: int = 120_000_000
    member_ratio: int = 120
    wall_s: float = 60.0
    cpu_s: int = 45
    memory_bytes: int = 1_500_000_000
    text_chars: int = 3_000_000
