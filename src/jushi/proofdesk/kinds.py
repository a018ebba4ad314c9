"""What the kinds of findings are called on pages (``jushi check --format json`` has the English ones)."""

from __future__ import annotations

_NAMES = """
approx_double 约数重复|blank_value 数字空缺|boilerplate 网页残留|bracket_unmatched 括号不配对|collocation 搭配不当
contradiction 前后矛盾|count_mismatch 列举数不符|date_conflict 日期矛盾|differs 与台账不符|enum_level 序号层次
enum_repeat 序号重复|enum_skip 序号跳号|extra_char 衍字|fixed_phrase 固定提法|garbled 乱码|halfwidth_punct 半角标点
layout_fused 版式粘连|leak_name 真名外露|missing_char 漏字|missing_section 缺少部分|name_inconsistent 名称不一
number_suspicious 数字可疑|numeral_style 数字写法|numrep 数字重复|placeholder 占位未填|placeholder_glyph_mix 占位符混用
placeholder_inconsistent 占位不一|punct_list_mix 列举标点|punct_missing 缺标点|punct_wrong 标点误用|quote_glyph 引号写法
quote_missing 缺引号|quote_nesting 引号嵌套|rate_mismatch 比率不符|redundancy 赘语|repeat 重复|space 多余空格
stale_date 日期越期|stale_term 提法过时|stale_year 年份越期|sum_mismatch 合计不符|template_marker 模板标记
term_inconsistent 提法不一|term_wrong 提法有误|title_bracket 标题括号|title_dup 标题重复|title_wrong 标题有误|truncated 残句
typo 错别字|unit_inconsistent 单位不一|unit_missing 缺单位|unit_wrong 单位有误|unsupported 没有依据|untraced 没有来源|wash 虚话套话
"""
NAMES: dict[str, str] = {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in _NAMES.replace("\n", "|").split("|") if part}


def name_of(kind: str) -> str:
    """The kind in words; a kind without a word stands for itself."""
    return NAMES.get(kind, kind)
