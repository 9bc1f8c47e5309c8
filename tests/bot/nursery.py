"""A process that has loaded the bot once and becomes it again and again: every child is a process of its own, with its
own settings, log and end, but need not spend six seconds of a processor on imports.

python -m tests.bot.nursery     reads one JSON order a line, writes one JSON answer a line; its end is its children's
"""

import gc
import importlib
import json
import os
import signal
import sys
from typing import Any, NoReturn

# What `lianluo run` and `lianluo tick` import when they first need it, early or late.
LOADED = (
    "bot.commands.serve",
    "bot.commands.timetable",
    "bot.composition",
    "bot.push",
    "chromadb.config",
    "knowledge.answers.answering",
    "knowledge.search.index",
    "knowledge.answers.threads",
    "langchain_chroma",
)
ENDED: dict[int, int] = {}


def serve() -> None:
    """Orders: a child ({env, log, command}), or how one is ({pid})."""
    gc.disable()  # what is loaded here stays
    import knowledge.warming

    knowledge.warming.warm_up(wait=True)
    for name in LOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # shared with every child, as long as nobody touches it
    gc.enable()
    children = set()
    answer({"ready": True})
    for line in sys.stdin:
        order = json.loads(line)
        if "pid" in order:
            answer({"status": look(order["pid"])})
            continue
        pid = os.fork()
        if pid == 0:
            become(order)
        children.add(pid)
        answer({"pid": pid})
    for pid in children:
        if look(pid) is None:
            os.kill(pid, signal.SIGKILL)


def look(pid: int) -> int | None:
    """The exit status of a child, as subprocess gives it; None while it runs."""
    if pid not in ENDED:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            ENDED[pid] = os.waitstatus_to_exitcode(status)
    return ENDED.get(pid)


def become(order: dict[str, Any]) -> NoReturn:
    """The command, as if it had been started by a shell."""
    from bot.cli import main

    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, log), (2, log)):
        os.dup2(source, target)
    os.environ.clear()
    os.environ.update(order["env"])
    sys.argv[:] = ["lianluo", *order["command"]]
    status = 0
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:
        status = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def answer(value: dict[str, Any]) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    serve()
