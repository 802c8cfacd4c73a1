"""L: a report made by hand."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E = Severity.ERROR

ENTRIES: dict[str, Entry] = {
    "L001": Entry(_E, "“{file}”里看不出是哪一年度的报告", "请写 --year 年度"),
    "L002": Entry(
        _E,
        "“{file}”里没有找到“{pack}”的内容，没有读入",
        "请核对 --pack；这份报告的章节和句子要与模板包的大致相同",
    ),
    "L003": Entry(
        _E, "“{file}”是{found}年度的报告，不能做成{year}年度的填报数据", "可写 --year {found} 或 --year {next}"
    ),
    "L004": Entry(_E, "“{file}”不是能读的文件", "请另存为 .docx，或用文字可以选中的 PDF"),
}
