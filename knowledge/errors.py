"""What can go wrong in the library: errors carry facts, never sentences."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Root of every error that the knowledge room raises on purpose."""


class UnreadableFile(KnowledgeError):
    """A file that cannot become a document.

    Attributes:
        name: The file's name as its sender gave it.
        reason: Machine id: ``empty``, ``encrypted``, ``broken``, ``macros``, ``dtd``, ``nested_archive``,
            ``too_much_inside``, ``too_slow``, ``too_much_memory``, ``no_text``, ``not_text``.
        detail: A short technical detail for the log; never shown to a member.
    """

    def __init__(self, name: str, reason: str, detail: str = "") -> None:
        super().__init__(f"{name}: {reason}" + (f" ({detail})" if detail else ""))
        self.name = name
        self.reason = reason
        self.detail = detail


class FileTooLarge(KnowledgeError):
    """A file above the limit; nothing of it was opened."""

    def __init__(self, name: str, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(f"{name}: {size_bytes} bytes, limit {limit_bytes}")
        self.name = name
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes


class UnsupportedType(KnowledgeError):
    """A file whose type is not read; ``supported`` lists the suffixes that are."""

    def __init__(self, name: str, suffix: str, supported: tuple[str, ...]) -> None:
        super().__init__(f"{name}: type {suffix!r} is not read")
        self.name = name
        self.suffix = suffix
        self.supported = supported


class IndexBusy(KnowledgeError):
    """Another process owns the index directory; one directory has one owner."""

    def __init__(self, directory: str, owner: str) -> None:
        super().__init__(f"{directory} is owned by {owner}")
        self.directory = directory
        self.owner = owner


class IndexDamaged(KnowledgeError):
    """The index on disk failed its check; rebuild it from the stored passages."""

    def __init__(self, directory: str, detail: str) -> None:
        super().__init__(f"{directory}: {detail}")
        self.directory = directory
        self.detail = detail


class EmbeddingFailed(KnowledgeError):
    """The embedding endpoint did not answer usefully; search goes on with words alone."""


class ModelFailed(KnowledgeError):
    """The language model was slow, unreachable, or gave nothing that passes the check.

    Attributes:
        reason: Machine id: ``timeout``, ``resting`` (after a timeout), ``unreachable``, ``garbage``,
            ``declined`` (the passages do not say it), ``unsupported`` (they do not carry what it says).
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
