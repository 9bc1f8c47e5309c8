"""The child that reads somebody's table: limits itself, prints one JSON value, ends."""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from services.sheets.reading import SheetRefused, read_sheet

CPU_S = 20
MEMORY_BYTES = 800_000_000


def main() -> None:
    """Read the file named by the only argument."""
    modules: dict[str, Any] = sys.modules
    modules["numpy"] = None  # openpyxl loads it where it is installed: a third of this child's time
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        told: dict[str, object] = {"rows": read_sheet(Path(sys.argv[1]))}
    except SheetRefused as refusal:
        told = {"problem": refusal.problem, "limit": refusal.limit}
    except (MemoryError, OSError):
        told = {"problem": "broken", "limit": 0}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
