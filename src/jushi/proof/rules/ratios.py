"""Rates named after a count: 合格率 is what was 合格 by what was examined, both in the same sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jushi.proof.build import Emit, rule
from jushi.proof.model import Finding, Rule
from jushi.proof.rules.arithmetic import BASIS, plain
from jushi.proof.view import View
from jushi.text.model import Claim

_NAMED = re.compile(r"([\u4e00-\u9fff]{2,6})率(?:为|达到|达|约|仅)?$")
# Rates over another base than what was said before, or of another kind.
_QUALIFIED = re.compile(r"按[时期]|限时|及时|首次|一次|网上|当年|综合|平均|累计|增长|同比|利用|覆盖|增速")
_PERSONS = frozenset(("人", "名", "位"))
_SAME = {
    "通过": "认定|获批|立项|入库|验收",
    "立项": "获批|批准|通过",
    "完成": "实现|建成",
    "化解": "调解|调处|成功",
    "整改": "销号|完成",
    "办结": "办理完|结案",
}


def _base(claim: Claim) -> str:
    return "人" if claim.base_unit in _PERSONS else claim.base_unit


def _stem_said(stem: str, clause: str, sentence: str) -> bool:
    """The rate is named after the clause of its count; what else its name holds stands in the sentence."""
    core = stem[-2:]
    own = core in clause or any(word in clause for word in _SAME.get(core, "").split("|") if word)
    return own and all(stem[i : i + 2] in sentence for i in range(0, len(stem) - 2, 2))


def _fits(stated: Decimal, true: Decimal) -> bool:
    """Some write the figure cut off, not rounded: a whole unit of the last place is let pass."""
    exponent = stated.as_tuple().exponent
    return abs(stated - true) <= Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * Decimal("1.05")


def _own_rate(view: View, emit: Emit) -> Iterator[Finding]:
    """抽检112家，合格107家，合格率95.5%: of the counts before, one must be the whole of which this is the part."""
    claims = view.reading.claims
    for i, rate in enumerate(claims):
        if i < 2 or rate.unit != "%" or rate.number is None or claims[i - 2].sentence != rate.sentence:
            continue
        named = _NAMED.search(view.norm, max(0, rate.start - 12), rate.start)
        if not named or _QUALIFIED.search(named[1]):
            continue
        part, earlier = _part_and_wholes(view, claims[max(0, i - 6) : i], rate.sentence, named)
        if part is None or not earlier or part.number is None:
            continue
        ratios = [part.amount / whole.amount * 100 for whole in earlier if whole.amount and part.amount is not None and whole.amount >= part.amount]
        if ratios and not any(_fits(rate.number, true) for true in ratios):
            right = f"{ratios[-1].quantize(Decimal(1).scaleb(-_places(rate.number))):f}%"
            whole = next(w for w in reversed(earlier) if w.amount and part.amount is not None and w.amount >= part.amount)
            message = f"{plain(part.number)}÷{plain(whole.number or Decimal(0))}应为{right}"
            yield emit(view, (rate.start, rate.end + 1), message, right)


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _part_and_wholes(view: View, before: Sequence[Claim], sentence: tuple[int, int], named: re.Match[str]) -> tuple[Claim | None, list[Claim]]:
    """The count whose clause the rate is named after (nearest first), and the counts in its unit before it; none where one is masked."""
    here = [claim for claim in before if claim.sentence == sentence]
    said = view.norm[sentence[0] : named.start()]
    for at in range(len(here) - 1, max(-1, len(here) - 3), -1):
        part = here[at]
        low = here[at - 1].end if at else sentence[0]
        high = here[at + 1].start if at + 1 < len(here) else named.start()
        if _stem_said(named[1], view.norm[low:high], said):
            wholes = [claim for claim in here[:at] if _base(claim) == _base(part)]
            return part, [] if any(claim.placeholder or claim.number is None for claim in (part, *wholes)) else wholes
    return None, []


RATIOS: tuple[Rule, ...] = (
    rule(
        "A08",
        "rate_mismatch",
        "error",
        "合格率等与数不符",
        BASIS,
        _own_rate,
        [
            "抽检公共场所112家，合格107家，合格率97.5%。",
            "启动征收项目5个，涉及居民2386户，面积31.2万平方米，已签约2107户，签约率98.3%。",
            "纳入监测对象642户1987人，已消除风险513户1602人，风险消除率86.9%。",
            "426名学生参加中考，218人达到录取线，录取率57.2%。",
        ],
        [
            "抽检公共场所112家，合格107家，合格率95.5%。",
            "受理举报38件，办结35件，按期办结率100%。",
            "参考426人，录取218人，优秀率30%。",
            "纳入监测对象642户1987人，已消除风险513户1602人，风险消除率79.9%。",
            "抽检xx家，合格107家，合格率97.5%。",
        ],
    ),
)
