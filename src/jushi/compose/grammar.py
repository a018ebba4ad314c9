"""The sentence grammar: small enough for a clerk, with no expressions, loops or code.

    {code}            value with unit                 {?…?}     clause, dropped when a figure in it is blank or zero
    {code|verb}       said in another way             {#note}   narrative fragment of an office
    {code|verb arg}   with an argument (占比 b, 前3 乡镇)   {$name}   variable of the document
    {{ }}             literal braces

Positions are code points from 0 in the tree and from 1 in messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jushi.compose.model import ComposeError

APPROX_VERBS = frozenset({"概数", "余", "多", "近", "约", "超", "以上"})
PLAIN_VERBS = frozenset({"值", "单位", "全称", "大写", "预计", "累计", "目标", "上年", "完成率", "完成情况", "差额", "比上年", "排名"})
OPTIONAL_NUMBER = frozenset({"同比", "环比", "名单", "逐项"})
VERBS = APPROX_VERBS | PLAIN_VERBS | OPTIONAL_NUMBER | {"占比", "按<维度>", "前N"}
COMBINABLE = frozenset({"预计", "累计", "目标", "上年"})

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*")
NAME = re.compile(r"[^\s{}|?#$]+")
BEFORE_APPROX = re.compile(r"(?:约|大约|近|将近|超|超过|逾|至少|不少于|达到近)$")
AFTER_APPROX = re.compile(r"^(?:以上|左右|上下|以内|余(?!额|热|量|粮|年))")


class SentenceError(ComposeError):
    """A sentence that cannot be read. ``position`` counts code points from 0; the message counts from 1."""

    def __init__(self, position: int, message: str) -> None:
        super().__init__(f"第{position + 1}字：{message}")
        self.position = position


@dataclass(frozen=True, slots=True)
class Literal:
    """Words as they stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verb:
    """How to say the figure; ``count`` is N of 前N and of 名单/逐项/同比 places, ``argument`` a code or a dimension."""

    name: str
    argument: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """``{code|verb…}``."""

    code: str
    verbs: tuple[Verb, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NoteSlot:
    """``{#note}``."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Variable:
    """``{$name}``."""

    name: str
    start: int
    end: int


Atom = Literal | Slot | NoteSlot | Variable


@dataclass(frozen=True, slots=True)
class Clause:
    """``{?…?}``."""

    nodes: tuple[Atom, ...]
    start: int
    end: int


Node = Atom | Clause


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence and its source."""

    source: str
    nodes: tuple[Node, ...]

    def atoms(self) -> Iterator[Atom]:
        """Every node that is not a clause, in order."""
        for node in self.nodes:
            if isinstance(node, Clause):
                yield from node.nodes
            else:
                yield node


@dataclass(frozen=True, slots=True)
class Needs:
    """What a sentence asks for: codes with the verbs said of each, dimensions of each, notes, variables."""

    figures: tuple[str, ...]
    verbs: dict[str, tuple[str, ...]]
    dimensions: dict[str, tuple[str, ...]]
    notes: tuple[str, ...]
    variables: tuple[str, ...]


def parse(source: str) -> Sentence:
    """Read a sentence. Raises :class:`SentenceError` with position and remedy; accepts any string otherwise."""
    parser = _Parser(source)
    nodes = parser.read()
    _no_double_approximation(nodes)
    return Sentence(source, tuple(nodes))


def codes(*sentences: Sentence) -> Needs:
    """Everything that the sentences need, so that the caller evaluates it in one go."""
    verbs: dict[str, dict[str, None]] = {}
    dimensions: dict[str, dict[str, None]] = {}
    notes: dict[str, None] = {}
    variables: dict[str, None] = {}
    for atom in (atom for sentence in sentences for atom in sentence.atoms()):
        if isinstance(atom, NoteSlot):
            notes[atom.name] = None
        elif isinstance(atom, Variable):
            variables[atom.name] = None
        elif isinstance(atom, Slot):
            said = verbs.setdefault(atom.code, {})
            for verb in atom.verbs:
                said[verb.name] = None
                if verb.name == "占比" and verb.argument:
                    verbs.setdefault(verb.argument, {})
                elif verb.name in ("按", "前") and verb.argument:
                    dimensions.setdefault(atom.code, {})[verb.argument] = None
    return Needs(
        tuple(verbs),
        {code: tuple(said) for code, said in verbs.items()},
        {code: tuple(named) for code, named in dimensions.items()},
        tuple(notes),
        tuple(variables),
    )


class _Parser:
    """One pass over the source, one method per construct."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def read(self) -> list[Node]:
        nodes: list[Node] = []
        while self.at < len(self.source):
            if self.source.startswith("{?", self.at):
                nodes.append(self.clause())
            elif self.source.startswith("?}", self.at):
                raise SentenceError(self.at, "“?}”前面没有“{?”，请补上开头或删去“?}”。")
            else:
                nodes.append(self.atom(in_clause=False))
        return nodes

    def clause(self) -> Clause:
        start = self.at
        self.at += 2
        nodes: list[Atom] = []
        while not self.source.startswith("?}", self.at):
            if self.at >= len(self.source):
                raise SentenceError(start, "“{?”没有配对的“?}”，请在从句末尾补上“?}”。")
            if self.source.startswith("{?", self.at):
                raise SentenceError(self.at, "“{?…?}”里面不能再套“{?…?}”，请拆成并列的两个从句。")
            nodes.append(self.atom(in_clause=True))
        self.at += 2
        if not any(isinstance(node, Slot | NoteSlot) for node in nodes):
            raise SentenceError(start, "“{?…?}”里没有指标或叙述，无从判断去留，请写入“{指标代码}”或去掉“{?”“?}”。")
        return Clause(tuple(nodes), start, self.at)

    def atom(self, in_clause: bool) -> Atom:
        if self.source[self.at] == "{" and not self.source.startswith("{{", self.at):
            return self.braced()
        return self.literal(in_clause)

    def literal(self, in_clause: bool) -> Literal:
        start, text = self.at, []
        while self.at < len(self.source):
            two, one = self.source[self.at : self.at + 2], self.source[self.at]
            if two in ("{{", "}}"):
                text.append(one)
                self.at += 2
                continue
            if one == "{" or (two == "?}" and (in_clause or text)):
                break
            if one == "}":
                raise SentenceError(self.at, "“}”前面没有配对的“{”，请补上“{”；要写花括号本身请写“}}”。")
            text.append(one)
            self.at += 1
        return Literal("".join(text), start, self.at)

    def braced(self) -> Atom:
        start = self.at
        end = self.source.find("}", start)
        if end < 0:
            raise SentenceError(start, "“{”没有配对的“}”，请在后面补上“}”；要写花括号本身请写“{{”。")
        inner = self.source[start + 1 : end]
        if "{" in inner:
            raise SentenceError(start, "“{”没有配对的“}”就又遇到“{”，请先补上“}”。")
        self.at = end + 1
        if inner[:1] == "#":
            return NoteSlot(self.named(inner, start, "叙述", "{#工作亮点}"), start, self.at)
        if inner[:1] == "$":
            return Variable(self.named(inner, start, "变量", "{$年}"), start, self.at)
        return self.slot(inner, start)

    def named(self, inner: str, start: int, kind: str, example: str) -> str:
        name = inner[1:].strip()
        if not NAME.fullmatch(name):
            raise SentenceError(start, f"{kind}名“{name}”不能为空，也不能含空格和符号，应写成{example}这样。")
        return name

    def slot(self, inner: str, start: int) -> Slot:
        code, *words = inner.split("|")
        if not CODE.fullmatch(code.strip()):
            raise SentenceError(start + 1, f"“{code.strip()}”不是指标代码，代码由字母、数字、下划线和点组成，如{{ip.granted}}。")
        verbs: list[Verb] = []
        at = start + 1 + len(code) + 1
        for word in words:
            verbs.append(_verb(word, at))
            _combine(verbs, at)
            at += len(word) + 1
        return Slot(code.strip(), tuple(verbs), start, self.at)


def _verb(word: str, at: int) -> Verb:
    name, _, argument = word.strip().partition(" ")
    argument = argument.strip()
    if not name:
        raise SentenceError(at, "“|”后面没有说法，请写上（如 同比、占比、名单）或删去“|”。")
    if name == "占比":
        return _share(argument, at)
    top = re.fullmatch(r"前(\d{1,3})", name)
    if top:
        if int(top[1]) == 0:
            raise SentenceError(at, "“前0”没有意义，请写前3、前5这样的个数。")
        return Verb("前", argument.removeprefix("按"), int(top[1]))
    if name.startswith("按"):
        if len(name) == 1 or argument:
            raise SentenceError(at, "“按”后面要紧跟一个维度，如 按类型、按乡镇。")
        return Verb("按", name[1:])
    if name in OPTIONAL_NUMBER:
        return _numbered(name, argument, at)
    if name not in APPROX_VERBS | PLAIN_VERBS:
        known = "、".join(sorted(VERBS))
        raise SentenceError(at, f"没有“{name}”这个说法。可用：{known}。")
    if argument:
        raise SentenceError(at, f"“{name}”后面不带参数，请删去“{argument}”。")
    return Verb(name)


def _share(argument: str, at: int) -> Verb:
    if argument and not CODE.fullmatch(argument):
        raise SentenceError(at, f"“占比”后面应是作为总数的指标代码，“{argument}”不是，应写成 占比 projects.applied 这样。")
    return Verb("占比", argument)


def _numbered(name: str, argument: str, at: int) -> Verb:
    if not argument:
        return Verb(name)
    if not re.fullmatch(r"[0-9]{1,3}", argument):
        what = "小数位数" if name in ("同比", "环比") else "个数"
        raise SentenceError(at, f"“{name}”后面只能写{what}，如 {name} 2；“{argument}”不是数。")
    count = int(argument)
    if name in ("同比", "环比") and count > 6:
        raise SentenceError(at, f"“{name}”的小数位数最多6位，请改小。")
    if name in ("名单", "逐项") and count == 0:
        raise SentenceError(at, f"“{name} 0”没有意义，请写要列出的个数或删去0。")
    return Verb(name, count=count)


def _combine(verbs: list[Verb], at: int) -> None:
    """At most one selecting verb before one rounding word; two rounding words never."""
    if len(verbs) < 2:
        return
    first, last = verbs[-2], verbs[-1]
    if first.name in APPROX_VERBS and last.name in APPROX_VERBS:
        raise SentenceError(at, f"概数词“{first.name}”和“{last.name}”不能叠用，请只留一个。")
    if first.name not in COMBINABLE or last.name not in APPROX_VERBS | {"值", "大写"} or len(verbs) > 2:
        allowed = "、".join(sorted(COMBINABLE))
        raise SentenceError(at, f"“{first.name}”后面不能再接“{last.name}”；只有{allowed}后面可以再接一个概数词。")


def _no_double_approximation(nodes: list[Node]) -> None:
    """约{a|余} and {a|余}左右 say the same thing twice (domain A0.2); the words around a rounded slot are looked at."""
    flat: list[Atom] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, Clause) else (node,))
    for index, atom in enumerate(flat):
        if not isinstance(atom, Slot) or not any(verb.name in APPROX_VERBS for verb in atom.verbs):
            continue
        before = flat[index - 1] if index else None
        after = flat[index + 1] if index + 1 < len(flat) else None
        if isinstance(before, Literal) and (found := BEFORE_APPROX.search(before.text)):
            raise SentenceError(atom.start, f"前面已有“{found[0]}”，与后面的概数词叠用，请只留一个。")
        if isinstance(after, Literal) and (found := AFTER_APPROX.search(after.text)):
            raise SentenceError(after.start, f"“{found[0]}”与前面的概数词叠用，请只留一个。")
