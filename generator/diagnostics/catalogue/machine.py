"""D: what the machine has and lacks (自检)."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

ENTRIES: dict[str, Entry] = {
    "D001": Entry(
        _E,
        "放报告的磁盘只剩 {left}，生成的文件可能写不完整",
        "请清理磁盘，或换一个有空的文件夹再打开；至少留出 {needed}",
    ),
    "D002": Entry(
        _E,
        "一个模板包也读不出来，做不了报告",
        "程序可能没有装完整，请重新安装；正在用自己的模板包的，请先运行 juesuan packs lint",
    ),
    "D003": Entry(
        _W,
        "模板包 {names} 写法有误，用不了；其余的照常",
        "请运行 juesuan packs lint，按提示改好",
    ),
    "D004": Entry(
        _I,
        "没有找到 LibreOffice：Word 文件照常生成；生成不了 PDF，目录页码按版面估算，读不了 .xls、.ods、.doc",
        "要用这些的，请安装 LibreOffice。Windows：到 zh-cn.libreoffice.org 下载安装；麒麟、统信：在软件商店或应用商店"
        "搜索“LibreOffice”。装在别处的，用环境变量 JUESUAN_SOFFICE 写明 soffice 的位置",
    ),
    "D005": Entry(
        _I,
        "没有找到带 UNO 组件的 Python：能生成 PDF，但行末的标点可能漏印",
        "麒麟、统信请由管理员安装 python3-uno；装在别处的，用环境变量 JUESUAN_UNO_PYTHON 写明这个 Python 的位置",
    ),
    "D006": Entry(
        _I,
        "这台电脑没有字体 {names}：文件里写的字体名不变，打开时由电脑换成别的字体，分行分页会有出入",
        "定稿请在装有这些字体的电脑上打开看一遍；小标宋等可以向单位的文印部门索取。WPS 自带的字体不在检查之内",
    ),
    "D007": Entry(
        _I,
        "没有查字体：这个系统上不知道怎样列出字体",
        "请打开生成的 Word 文件，看标题和正文的字体是不是想要的",
    ),
    "D008": Entry(
        _W,
        "没有找到浏览器：“juesuan serve”的页面不会自己打开",
        "请安装火狐、奇安信等浏览器，或把窗口里写的地址复制到浏览器的地址栏；命令照常能用",
    ),
}
