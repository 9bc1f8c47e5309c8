"""What a bot may hang under a message, checked as Telegram checks it."""

from __future__ import annotations

from typing import Any

from webchat.errors import bad_request
from webchat.limits import Limits

ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip


def check_markup(markup: Any, limits: Limits) -> dict[str, Any] | None:
    """The markup when it is one that Telegram takes; raises `ApiError` 400 otherwise."""
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = [[_inline_button(button, limits) for button in row] for row in _rows(markup["inline_keyboard"], limits)]
        return {"inline_keyboard": [row for row in rows if row]}
    if "keyboard" in markup:
        rows = [[_reply_button(button) for button in row] for row in _rows(markup["keyboard"], limits)]
        return markup | {"keyboard": rows}
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    raise bad_request("can't parse reply keyboard markup JSON object")


def _rows(rows: Any, limits: Limits) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: Field must be an Array of Arrays")
    if sum(len(row) for row in rows) > limits.buttons:
        raise bad_request("reply markup is too long")
    return rows


def _inline_button(button: Any, limits: Limits) -> dict[str, Any]:
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one optional field must be used")
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= limits.callback_data_bytes:
        raise bad_request("BUTTON_DATA_INVALID")
    url = str(button.get("url") or "")
    if url and not url.startswith(("http://", "https://", "tg://", "t.me/")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    return button


def _reply_button(button: Any) -> dict[str, Any]:
    shaped = {"text": button} if isinstance(button, str) else button
    if not isinstance(shaped, dict) or not shaped.get("text"):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return shaped
