"""``jushi check``: proofread; with ``--org`` and ``--period`` by the bureau's own settings, and reconciled with its ledgers."""

from __future__ import annotations

import sys
from typing import Any

from jushi.proof import command
from jushi.site.cli.common import UsageError, area_and_period, scope_over

OWN = {"--org": "org", "--period": "period"}


def main(argv: list[str]) -> int:
    """Run the pure checker, with the records of a bureau behind it when one is named."""
    rest, given = _split(argv)
    if not given:
        return command.main(["check", *rest])
    if set(given) != {"org", "period"}:
        raise UsageError("对账须同时给出 --org 和 --period，例如 --org 990102 --period 2015")
    from jushi.proofdesk.checking import settings_of
    from jushi.proofdesk.reconcile import contradicted, findings_of, reconcile, words_against

    area, period = area_and_period(given["org"], given["period"])

    def against(reading: Any) -> Any:
        found = reconcile(reading, area, period)
        against_words = words_against(reading, contradicted(reading, area, period))
        return [*findings_of(reading, found), *against_words], [item.as_json() for item in found]

    with scope_over(area):
        try:
            own = settings_of(area.county)
            return command.check_command(rest, against, (own.lexicons() or {}, own.dismissals))
        except command.UsageError as error:
            sys.stderr.write(f"{error}\n")
            return 2
        except SystemExit as stop:
            return int(stop.code or 0)


def _split(argv: list[str]) -> tuple[list[str], dict[str, str]]:
    """The words for the checker, and the options that only this command knows."""
    rest: list[str] = []
    given: dict[str, str] = {}
    words = iter(argv)
    for word in words:
        name, mark, value = word.partition("=")
        if name in OWN:
            given[OWN[name]] = value if mark else next(words, "")
        else:
            rest.append(word)
    return rest, given
