"""Pages in Chromium, served by the command that people run."""

import re
import shutil
import signal
import subprocess
import sys

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# As root in a container there is no sandbox; none of the rest may ask other hosts for anything.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def address():
    command = [sys.executable, "-m", "pminusy", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        yield re.fullmatch(r"Serving at (\S+)\n", server.stdout.readline())[1]
        server.send_signal(signal.SIGINT)


@pytest.fixture(scope="module")  # while it runs, no other event loop may
def chromium():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


def _is_error(message):
    # Chromium logs every answer of this kind, which the page shows as a sentence.
    expected = "the server responded with a status of 422"
    return message.type == "error" and expected not in message.text


@pytest.fixture
def opened(chromium, address):
    """Open a page; afterwards nothing was logged as an error, and no other host was asked for anything."""
    contexts, errors, asked = [], [], []

    def opening(path="", *, width=1300, height=900, scheme="light", address=address):
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if _is_error(message) else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + path)
        return page

    yield opening
    for context in contexts:
        context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
