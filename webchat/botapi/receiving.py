"""getMe, getUpdates, the webhook, getFile."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from webchat.botapi.call import Call, Method
from webchat.errors import ApiError, bad_request
from webchat.webhook import Target
from webchat.world import Json

LONGEST_POLL_S = 50
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class RawJson(str):
    """A result that is JSON text already: updates are stored as they are sent."""

    __slots__ = ()


async def get_me(call: Call) -> Json:
    """The bot."""
    return call.room.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": not call.room.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(call: Call) -> RawJson:
    """The next updates; waits up to `timeout` seconds for one."""
    if call.webhook.target.url:
        raise ApiError(
            409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first"
        )
    updates = call.room.updates
    updates.allow(call.structure("allowed_updates") if "allowed_updates" in call.values else None)
    limit = min(100, max(1, call.integer("limit") or 100))
    timeout_s = min(LONGEST_POLL_S, max(0, call.integer("timeout")))
    return RawJson("[" + ",".join(await updates.fetch(call.integer("offset"), limit, timeout_s)) + "]")


async def set_webhook(call: Call) -> bool:
    """Deliver to a URL from now on; an empty URL ends it."""
    url = call.text("url")
    if not url:
        return await delete_webhook(call)
    address = urlsplit(url)
    if address.scheme != "https" and not (address.scheme == "http" and address.hostname in LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.text("secret_token")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    _drop_pending(call)
    call.room.updates.allow(call.structure("allowed_updates") if "allowed_updates" in call.values else None)
    most = min(100, max(1, call.integer("max_connections") or 40))
    call.webhook.point_at(Target(url, secret, most))
    call.room.updates.interrupt()
    return True


async def delete_webhook(call: Call) -> bool:
    """Back to polling."""
    _drop_pending(call)
    call.webhook.point_at(Target())
    return True


def _drop_pending(call: Call) -> None:
    if call.flag("drop_pending_updates"):
        call.room.updates.confirm(list(call.room.updates.pending))


async def get_webhook_info(call: Call) -> Json:
    """Where updates go and what went wrong."""
    target, updates = call.webhook.target, call.room.updates
    body: Json = {
        "url": target.url,
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
    }
    if target.url:
        body["max_connections"] = target.max_connections
    if target.last_error_date:
        body |= {"last_error_date": target.last_error_date, "last_error_message": target.last_error_message}
    return body | ({"allowed_updates": updates.allowed} if updates.allowed else {})


async def get_file(call: Call) -> Json:
    """Where to download a file."""
    if not call.text("file_id"):
        raise bad_request("file_id not specified")
    file = call.room.files.find(call.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > call.room.limits.download_bytes:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


async def done(call: Call) -> Any:
    """For logOut and close, which have nothing to do here."""
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getFile": get_file,
    "logOut": done,
    "close": done,
}
