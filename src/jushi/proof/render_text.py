"""Findings as text with context lines, and as the JSON of ``jushi check --format json``."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from jushi.proof.model import Finding, Level
from jushi.text.model import Document

LEVEL_NAMES: dict[Level, str] = {"error": "必改", "warning": "建议", "hint": "提示"}
_COLOUR = {"error": "\x1b[31m", "warning": "\x1b[33m", "hint": "\x1b[36m"}
_BOLD, _DIM, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"
CONTEXT = 18


def as_json(document: Document, findings: Iterable[Finding], name: str = "") -> dict[str, Any]:
    """One file's findings as plain data; ``paragraph`` is given where the document's format has paragraphs (docx)."""
    starts = [block.start for block in document.blocks]
    return {
        "file": name or document.source,
        "chars": len(document.text),
        "findings": [_finding(document, starts, finding) for finding in findings],
        "reconciled": [],
    }


def _finding(document: Document, starts: list[int], finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = {
        "rule": finding.rule, "kind": finding.kind, "level": finding.level, "start": finding.start, "end": finding.end,
        "text": finding.text, "message": finding.message, "suggestions": list(finding.suggestions), "basis": finding.basis,
    }  # fmt: skip
    at = bisect_right(starts, finding.start) - 1
    if at >= 0 and document.blocks[at].paragraph is not None:
        data["paragraph"] = document.blocks[at].paragraph
    if finding.related:
        data["related"] = [list(span) for span in finding.related]
    return data


def as_text(document: Document, findings: Iterable[Finding], name: str = "", colour: bool = False) -> str:
    """Findings for reading on a terminal: place, level, message, the words in their line, suggestions, basis."""
    found = list(findings)
    counts = Counter(finding.level for finding in found)
    tally = "，".join(f"{LEVEL_NAMES[level]}{counts[level]}处" for level in LEVEL_NAMES if counts[level]) or "未发现问题"
    head = f"{name or document.source or '（文本）'}：{len(document.text)}字，{tally}"
    return "\n".join([f"{_BOLD}{head}{_OFF}" if colour else head, *_lines(document.text, found, colour)]) + "\n"


def _lines(text: str, findings: list[Finding], colour: bool) -> Iterator[str]:
    breaks = [at for at, char in enumerate(text) if char == "\n"]
    for finding in findings:
        line = bisect_right(breaks, finding.start - 1)
        column = finding.start - (breaks[line - 1] + 1 if line else 0)
        level = LEVEL_NAMES[finding.level]
        paint = _COLOUR[finding.level] if colour else ""
        off, dim = (_OFF, _DIM) if colour else ("", "")
        yield f"\n{line + 1}:{column + 1}  {paint}{level}{off}  {finding.message}  {dim}[{finding.rule} {finding.kind}]{off}"
        yield f"    {_context(text, finding, paint, off)}"
        if finding.suggestions and finding.suggestions != ("",):
            yield "    建议：" + " / ".join(f"“{suggestion}”" for suggestion in finding.suggestions)
        if finding.basis:
            yield f"    {dim}依据：{finding.basis}{off}"


def _context(text: str, finding: Finding, paint: str, off: str) -> str:
    start, end = finding.start, min(finding.end, finding.start + 60)
    before = text[max(0, start - CONTEXT) : start].rsplit("\n", 1)[-1]
    after = text[finding.end : finding.end + CONTEXT].split("\n", 1)[0]
    middle = text[start:end].replace("\n", "⏎") + ("…" if end < finding.end else "")
    return f"{before}{paint}【{middle}】{off}{after}"
