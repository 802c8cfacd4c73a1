"""P: 公开: what the law asks before it, whose numbers stand in the text, what was made and kept."""

from __future__ import annotations

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

ENTRIES = {
    # P001–P006: 批复 and 保密审查
    "P001": Entry(
        _E,
        "没有说财政部门是哪一天批复决算的，不知道是不是在批复后20日内公开",
        "请加 --approved 2021-08-30 这样的日期{also}",
    ),
    "P002": Entry(
        _E, "没有说公开前作过保密审查没有", "请按规定审查，涉及国家秘密的不公开；审查过的，加 --reviewed{also}"
    ),
    "P003": Entry(_E, "填报数据里“{label}”填的是“{value}”", "请先作保密审查，审查以后改填“已审查”再公开"),
    "P004": Entry(
        _E,
        "批复的日期两处不同：--approved 写的是 {given}，填报数据里“{label}”是 {typed}",
        "请核对批复文件，改正其中一处",
    ),
    "P005": Entry(
        _W,
        "{approved} 批复，{day} 公开，隔了{days}天，超过批复后{most}日内公开的规定",
        "请核对两个日期；确实晚了的仍要公开，并准备好说明",
    ),
    "P006": Entry(_E, "公开的日期 {day} 早于批复的日期 {approved}", "请核对两个日期；批复以后才能公开"),
    "P007": Entry(
        _W, "文中印的{label}是 {printed}，这次公开的日期是 {day}", "请核对；要改印的日期，请改填报数据后更新文件"
    ),
    # P010–P013: numbers of people
    "P010": Entry(_I, "{where}印着联系电话：{text}", "公开后谁都看得到，请核对是单位的电话"),
    "P011": Entry(_W, "{where}印着{kind}：{text}", "公开后谁都看得到；不是单位公开的电话的，请删去"),
    "P012": Entry(
        _E, "{where}印着{kind}：{text}", "个人的号码、银行账号一般不公开，请删去；确实应当公开的，加 --confirm-numbers"
    ),
    "P013": Entry(_W, "{where}印着{kind}：{text}，您确认了要公开", "请再核对一次；公开后收不回来"),
    # P020–P022: forms that were not made
    "P020": Entry(_W, "没有做 PDF：{why}", "可以在 Word、WPS 里打开公开的 Word 文件，另存为 PDF"),
    "P021": Entry(
        _W,
        "没有做网页：网页放不进{why}，做出来会与 Word 文件不一样",
        "请公开 Word、PDF 文件；要网页的，请改成普通的文字、表格后再公开一次",
    ),
    "P022": Entry(_W, "没有做表格文件（CSV）：表里有{why}，放不进去", "要表格文件的，请改成普通的文字后再公开一次"),
    # P030–P040: what is kept, and what it is compared with
    "P030": Entry(_I, "不知道这份文件是用哪份填报数据做的，存档里没有填报数据", "要一并存档的，加 --base 写明填报数据"),
    "P031": Entry(
        _W,
        "填报数据里有 {count} 个数和这份文件不同：{said}",
        "数据更正过的，请先用 juesuan refresh 更新文件再公开；文件对的，请改正填报数据",
    ),
    "P032": Entry(
        _W, "{where}的数手工改过：程序印的是 {old}，现在是 {new}", "请核对；数错了的，请改填报数据后更新文件"
    ),
    "P040": Entry(
        _W, "“{folder}”里有文件在公开以后改动过或不见了：{files}", "存档不要改；请从备份找回，或者以网站上的文件为准"
    ),
    "P050": Entry(_E, "公开要做一个文件夹，不能写成“{file}”", "请在 -o 后面写放它的文件夹，或者不写 -o"),
    "P051": Entry(_E, "“{file}”带着宏，不能公开", "请在 Word、WPS 里另存为不带宏的 .docx，再公开"),
}
