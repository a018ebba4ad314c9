"""A sentence with its figures, notes and variables becomes runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jushi.compose.grammar import Atom, Clause, Literal, NoteSlot, Sentence, SentenceError, Slot, Variable
from jushi.compose.model import Figure, FigureRef, Missing, Note, NoteRef, Paragraph, ParagraphStyle, Run
from jushi.compose.typed import mark_typed
from jushi.compose.verbs import Figures, Outcome, Said, Silent, say


def bind(
    sentence: Sentence,
    figures: Figures,
    notes: Mapping[str, Note] | None = None,
    variables: Mapping[str, str] | None = None,
) -> list[Run]:
    """The sentence as runs.

    A figure that is not known shows as 〔缺：名称〕 with a :class:`Missing` ref, never as zero;
    inside {?…?} it drops the clause.
    Raises :class:`SentenceError` for a variable that is not given.
    """
    binder = _Binder(figures, notes or {}, variables or {})
    runs: list[Run] = []
    dropped = False
    for node in sentence.nodes:
        if not isinstance(node, Clause):
            runs += binder.runs(node, runs)
        elif any(binder.empty(atom) for atom in node.nodes):
            dropped = True
        else:
            for atom in node.nodes:
                runs += binder.runs(atom, runs)
    return _tidy(runs) if dropped else runs


def paragraph(runs: list[Run], style: ParagraphStyle = "body") -> Paragraph | None:
    """The runs as a paragraph, or None when every clause vanished and only punctuation is left."""
    text = "".join(run.text for run in runs)
    return Paragraph(tuple(runs), style) if any(char.isalnum() for char in text) else None


def split(runs: list[Run]) -> list[list[Run]]:
    """The runs cut at line breaks (an office's fragment may hold several paragraphs); empty lines vanish."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        if first:
            lines[-1].append(replace(run, text=first))
        for piece in rest:
            lines.append([replace(run, text=piece)] if piece else [])
    return [line for line in lines if "".join(run.text for run in line).strip()]


class _Binder:
    def __init__(self, figures: Figures, notes: Mapping[str, Note], variables: Mapping[str, str]) -> None:
        self.figures, self.notes, self.variables = figures, notes, variables

    def runs(self, atom: Atom, before: list[Run]) -> list[Run]:
        match atom:
            case Literal(text=text):
                return mark_typed(text)
            case Variable():
                return [Run(self.variable(atom))]
            case NoteSlot(name=name):
                return self.note(name)
            case Slot():
                return [self.slot(atom, before)]

    def variable(self, atom: Variable) -> str:
        if atom.name not in self.variables:
            known = "、".join(self.variables) or "无"
            raise SentenceError(atom.start, f"没有“{{${atom.name}}}”这个变量。可用：{known}。")
        return self.variables[atom.name]

    def note(self, name: str) -> list[Run]:
        note = self.notes.get(name)
        if note is None or not note.text.strip():
            return [Run(f"〔缺：{name}〕", Missing(f"#{name}", "股室还没有写这一段"))]
        origin = NoteRef(name, note.office)
        return [run if run.ref else replace(run, ref=origin) for run in mark_typed(note.text, note.reason)]

    def outcome(self, slot: Slot) -> Outcome:
        figure = self.figures.get(slot.code)
        return Silent("没有这个指标") if figure is None else say(figure, slot, self.figures)

    def empty(self, atom: Atom) -> bool:
        """Blank or zero, so that the clause around it is dropped."""
        if isinstance(atom, NoteSlot):
            note = self.notes.get(atom.name)
            return note is None or not note.text.strip()
        if not isinstance(atom, Slot):
            return False
        said = self.outcome(atom)
        return isinstance(said, Silent) or said.zero or not said.text

    def slot(self, slot: Slot, before: list[Run]) -> Run:
        figure, said = self.figures.get(slot.code), self.outcome(slot)
        if figure is None or isinstance(said, Silent):
            return _gap(slot, figure, said if isinstance(said, Silent) else Silent("没有这个指标"))
        preceding = before[-1].text if before else ""
        text = said.text if not said.lead or preceding.endswith(said.lead) else said.lead + said.text
        return Run(text, _ref(figure, said))


def _ref(figure: Figure, said: Said) -> FigureRef:
    return FigureRef(figure.code, said.value, said.unit, figure.basis, figure.rows, figure.definition, said.verb)


def _gap(slot: Slot, figure: Figure | None, silent: Silent) -> Run:
    name = figure.name if figure else slot.code
    verb = "".join(verb.name + verb.argument for verb in slot.verbs[:1] if figure and figure.known is not None)
    blocking = figure is not None and figure.missing == "fail" and figure.known is None
    return Run(f"〔缺：{name}{verb}〕", Missing(slot.code, silent.reason, blocking))


def _tidy(runs: list[Run]) -> list[Run]:
    """Mend the punctuation that a dropped clause leaves: “，。” becomes “。”, a comma at the start goes."""
    mended: list[Run] = []
    for run in runs:
        text = run.text
        if run.ref is None and (not mended or mended[-1].text.endswith(tuple("，、；："))):
            if not mended:
                text = text.lstrip("，、；：。")
            elif text[:1] in ("，", "、", "；") and text:
                text = text[1:]
            elif text[:1] in ("。", "！") and text:
                last = mended[-1]
                mended[-1] = replace(last, text=last.text[:-1])
        if text:
            mended.append(replace(run, text=text))
    return mended
