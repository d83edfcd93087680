import asyncio
import os
import time

import httpx2 as httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from pminusy.web.answers import HANDLERS, answer
from pminusy.web.pool import Pool
from pminusy.web.settings import Settings


def app_of(pool, *jobs):
    def endpoint(job):
        async def handle(request):
            return await answer(request, *job)

        return handle

    routes = [Route(f"/{number}", endpoint(job)) for number, job in enumerate(jobs)]
    app = Starlette(routes=routes, exception_handlers=HANDLERS)
    app.state.pool = pool
    return app


def fetch(paths, *jobs, **limits):
    async def main():
        pool = Pool(Settings(**limits))
        pool.start()
        transport = httpx.ASGITransport(app=app_of(pool, *jobs), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            answers = await asyncio.gather(*(client.get(path) for path in paths))
        pool.close()
        return answers

    return asyncio.run(main())


def test_a_result_is_json():
    (found,) = fetch(["/0"], (abs, -2))
    assert (found.status_code, found.json()) == (200, 2)


@pytest.mark.parametrize(
    ("job", "status", "sentence"),
    [
        ((time.sleep, 60), 422, "The check was stopped: it took more than 0.2 s. Try a shorter text."),
        ((bytearray, 2_000_000_000), 422, "The check was stopped: it took more than 500 MB of memory."),
        ((os._exit, 1), 500, "The process that checked this has died. Another has taken its place"),
    ],
)
def test_what_goes_wrong_is_a_sentence(job, status, sentence):
    (found,) = fetch(["/0"], job, seconds=0.2)
    assert found.status_code == status
    assert found.json()["error"].startswith(sentence)


def test_too_many_are_told_when_to_come_back():
    found = fetch(["/0"] * 6, (time.sleep, 0.2), workers=1, waiting=2)
    codes = sorted(each.status_code for each in found)
    assert codes == [200, 200, 200, 503, 503, 503]
    assert {each.headers["retry-after"] for each in found if each.status_code == 503} == {"1"}
