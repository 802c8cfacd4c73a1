"""R: corrections in Word files."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

ENTRIES: dict[str, Entry] = {
    # R001–R009 opening, R010–R039 refresh, R040–R049 redline, R050–R059 comparing
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
    "R024": Entry(_W, "{where}：{theirs} 是更正前的数，{now}", "程序没有改它，请核对要不要改"),
    "R025": Entry(_W, "{where}：“{theirs}”的说法与数据不符，按数据是{new}", "文件里加了批注，请改这一句的措辞"),
    "R026": Entry(
        _W, "{where}：由人改过列或合并，更正后的行列没有全部并入", "文件里加了批注，请对照新生成的报告核对这张表"
    ),
    "R027": Entry(_W, "{where}：{theirs}的数据由人改过，没有自动更新", "文件里加了批注，请核对图中的数"),
    "R030": Entry(
        _W,
        "{where}：“{theirs}”由人改过，按填报数据是“{new}”，整句没有改动",
        "文件里加了批注：以填报数据为准的，请照着改；以文件为准的，请改填报数据",
    ),
    "R032": Entry(
        _W,
        "单位名称由“{old}”改成了“{new}”；地名{place}，其余的文字 {text}% 相同，数 {figures}% 相同，"
        "按同一个单位改了名称处理",
        "请核对两份是不是同一个单位的；落款、公章、附件里的名称也请核对",
    ),
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
        "“{file}”是“{old}”的报告，现在的数据是“{new}”的："
        "地名{place}，其余的文字 {text}% 相同，数 {figures}% 相同",
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
    "R050": Entry(
        _E, "两份不是同一种报告：一份是“{old}”，一份是“{new}”", "请给出同一单位、同一种报告的两份数据或 Word 文件"
    ),
    "R051": Entry(
        _E,
        "两份不是同一个单位的：一份是“{old}”，一份是“{new}”；"
        "地名{place}，其余的文字 {text}% 相同，数 {figures}% 相同",
        "请核对是否拿错了文件",
    ),
    "R052": Entry(
        _W, "两份是不同年度的：一份是{old}年度，一份是{new}年度", "照样逐项比较；要看的若是同一年度的更正，请核对文件"
    ),
    "R053": Entry(_E, "对照表不能存成“{file}”", "请另起一个以 .docx 结尾的文件名，例如 更正对照表.docx"),
    "R054": Entry(_E, "对照表不能存成“{file}”，它就是要比较的文件", "请另起一个文件名；要比较的两份文件不会改动"),
    "R055": Entry(_I, "两份是用模板包的不同版本（{old}、{new}）做的", "有些文字的变动可能来自模板，不是来自填报数据"),
}
