"""F: facts, required figures, figures as a reader sees them."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E, _F, _W, _I = Severity.ERROR, Severity.TO_FILL, Severity.WARNING, Severity.INFO

ENTRIES: dict[str, Entry] = {
    "F001": Entry(_F, "{label}没有填写，而报告里要用到它", "请填写“{name}”；金额确实为零的填 0，不涉及的填“不适用”"),
    "F002": Entry(_F, "{label}是必填项，没有填写", "请填写“{name}”；金额确实为零的填 0"),
    "F016": Entry(_F, "{label}没有填写", "请填写“{name}”，再填不是 0 的各项；各项加起来等于它的，其余的就是 0，不用填"),
    "F003": Entry(_F, "{label}没有填写：{condition}时必须填写", "请填写“{name}”"),
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
    "F006": Entry(_F, "{label}一行也没有填写", "请在“{name}”下至少填写一行；确实没有发生的，填一行，金额填 0"),
    "F007": Entry(
        _I,
        "按公布的数复算，{label}为 {recomputed}，报告按元计算印为 {printed}",
        "读者用公布数复算会得到另一个末位数，属四舍五入，无需修改",
    ),
    "F009": Entry(
        _I,
        "{left}与{right}实际相差{exact}，印出来都是{printed}，报告按持平写",
        "印出的数相同，不写差额、百分比和原因，无需修改",
    ),
    "F010": Entry(
        _I,
        "{left}与{right}实际相差{exact}，印出的数相差{printed}，报告按印出的数写",
        "两个数四舍五入后印得不同，差额和百分比按印出的数计算，无需修改",
    ),
    "F011": Entry(_E, "报告里要用{label}，算不出来", "请核对这个数是不是确实为 0"),
    "F008": Entry(_E, "{label}写的是“不适用”，而报告里要用它计算", "请把“{name}”改填数字；没有发生的填 0"),
    "F012": Entry(_F, "{label}写的是“{text}”，等于没有填写{because}", "{hint}"),
    "F013": Entry(
        _W,
        "{label}的“程序计算”一格写的是“{text}”，按公式计算为 {computed}，写的没有采用",
        "要用自己的数，请填在“填写”（表里是不带“程序计算”的那一栏）；否则请恢复这一格的公式",
    ),
    "F014": Entry(_W, "{label}写的是“{text}”，报告里照这样印", "请写明具体内容；没有可写的空着"),
    "F015": Entry(
        _I,
        "为使分项与合计相加相符（尾差调平），{label} {exact}印为 {printed}，不是 {rounded}：{spot}",
        "模板包写了“尾差: 调平”；要照各数四舍五入印、在表下加注，请改为“尾差: 注”",
    ),
}
