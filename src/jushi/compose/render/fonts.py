"""Font names as offices have them, and what stands in where they are not installed (never embedded without a licence)."""

from __future__ import annotations

from collections.abc import Collection

# role → (name in the standard, names of the same face, free stand-ins in order)
FACES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "title": (
        "方正小标宋简体",
        ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
        ("Source Han Serif SC", "Noto Serif CJK SC", "FandolSong", "Noto Sans CJK SC"),
    ),
    "hei": ("黑体", ("SimHei",), ("Source Han Sans SC", "Noto Sans CJK SC", "FandolHei")),
    "kai": (
        "楷体_GB2312",
        ("KaiTi_GB2312", "楷体", "KaiTi"),
        ("FandolKai", "AR PL UKai CN", "LXGW WenKai", "Noto Serif CJK SC", "Noto Sans CJK SC"),
    ),
    "fang": (
        "仿宋_GB2312",
        ("FangSong_GB2312", "仿宋", "FangSong"),
        ("STFangsong", "FandolFang R", "FandolFang", "Noto Serif CJK SC", "LXGW WenKai", "Noto Sans CJK SC"),
    ),
    "song": ("宋体", ("SimSun",), ("FandolSong", "Noto Serif CJK SC", "Noto Sans CJK SC")),
}


def choose(installed: Collection[str]) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """(family by role, best first; a sentence for each face that had to be replaced)."""
    here = {name.casefold(): name for name in installed}
    chosen: dict[str, list[str]] = {}
    replaced: list[str] = []
    for role, (standard, same, stand_ins) in FACES.items():
        found = [here[name.casefold()] for name in (standard, *same, *stand_ins) if name.casefold() in here]
        chosen[role] = found
        if not found:
            replaced.append(f"{standard}：本机没有可用的中文字体，文字可能显示为方框，请安装该字体。")
        elif found[0].casefold() not in {name.casefold() for name in (standard, *same)}:
            replaced.append(f"{standard}：本机未安装，已用{found[0]}代替。")
    return chosen, tuple(replaced)
