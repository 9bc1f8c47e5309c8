"""`lianluo kb eval`, and the run that follows an import on the command line."""

from pathlib import Path
from typing import Any

from bot.commands.importing import import_paths
from bot.commands.trials import evaluate
from bot.settings import Settings
from knowledge.settings import KnowledgeSettings
from services.db import Database
from services.models import TrialCase
from services.settings import DatabaseSettings

CHARTER = "联合体章程\n\n第一条 联络员由各成员单位指定，任期两年。\n\n第二条 理事会每年召开两次全体会议。"


async def test_a_run_is_stored_and_an_import_shows_what_it_changed(tmp_path: Path, now: Any, capsys: Any) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'lianluo.db'}"
    settings = Settings(database=DatabaseSettings(url=url), knowledge=KnowledgeSettings(dir=tmp_path / "index"))
    file = tmp_path / "章程.txt"
    file.write_text(CHARTER, encoding="utf-8")
    await import_paths(settings, [file], access="members", collection="", passages=False)
    database = Database(url)
    async with database.transaction() as session:
        place = {"document_id": 1, "document": "章程.txt", "clause": "第二条", "quote": "理事会每年召开两次全体会议"}
        asked = {"text": "理事会每年召开几次全体会议", "access": "members", "expects": "evidence", "evidence": [place]}
        session.add(TrialCase(**asked, earlier=[], added_at=now, changed_at=now))
    await database.dispose()
    capsys.readouterr()
    await evaluate(settings, as_json=False)
    assert "1 right" in capsys.readouterr().out
    file.write_text(CHARTER.replace("第二条 理事会每年召开两次全体会议。", ""), encoding="utf-8")
    await import_paths(settings, [file], access="members", collection="", passages=False)
    told = capsys.readouterr().out
    assert "1 wrong" in told
    assert "now wrong: #1 理事会每年召开几次全体会议: expects 《联合体章程》第二条" in told
