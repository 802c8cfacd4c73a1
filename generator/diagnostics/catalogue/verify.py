"""V: the finished document read again."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_W, _I = Severity.WARNING, Severity.INFO

ENTRIES: dict[str, Entry] = {
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
    "V004": Entry(
        _W,
        "填报的数自相矛盾：{place}，{said}",
        "这几个数都是照填报印的：请核对它们，改正后重新生成",
    ),
}
