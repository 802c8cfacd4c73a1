"""T: packs and templates."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

ENTRIES: dict[str, Entry] = {
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
    "T208": Entry(_E, "填报项“{path}”的{word}“{target}”不存在", "{suggestion}"),
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
    "T123": Entry(
        _E,
        "围栏块的第一行“{what}”里用了 {{{{ }}}}，块名和表、图、样式的名称要照字面写",
        "请直接写出名称；随情况用不同的表，请在 {{% if %}} 里各写一个围栏块",
    ),
    "T124": Entry(
        _W,
        "两个要印出来的数按没有四舍五入的数比较：{reason}",
        "印得一样的数要说“持平”，印得不同的不能；出错的地方：{source}",
    ),
    "T125": Entry(_E, "模板包里的“{word}”不会被用到", "{hint}"),
    "T126": Entry(
        _E,
        "这里删去了填报项“{word}”，可是上级包还在用它",
        "还在用的有{count}处：{places}；请保留它，或把这些地方也改写、删去",
    ),
    "T127": Entry(_E, "章节文件“{word}”没有写进 pack.yaml 的“章节”，不会印出", "请写进“章节”，或删去这个文件"),
    "T128": Entry(
        _W, "pack.yaml 的“角色”没有写“{word}”", "写上是哪个填报项，如 角色: {{单位: 单位.名称}}；程序靠它知道{use}"
    ),
    "T131": Entry(
        _E,
        "--templates 里的模板包（{packs}）用了 {seconds} 秒处理器时间还没有做完，已经停止，没有生成文件",
        "多半是循环套循环，或者文字、公式成倍地引用自己；请先运行 juesuan packs lint，或者问提供这个包的人",
    ),
    "T132": Entry(
        _E,
        "--templates 里的模板包（{packs}）要用的内存超过 {memory} GB，已经停止，没有生成文件",
        "多半是文字或表成倍地引用自己；请先运行 juesuan packs lint，或者问提供这个包的人",
    ),
    "T133": Entry(
        _E,
        "用 --templates 里的模板包（{packs}）时，程序意外中断，没有生成文件",
        "请把这个模板包和所用的填报文件发给维护人员",
    ),
    "T134": Entry(
        _E,
        "模板重复得太多：印出的字和循环的次数超过了一份报告的限度，到这里停止",
        "请检查这里的循环是否套得太多，或者一段文字成倍地引用自己；出错的地方：{source}",
    ),
    "T135": Entry(
        _E,
        "模板包里的“{name}”是指向包外的链接，没有读",
        "模板包只读自己文件夹里的内容，请把要用的文件放进去；要沿用另一个包，请在 pack.yaml 里写“上级”",
    ),
    "T151": Entry(_E, "“{file}”不能用作版式文件：{reason}", "请在 Word 或 WPS 里打开它，另存为普通的 .docx 后重试"),
    "T152": Entry(
        _I,
        "style.docx 里没有这些样式，照 style.yaml 的样子印：{names}",
        "要改它们的样子，请在 Word 里新建同名的样式；不改的不用管",
    ),
    "T153": Entry(
        _W, "style.docx 的纸张是 {found} 毫米，不是 {usual} 毫米", "请在 Word 的“页面设置”里核对纸张，一般用 A4"
    ),
    "T154": Entry(_I, "style.docx 里的{what}没有带过来", "修订按接受以后的样子印，批注不印"),
    "T155": Entry(
        _I,
        "style.docx 里有 {count} 处链接、嵌入的对象或者取外部内容的域，没有带过来",
        "链接的文字仍在；要印的图片请用“插入—图片”放进文件里",
    ),
    "T156": Entry(
        _E, "style.docx 的这一段里，大括号没有写完整或者用了不能用的写法：{text}", "要填的名称写成 {{{{ 单位.名称 }}}}"
    ),
    "T157": Entry(
        _E, "图片“{file}”{reason}", "请把 .png 或 .jpg 文件放进模板包的文件夹，文件名与 style.yaml 里写的一样"
    ),
}
