"""The rooms keep to their floors, and the command line answers without waking the heavy libraries."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("aiogram", "sqlalchemy", "chromadb", "telegram", "numpy", "aiohttp", "pydantic", "langchain_core")


def test_help_wakes_no_heavy_library() -> None:
    probe = (
        "import sys; sys.argv = ['lianluo', '--help']\n"
        "from bot.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        f"found = [name for name in {HEAVY} if name in sys.modules]\n"
        "print('heavy:', found)"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "联络" in done.stdout
    assert done.stdout.splitlines()[-1] == "heavy: []"


def test_the_import_contracts_hold() -> None:
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_nothing_shadows_python_telegram_bot() -> None:
    assert not (ROOT / "telegram").exists()
    assert not (ROOT / "telegram.py").exists()


def test_requirements_are_pinned_hashed_and_name_no_host() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        code = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
        assert not [line for line in code if re.search(r"https?://|--(extra-)?index-url|--find-links", line)]
        packages = [line for line in code if not line.startswith((" ", "\t"))]
        assert packages
        assert [line for line in packages if "==" not in line] == []
        assert sum("--hash=sha256:" in line for line in code) >= len(packages)
