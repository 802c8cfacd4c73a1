"""N: next year's input."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E, _W = Severity.ERROR, Severity.WARNING

ENTRIES: dict[str, Entry] = {
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
}
