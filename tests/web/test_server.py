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


CLIENTS, ROUNDS = 50, 8


def _page(number):
    """A page like no other one's, right for even numbers, with its verdict."""
    claimed = 2 * number + number % 2
    return f"$$f(x) = {number} x^2$$ $$f'(x) = {claimed} x$$", "wrong" if number % 2 else "correct"


def test_fifty_clients_at_once_get_their_own_right_answer_or_are_told_to_come_back(address):
    async def ask(client, number):
        text, verdict = _page(number)
        answer = await client.post("/api/proofread", json={"text": text})
        if answer.status_code == 503:
            assert answer.headers["retry-after"] == "1"
            assert answer.json()["error"].startswith("Too many checks at once")
        else:
            assert answer.status_code == 200
            found = answer.json()
            assert (found["verdict"], found["definitions"][0]["latex"]) == (verdict, f"f(x) = {number} x^2")
        return answer.status_code

    async def stay(number):
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            return [await ask(client, 2 + number + CLIENTS * each) for each in range(ROUNDS)]

    async def main():
        return await asyncio.gather(*(stay(number) for number in range(CLIENTS)))

    codes = [code for client in asyncio.run(main()) for code in client]
    assert len(codes) == CLIENTS * ROUNDS
    assert codes.count(200) >= CLIENTS
    assert httpx.post(f"{address}/api/proofread", json={"text": _page(7)[0]}).json()["verdict"] == "wrong"


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
