"""The web application: webhook, `/healthz` and `/readyz`."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from web.readiness import Look
from web.webhook import Webhook

PATH = "/telegram"


def make_app(look: Look, webhook: Webhook | None = None) -> Starlette:
    """What a process answers: how it is, and Telegram where it serves a webhook."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        found = await look()
        is_ready = not found.troubles
        return JSONResponse(
            {"ready": is_ready, "troubles": found.troubles, "workers": found.workers}, 200 if is_ready else 503
        )

    routes = [Route("/healthz", healthz), Route("/readyz", readyz)]
    if webhook is not None:
        routes.append(Route(PATH, webhook.post, methods=["POST"]))
    return Starlette(routes=routes)
