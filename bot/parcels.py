"""One outbox row on its way: rendered, split into parts, each part sent once."""

from collections.abc import Awaitable, Callable
from html import unescape
from pathlib import Path

import structlog

from bot.channels import Channel, Keyboard, Target
from bot.failures import SendFailure
from bot.rendering import CAPTION_LIMIT, render
from handlers.texts.splitting import TAG, visible_length
from services.models import OutboxMessage

log = structlog.get_logger(__name__)
NoteProgress = Callable[[int, int], Awaitable[None]]


class Parcel:
    """A leased row and how many of its parts have certainly left; a file counts as the first part."""

    def __init__(self, row: OutboxMessage, channel: Channel, note_progress: NoteProgress) -> None:
        self._row, self._channel, self._note = row, channel, note_progress
        self._rendered = render(row)
        self._to = Target(row.chat_id, row.thread_id, row.reply_to)
        self.parts_sent = row.parts_sent

    async def send(self) -> int:
        """Send, or edit in place, what has not left yet; returns the id of the message with the buttons.

        Raises:
            SendFailure: it did not (certainly) arrive.
        """
        rendered, edits = self._rendered, self._row.edits
        if edits is not None and len(rendered.parts) == 1 and not rendered.attachment:
            try:
                return await self._edit(edits)
            except SendFailure as failure:
                if failure.kind == "same":
                    return edits
                if failure.kind != "gone":
                    raise
        return await self._send_parts()

    async def _edit(self, message_id: int) -> int:
        part, keyboard = self._rendered.parts[0], self._rendered.keyboard
        try:
            return await self._channel.edit_text(self._to, message_id, part, keyboard)
        except SendFailure as failure:
            if failure.kind != "markup":
                raise
            log.error("markup_refused", outbox_id=self._row.id, text_key=self._row.text_key)
            return await self._channel.edit_text(self._to, message_id, bare(part), keyboard, is_html=False)

    async def _send_parts(self) -> int:
        parts, keyboard = self._rendered.parts, self._rendered.keyboard
        message_id, before = self._row.message_id or 0, 0
        if self._rendered.attachment:
            before = 1
            caption = parts[0] if self._fits_caption() else ""
            if self.parts_sent == 0:
                message_id = await self._send_file(caption)
                await self._advance(1, 1 if caption else 1 + len(parts))
            if caption:
                return message_id
        for index in range(max(0, self.parts_sent - before), len(parts)):
            to = self._to if index == 0 else Target(self._to.chat_id, self._to.thread_id)
            message_id = await self._send_text(to, parts[index], keyboard if index == len(parts) - 1 else ())
            await self._advance(before + index + 1, before + len(parts))
        return message_id

    def _fits_caption(self) -> bool:
        parts = self._rendered.parts
        return len(parts) == 1 and not self._rendered.keyboard and visible_length(parts[0]) <= CAPTION_LIMIT

    async def _send_file(self, caption: str) -> int:
        file = self._rendered.attachment
        assert file is not None
        return await self._channel.send_file(self._to, Path(file["path"]), file["name"], file["kind"], caption)

    async def _advance(self, parts_sent: int, of: int) -> None:
        """Between two parts the progress is committed: after a crash only the part that was on its way comes twice."""
        self.parts_sent = parts_sent
        if parts_sent < of:
            await self._note(self._row.id, parts_sent)

    async def _send_text(self, to: Target, part: str, keyboard: Keyboard) -> int:
        try:
            return await self._channel.send_text(to, part, keyboard)
        except SendFailure as failure:
            if failure.kind == "markup":
                log.error("markup_refused", outbox_id=self._row.id, text_key=self._row.text_key)
                return await self._channel.send_text(to, bare(part), keyboard, is_html=False)
            if failure.kind == "thread":
                return await self._channel.send_text(Target(to.chat_id, None, to.reply_to), part, keyboard)
            raise


def bare(html: str) -> str:
    """The words without markup."""
    return unescape(TAG.sub("", html))
