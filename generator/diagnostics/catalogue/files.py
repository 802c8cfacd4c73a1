"""O: files and commands."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

ENTRIES: dict[str, Entry] = {
    "O001": Entry(_E, "找不到文件“{file}”", "请核对文件名和所在文件夹"),
    "O002": Entry(_E, "没有权限读取“{file}”", "请关闭正在使用它的程序，或请管理员开放读取权限"),
    "O003": Entry(_E, "“{file}”是文件夹，这里需要一个文件", "请写到具体的文件名"),
    "O004": Entry(_E, "读不出“{file}”：{reason}", "{advice}"),
    "O005": Entry(_E, "“{file}”不是文本文件，或者编码无法识别", "请用记事本打开，另存为时编码选择 UTF-8"),
    "O006": Entry(
        _I,
        "“{file}”不是 UTF-8 编码，已按 GB18030（GBK）读入",
        "如果文字出现乱码，请用记事本打开，另存为时编码选择 UTF-8",
    ),
    "O007": Entry(_E, "找不到文件夹“{file}”", "请核对路径，或先建立这个文件夹"),
    "O008": Entry(
        _E,
        "“{file}”太大，没有读取：{found}，最多 {most}",
        "请核对是不是这个文件；工作簿、Word 文件里多半是图片太大，可以压缩图片或删去后另存",
    ),
    "O009": Entry(_E, "“{file}”不是普通文件，没有读取", "这里要的是磁盘上的文件，不能是设备或管道"),
    "O010": Entry(_E, "“{file}”是只读文件，没有保存", "请在文件属性中去掉“只读”，或者换一个文件名"),
    "O011": Entry(_E, "“{file}”正被其他程序使用，没有保存", "请在 Word、WPS 或 Excel 中关闭它，再重试"),
    "O013": Entry(_E, "磁盘已满，“{file}”没有保存", "请清理磁盘，或者保存到别的位置；原有的文件没有改动"),
    "O014": Entry(_E, "没有权限在文件夹“{folder}”中保存文件", "请换一个文件夹，或请管理员开放写入权限"),
    "O015": Entry(_E, "“{file}”没有保存：{reason}", "{advice}；原有的文件没有改动"),
    "O016": Entry(_E, "“{file}”没有保存，因为写不了生成记录“{records}”：{reason}", "{advice}；原有的文件没有改动"),
    "O017": Entry(
        _E,
        "文件夹“{folder}”里的文件还没有写完：写它的命令正在运行，或者中途被结束了",
        "请等它结束；已经被结束的，请把那条命令（import 或 roll-forward）照原样再运行一次",
    ),
    "O018": Entry(
        _E, "“{file}”没有保存：另一个 juesuan 正在往这个文件夹里保存，等了很久也没有结束", "请等它结束后重新运行"
    ),
    "O019": Entry(_E, "系统没有让程序做下去：{reason}{where}", "{advice}"),
    "O020": Entry(
        _W,
        "“{file}”已由人改过或正打开着，没有覆盖；本次结果另存为“{saved}”",
        "需要保留手工改动时，用 juesuan refresh 把新数并入；不需要时，关闭并删去原文件后重新生成",
    ),
    "O021": Entry(
        _W,
        "“{file}”是另一份报告（{other}），没有覆盖；本次结果另存为“{saved}”",
        "要用别的名字或放在别处，请用 -o 写明；那一份不再需要时，删去它后重新生成",
    ),
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
    "O036": Entry(_W, "{year}年度不在“{pack}”适用的年度（{span}）之内", "{hint}"),
    "O037": Entry(
        _E, "没有名为“{figure}”的数", "可以写填报项的名称（如 收支总计.决算）或印出来的数（如 55.11）。{hint}"
    ),
    "O038": Entry(
        _E,
        "“{path}”是一个单位一年的文件夹，里面的报告有：{reports}",
        "这个命令一次只看一份报告，请写到其中一份；check 和 build 可以一次做全部",
    ),
    "O039": Entry(_E, "“{path}”里是几个年度：{years}", "请写到年度，如 {first}"),
    "O041": Entry(
        _E,
        "“{file}”没有写明属于哪一份报告",
        "请在开头写“报告: 名称”；各报告共有的内容请放进“本单位.yaml”；不是填报数据的，请移到子文件夹",
    ),
    "O042": Entry(_E, "“{path}”里有{count}份报告，{what}", "请写到其中一份：{reports}"),
    "O043": Entry(
        _W,
        "文件夹“{folder}”里没有写明做哪一种报告，没有读取",
        "是一份报告的，请在里面的文件开头写“报告: 名称”；是原始资料的，可以不管",
    ),
    "O040": Entry(
        _W, "没有可以标注的工作簿，“--annotate”没有作用", "填报数据里要有 .xlsx 工作簿，核对意见才能标在单元格上"
    ),
    "O050": Entry(_E, "{reason}", "用法请看：{command} --help"),
    "O051": Entry(_E, "程序内部出错：{kind}: {words}", "请把这行字和所用的填报文件发给维护人员"),
    "O052": Entry(_E, "已中断"),
}
