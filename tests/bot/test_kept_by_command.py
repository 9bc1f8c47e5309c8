"""`lianluo kb import` keeps the files that it read, `lianluo kb remove` takes them away."""

import os
from pathlib import Path

from bot.commands.importing import import_paths
from bot.commands.library import remove
from bot.handing import originals_of
from bot.settings import load_settings


async def test_a_file_is_kept_once_and_goes_with_its_document(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'a.db'}"
    settings = load_settings(None, database={"url": url}, knowledge={"dir": tmp_path / "data" / "index"})
    file = tmp_path / "值班办法.txt"
    file.write_text("值班办法\n\n第一条 值班每周轮换一次。", encoding="utf-8")
    for _ in range(2):
        await import_paths(settings, [file], access="members", collection="", passages=False)
    folder = originals_of(settings).folder
    (kept,) = os.listdir(folder)
    assert (folder / kept).read_bytes() == file.read_bytes()
    await remove(settings, "值班办法")
    assert os.listdir(folder) == []
