"""The server as a process of its own, asked as others would ask it."""

import asyncio
import re
import signal
import socket
import subprocess
import sys

import httpx2 as httpx
import pytest

from pminusy.errors import InputError
from pminusy.web.server import run
from pminusy.web.settings import Settings

SLIP = "$$f(x) = x^2$$ $$f'(x) = 2x = x + 1$$"
LONG = "".join(
    rf"$$\int_0^{{{k}}} \sin(x^2) dx = \sum_{{n=1}}^{{{k}}} \frac{{1}}{{n^2}}$$" for k in range(2, 80)
)


@pytest.fixture(scope="module")
def address():
    command = [sys.executable, "-m", "pminusy", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        yield re.fullmatch(r"Serving at (http://127\.0\.0\.1:\d+)/\n", server.stdout.readline())[1]
        server.send_signal(signal.SIGINT)
    assert server.returncode == 0


def test_it_answers(address):
    assert httpx.get(address).status_code == 200
    assert httpx.post(f"{address}/api/proofread", json={"text": SLIP}).json()["verdict"] == "wrong"


def test_fifty_clients_at_once_are_answered_or_told_to_come_back(address):
    async def ask(client, number):
        answer = await client.post(
            "/api/proofread", json={"text": SLIP.replace("1", str(number))}, timeout=60
        )
        if answer.status_code == 503:
            assert answer.headers["retry-after"] == "1"
        else:
            assert answer.status_code == 200
            assert answer.json()["steps"][-1]["rhs"] == f"x + {number}"
        return answer.status_code

    async def main():
        async with httpx.AsyncClient(base_url=address) as client:
            return await asyncio.gather(*(ask(client, number) for number in range(2, 52)))

    codes = asyncio.run(main())
    assert codes.count(200) >= 10


def test_a_check_whose_client_has_gone_is_stopped(address):
    with pytest.raises(httpx.TimeoutException):
        httpx.post(f"{address}/api/proofread", json={"text": LONG}, timeout=0.05)
    assert httpx.post(f"{address}/api/proofread", json={"text": SLIP}).status_code == 200


def test_a_port_that_is_taken_is_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"cannot listen at 127.0.0.1, port {port}: "):
            run(Settings(port=port), started=print)


@pytest.mark.parametrize("host", ["256.1.1.1", "no.such.host.invalid"])
def test_an_address_that_is_none_is_refused(host):
    with pytest.raises(InputError, match=f"cannot listen at {host}"):
        run(Settings(host=host, port=0), started=print)
