"""Settings of the test runs: the program's own, in a folder of their own, with cheap password hashes."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="jushi-test-")
os.environ["JUSHI_HOME"] = _home
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver keeps an event loop in the same process
atexit.register(shutil.rmtree, _home, ignore_errors=True)

from jushi.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
os.makedirs(STATIC_ROOT, exist_ok=True)  # noqa: F405
