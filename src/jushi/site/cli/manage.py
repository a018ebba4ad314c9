"""``jushi manage``: Django's management commands, for maintainers."""

from __future__ import annotations

from django.core.management import execute_from_command_line


def main(argv: list[str]) -> int:
    """Pass the words on."""
    execute_from_command_line(["jushi manage", *argv])
    return 0
