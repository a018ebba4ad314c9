"""Findings in Word: the document with a comment at each finding, and the document with accepted suggestions written in."""

from __future__ import annotations

import copy
import io
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jushi.proof.model import Finding
from jushi.proof.render_text import LEVEL_NAMES
from jushi.proof.view import HALF_TO_FULL, half_marks
from jushi.text.model import Block, Document

# The library takes as long to import as a short text to check: it is imported where a Word document is really made.
if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

AUTHOR, INITIALS = "据实校核", "据"
_ASK = frozenset(
    {
        "numrep",
        "name_inconsistent",
        "number_suspicious",
        "leak_name",
        "placeholder",
        "stale_term",
        "unit_inconsistent",
        "count_mismatch",
    }
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A paragraph of the Word file and the span of the text that it holds; ``start`` is where its own characters begin."""

    paragraph: Paragraph
    start: int
    end: int


def certain(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose one suggestion may be written in without asking: none that only a person can know, none that overlap."""
    findings, kept = list(findings), list[Finding]()
    for finding in sorted(findings, key=lambda f: (f.start, f.end)):
        sure = len(finding.suggestions) == 1 and finding.level != "hint" and finding.kind not in _ASK
        if sure and (not kept or finding.start >= kept[-1].end) and not _whole(finding):
            kept.append(finding)
    # Folding changes no word: it goes with whatever else is accepted.
    return kept + [finding for finding in findings if _whole(finding)]


def _whole(finding: Finding) -> bool:
    """A finding about the document as a whole, not about its span."""
    return finding.kind == "halfwidth_punct" and finding.end - finding.start > 1


def folded_marks(text: str, accepted: Sequence[Finding]) -> list[tuple[int, str]]:
    """(offset, full-width mark) for each ASCII mark that accepted findings fold, outside what other findings replace.

    A finding on the whole document folds all marks among Chinese characters, one said for many places the marks at all of them.
    """
    places: set[int] = set()
    for finding in accepted:
        if _whole(finding):
            places.update(half_marks(text))
        elif finding.kind == "halfwidth_punct":
            places.update(start for start, _ in finding.related)
    taken = {at for f in accepted if f.suggestions and not _whole(f) for at in range(f.start, f.end)}
    return [(at, HALF_TO_FULL[text[at]]) for at in sorted(places - taken) if text[at : at + 1] in HALF_TO_FULL]


def corrected_text(text: str, accepted: Iterable[Finding]) -> str:
    """The text with the first suggestion of each accepted finding; of overlapping findings the earlier holds."""
    accepted = list(accepted)
    letters = list(text)
    for at, mark in folded_marks(text, accepted):
        letters[at] = mark
    text, parts, at = "".join(letters), [], 0
    for finding in sorted((f for f in accepted if f.suggestions and not _whole(f)), key=lambda f: (f.start, f.end)):
        if finding.start >= at:
            parts += [text[at : finding.start], finding.suggestions[0]]
            at = finding.end
    return "".join([*parts, text[at:]])


def commented(document: Document, findings: Iterable[Finding], source: bytes | None = None) -> bytes:
    """A .docx with a comment at each finding. ``source`` is the .docx that was read; without it one is made from the text.

    :raises ValueError: where ``source`` is no Word document.
    """
    word, places = _open(document, source)
    by_place: dict[int, list[Finding]] = defaultdict(list)
    starts = [place.start for place in places]
    for finding in findings:
        at = max(0, bisect_right(starts, finding.start) - 1)
        if places:
            by_place[at].append(finding)
    for at, found in by_place.items():
        for finding in sorted(found, key=lambda f: (f.start, -f.end)):
            _comment(word, places[at], finding)
    return _saved(word)


def corrected(document: Document, accepted: Iterable[Finding], source: bytes | None = None) -> bytes:
    """A .docx with the accepted suggestions written in; formatting of the surrounding runs is kept."""
    word, places = _open(document, source)
    accepted = list(accepted)
    starts = [place.start for place in places]
    _fold(places, starts, folded_marks(document.text, accepted))
    chosen = sorted((f for f in accepted if f.suggestions and not _whole(f)), key=lambda f: f.start, reverse=True)
    limit = len(document.text) + 1
    for finding in chosen:
        at = bisect_right(starts, finding.start) - 1
        if at < 0 or finding.end > limit or finding.end > places[at].end:
            continue
        _replace(places[at], finding)
        limit = finding.start
    return _saved(word)


def _tag(name: str) -> str:
    return "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}" + name


_ONE_CHARACTER = frozenset(map(_tag, ("tab", "br", "cr", "noBreakHyphen", "ptab")))


def _fold(places: list[_Place], starts: list[int], marks: list[tuple[int, str]]) -> None:
    """Changes single characters where they stand: no run is split for a mark."""
    by_place: dict[int, dict[int, str]] = defaultdict(dict)
    for at, mark in marks:
        index = bisect_right(starts, at) - 1
        if index >= 0 and at < places[index].end:
            by_place[index][at - places[index].start] = mark
    for index, wanted in by_place.items():
        at = 0
        for run in _runs(places[index].paragraph):
            for node in run._r:
                if node.tag == _tag("t"):
                    words = node.text or ""
                    node.text = "".join(wanted.get(at + i, c) for i, c in enumerate(words))
                    at += len(words)
                elif node.tag in _ONE_CHARACTER:
                    at += 1


def _open(document: Document, source: bytes | None) -> tuple[WordDocument, list[_Place]]:
    if source is None:
        return _made(document)
    import docx

    try:
        word = docx.Document(io.BytesIO(source))
    except Exception as error:
        raise ValueError("不是可用的 Word 文档（.docx），请另存为 .docx 后再试。") from error
    return word, list(_placed(word, document))


def _made(document: Document) -> tuple[WordDocument, list[_Place]]:
    import docx

    word, places, at = docx.Document(), [], 0
    roles = {block.start: block.role for block in document.blocks}
    for line in document.text.split("\n"):
        if line.strip():
            role = roles.get(at, "body")
            style = {"title": "Title", "heading": "Heading 2"}.get(role)
            places.append(_Place(word.add_paragraph(_legal(line), style=style), at, at + len(line)))
        at += len(line) + 1
    return word, places


def _legal(line: str) -> str:
    """Control characters that XML refuses become blanks of the same length."""
    return "".join(c if c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff" else " " for c in line)


def _placed(word: WordDocument, document: Document) -> Iterator[_Place]:
    from docx.text.paragraph import Paragraph

    body = word.paragraphs
    cells = [Paragraph(p, word) for p in word.element.body.iter(_tag("p")) if p.getparent().tag == _tag("tc")]
    for block in document.blocks:
        paragraph = _of(block, document, body, cells)
        if paragraph is not None:
            prefix = len(block.attrs.get("numbered", ""))
            yield _Place(paragraph, block.start + prefix, block.end)


def _of(block: Block, document: Document, body: list[Paragraph], cells: list[Paragraph]) -> Paragraph | None:
    if block.paragraph is not None:
        return body[block.paragraph] if block.paragraph < len(body) else None
    words = document.text[block.start : block.end].strip()
    for index, cell in enumerate(cells):
        if cell.text.strip() == words:
            return cells.pop(index)
    return None


def _runs(paragraph: Paragraph) -> list[Run]:
    """Runs in reading order, also inside links and accepted insertions, without deleted ones."""
    from docx.text.run import Run

    deleted = _tag("del")
    runs = paragraph._p.iter(_tag("r"))
    return [Run(r, paragraph) for r in runs if not any(a.tag == deleted for a in r.iterancestors())]


def _split(paragraph: Paragraph, offset: int) -> None:
    """Makes a run boundary at a character offset, keeping the run's formatting on both sides."""
    at = 0
    for run in _runs(paragraph):
        text = run.text
        if at < offset < at + len(text):
            twin = copy.deepcopy(run._r)
            run._r.addnext(twin)
            run.text, type(run)(twin, paragraph).text = text[: offset - at], text[offset - at :]
            return
        at += len(text)


def _covering(place: _Place, start: int, end: int) -> list[Run]:
    low, high = max(0, start - place.start), max(0, min(end, place.end) - place.start)
    if high <= low:
        high = low + 1
    _split(place.paragraph, low)
    _split(place.paragraph, high)
    at, covered = 0, []
    for run in _runs(place.paragraph):
        if low <= at < high and run.text:
            covered.append(run)
        at += len(run.text)
    return covered or _runs(place.paragraph)[-1:]


def _comment(word: WordDocument, place: _Place, finding: Finding) -> None:
    whole = _whole(finding)
    runs = _covering(place, finding.start, finding.start + 1 if whole else finding.end)
    if not runs:
        runs = [place.paragraph.add_run("")]
    words = f"【{LEVEL_NAMES[finding.level]}】{finding.message}"
    if finding.suggestions and finding.suggestions != ("",):
        words += "\n建议：" + " / ".join(finding.suggestions)
    if finding.basis:
        words += f"\n依据：{finding.basis}（{finding.rule}）"
    word.add_comment(runs=[runs[0], runs[-1]], text=words, author=AUTHOR, initials=INITIALS)


def _replace(place: _Place, finding: Finding) -> None:
    if finding.end == finding.start:
        return
    runs = _covering(place, finding.start, finding.end)
    if runs:
        runs[0].text = finding.suggestions[0]
        for run in runs[1:]:
            run.text = ""


def _saved(word: WordDocument) -> bytes:
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()
