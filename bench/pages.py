"""First page of a filtered, sorted ledger list over HTTP, requests a second, free-text search, and the memory of the server.

The floor of a page is the bare query of its 51 rows; of a search, an FTS5 look-up of the bare table, with a scan told beside it.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics as means
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import quote, urlencode

from bulk_rows import patents
from common import COUNTY, Result, Say, raw, report, seconds, sizes, start

CLIENTS = 8
PAGES = [
    f"/l/patents/?{urlencode({'type': kind, 'period': str(year), 'sort': sort})}"
    for kind in ("invention", "utility", "design") for year in range(2007, 2015) for sort in ("-applied_on", "applied_on")
]  # fmt: skip
BARE = (
    "SELECT * FROM entities_ipright WHERE county = ? AND kind = 'patent' AND type = ? AND applied_on BETWEEN ? AND ? AND state <> 'void'"
    " ORDER BY applied_on DESC, id DESC LIMIT 51"
)
FREQUENT = ("光伏提水用收获机", "中药切片用检测仪", "温室通风用传感器", "枸杞烘干用支架")  # each in every 96th title
RARE = ("第97号改进", "滴灌施肥用方法及其第40号", "第12号改进", "奶牛饲喂用系统及其第21号")  # at most 96 titles


def cookie() -> str:
    """A session of the bureau's clerk."""
    from django.test import Client

    from jushi.kernel.models import User

    client = Client()
    client.force_login(User.objects.get(username="zhichanyuan02"), backend="jushi.desk.signin.AccountBackend")
    return f"sessionid={client.cookies['sessionid'].value}"


@contextmanager
def server(*options: str) -> Iterator[tuple[int, int]]:
    """``jushi serve`` on a free port: (port, process id)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("jushi")), "serve", "--port", str(port), *options]
    running = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        for _ in range(1200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, running.pid
    finally:
        running.terminate()
        running.wait(20)


def get(line: http.client.HTTPConnection, path: str, session: str) -> bytes:
    """The body of a page; anything but 200 is an error."""
    line.request("GET", path, headers={"Cookie": session})
    answer = line.getresponse()
    body = answer.read()
    assert answer.status == 200, (answer.status, path)
    return body


def latencies(port: int, paths: Sequence[str], session: str) -> list[float]:
    """Seconds of each page, asked one after the other."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    found = [seconds(lambda p=path: get(line, p, session)) for path in paths]  # type: ignore[misc]
    line.close()
    return found


def rate(port: int, paths: Sequence[str], session: str, lasting: float) -> float:
    """Requests a second with eight clients."""
    until = perf_counter() + lasting
    counts = [0] * CLIENTS

    def ask(number: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port)
        while perf_counter() < until:
            get(line, paths[(counts[number] * CLIENTS + number) % len(paths)], session)
            counts[number] += 1
        line.close()

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(CLIENTS)]
    begun = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (perf_counter() - begun)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").iterdir():
            waiting += [int(child) for child in (task / "children").read_text().split()]
    return found


def memory(pid: int) -> tuple[float, int]:
    """(resident MB, count) of a process and all below it; pages that they share are counted in each."""
    found = family(pid)
    total = sum(int(Path(f"/proc/{one}/status").read_text().split("VmRSS:")[1].split()[0]) for one in found)
    return total / 1024, len(found)


def processor(pid: int) -> float:
    """Seconds of processor time that a process and all below it have used: what a busy machine does to the clock it does not do to this."""
    words = [Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split() for one in family(pid)]
    return sum(int(own) + int(system) for *_, own, system in (row[:13] for row in words)) / os.sysconf("SC_CLK_TCK")


def bare_page() -> float:
    """Seconds of the bare query of a page."""
    base = raw()
    return means.median(
        seconds(lambda y=year: base.execute(BARE, (COUNTY, "invention", f"{y}-01-01", f"{y}-12-31")).fetchall())  # type: ignore[misc]
        for year in list(range(2007, 2015)) * 3
    )


def bare_search(word: str) -> tuple[float, float]:
    """Seconds of an FTS5 look-up and of a scan for a word."""
    from jushi.kernel.search import grams

    base: Any = raw()
    look = "SELECT rowid FROM kernel_searchfts WHERE grams MATCH ? ORDER BY rowid DESC LIMIT 51"
    fts = min(seconds(lambda: base.execute(look, (f'"{grams(word)}"',)).fetchall()) for _ in range(5))
    scan = seconds(lambda: base.execute("SELECT count(*) FROM entities_ipright WHERE title LIKE ?", (f"%{word}%",)).fetchall())
    return fts, scan


def main(say: Say, rows: int) -> None:
    """Fill, serve, ask."""
    patents(rows, searched=True)
    session, floor = cookie(), bare_page()
    rare, scan = bare_search(RARE[0])
    frequent, _ = bare_search(FREQUENT[0])
    with server() as (port, pid):
        latencies(port, ["/", "/l/patents/"], session)
        fresh = means.median(latencies(port, PAGES, session))
        before = processor(pid)
        again = means.median(latencies(port, PAGES[:8] * 8, session))
        spent = (processor(pid) - before) / 64
        scarce, common, everywhere = (
            means.median(latencies(port, [f"{path}?q={quote(word)}" for word in words] * 6, session))
            for path, words in (("/l/patents/", RARE), ("/l/patents/", FREQUENT), ("/search", FREQUENT))
        )
        per_second = rate(port, PAGES, session, 6)
        used, count = memory(pid)
    size = f"{rows:,} 行"
    say(
        Result(
            f"列表首页（筛选、排序），{size}，HTTP",
            again,
            floor,
            "裸查询",
            aim_ms=15,
            extra=f"首次打开（含计数合计）{fresh * 1000:.1f} ms；服务端处理器时间每页 {spent * 1000:.1f} ms",
        )
    )
    say(Result(f"列表首页并发，{CLIENTS} 客户端，{size}", value=per_second, unit="次/秒", least=100))
    scanned = f"逐行扫描 {scan * 1000:.0f} ms"
    say(Result(f"列表内检索名称（不足百条），{size}，HTTP", scarce, rare, "裸 FTS5 查询", aim_ms=20, extra=scanned))
    many = f"命中 {rows // 96:,} 条，按日期排序"
    say(Result(f"列表内检索名称（常见词），{size}，HTTP", common, frequent, "裸 FTS5 查询", aim_ms=20, extra=many))
    say(Result(f"全局检索名称（常见词），{size}，HTTP", everywhere, frequent, "裸 FTS5 查询", aim_ms=20))
    say(Result(f"服务内存（{count} 个进程常驻之和），{size}", value=used, unit="MB", most=150))


if __name__ == "__main__":
    for size in sizes(100_000, 1_000_000, 5_000):
        with start():
            main(report, size)
