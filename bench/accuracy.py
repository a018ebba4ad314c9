"""How well documents are understood and proofread, against annotated seed documents.

    python bench/accuracy.py [FOLDER]

FOLDER (default ../shared) holds seeds/*.txt and gold/*.json, gold/drafts.csv. Prints a table per document; asserts nothing.
A claim counts as found when its value span is the annotated one; lists and headings likewise by their place. A defect counts as
found when a finding of its kind overlaps it; a false alarm is an error or warning that overlaps no annotated defect at all.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jushi.text import Reading, read, understand

Check = Callable[[Reading], Sequence[Any]]
_VERDICTS = {"ok": {"ok"}, "ok_ge": {"ok_ge", "ok"}, "MISMATCH": {"mismatch"}}
# Kinds by which a finding answers a row of drafts.csv; rows marked 应通过 must raise none of them as an error or a warning.
_ROW_KINDS: dict[str, set[str]] = {
    "年份与事件不符": {"stale_year", "stale_date", "stale_term", "date_conflict", "title_wrong"},
    "标题重复": {"title_dup", "template_marker"},
    "缺少承诺部分/文本截断": {"missing_section", "truncated"},
    "词语重复": {"repeat"},
    "疑似错字": {"typo"},
    "次数与频次自相矛盾": {"contradiction", "number_suspicious"},
    "列举数≠数字": {"count_mismatch"},
    "合计≠分项": {"sum_mismatch", "count_mismatch"},
    "标点": {"punct_wrong"},
    "占位未替换": {"placeholder"},
    "缺数": {"blank_value", "unsupported"},
    "同指标两处单位/口径不同": {"unit_inconsistent"},
    "同指标多处须一致": {"placeholder_inconsistent", "contradiction"},
    "名称前后不一": {"name_inconsistent"},
    "术语不一": {"term_inconsistent"},
    "前后矛盾": {"contradiction"},
    "标题与内容不符": {"missing_section", "title_wrong"},
    "同类单位不一": {"unit_inconsistent"},
    "约数重复": {"approx_double"},
    "用语": {"typo"},
    "占位符混用": {"placeholder_glyph_mix", "placeholder_inconsistent"},
    "分项数": {"count_mismatch"},
    "段落断裂": {"layout_fused", "punct_wrong", "space"},
    "网页噪声": {"boilerplate"},
    "数字=报告年份且与列举冲突": {"numrep", "count_mismatch", "number_suspicious"},
    "数字=报告年份": {"numrep", "number_suspicious"},
    "数字含报告年份": {"numrep", "number_suspicious"},
    "计划年度=报告年度": {"stale_year"},
    "日期矛盾": {"date_conflict"},
    "疑似机器换词": {"wash", "fixed_phrase"},
    "引号不配对": {"quote_glyph", "quote_missing", "quote_nesting", "punct_wrong"},
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--details", action="store_true", help="list what was missed or surplus")
    options = parser.parse_args()
    golds = sorted(options.folder.glob("gold/*.json"))
    if not golds:
        print(f"没有找到标注：{options.folder}/gold/*.json", file=sys.stderr)
        return 2
    check = _checker()
    totals: Counter[str] = Counter()
    for path in golds:
        gold = json.loads(path.read_text("utf-8"))
        reading = understand(read(options.folder / "seeds" / gold["file"]))
        scores = Counter[str]()
        print(f"== {path.stem} {gold['file']} ({len(reading.document.text)} characters)")
        _claims(gold, reading, scores, options.details)
        _outline(gold, reading, scores, options.details)
        _lists(gold, reading, scores, options.details)
        if check:
            _defects(gold, check(reading), scores, options.details)
        totals.update(scores)
        _report(scores, 1)
    print("== all")
    _report(totals, len(golds))
    if check:
        _drafts(options.folder, check, options.details)
    return 0


def _checker() -> Check | None:
    try:
        from jushi.proof import check
    except ImportError:
        print("(jushi.proof.check is not there: defects are not measured)")
        return None
    return check


def _ratio(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.3f}" if whole else "0/0"


def _report(s: Counter[str], documents: int) -> None:
    print(f"  claims   recall {_ratio(s['hit'], s['claims'])}  (core {_ratio(s['core_hit'], s['core'])})  precision {_ratio(s['hit'], s['got'])}")
    print(f"           value {_ratio(s['value'], s['hit'])}  unit {_ratio(s['unit'], s['hit'])}  both {_ratio(s['both'], s['hit'])}")
    p, r = s["head_hit"] / max(1, s["head_got"]), s["head_hit"] / max(1, s["heads"])
    print(f"  outline  F1 {2 * p * r / (p + r) if p + r else 0:.3f} (start, level, parent)  words {_ratio(s['head_words'], s['heads'])}")
    print(
        f"  lists    found {_ratio(s['list_hit'], s['lists'])}  count {_ratio(s['list_count'], s['lists'])}  "
        f"verdict {_ratio(s['list_verdict'], s['lists'])}  items {_ratio(s['list_items'], s['lists'])}  others {s['list_other']}"
    )
    if s["defects"]:
        for level in ("sure", "likely", "debatable"):
            print(f"  defects  {level:9} recall {_ratio(s['found_' + level], s['defects_' + level])}")
        print(
            f"  alarms   error+warning {s['loud']}, of them on no annotated defect {s['false']} "
            f"({s['false'] / documents:.1f} per document); hints {s['hints']}"
        )


def _unit(word: str) -> str:
    word = word.replace("（", "(").replace("）", ")")
    return "" if word.endswith("缺)") else word


def _claims(gold: dict[str, Any], reading: Reading, s: Counter[str], details: bool) -> None:
    want = {(c["start"], c["end"]): c for c in gold["claims"]}
    got = {(c.start, c.end): c for c in reading.claims}
    hits = want.keys() & got.keys()
    core = {k for k, c in want.items() if c["tier"] == "core"}
    s.update(claims=len(want), got=len(got), hit=len(hits), core=len(core), core_hit=len(core & hits))
    for key in hits:
        value, unit = want[key]["value"] == got[key].value, _unit(want[key]["unit"]) == _unit(got[key].unit)
        s.update(value=value, unit=unit, both=value and unit)
        if details and not (value and unit):
            print(f"    differs: {want[key]['value']}{want[key]['unit']} / {got[key].value}{got[key].unit}")
    if details:
        text = reading.document.text
        for word, keys in (("missed", want.keys() - hits), ("surplus", got.keys() - hits)):
            for start, end in sorted(keys):
                print(f"    claim {word}: {text[max(0, start - 8) : start]}[{text[start:end]}]{text[end : end + 6]!r}")


def _outline(gold: dict[str, Any], reading: Reading, s: Counter[str], details: bool) -> None:
    at = {h["id"]: h["start"] for h in gold["outline"]}
    where = {h.id: h.start for h in reading.outline}
    want = {(h["start"], h["level"], at.get(h["parent"])): h for h in gold["outline"]}
    got = {(h.start, h.level, where.get(h.parent) if h.parent is not None else None): h for h in reading.outline}
    hits = want.keys() & got.keys()
    s.update(
        heads=len(want),
        head_got=len(got),
        head_hit=len(hits),
        head_words=sum(want[k]["end"] == got[k].end for k in hits),
    )
    if details:
        for word, heads in (
            ("missed", [want[k]["text"] for k in want.keys() - hits]),
            ("surplus", [got[k].text for k in got.keys() - hits]),
        ):
            for head in heads:
                print(f"    heading {word}: {head[:40]}")


def _lists(gold: dict[str, Any], reading: Reading, s: Counter[str], details: bool) -> None:
    want = {x["start"]: x for x in gold["counted_lists"]}
    got = {x.start: x for x in reading.lists}
    hits = want.keys() & got.keys()
    s.update(lists=len(want), list_hit=len(hits), list_other=len(got.keys() - hits))
    for key in hits:
        expected = _VERDICTS.get(want[key]["verdict"], {"unknown", "ok"})
        count = len(got[key].items) == want[key]["n_actual"] and got[key].open == want[key]["deng"]
        verdict = got[key].verdict in expected
        s.update(list_count=count, list_verdict=verdict, list_items=_same_items(want[key]["items"], got[key].items))
        if details and not (count and verdict):
            print(f"    list differs: {want[key]['items']} {want[key]['verdict']} / {got[key].items} {got[key].verdict}")
    for key in want.keys() - hits if details else ():
        print(f"    list missed: {want[key]['items'][:4]}")


def _same_items(want: Sequence[str], got: Sequence[str]) -> bool:
    """Items agree when each annotated one and the one read share their beginning (annotators add remarks in brackets)."""
    return len(want) == len(got) and all(w[:2] == g[:2] or w in g or g in w for w, g in zip(want, got, strict=True))


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    # An empty annotation marks a place between characters: touching it is finding it.
    return a[0] < b[1] and b[0] < a[1] if a[0] < a[1] and b[0] < b[1] else a[0] <= b[1] and b[0] <= a[1]


def _defects(gold: dict[str, Any], findings: Sequence[Any], s: Counter[str], details: bool) -> None:
    by_kind: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for f in findings:
        by_kind[f.kind].append((f.start, f.end))
    for d in gold["defects"]:
        found = any(_overlap((d["start"], d["end"]), span) for span in by_kind[d["kind"]])
        s.update({"defects": 1, "defects_" + d["conf"]: 1, "found_" + d["conf"]: int(found)})
        if details and not found and d["conf"] != "debatable":
            print(f"    defect missed ({d['conf']}): {d['kind']} {d['start']} {d['snippet'][:30]!r} {d['note'][:40]}")
    spans = [(d["start"], d["end"]) for d in gold["defects"] if d["kind"] != "halfwidth_punct"]
    s["hints"] += sum(f.level == "hint" for f in findings)
    for f in findings:
        if f.level == "hint":
            continue
        s["loud"] += 1
        known = f.kind == "halfwidth_punct" or any(_overlap((f.start, f.end), span) for span in spans)
        s["false"] += not known
        if details and not known:
            print(f"    alarm: {f.level} {f.rule} {f.kind} {f.start} {f.text[:30]!r} {f.message[:50]}")


def _drafts(folder: Path, check: Check, details: bool) -> None:
    path = folder / "gold" / "drafts.csv"
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["mode"] == "T"]
    cache: dict[str, tuple[str, Sequence[Any]]] = {}
    passed = 0
    for row in rows:
        seed = f"{int(row['seed'][1:]):03d}"
        if seed not in cache:
            reading = understand(read(next(folder.glob(f"seeds/{seed}*.txt"))))
            cache[seed] = (reading.document.text, check(reading))
        good = _row_passes(row, *cache[seed])
        passed += good
        if details and not good:
            print(f"    draft row {row['id']}: {row['rule']} {row['quote'][:40]}")
    print(f"  drafts.csv, mode T: {_ratio(passed, len(rows))}")


def _row_passes(row: dict[str, str], text: str, findings: Sequence[Any]) -> bool:
    start = text.find(row["quote"])
    if start < 0:
        return False
    span = (start, start + len(row["quote"]))
    if "应通过" in row["rule"]:
        return not any(f.kind == "count_mismatch" and f.level != "hint" and _overlap((f.start, f.end), span) for f in findings)
    kinds = _ROW_KINDS.get(row["rule"], set())
    return any(f.kind in kinds and (_overlap((f.start, f.end), span) or any(_overlap(tuple(r), span) for r in f.related)) for f in findings)


if __name__ == "__main__":
    raise SystemExit(main())
