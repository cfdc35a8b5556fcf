"""The web application: the webhook, `/healthz` and `/readyz`, and `/metrics`."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from web.metrics import Figures
from web.readiness import Look
from web.webhook import Webhook

PATH, METRICS = "/telegram", "/metrics"


def make_app(look: Look, webhook: Webhook | None = None, figures: Figures | None = None) -> ASGIApp:
    """What a process answers: how it is; Telegram, where it serves a webhook; and figures, where they are given."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        found = await look()
        is_ready = not found.troubles
        return JSONResponse(
            {"ready": is_ready, "troubles": found.troubles, "workers": found.workers}, 200 if is_ready else 503
        )

    routes = [Route("/healthz", healthz), Route("/readyz", readyz)]
    if figures is not None:
        routes.append(Route(METRICS, figures.get))
    others = Starlette(routes=routes)
    if webhook is None:
        return others

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        # Past Starlette's layers, which take as long as all else that an HTTP server does for a post.
        is_post = scope["type"] == "http" and scope["path"] == PATH and scope["method"] == "POST"
        await (webhook if is_post else others)(scope, receive, send)

    return app
