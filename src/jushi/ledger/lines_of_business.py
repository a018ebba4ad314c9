"""The lines of business (mission.md §1) that ledgers stand under, in menu order."""

LINES = {
    "A": "企业主体", "B": "平台载体", "C": "项目资金", "D": "知识产权与成果", "E": "农业科技", "F": "科技特派员", "G": "科普培训",
    "H": "帮扶驻村", "I": "产业招商", "J": "科技统计", "K": "党建廉政", "L": "综合工作", "M": "疫情应急", "N": "计划总结", "P": "支撑",
}  # fmt: skip
