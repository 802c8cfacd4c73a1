"""W: Word and PDF."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

ENTRIES: dict[str, Entry] = {
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
        _W,
        "目录页码没有实测：{reason}；已按版面估算",
        "可以在 Word 或 WPS 里右键点目录，选“更新域”“只更新页码”；要实测的，请先确认 LibreOffice 能正常启动",
    ),
    "W026": Entry(
        _W,
        "目录中{names}共 {count} 项，LibreOffice 没有给出页码，已按版面估算",
        "请在 Word 或 WPS 里右键点目录，选“更新域”“只更新页码”",
    ),
    "W030": Entry(
        _I,
        "表“{name}”要印在一页上，按版面估算还多出{rows}行；格内的空减到最小、字号减到六号也放不下，照原样印",
        "请把格里的话写短，或者把表的列放宽；也可以在表前另起一页，或删去表里的“一页: 是”",
    ),
    "W031": Entry(
        _W,
        "PDF 已生成，印出来的内容完整，但看不见屏幕的人读起来不全：{what}",
        "要公开的，请把 Word 文件换较新的 LibreOffice（7.4 及以上）再转换一次，或同时公开网页版（--html）",
    ),
    "W032": Entry(
        _I,
        "PDF 按 PDF/A-2b 导出（LibreOffice 自带的功能），是否完全合规未经验证",
        "移交档案前，请用档案部门指定的检测工具查一遍",
    ),
}
