"""What can go wrong when sending, in one vocabulary for both Telegram libraries."""

from dataclasses import dataclass
from typing import Literal

# Parts of Telegram's 400 and 403 descriptions (lower case) and what they mean for us.
FINAL = {
    "bot was blocked by the user": "blocked",
    "user is deactivated": "deactivated",
    "bot can't initiate conversation": "never_started",
    "bot can't send messages to bots": "is_bot",
    "bot was kicked": "kicked",
    "bot is not a member": "not_in_chat",
    "group chat was deleted": "not_in_chat",
    "group chat was deactivated": "not_in_chat",
    "need administrator rights": "no_right_to_send",
    "not enough rights to send": "no_right_to_send",
    "have no rights to send": "no_right_to_send",
    "chat not found": "chat_not_found",
    "topic_closed": "topic_closed",
    "file is too big": "file_too_big",
}
GROUP_LOST = frozenset({"kicked", "not_in_chat", "chat_not_found"})
PERSON_UNREACHABLE = frozenset({"blocked", "deactivated", "never_started", "chat_not_found"})


@dataclass
class SendFailure(Exception):
    """A message did not (certainly) arrive.

    flood: wait `retry_after_s`; retry: it did not leave; uncertain: it may have arrived; final: it never can;
    markup: Telegram refused our HTML; gone: the message to edit is no more; thread: the topic is no more; same: the
    edit changes nothing; migrated: the group has a new id.
    """

    kind: Literal["flood", "retry", "uncertain", "final", "markup", "gone", "thread", "same", "migrated"]
    reason: str
    retry_after_s: float = 0
    moved_to: int | None = None


def from_description(description: str) -> SendFailure:
    """The failure behind a 400 or 403."""
    text = description.lower()
    for part, reason in FINAL.items():
        if part in text:
            return SendFailure("final", reason)
    if "message is not modified" in text:
        return SendFailure("same", "same")
    if "can't parse entities" in text:
        return SendFailure("markup", "markup")
    if "message to edit not found" in text or "message can't be edited" in text:
        return SendFailure("gone", "gone")
    if "thread not found" in text:
        return SendFailure("thread", "thread")
    return SendFailure("final", description[:150])
