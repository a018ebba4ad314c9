"""``jushi serve``: migrate, load the demonstration when asked, start the web server and its worker."""

from __future__ import annotations

import errno
import os
import socket
import sys

from django.core.management import call_command

from jushi.kernel import statistics
from jushi.site.cli.common import Parser, UsageError
from jushi.site.demo import load


def main(argv: list[str]) -> int:
    """Serve until stopped."""
    parser = Parser(prog="jushi serve", description="启动网页服务")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址；局域网内使用填 0.0.0.0，并设 JUSHI_HOSTS")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--demo", action="store_true", help="库为空时装载演示省")
    parser.add_argument("--workers", type=int, default=1, help="网页进程数")
    args = parser.parse_args(argv)
    _require_free(args.host, args.port)
    call_command("migrate", verbosity=0, interactive=False)
    statistics.refresh()
    if args.demo:
        load.load(lambda done, total, what: print(f"装载演示数据 {done + 1}/{total}　{what}", file=sys.stderr))
    os.environ["JUSHI_DEMO"] = "1" if args.demo else "0"
    os.environ["JUSHI_WORKER"] = "1"
    print(f"据实已启动：http://{args.host}:{args.port}  （按 Ctrl+C 停止）", file=sys.stderr)
    _serve(args.host, args.port, args.workers)
    return 0


def _require_free(host: str, port: int) -> None:
    """Refuse an address that is taken: the web server shares a port silently, and requests would go now to the one, now to the other."""
    if not 0 < port < 65536:
        raise UsageError(f"端口 {port} 不对：应在 1 到 65535 之间")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # a server that has just ended may leave connections behind; on Windows the option means something else
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as error:
        raise UsageError(f"监听地址“{host}”不对：本机用 127.0.0.1，局域网内使用填 0.0.0.0") from error
    except OSError as error:
        words = {errno.EADDRINUSE: f"端口 {port} 已被占用：据实可能已在运行，否则用 --port 换一个",
                 errno.EACCES: f"没有权限使用端口 {port}：请用 1024 以上的端口",
                 errno.EADDRNOTAVAIL: f"监听地址 {host} 不是本机的地址"}  # fmt: skip
        raise UsageError(words.get(error.errno or 0, f"不能使用 {host}:{port}：{error.strerror}")) from error


def _serve(host: str, port: int, workers: int) -> None:
    """Become the web server. Where the system can, this process is replaced by it: the parent then holds no copy of the program (70 MB)."""
    if os.name == "posix":
        options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", "4",
                   "--no-log", "--respawn-failed-workers", "--workers-kill-timeout", "10"]  # fmt: skip
        os.environ.setdefault("MALLOC_ARENA_MAX", "1")  # one Python thread runs at a time: a heap for each only fragments
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(sys.executable, [sys.executable, "-m", "granian", *options, "jushi.site.wsgi:application"])  # noqa: S606
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "jushi.site.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=4, log_access=False, log_enabled=False, respawn_failed_workers=True,
    ).serve()  # fmt: skip
