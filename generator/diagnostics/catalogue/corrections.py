"""R: corrections in Word files."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

ENTRIES: dict[str, Entry] = {
    # R001–R009 opening, R010–R039 refresh, R040–R049 redline, R050–R055 comparing,
    # R056–R059 publishing, R060–R064 marks put back, R065–R070 joining
    "R001": Entry(
        _E,
        "“{file}”不是 Word 文件（.docx），或者已经损坏",
        "请核对文件；能在 Word 或 WPS 里打开的，另存为 .docx 后重试",
    ),
    "R002": Entry(
        _E,
        "“{file}”设了打开密码，或者是旧格式的 .doc，程序读不了",
        "请在 Word 或 WPS 里去掉密码，另存为 .docx 后重试；旧格式的，也可以加 --base 写明当时的填报数据",
    ),
    "R003": Entry(
        _E,
        "“{file}”里没有数据来源，不知道哪些数是程序填的",
        "请用 juesuan build 生成的文件（不带 --publish），在 Word、WPS 里改过的也可以；"
        "公开用的副本、别的程序存过的文件，请加 --base 写明当时的填报数据",
    ),
    "R004": Entry(
        _E,
        "“{file}”是旧版本的程序生成的，本版本读不出它的数据来源",
        "请用现在的程序和当时的填报数据重新生成一份；文件没有改动",
    ),
    "R005": Entry(
        _E,
        "“{file}”里的内容多得不正常，没有读取：{what} {found}，最多 {most}",
        "请核对是不是这个文件；确实是的，请在 Word 或 WPS 里打开，删去无关的内容和附件后另存为 .docx",
    ),
    "R006": Entry(
        _E,
        "“{file}”里保存的数据来源已经损坏：{what}",
        "请使用备份，或用填报数据重新生成一份（juesuan build）；文件没有改动",
    ),
    "R010": Entry(
        _E,
        "“{file}”是按模板包“{old}”生成的，填报数据是“{new}”的，两者不是同一种报告",
        "请核对 Word 文件和填报数据是不是一对；文件没有改动",
    ),
    "R011": Entry(
        _E,
        "“{file}”是“{old}”的报告，填报数据是“{new}”的，不像是同一个单位改了名称："
        "地名{place}，其余的文字 {text}% 相同，数 {figures}% 相同",
        "请核对 Word 文件和填报数据是不是同一个单位的；确是改了名称的，请先只改名称更新一次，再更正别的",
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
    "R024": Entry(_W, "{where}：{theirs} 是更正前的数，{now}", "程序没有改它，文件里加了批注，请核对要不要改"),
    "R025": Entry(_W, "{where}：“{theirs}”的说法与数据不符，按数据是{new}", "文件里加了批注，请改这一句的措辞"),
    "R026": Entry(
        _W,
        "{where}：由人改过列或合并，或分不清是哪张表，没有全部并入",
        "文件里加了批注，请对照新生成的报告核对这张表",
    ),
    "R027": Entry(_W, "{where}：{theirs}的数据由人改过，没有自动更新", "文件里加了批注，请核对图中的数"),
    "R030": Entry(
        _W,
        "{where}：“{theirs}”由人改过，按填报数据是“{new}”，整句没有改动",
        "文件里加了批注：以填报数据为准的，请照着改；以文件为准的，请改填报数据",
    ),
    "R031": Entry(
        _W, "{where}：人写的“{theirs}”可能不对了，{old}更正后是{new}", "文件里加了批注，请核对这句话说的是不是这个数"
    ),
    "R032": Entry(
        _W,
        "单位名称由“{old}”改成了“{new}”；地名{place}，其余的文字 {text}% 相同，数 {figures}% 相同，"
        "按同一个单位改了名称处理",
        "请核对两份是不是同一个单位的；落款、公章、附件里的名称也请核对",
    ),
    "R033": Entry(_E, "待办不能写到“{file}”：它是报告本身", "请在 --todo 后面另起一个文件名"),
    "R034": Entry(
        _W,
        "{where}：“{theirs}”是改名以前的单位名称，现在是“{new}”",
        "这句话是人写的，程序没有改它，请核对要不要改",
    ),
    "R040": Entry(
        _E,
        "“{file}”是用模板包“{old}”做的，现在的数据用的是“{new}”，不是同一种报告",
        "请给出同一种报告较早生成的文件",
    ),
    "R041": Entry(
        _E,
        "“{file}”是“{old}”的报告，现在的数据是“{new}”的：地名{place}，其余的文字 {text}% 相同，数 {figures}% 相同",
        "请给出本单位较早生成的文件",
    ),
    "R042": Entry(
        _E,
        "“{file}”是{old}年度的报告，现在的数据是{new}年度的；上年的报告不是本年报告的旧稿",
        "请给出{new}年度较早生成的文件；比较两个年度请用 juesuan diff，结转到新一年请用 juesuan roll-forward",
    ),
    "R043": Entry(_E, "--redline 不能与 {other} 同用：修订里有旧的数和作者，不能公开", "请去掉其中一个"),
    "R044": Entry(
        _I,
        "“{file}”里有 {count} 处脚注、文本框或链接的图片没有列入修订",
        "请对照旧文件核对；旧文件没有改动",
    ),
    "R050": Entry(
        _E, "两份不是同一种报告：一份是“{old}”，一份是“{new}”", "请给出同一单位、同一种报告的两份数据或 Word 文件"
    ),
    "R051": Entry(
        _E,
        "两份不是同一个单位的：一份是“{old}”，一份是“{new}”；地名{place}，其余的文字 {text}% 相同，数 {figures}% 相同",
        "请核对是否拿错了文件",
    ),
    "R052": Entry(
        _I,
        "两份是不同年度的：一份是{old}年度，一份是{new}年度",
        "只列形式、文字的变化，和本年报告的上年数与上年报告不一致的；要看的若是同一年度的更正，请核对文件",
    ),
    "R053": Entry(_E, "对照表不能存成“{file}”", "请另起一个以 .docx 结尾的文件名，例如 更正对照表.docx"),
    "R054": Entry(_E, "对照表不能存成“{file}”，它就是要比较的文件", "请另起一个文件名；要比较的两份文件不会改动"),
    "R055": Entry(_I, "两份是用模板包的不同版本（{old}、{new}）做的", "有些文字的变动可能来自模板，不是来自填报数据"),
    "R056": Entry(
        _E,
        "{where}还有没有定下来的内容：“{words}”",
        "请填好、改定以后再公开；整份是草稿的，请先用 juesuan build 正式生成",
    ),
    "R057": Entry(
        _E,
        "{where}有{whose}修订 {count} 处没有接受，也没有拒绝：“{words}”",
        "请在 Word、WPS 里逐处接受或拒绝并保存；都要接受的，加 --accept-changes",
    ),
    "R058": Entry(
        _E,
        "{where}“{words}”旁边有批注没有解决，{whose}：“{said}”",
        "请办好批注说的事，在 Word、WPS 里删去这条批注（或标为“解决”）并保存",
    ),
    "R059": Entry(
        _E,
        "{where}有隐藏的文字：“{words}”，别人打开文件就能看到",
        "请在 Word、WPS 里删去，要公开的取消“隐藏”，再保存",
    ),
    "R060": Entry(_I, "“{file}”里的标记都在，没有用到 --base", ""),
    "R061": Entry(
        _E,
        "“{file}”不像是用“{base}”生成的：当时的报告里，文字有 {words}、数有 {figures} 在文件里找得到",
        "请核对 --base 后面是不是做这份文件时的填报数据（同一单位、同一年度、更正以前的），文件是不是拿错了",
    ),
    "R062": Entry(
        _E,
        "“{file}”不是 .docx，要先由 LibreOffice 转换，这台电脑上没有找到 LibreOffice",
        "请在 Word 或 WPS 里把它另存为 .docx，再用 --base 运行",
    ),
    "R063": Entry(
        _E,
        "“{file}”转换不成 .docx：LibreOffice 打不开它，或没有按时完成",
        "文件可能已损坏、设了密码；请在 Word 或 WPS 里打开，另存为 .docx 后重试",
    ),
    "R064": Entry(
        _W,
        "“{file}”里没有认出当时报告的这些内容：{said}",
        "由人删去、全部改写的，或者图变成了图片的，程序不更新它们，请对照新生成的报告核对",
    ),
    "R065": Entry(
        _E,
        "“{first}”和“{other}”不是从同一份生成的文件改来的，合不到一起",
        "数据更正过的，请先用 juesuan refresh 把两份都更新到现在的填报数据，再合并",
    ),
    "R066": Entry(
        _W,
        "{where}：两份改得不一样，保留了“{first}”的；“{other}”的是：{words}",
        "文件里加了批注，请决定用哪一个",
    ),
    "R067": Entry(_W, "{where}：一份删去、一份改过的内容保留了下来：{words}", "文件里加了批注，请决定去留"),
    "R068": Entry(
        _I, "有 {count} 段文字相同、格式两份不一样，用了“{first}”的格式", "要用“{other}”的格式的，请对照它调整"
    ),
    "R069": Entry(_W, "{where}：图中的数据两份都改过，用了“{first}”的", "请对照“{other}”核对图中的数"),
    "R070": Entry(
        _W, "{where}：“{other}”里有“{first}”没有的话：“{words}”，没有并入", "页眉、页脚分不清是谁改的，请对照两份核对"
    ),
}
