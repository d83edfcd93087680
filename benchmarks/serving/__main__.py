"""Start a server, measure it, and print the table.

    python -m benchmarks.serving [SECONDS]

SECONDS is how long 50 clients ask at once. First paint is measured if Playwright and Chromium are installed.
"""

from __future__ import annotations

import asyncio
import collections
import contextlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx

from benchmarks.machine import describe_machine

TEN_STEPS = r"""$$p_k = \frac{e^{o_k}}{\sum_j e^{o_j}}$$ $$L = -\sum_k y_k \log p_k$$
\begin{align}
\frac{\partial L}{\partial o_i} &= -\sum_k y_k \frac{\partial \log p_k}{\partial o_i} \\
&= -\sum_k y_k \frac{1}{p_k} \frac{\partial p_k}{\partial o_i} \\
&= -y_i (1 - p_i) - \sum_{k \neq i} y_k \frac{1}{p_k} (-p_k p_i) \\
&= -y_i (1 - p_i) + \sum_{k \neq i} y_k p_i \\
&= -y_i + y_i p_i + \sum_{k \neq i} y_k p_i \\
&= p_i y_i - y_i + p_i \sum_{k \neq i} y_k \\
&= p_i \left( y_i + \sum_{k \neq i} y_k \right) - y_i \\
&= p_i \sum_k y_k - y_i \\
&= \left( \sum_k y_k \right) p_i - y_i \\
&= p_i - y_i
\end{align}"""
SLIP = TEN_STEPS.replace("&= p_i - y_i", "&= p_i + y_i")
CLIENTS = 50


def main(seconds: float) -> None:
    """Print the table."""
    print("| what | measured |\n| --- | --- |")
    begun = time.perf_counter()
    with _server() as (address, process):
        httpx.post(f"{address}api/proofread", json={"text": TEN_STEPS}, timeout=60)
        print(f"| from the command to the first answer | {time.perf_counter() - begun:.2f} s |")
        time.sleep(1)
        print(f"| idle memory, all processes | {_memory(process.pid) / 1e6:.0f} MB |")
        for name, text in (("right", TEN_STEPS), ("with a slip", SLIP)):
            # Each text is another one: a process keeps the page that it checked last.
            found = [_seconds(f"{address}views/proof", f"{text}\n\nNumber {n}.") for n in range(21)]
            print(
                f"| ten steps, {name}: request to answer, median | {1000 * statistics.median(found):.0f} ms |"
            )
        if (paint := _first_paint(address)) is not None:
            print(f"| first paint, median | {paint:.0f} ms |")
        statuses, waits = asyncio.run(_crowd(address, seconds))
        answers = ", ".join(f"{count} × {code}" for code, count in sorted(statuses.items()))
        print(f"| {CLIENTS} clients at once for {seconds:g} s | {answers} |")
        print(f"| one of the 50 waits for a result, median | {statistics.median(waits):.2f} s |")
    print(f"\n{describe_machine()}.")


@contextlib.contextmanager
def _server() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "pminusy", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield re.fullmatch(r"Serving at (\S+)\n", process.stdout.readline())[1], process
        process.send_signal(signal.SIGINT)


def _seconds(address: str, text: str) -> float:
    begun = time.perf_counter()
    httpx.post(address, json={"text": text}, timeout=60).raise_for_status()
    return time.perf_counter() - begun


def _memory(pid: int) -> int:
    """Proportional set size of a process and all below it, in bytes: shared pages count once."""
    own = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    size = 1024 * int(re.search(r"^Pss:\s+(\d+) kB", own, re.MULTILINE)[1])
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [child for task in tasks for child in (task / "children").read_text(encoding="ascii").split()]
    return size + sum(_memory(int(child)) for child in children)


def _first_paint(address: str) -> float | None:
    chromium = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if chromium is None:
        return None
    script = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        paints = []
        for _ in range(7):
            page = browser.new_page()
            page.goto(address)
            page.locator("#found h1").wait_for()
            paints.append(page.evaluate(script))
            page.close()
        browser.close()
    return statistics.median(paints)


async def _crowd(address: str, seconds: float) -> tuple[collections.Counter[int], list[float]]:
    """Fifty clients that ask again as soon as they have an answer; every answer is checked."""
    statuses: collections.Counter[int] = collections.Counter()
    waits = []
    end = time.perf_counter() + seconds

    async def client(number: int) -> None:
        text = f"$$f(x) = {number} x^2$$ $$f'(x) = {2 * number} x$$"
        async with httpx.AsyncClient(base_url=address, timeout=60) as session:
            while time.perf_counter() < end:
                begun = time.perf_counter()
                answer = await session.post("api/proofread", json={"text": text})
                statuses[answer.status_code] += 1
                if answer.status_code == 200:
                    assert answer.json()["verdict"] == "correct"
                    waits.append(time.perf_counter() - begun)
                else:
                    assert answer.status_code == 503
                    await asyncio.sleep(float(answer.headers["retry-after"]))

    await asyncio.gather(*(client(number) for number in range(1, CLIENTS + 1)))
    return statuses, waits


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 30.0)
