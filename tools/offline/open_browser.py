"""Open the browser as soon as the program answers; give up after two minutes."""

import sys
import time
import urllib.request
import webbrowser

for _ in range(240):
    try:
        urllib.request.urlopen(sys.argv[1] + "login", timeout=2)  # noqa: S310 — the program's own address
        webbrowser.open(sys.argv[1])
        break
    except OSError:
        time.sleep(0.5)
