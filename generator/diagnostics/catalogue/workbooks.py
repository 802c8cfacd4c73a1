"""X: workbooks and official tables."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

ENTRIES: dict[str, Entry] = {
    # X001–X029: reading workbooks
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
        _E,
        "“{file}”里的内容多得不正常，没有读取：{what} {found}，最多 {most}",
        "请把填报的工作表复制到新的工作簿里，不要连同大片空白格和无关的表",
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
        "工作簿里没有{sheets}，其中的项目按没有填写处理",
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
    # X030–X049: writing workbooks
    "X030": Entry(
        _E,
        "“{label}”有 {count} 个字，Excel 一格最多 {most} 个，没有写入",
        "请把这段文字留在 YAML 文件里，与工作簿放在同一文件夹",
    ),
    "X031": Entry(_E, "这份填报数据做的是“{named}”，不是“{wanted}”", "请写：juesuan new {named} --example …"),
    "X033": Entry(
        _W,
        "工作表“{sheet}”里没有{labels}，按没有填写处理",
        "删掉的，请从新的填报工作簿里复制回来；确实不填的可以不管",
    ),
    "X034": Entry(
        _E,
        "“{title}”在工作簿里有两处，写的不一样，只读取了第二个位置上的",
        "请保留一处，把不用的一处连同题名删去；留底的可以另存为一个文件，放在别处",
    ),
    "X035": Entry(
        _E,
        "这一块没有题名，看不出是{titles}中的哪一个，没有读取",
        "请在表头上面一行写上题名，如“◆ 收支总表”；可以从新的填报工作簿里复制",
    ),
    # X050–X089: official tables
    "X050": Entry(_W, "这张表没有读入：{reason}", "是公开表的，请把题名（如“支出决算表”）写在表的上面或工作表名上"),
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
    "X056": Entry(_W, "没有找到{tables}", "表在别的文件里的，请一起给出；本年度没有的表不用管，要填的数在下面列出"),
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
    "X065": Entry(
        _E,
        "“{table}”的“{column}”分不清是哪一列：{shown}",
        "没有读入；请在原表的表头写明哪一列是本年决算数（年初预算、上年的也写明），或删去不要的列后重新读入",
    ),
    "X066": Entry(
        _W, "“{table}”的“{column}”没有读入：表上只有{shown}，不是本年决算数", "请核对是不是给错了表；要填的数在下面列出"
    ),
    "X067": Entry(
        _E,
        "“{table}”的{what} {given} 和“{other}”的{other_what} {other_given} 是同一个数，却差 {times} 倍",
        "多半是其中一张的金额单位写错了：请核对两张表右上角的“单位：”，改正后重新读入",
    ),
    "X068": Entry(
        _E,
        "这一段接不上前面的表，没有读入：{reason}",
        "请核对是哪张表的续表；把各段合在一张工作表里，或在每段上面写明题名",
    ),
    "X069": Entry(
        _E,
        "两张“{table}”不是同一个单位或同一年度的：{first} 和 {second}，后一张没有读入",
        "一次只读入一个单位一个年度的表，请分开读入",
    ),
    "X070": Entry(
        _W, "“{table}”由 {count} 段接成（{places}），没有能核对的合计", "请核对接得对不对，或在原表补上合计后重新读入"
    ),
    "X071": Entry(
        _E,
        "“{file}”是{what}，但已经损坏或设了密码，读不出来",
        "请重新导出或下载；能打开的，请另存为“Excel 工作簿（.xlsx）”",
    ),
    "X072": Entry(
        _E,
        "“{file}”里的内容多得不正常，没有读取：{what} {found}，最多 {most}",
        "请核对是不是这个文件；确实是的，请把公开表另存为“Excel 工作簿（.xlsx）”",
    ),
    "X073": Entry(
        _E,
        "“{file}”里没有文字，是扫描或拍照的图片，程序读不了",
        "请用没有扫描的那一份（Word、Excel 或由它们直接另存的 PDF）",
    ),
}
