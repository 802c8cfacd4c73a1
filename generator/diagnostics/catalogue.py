"""All sentences that the program itself says about what it found. A pack's own checks carry theirs in YAML.

The letter names the room: I reading input, X workbooks, A 科目, F facts and required figures, T packs and templates,
D document, W Word and PDF, R corrections in Word files, O files and commands. Sentences are `str.format` templates;
The letter names the room: I reading input, N next year's input, X workbooks, A 科目, F facts and required figures,
C checks, T packs and templates, D document, V the finished document read again, W Word and PDF, O files and commands.
Sentences are `str.format` templates;
whoever reports gives the named values.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics.diagnostic import Diagnostic, Severity
from generator.place import Place


@dataclass(frozen=True, slots=True)
class Entry:
    severity: Severity
    message: str
    hint: str = ""


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CATALOGUE: dict[str, Entry] = {
    # -- I: reading input ---------------------------------------------------------------------------------------------
    "I001": Entry(_E, "这一行不合 YAML 的写法：{text}", "请检查这一行和上一行的缩进、冒号、引号和括号"),
    "I002": Entry(_E, "这一行用了制表符（Tab）缩进", "YAML 只认空格：请把行首的制表符换成空格，同一组内各行对齐"),
    "I003": Entry(_E, "“{name}:”后面缺一个空格", "请写成“{name}: 值”，冒号后空一格"),
    "I004": Entry(_E, "“{name}：”用了全角冒号", "请改用半角冒号并空一格：“{name}: 值”"),
    "I005": Entry(_E, "引号没有配对，从这一行开始：{text}", "请补上另一半引号；文字里本来就有引号的，用中文引号“”"),
    "I006": Entry(_E, "括号“{sign}”没有配对，或括号里少了逗号", "请补上“{other}”；各项之间用半角逗号“,”隔开"),
    "I007": Entry(_E, "这一行缺少冒号：{text}", "请写成“名称: 值”；很长的文字请接在“名称: |”的下一行并缩进两格"),
    "I008": Entry(_E, "一行里有两个“冒号加空格”：{text}", "值里本来就有冒号的，请给整个值加上引号，或改用全角冒号"),
    "I009": Entry(_E, "引用了没有定义的记号“*{name}”", "以星号开头的文字请加引号；引用前先用“&{name}”定义"),
    "I010": Entry(_E, "值不能以“{character}”开头", "请给这个值加上引号"),
    "I011": Entry(_E, "文件的内容不是“名称: 值”的形式：{text}", "请从“报告: 模板包名”写起，一行一个“名称: 值”"),
    "I012": Entry(_E, "一个文件里有两份内容，由这里的“---”隔开", "请删去“---”，或分成两个文件"),
    "I013": Entry(_E, "“{name}”写了两次：第{first}行和第{second}行", "请保留一处，删去另一处"),
    "I014": Entry(_W, "文件“{file}”是空的", "不需要的话可以删去这个文件"),
    "I015": Entry(_E, "这里的层次太深，或者自己引用了自己", "填报内容最多几层；请检查缩进、括号和“*”引用"),
    "I016": Entry(_W, "{where}有看不见的控制字符（{codes}），已删去", "多半是从网页或 PDF 复制带来的；请核对这段文字"),
    "I017": Entry(_E, "这里的名称不是一个词", "名称要写成一个词；以“[”或“{{”开头的文字请加引号"),
    "I018": Entry(_E, "“<<”后面应当是一组“名称: 值”", "请用“<<: *记号”引用一组内容，或删去这一行"),
    "I019": Entry(
        _E, "这一行的缩进或符号与上下文对不上：{text}", "同一组的各项要左边对齐；值以引号开头的，整个值都要在引号里"
    ),
    "I020": Entry(_E, "{where}没有“{word}”这一项", "{hint}"),
    "I021": Entry(
        _E, "“{name}”（{label}）应当是一组“名称: 值”，这里是{shape}", "请另起一行并缩进两格，逐项填写。{hint}"
    ),
    "I022": Entry(_E, "“{name}”（{label}）应当是一张表，一行一项", "{hint}"),
    "I023": Entry(
        _E,
        "“{name}”（{label}）应当是一个值，这里是一组内容或清单",
        "请只写一个值；文字里有冒号、方括号或花括号的，请加引号",
    ),
    "I024": Entry(_E, "“{name}”在{files}中都填写了，内容不一样", "请只在一处填写，或改成一样；内容相同的可以两处都有"),
    "I025": Entry(
        _E, "“{label}”中“{key}”有两行，前一行在{first}", "同一{column}只填一行：请合并这两行，或改正{column}"
    ),
    "I026": Entry(
        _E, "“{name}”不是一行“名称: 值”", "“{label}”的每一行写成“- 名称: 值”，同一行的其他项与第一项对齐。{hint}"
    ),
    "I027": Entry(_E, "金额单位“{text}”不认识", "金额单位只能写：元、千元、万元、亿元"),
    "I028": Entry(
        _E, "没有写金额单位，“{text}”不知道是元还是万元", "请在“{file}”开头写“金额单位: 元”或“金额单位: 万元”"
    ),
    "I029": Entry(_E, "各文件写的报告不一样：{names}", "一个单位一年的文件要用同一个模板包，请改成一样的"),
    "I030": Entry(_E, "{label}写的是“{text}”，不是{kind}", "请只写数字，如 91.68；没有发生的填 0，不适用的填“不适用”"),
    "I031": Entry(_E, "{label}写的是百分数“{text}”", "这里要填的是数，不是百分比；比重和增幅由程序计算"),
    "I032": Entry(
        _E, "{label}写的是日期“{text}”", "这里要填数字；如果是 Excel 把数字变成了日期，请把单元格格式改为数值后重填"
    ),
    "I033": Entry(_E, "{label}写的是“{text}”", "这里要填数字；没有发生的填 0"),
    "I034": Entry(_E, "{label}是公式的错误值“{text}”", "请回到原表改正公式，或直接填写数字"),
    "I035": Entry(_E, "{label}写成了科学计数法“{text}”", "请写出全部数字，如 150000"),
    "I036": Entry(
        _E, "{label}“{text}”里的逗号、空格或小数点位置不对", "千分位每三位一个逗号，如 1,234.56；小数点只有一个"
    ),
    "I037": Entry(_W, "{label}是负数“{text}”", "一般不应为负；确实是冲减、红字的可以保留，否则请改正"),
    "I038": Entry(_I, "{label}写的是“{text}”，本文件的金额单位是{unit}，已换算为 {converted}", ""),
    "I039": Entry(_W, "{label}“{text}”折合成元后超过两位小数", "金额最小到分；请核对是否把单位弄错了"),
    "I040": Entry(_E, "{label}“{text}”位数太多", "请核对数字和金额单位"),
    "I041": Entry(_E, "{label}写的是“{text}”，应当是整数", "请填写整数"),
    "I042": Entry(_E, "{label}写的是“{text}”，不能是负数", "请填写 0 或正整数"),
    "I043": Entry(_E, "{label}写的是“{text}”，单位应当是“{unit}”，不是“{word}”", "请只写数字，单位由程序加"),
    "I044": Entry(_E, "{label}“{text}”不在 2000 至 2100 之间", "请核对年度"),
    "I045": Entry(_E, "{label}写的是“{text}”，不是年度", "请写四位年份，如 2020"),
    "I046": Entry(_E, "{label}写的是“{text}”，不是完整的日期", "请写成 2021-10-26、2021/10/26 或 2021年10月26日"),
    "I047": Entry(_E, "{label}“{text}”这一天不存在", "请核对月份和日期"),
    "I048": Entry(_E, "{label}写的是“{text}”", "这里只能填“是”或“否”"),
    "I049": Entry(_E, "{label}写的是“{text}”，不在可选的值里", "{suggestion}可选：{choices}"),
    "I050": Entry(_E, "{label}里还留着“{mark}”", "这是范文里待填的记号：请换成实际内容，或删去"),
    "I051": Entry(_W, "{label}只能是一行，已把几行连成一行", "请检查连起来的文字"),
    "I052": Entry(_E, "{label}写的是公式“{text}”", "这里请填写算好的数字；合计数可以不填，由程序计算"),
    "I053": Entry(_W, "{label}写的是“{text}”，按 {value}% 读入", "如果要表示百分之几十，请写成带“%”的数，如 98.2%"),
    "I056": Entry(_E, "{label}写的是“{text}”", "没有发生的填 0，不适用的填“不适用”，还不知道的空着"),
    "I057": Entry(_E, "{label}写的是“{text}”，不知道括号的意思", "如果是负数，请写成“{number}”"),
    "I060": Entry(_E, "双引号里的反斜杠“\\”写法不对", "文字里有反斜杠的，请改用单引号，或写成“\\\\”"),
    "I058": Entry(
        _E,
        "{label}写的是“{text}”，不认识“{word}”",
        "金额后面可以写元、千元、万元、亿元，百分比后面可以写 %，其他的请删去",
    ),
    "I061": Entry(_E, "{label}里的“{mention}”：没有“{word}”", "{hint}"),
    "I062": Entry(_E, "{label}里的“{mention}”：不能用“| {word}”", "{hint}可以用：{known}，也可以不写"),
    "I063": Entry(_E, "{label}里的“{mention}”：“{path}”是{what}，不是一个数", "{hint}"),
    "I064": Entry(
        _E,
        "{label}里的“{mention}”看不懂",
        "写成 {{{{ 名称 }}}} 或 {{{{ 名称 | 万元 }}}}，名称如 收入.合计；这里不做计算",
    ),
    "I065": Entry(_E, "{label}用来辨认这一行，里面不能写“{mention}”", "请把它写成固定的文字"),
    "I067": Entry(
        _E, "{label}还没有填写，留着“〔待填〕”", "请填写本年的内容；没有发生的金额填 0，不涉及的删去这几个字"
    ),
    "I068": Entry(
        _W,
        "{label}还是上年的内容，标着“〔待确认〕”",
        "请改成本年的情况，再删去“〔待确认〕”；没有变化的只删去这几个字",
    ),
    "I066": Entry(_E, "{label}里的“{mention}”：{reason}", "请改用合适的写法，或删去“|”和后面的字"),
    # -- N: the new year ----------------------------------------------------------------------------------------------
    "N001": Entry(
        _E,
        "填报数据是{last}年度的，只能结转到{next}年度，写的是{year}年度",
        "上年数取自{last}年度的决算；请写 --year {next}，或不写",
    ),
    "N002": Entry(_E, "填报数据有{count}个错误，没有结转", "上年数要取自没有错误的决算：请先改正下面的错误，再结转"),
    "N003": Entry(_E, "填报数据没有写年度，不知道结转到哪一年", "请填写年度"),
    "N004": Entry(_E, "“{file}”正在别的程序里打开，可能有没保存的改动，没有结转", "请保存并关闭它，再重试"),
    "N010": Entry(
        _W,
        "“{pack}”只适用到{last}年度，没有写明{year}年度接着用哪个模板包，仍按原来的表结转",
        "请对照{year}年度的决算公开格式；格式有变的，换用新的模板包，或修改本省的模板包",
    ),
    "N011": Entry(
        _W,
        "{year}年度改用“{pack}”，填报项按同名对应",
        "请看“新表里没有的”各项，并对照新表逐项核对",
    ),
    "N020": Entry(_W, "{label}与上年一字不差", "请核对是不是本年的情况；确实没有变化的可以保留"),
    "N021": Entry(
        _W,
        "{label}填的是 {given}，上年决算是 {last}，相差 {difference}",
        "上年数应与已公开的上年决算一致，请核对“{name}”；上年决算更正过的可以保留",
    ),
    # -- X001–X029: reading workbooks ---------------------------------------------------------------------------------
    "X001": Entry(_E, "“{file}”是空文件", "多半是复制或下载没有完成，请重新取得这个文件"),
    "X002": Entry(_E, "“{file}”不是工作簿", "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”"),
    "X003": Entry(_E, "“{file}”设了打开密码，读不出来", "请在 Excel 或 WPS 里打开，去掉打开密码后保存"),
    "X004": Entry(
        _E,
        "“{file}”其实是旧格式（.xls）的工作簿，只是改了文件名",
        "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”",
    ),
    "X005": Entry(
        _E, "“{file}”其实是{what}，不是 .xlsx 工作簿", "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”"
    ),
    "X006": Entry(_E, "“{file}”已损坏，读不出来", "请用 Excel 或 WPS 打开并修复后保存；打不开的，请重新复制或使用备份"),
    "X007": Entry(
        _E, "“{file}”里的内容多得不正常，没有读取", "请把填报的工作表复制到新的工作簿里，不要连同大片空白格和无关的表"
    ),
    "X008": Entry(
        _E,
        "“{file}”里有外部引用的声明（DTD），不是办公软件保存的，没有读取",
        "请弄清文件的来历；可靠的，用 Excel 或 WPS 打开后另存",
    ),
    "X009": Entry(_E, "“{file}”里没有工作表", "请使用 juesuan new 生成的填报工作簿"),
    "X010": Entry(
        _E, "{label}的公式“{text}”没有计算结果", "请用 Excel 或 WPS 打开这个工作簿，保存一次；也可以直接填写数字"
    ),
    "X011": Entry(
        _W,
        "工作簿里没有工作表{sheets}，其中的项目按没有填写处理",
        "如果是误删，请从新的填报工作簿里复制过来；不涉及的可以不管",
    ),
    "X012": Entry(
        _E, "工作表“{sheet}”里没有找到表头{headers}，这一表没有读取", "请恢复填报工作簿原来的表头，栏的顺序可以变动"
    ),
    "X013": Entry(_W, "没有“{label}”这个项目，这一行没有读取", "{hint}"),
    "X014": Entry(_W, "没有“{header}”这一栏，这一栏没有读取", "{hint}"),
    "X015": Entry(_E, "工作表“{sheet}”里没有找到{headers}这一栏", "请恢复原来的栏名，栏的顺序可以变动"),
    "X016": Entry(_E, "“{label}”填了两行，内容不一样", "请保留一行，删去另一行"),
    "X017": Entry(_I, "工作表“{sheet}”按“{meant}”读取", "工作表改过名称；不是这张表的，请改用别的名称和表头"),
    "X018": Entry(_I, "工作表“{sheet}”不是填报用的，没有读取", "自己加的表和草稿可以留在工作簿里"),
    "X019": Entry(_E, "{header}写的是“{text}”，“{table}”里没有这一行", "{suggestion}请改成一致的名称"),
    "X020": Entry(_E, "没有写{header}，不知道属于“{table}”的哪一行", "请填写{header}"),
    "X021": Entry(_E, "“{header}”这一栏有两栏", "请保留一栏，删去另一栏"),
    "X022": Entry(_I, "“{text}”不在填报的格子里，没有读取", "自己加的备注可以保留；是填报内容的，请移到对应的格子"),
    "X023": Entry(_W, "{header}有 {count} 行没有写，按上一行的“{key}”读取", "请在每一行都写明"),
    "X024": Entry(
        _E,
        "“{label}”里写的单位与本工作簿的金额单位“{unit}”不一样",
        "请把金额换算成一种单位，或改正单位：全工作簿只能用一种",
    ),
    "X025": Entry(_I, "{what}是隐藏的，里面的数据也读取了", "不该读取的，请删去；读取了的，建议取消隐藏核对一遍"),
    "X026": Entry(
        _W,
        "“{file}”里没有填报用的工作表，没有读取",
        "填报工作簿由 juesuan new 生成；财政软件导出的公开表，请用 juesuan import 读入",
    ),
    "X027": Entry(
        _E, "没有找到 LibreOffice，读不了“{file}”", "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再运行"
    ),
    "X028": Entry(_E, "LibreOffice 读不出“{file}”", "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再运行"),
    "X029": Entry(_I, "“{file}”是核对意见的副本，没有读取", "请在原来的工作簿里修改；看过的副本可以删去"),
    # -- X030–X049: writing workbooks ---------------------------------------------------------------------------------
    "X030": Entry(
        _E,
        "“{label}”有 {count} 个字，Excel 一格最多 {most} 个，没有写入",
        "请把这段文字留在 YAML 文件里，与工作簿放在同一文件夹",
    ),
    "X031": Entry(_E, "这份填报数据做的是“{named}”，不是“{wanted}”", "请写：juesuan new {named} --example …"),
    # -- X050–X089: official tables -----------------------------------------------------------------------------------
    "X050": Entry(_W, "这张工作表没有读入：{reason}", "是公开表的，请把题名（如“支出决算表”）写在表的上面或工作表名上"),
    "X051": Entry(
        _E,
        "{tables}没有写金额单位，不知道是元还是万元",
        "请在表的右上角写“单位：万元”，或在命令后加 --unit 万元（表上是元的写 --unit 元）",
    ),
    "X052": Entry(_E, "{what}在两处不一样：{first} 和 {second}", "请核对这两处；读入的是前一处的数"),
    "X053": Entry(_W, "“{table}”的这一行有数，但没有认出是哪个科目或哪一项：{text}", "请核对科目编码；这一行没有读入"),
    "X054": Entry(_E, "{what}写的是“{text}”，不是金额", "请在原表改正后重新读入；没有发生的填 0 或空着"),
    "X055": Entry(
        _E,
        "“{table}”{what}的{column} {given}，下级各项相加 {computed}，相差 {difference}",
        "请核对这一行和它下面的各行，是否漏了一项或填错一数",
    ),
    "X056": Entry(
        _W, "没有找到“{table}”", "表在别的文件里的，请一起给出；本年度没有这张表的不用管，要填的数在下面列出"
    ),
    "X057": Entry(
        _W, "“{table}”里没有认出“{column}”一列", "这一列的数没有读入；表上叫法不同的，写进模板包的 import.yaml"
    ),
    "X058": Entry(
        _E, "“{table}”的科目编码“{text}”不是 3 位、5 位或 7 位数字", "请在原表改正后重新读入；这一行没有读入"
    ),
    "X059": Entry(
        _W,
        "“{table}”的科目 {account} 只有{level}级的数，下面没有更细的科目",
        "请核对是否漏了“项”的行；数已按这个科目读入",
    ),
    "X060": Entry(_E, "作为上年的表给出的是{given}年度的表，应当是{wanted}年度的", "请核对 --prior 后面的文件"),
    "X061": Entry(_W, "各表的年度不一样：{years}", "请核对是否混进了别的年度的表；年度请用 --year 写明"),
    "X062": Entry(_E, "“{path}”已经有内容，没有写入", "请换一个文件夹；程序不改动已有的填报文件"),
    "X063": Entry(
        _E,
        "模板包“{pack}”没有写公开表填到哪里",
        "请用 --pack 换一个包，或给这个包写 import.yaml（见 templates/README.md）",
    ),
    "X064": Entry(_W, "“{file}”里没有一张公开表", "请核对文件；工作簿里应有“收入支出决算总表”等表"),
    # -- A: 科目 ------------------------------------------------------------------------------------------------------
    "A001": Entry(_E, "{label}：没有编码为 {account} 的科目", "{suggestion}"),
    "A002": Entry(
        _W,
        "{label}：本程序的科目表里没有 {account}，只有它的上级 {parent} {title}",
        "请按当年《政府收支分类科目》核对。{suggestion}",
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
    "A013": Entry(_W, "{label}：科目 {account} 只有编码，没有名称，报告里印不出名称", "请在编码后空一格写上名称"),
    # -- F: facts -----------------------------------------------------------------------------------------------------
    "F001": Entry(_E, "{label}没有填写，而报告里要用到它", "请填写“{name}”；金额确实为零的填 0，不涉及的填“不适用”"),
    "F002": Entry(_E, "{label}是必填项，没有填写", "请填写“{name}”；金额确实为零的填 0"),
    "F003": Entry(_E, "{label}没有填写：{condition}时必须填写", "请填写“{name}”"),
    "F004": Entry(
        _E,
        "填写的{label} {given}，按公式计算为 {computed}，相差 {difference}",
        "公式：{formula}。请核对各项；也可以删去“{name}”，由程序计算",
    ),
    "F005": Entry(
        _W,
        "填写的{label} {given}，按公式计算为 {computed}，相差 {difference}",
        "公式：{formula}。确属口径不同的可以保留，否则请核对",
    ),
    "F006": Entry(_E, "{label}一行也没有填写", "请在“{name}”下至少填写一行"),
    "F007": Entry(
        _I,
        "按公布的数复算，{label}为 {recomputed}，报告按元计算印为 {printed}",
        "读者用公布数复算会得到另一个末位数，属四舍五入，无需修改",
    ),
    "F008": Entry(_E, "{label}写的是“不适用”，而报告里要用它计算", "请把“{name}”改填数字；没有发生的填 0"),
    # -- C: checks that hold for every report -------------------------------------------------------------------------
    "C001": Entry(
        _W,
        "{label}“{words}”过于简单：变动幅度（{size}）超过{threshold}%，应具体说明",
        "请写明是哪项收入或支出、因何事项变动",
    ),
    "C002": Entry(_W, "{label}“{words}”与实际方向不符：决算数是{direction}的", "请核对数字，或改写原因"),
    "C003": Entry(
        _W,
        "{label}里出现{years}{near}，不是{fiscal}年度报告应有的年份",
        "如果是上年留下的文字，请改正；确为历史事实的可以保留",
    ),
    "C004": Entry(_W, "公开时间{published}与{fiscal}年度不相称", "决算一般在次年公开，请核对年度和公开时间"),
    "C005": Entry(_I, "{label}里出现{years}{near}", "历年沿用的文字，请确认年份无误"),
    # C010–C034: free texts
    "C010": Entry(_W, "{label}里的“{sign}”没有配对：{near}", "请补上另一半括号或引号，或删去多余的一半"),
    "C011": Entry(_W, "{label}里有重复的字词“{word}”：{near}", "请删去重复的部分"),
    "C012": Entry(_W, "{label}里的标点“{marks}”连用：{near}", "请只留一个"),
    "C013": Entry(_W, "{label}里混进了“{word}”：{near}", "多半是程序或复制粘贴留下的，请删去或改写"),
    "C014": Entry(_W, "{label}里还留着范文的填写说明“{words}”", "这是写给填报人看的，请删去"),
    "C015": Entry(_W, "{label}里的发文字号“{written}”没有用六角括号", "请写成〔{year}〕{number}号（GB/T 9704—2012）"),
    "C016": Entry(
        _E, "{label}里写着“{words}”：方向已由文字说明，不再用负号", "减少的写“下降{number}”，增加的写“增长{number}”"
    ),
    "C017": Entry(_E, "{label}里的“{words}”没有选定增减", "请按实际只留一个方向"),
    "C018": Entry(_W, "{label}：从{before}到{after}，差写成了“{stated}”", "两个百分比的差请写成“{number}个百分点”"),
    "C019": Entry(_W, "{label}：分项超过了总数，总数 {whole}，其中 {parts} ＝ {total}", "请核对总数和各分项"),
    "C020": Entry(
        _W, "{label}：分项之和与总数不符，总数 {whole}，{parts} ＝ {total}，相差 {difference}", "请核对总数和各分项"
    ),
    "C021": Entry(
        _I, "{label}：分项之和不到总数，总数 {whole}，{parts} ＝ {total}，相差 {difference}", "请核对各分项是否列全"
    ),
    "C022": Entry(_W, "{label}：{formula} ＝ {computed}，写的是 {stated}", "请核对收入、支出和结余"),
    "C023": Entry(_W, "{label}：从{before}到{after}，应为 {computed}，写的是 {stated}", "请核对这几个数"),
    "C024": Entry(_W, "{label}：{part}占{whole}的 {computed}，写的是 {stated}", "请核对金额和比重"),
    "C025": Entry(_W, "{label}：“{words}”说的是{stated}，列出了{listed}", "请核对个数，或补全所列的内容"),
    "C026": Entry(
        _W,
        "{label}写的是“{typed}”，而填报的“{name}”是 {given}",
        "请改成一致；也可以在文字里写 {{{{ {name} }}}}，由程序填数",
    ),
    "C027": Entry(_W, "{label}说的是{years}的收支“{words}”，而这是{fiscal}年度的报告", "如果是上年留下的年份，请改正"),
    "C028": Entry(_W, "{label}写的是{years}年度，而这是{fiscal}年度的报告", "请核对封面、题名的年度"),
    "C029": Entry(_I, "{label}里有“{words}”，全年的报告一般写到年末", "请核对是不是年中材料里的数，改用全年数"),
    "C030": Entry(_I, "{label}里的“{words}”", "说到某一时间为止，应写“{right}”"),
    "C031": Entry(_W, "{label}里有{what}（{masked}）", "公开的报告不应有个人信息，请删去"),
    "C032": Entry(_W, "{label}：从{before}到{after}，不是“{verb}”", "请核对两个数，或改正增减的说法"),
    "C033": Entry(_W, "{label}：{after}，{verb}{change}，幅度应为 {computed}，写的是 {stated}", "请核对这几个数"),
    # -- T: packs and templates ---------------------------------------------------------------------------------------
    "T201": Entry(_E, "填报项“{path}”里有不认识的词“{word}”", "{suggestion}"),
    "T202": Entry(_E, "填报项“{path}”的类型“{kind}”不存在", "{suggestion}可用的类型：{kinds}"),
    "T203": Entry(
        _E,
        "填报项名称“{name}”不能用在表达式里（{path}）",
        "名称只用汉字、字母、数字和下划线，不以数字开头；括号、引号和空格写在“标签”里",
    ),
    "T204": Entry(
        _E, "填报项“{path}”没有写类型，也没有写字段或行", "{suggestion}单个数写“类型”，一组写“字段”，一张表写“行”。"
    ),
    "T205": Entry(_E, "填报项“{path}”的“{word}”写的是“{value}”，只能写“是”或“否”", "请改为“是”或“否”"),
    "T206": Entry(_E, "填报项“{path}”的类型是“选项”，但没有列出可选的值", "请写成 选项: [甲, 乙]"),
    "T207": Entry(_E, "表“{path}”的主键“{key}”不在它的字段里", "{suggestion}"),
    "T208": Entry(_E, "填报项“{path}”的上年对应“{target}”不存在", "{suggestion}"),
    "T209": Entry(_E, "填报项“{path}”的缺省值“{default}”不是合适的{kind}", "请改正缺省值，或者删去“缺省”"),
    "T210": Entry(_E, "最上层的填报项不能叫“{name}”，这个词另有用处", "请换一个名称，或者放进一个组里"),
    "T211": Entry(_E, "“{path}”应当是“名称: 值”的一组内容", "请检查这里的缩进和冒号后的空格"),
    "T212": Entry(_E, "填报项“{path}”的类型是“{kind}”，不能写“{word}”", "“{word}”只用于：{kinds}"),
    "T213": Entry(_E, "填报项“{path}”的核对方式“{word}”不存在", "请写“错误”“警告”或“无”"),
    "T214": Entry(_E, "填报项“{path}”的级次“{level}”不存在", "请写“类”“款”或“项”"),
    "T215": Entry(_E, "表“{path}”的主键“{key}”类型不合适", "主键的类型只能是：{kinds}"),
    "T216": Entry(_E, "填报项“{path}”的“{word}”应当是一段文字", "如果文字里有逗号、冒号或括号，请加上引号"),
    "T217": Entry(_E, "填报项“{path}”的“{word}”应当是年份", "请写成 {word}: 2023，几个的写成 [2022, 2023]"),
    "T101": Entry(_E, "模板用了不存在的名称：{reason}", "出错的地方：{source}"),
    "T102": Entry(_E, "模板的写法有误：{reason}", "出错的地方：{source}"),
    "T103": Entry(_E, "模板的计算出错：{reason}", "出错的地方：{source}"),
    "T104": Entry(_E, "模板用了不允许的操作", "模板只能读取填报数据；出错的地方：{source}"),
    "T105": Entry(_E, "表“{name}”的写法有误：{reason}", "写法见 templates/README.md 的 tables 一节"),
    "T106": Entry(_E, "图“{name}”的写法有误：{reason}", "写法见 templates/README.md 的 charts.yaml 一节"),
    "T107": Entry(_E, "正文“{chapter}”用了不支持的记号“{mark}”", "正文只用标题、段落、加粗、编号段落和围栏块"),
    "T108": Entry(_E, "标题样式“{scheme}”没有第{level}级", "请在 pack.yaml 的“标题样式”里写明这一级的编号和样式"),
    "T109": Entry(_E, "不认识的围栏块“{what}”", "{hint}"),
    "T110": Entry(_E, "没有样式“{what}”", "样式写在 style.yaml。{hint}"),
    "T111": Entry(_E, "没有{kind}“{what}”", "{hint}"),
    "T112": Entry(_E, "模板包“{name}”不存在", "现有：{known}。{hint}"),
    "T113": Entry(_E, "模板包的文件写法有误：{reason}", "请检查缩进、冒号后的空格和引号"),
    "T114": Entry(_E, "{what}里有不认识的词“{word}”", "{hint}"),
    "T115": Entry(_E, "{what}缺少“{word}”", "写法见 templates/README.md"),
    "T116": Entry(_E, "章节“{name}”没有对应的文件", "请新建 text/{name}.md.j2，或从 pack.yaml 的“章节”里删去"),
    "T117": Entry(_E, "{what}“{word}”的值“{value}”不能用", "{hint}"),
    "T118": Entry(_W, "{what}“{word}”定义了却没有用到", "可以删去，或在正文里使用"),
    "T119": Entry(_E, "模板包“{name}”只供其他包沿用，不能单独生成报告", "请选用：{known}"),
    "T120": Entry(_E, "模板包“{name}”的上级包互相沿用，成了循环", "请检查各包 pack.yaml 里的“上级”"),
    "T121": Entry(_E, "计算公式互相需要对方的结果：{names}", "请改写其中一个公式"),
    "T122": Entry(_W, "正文里写死了年份：{line}", "请改用 {{{{ 年度 }}}} 或 {{{{ 上年 }}}}，以免下一年留下旧年份"),
    # -- D: document --------------------------------------------------------------------------------------------------
    # -- W: Word and PDF ----------------------------------------------------------------------------------------------
    "W020": Entry(
        _E,
        "没有找到 LibreOffice，没有生成 PDF；Word 文件（.docx）不受影响，内容完整",
        "请安装 LibreOffice 后重试。Windows：到 zh-cn.libreoffice.org 下载安装；麒麟、统信：在软件商店或应用商店搜索"
        "“LibreOffice”，或由管理员运行 sudo apt install libreoffice-writer python3-uno。"
        "装在别处的，用环境变量 JUESUAN_SOFFICE 写明 soffice 的位置。也可以在 Word 或 WPS 里打开 .docx，另存为 PDF",
    ),
    "W021": Entry(
        _E,
        "LibreOffice 打不开这份 Word 文件，没有生成 PDF",
        "文件可能已损坏、设了密码，或者不是 .docx 格式；请在 Word 或 WPS 里打开，另存为 .docx 后重试",
    ),
    "W022": Entry(
        _E,
        "LibreOffice 转换 PDF 超过 {seconds} 秒仍未完成，已停止",
        "请关闭其他占用较多内存的程序后重试；也可以在 Word 或 WPS 里打开 .docx，另存为 PDF",
    ),
    "W023": Entry(
        _E,
        "LibreOffice 没有生成 PDF：{reason}",
        "请先确认 LibreOffice 能正常启动，再重试；也可以在 Word 或 WPS 里打开 .docx，另存为 PDF",
    ),
    "W024": Entry(
        _I,
        "没有找到带 UNO 组件的 Python，PDF 按普通方式转换，行末的标点可能漏印",
        "公开前请核对 PDF 各行行末的标点。麒麟、统信请安装 python3-uno；"
        "装在别处的，用环境变量 JUESUAN_UNO_PYTHON 写明这个 Python 的位置",
    ),
    "W025": Entry(
        _I,
        "目录页码由程序按版式估算（{reason}），个别可能相差一页",
        "在 Word 或 WPS 里右键点目录，选“更新域”“只更新页码”，即按本机字体重排页码",
    ),
    # -- R: corrections in Word files (R001–R009 opening, R010–R039 refresh, R040–R049 redline, R050–R059 comparing) ---
    "R001": Entry(
        _E,
        "“{file}”不是 Word 文件（.docx），或者已经损坏",
        "请核对文件；能在 Word 或 WPS 里打开的，另存为 .docx 后重试",
    ),
    "R002": Entry(
        _E,
        "“{file}”设了打开密码，或者是旧格式的 .doc，程序读不了",
        "请在 Word 或 WPS 里去掉密码，另存为 .docx 后重试",
    ),
    "R003": Entry(
        _E,
        "“{file}”里没有数据来源，不知道哪些数是程序填的",
        "请用 juesuan build 生成的文件（不带 --publish），在 Word、WPS 里改过的也可以；公开用的副本、别人做的文件不行",
    ),
    "R004": Entry(
        _E,
        "“{file}”是旧版本的程序生成的，本版本读不出它的数据来源",
        "请用现在的程序和当时的填报数据重新生成一份；文件没有改动",
    ),
    "R010": Entry(
        _E,
        "“{file}”是按模板包“{old}”生成的，填报数据是“{new}”的，两者不是同一种报告",
        "请核对 Word 文件和填报数据是不是一对；文件没有改动",
    ),
    "R011": Entry(
        _E,
        "“{file}”是“{old}”的报告，填报数据是“{new}”的",
        "请核对 Word 文件和填报数据是不是同一个单位的；单位改了名称的，请重新生成（juesuan build）",
    ),
    "R012": Entry(
        _E,
        "“{file}”是{old}年度的报告，填报数据是{new}年度的",
        "更新只用于同一年度的更正；新的年度请用 juesuan build 重新生成，填报数据用 juesuan roll-forward 结转",
    ),
    "R013": Entry(_E, "不能写到“{file}”：它就是要更新的文件", "原文件不改动，请换一个文件名，或不写 -o"),
    "R014": Entry(
        _W,
        "“{file}”正在 Word、WPS 或 LibreOffice 里打开着，没有保存的改动读不到",
        "请保存并关闭以后再运行一次",
    ),
    "R015": Entry(_E, "“{file}”在更新的过程中又被改过，没有写出结果", "请保存并关闭它，再运行一次"),
    "R020": Entry(
        _W,
        "{where}：“{theirs}”由人改过，更正后{change}，两处改动合不到一起，保留了人写的",
        "文件里加了批注，请对照着改",
    ),
    "R021": Entry(
        _W,
        "{where}：手工把数改成了“{theirs}”，按填报数据应为 {new}，没有改动",
        "文件里加了批注：以填报数据为准的，请在文件里改正；以文件为准的，请改填报数据",
    ),
    "R022": Entry(_W, "{where}：更正后的报告里没有“{theirs}”，这里由人改过，所以保留", "文件里加了批注，请决定去留"),
    "R023": Entry(_I, "{where}：由人删去的“{old}”更正后有变化，没有恢复", "需要的话，更正后是：{new}"),
    "R024": Entry(_W, "{where}：{theirs} 是更正前的数，{now}", "程序没有改它，请核对要不要改"),
    "R025": Entry(_W, "{where}：“{theirs}”的说法与数据不符，按数据是{new}", "文件里加了批注，请改这一句的措辞"),
    "R026": Entry(
        _W, "{where}：由人改过列或合并，更正后的行列没有全部并入", "文件里加了批注，请对照新生成的报告核对这张表"
    ),
    "R027": Entry(_W, "{where}：{theirs}的数据由人改过，没有自动更新", "文件里加了批注，请核对图中的数"),
    "R040": Entry(
        _E,
        "“{file}”是用模板包“{old}”做的，现在的数据用的是“{new}”，不是同一种报告",
        "请给出同一种报告较早生成的文件",
    ),
    "R041": Entry(
        _E,
        "“{file}”是“{old}”的报告，现在的数据是“{new}”的",
        "请给出本单位较早生成的文件",
    ),
    "R042": Entry(
        _E,
        "“{file}”是{old}年度的报告，现在的数据是{new}年度的；上年的报告不是本年报告的旧稿",
        "请给出{new}年度较早生成的文件；比较两个年度请用 juesuan diff，结转到新一年请用 juesuan roll-forward",
    ),
    "R043": Entry(_E, "--redline 不能与 --publish 同用：修订里有旧的数和作者，不能公开", "请去掉其中一个"),
    "R044": Entry(
        _I,
        "“{file}”里有 {count} 处脚注、文本框或链接的图片没有列入修订",
        "请对照旧文件核对；旧文件没有改动",
    ),
    # -- V: the finished document read again --------------------------------------------------------------------------
    "V001": Entry(
        _W,
        "成稿自相矛盾：{place}，{said}",
        "这不是填报的差错，是程序或模板包的：请把生成的文件和这条提示一起发给模板包的维护人；公开前请改正这一处",
    ),
    "V002": Entry(
        _W,
        "手工填写的文字与报告里的数不一致：{place}，{said}",
        "请核对这段文字和它旁边的数，改正其中一处后重新生成",
    ),
    "V003": Entry(
        _I,
        "{place}，{said}，相差的是四舍五入的尾差，表下没有说明",
        "请在表下加注“因四舍五入，部分合计数与分项之和存在尾差。”",
    ),
    # -- O: files and commands ----------------------------------------------------------------------------------------
    "R050": Entry(
        _E, "两份不是同一种报告：一份是“{old}”，一份是“{new}”", "请给出同一单位、同一种报告的两份数据或 Word 文件"
    ),
    "R051": Entry(_E, "两份不是同一个单位的：一份是“{old}”，一份是“{new}”", "请核对是否拿错了文件"),
    "R052": Entry(
        _W, "两份是不同年度的：一份是{old}年度，一份是{new}年度", "照样逐项比较；要看的若是同一年度的更正，请核对文件"
    ),
    "R053": Entry(_E, "对照表不能存成“{file}”", "请另起一个以 .docx 结尾的文件名，例如 更正对照表.docx"),
    "R054": Entry(_E, "对照表不能存成“{file}”，它就是要比较的文件", "请另起一个文件名；要比较的两份文件不会改动"),
    "R055": Entry(_I, "两份是用模板包的不同版本（{old}、{new}）做的", "有些文字的变动可能来自模板，不是来自填报数据"),
    "O031": Entry(_E, "找不到“{path}”", "请核对文件夹或文件的名称和位置"),
    "O032": Entry(_E, "“{path}”里没有填报文件", "请放入填报工作簿（.xlsx）或 .yaml 填报文件"),
    "O033": Entry(
        _W, "“{name}”没有读取：填报数据只读工作簿（.xlsx）和 .yaml 文件", "请把数据填入工作簿，或另存为 .xlsx"
    ),
    "O034": Entry(_E, "“{name}”不是填报文件", "请给出填报工作簿（.xlsx）、.yaml 文件，或放有它们的文件夹"),
    "O035": Entry(
        _E,
        "没有写明做哪一种报告",
        "请在工作簿的“填报说明”里填“报告”，或在第一个 .yaml 文件开头写“报告: 名称”，可用的有：{known}",
    ),
    "O040": Entry(
        _W, "没有可以标注的工作簿，“--annotate”没有作用", "填报数据里要有 .xlsx 工作簿，核对意见才能标在单元格上"
    ),
    "O036": Entry(_W, "{year}年度不在“{pack}”适用的年度（{span}）之内", "各年报表格式有变动，请换用该年度的模板包"),
    "O037": Entry(
        _E, "没有名为“{figure}”的数", "可以写填报项的名称（如 收支总计.决算）或印出来的数（如 55.11）。{hint}"
    ),
    "O001": Entry(_E, "找不到文件“{file}”", "请核对文件名和所在文件夹"),
    "O002": Entry(_E, "没有权限读取“{file}”", "请关闭正在使用它的程序，或请管理员开放读取权限"),
    "O003": Entry(_E, "“{file}”是文件夹，这里需要一个文件", "请写到具体的文件名"),
    "O004": Entry(_E, "读不出“{file}”：{reason}", "请核对磁盘、U 盘或网络文件夹是否连接正常"),
    "O005": Entry(_E, "“{file}”不是文本文件，或者编码无法识别", "请用记事本打开，另存为时编码选择 UTF-8"),
    "O006": Entry(
        _I,
        "“{file}”不是 UTF-8 编码，已按 GB18030（GBK）读入",
        "如果文字出现乱码，请用记事本打开，另存为时编码选择 UTF-8",
    ),
    "O007": Entry(_E, "找不到文件夹“{file}”", "请核对路径，或先建立这个文件夹"),
    "O010": Entry(_E, "“{file}”是只读文件，没有保存", "请在文件属性中去掉“只读”，或者换一个文件名"),
    "O011": Entry(_E, "“{file}”正被其他程序使用，没有保存", "请在 Word、WPS 或 Excel 中关闭它，再重试"),
    "O012": Entry(_E, "“{file}”在读入以后又被改过，没有保存，以免盖掉改动", "请确认改动，再重新运行一次"),
    "O013": Entry(_E, "磁盘已满，“{file}”没有保存", "请清理磁盘，或者保存到别的位置；原有的文件没有改动"),
    "O014": Entry(_E, "没有权限在文件夹“{folder}”中保存文件", "请换一个文件夹，或请管理员开放写入权限"),
    "O015": Entry(_E, "“{file}”没有保存：{reason}", "请核对磁盘、U 盘或网络文件夹是否连接正常；原有的文件没有改动"),
    "O020": Entry(
        _W,
        "“{file}”已由人改过或正打开着，没有覆盖；本次结果另存为“{saved}”",
        "需要保留手工改动时，用 juesuan refresh 把新数并入；不需要时，关闭并删去原文件后重新生成",
    ),
}


def finding(code: str, *places: Place, **values: object) -> Diagnostic:
    """A diagnostic with the catalogue's sentence. Unknown codes and missing values are our own mistakes and raise."""
    entry = CATALOGUE[code]
    return Diagnostic(entry.severity, code, entry.message.format(**values), entry.hint.format(**values), tuple(places))
