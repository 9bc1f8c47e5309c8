"""Keeps other web sites from driving the page's own interface through the visitor's browser."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from webchat.errors import NotAllowed

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
OWN_HEADER = "X-Webchat"


def check(request: web.Request, bound_host: str) -> None:
    """Refuse what another site could send; raises 403.

    The Host must be an address, localhost or the name we are bound to: a name that an attacker rebinds to 127.0.0.1 is
    none of these. Writing needs a header that a foreign page can only set after a preflight, which is never granted.
    """
    host = urlsplit(f"//{request.host}").hostname or ""
    if not (host in ("localhost", bound_host) or _is_address(host)):
        raise web.HTTPForbidden(text="Host not allowed")
    site = request.headers.get("Sec-Fetch-Site", "none")
    if request.path != "/" and site not in ("none", "same-origin"):
        raise web.HTTPForbidden(text="Cross-site request not allowed")
    if request.method in ("GET", "HEAD"):
        return
    origin = request.headers.get("Origin")
    if OWN_HEADER not in request.headers or (origin and urlsplit(origin).netloc != request.host):
        raise web.HTTPForbidden(text="Cross-site request not allowed")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def middleware(bound_host: str) -> Middleware:
    """The guard for every path but the Bot API, whose callers need the token; turns `NotAllowed` into a message."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(("/bot", "/file/bot")):
            return await handler(request)
        check(request, bound_host)
        try:
            response = await handler(request)
        except NotAllowed as refusal:
            response = web.json_response({"error": str(refusal)}, status=400)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return guarded
