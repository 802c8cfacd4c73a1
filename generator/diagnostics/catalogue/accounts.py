"""A: 科目."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

ENTRIES: dict[str, Entry] = {
    "A001": Entry(_E, "{label}：没有编码为 {account} 的科目", "{suggestion}"),
    "A002": Entry(
        _W,
        "{label}：本程序的科目表里没有 {account}，按所写的名称“{given}”印",
        "{suggestion}请按当年《政府收支分类科目》核对编码和名称",
    ),
    "A003": Entry(_E, "{label}：{text} 是{has}级科目，这里要填到{wanted}", "{hint}"),
    "A004": Entry(_E, "{label}：{text} 太细，这里只填到{wanted}", "请填 {parent}"),
    "A005": Entry(
        _E,
        "{label}：编码 {account} 的名称是“{official}”，这里写的是“{given}”",
        "{suggestion}请核对编码和名称；也可以只写编码，名称由程序填",
    ),
    "A006": Entry(
        _W,
        "{label}：科目 {account} {year}年度的名称是“{official}”，“{given}”是别的年度的名称",
        "报告里按“{official}”印；也可以只写编码，名称由程序填",
    ),
    "A007": Entry(
        _I,
        "{label}：科目 {account} 写的名称是“{given}”，本程序的科目表里是“{official}”，尚待核实；已用所写的名称",
        "请按当年《政府收支分类科目》核对",
    ),
    "A008": Entry(
        _I,
        "{label}：科目 {account} 在本程序的科目表里叫“{official}”，尚待核实",
        "请按当年《政府收支分类科目》核对；名称不同的，在编码后空一格写上名称",
    ),
    "A009": Entry(_E, "{label}写的是“{text}”，没有科目编码", "请填科目编码，可以在后面空一格写名称。{suggestion}"),
    "A010": Entry(
        _E, "{label}：{text} 是{other}，这里要填{kind}", "功能科目以 2 开头，经济科目以 3 开头；请核对是否填错了列"
    ),
    "A011": Entry(
        _E,
        "{label}：{text} 是政府预算支出经济分类科目",
        "这里要填部门预算支出经济分类科目，以 3 开头，如 30101 基本工资",
    ),
    "A012": Entry(
        _W,
        "{label}：科目 {account} {title} 在{year}年度已不使用",
        "请按当年《政府收支分类科目》改用新的科目；确实仍在使用的可以保留",
    ),
    "A013": Entry(
        _E,
        "{label}：本程序的科目表里没有 {account}，这里只写了编码，报告里印不出名称",
        "请按当年《政府收支分类科目》核对；编码没有错的，在后面空一格写上名称，如“{account} 其他……支出”",
    ),
    "A014": Entry(_I, "{label}只写了名称“{given}”，按科目 {account} 读取", "叫这个名称的只有这一个科目；请核对"),
    "A015": Entry(_W, "{label}：科目 {account} {title} 从{since}年度起才有，这是{year}年度的报告", "请核对编码和年度"),
    "A016": Entry(
        _W,
        "本程序的科目表里没有 {account}（{level}），表里它的名称一栏印编码",
        "要印名称的，在一个科目后面把各级名称都写上，如“编码 甲支出（类）乙支出（款）丙支出（项）”",
    ),
}
