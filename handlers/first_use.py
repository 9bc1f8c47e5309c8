"""aiogram's models, built when they are first used.

aiogram builds the validators of all its 400 types on import: more than a second of every start and some 70 MB, for the
twenty that a process uses. pydantic builds a model at its first use as well, if the names in its annotations can then
be found; aiogram hands them to `model_rebuild`, and here they are left in the module of each model.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

PACKAGE = "aiogram"


def build_models_on_first_use() -> None:
    """Have it so in this process, whoever imports aiogram first; too late when it is there already."""
    if PACKAGE not in sys.modules and not any(isinstance(one, _Finder) for one in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:
        if fullname != PACKAGE:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        return spec and _loading_lightly(spec)


def _loading_lightly(spec: ModuleSpec) -> ModuleSpec:
    loader: Any = spec.loader
    execute = loader.exec_module

    def load(module: ModuleType) -> None:
        with _rebuilding_later():
            execute(module)

    loader.exec_module = load
    return spec


@contextmanager
def _rebuilding_later() -> Iterator[None]:
    from pydantic import BaseModel

    model: Any = BaseModel
    rebuild = model.__dict__["model_rebuild"]

    def leave_names(cls: Any, /, *, _types_namespace: dict[str, Any] | None = None, **options: Any) -> bool | None:
        if _types_namespace is None:
            built: bool | None = rebuild.__get__(None, cls)(**options)
            return built
        known = vars(sys.modules[cls.__module__])
        for name, meaning in _types_namespace.items():
            known.setdefault(name, meaning)
        return None

    model.model_rebuild = classmethod(leave_names)
    try:
        yield
    finally:
        model.model_rebuild = rebuild
