"""C: checks that hold for every report."""

from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_TRIED = "这是由核对关系推出来的，程序没有改动任何数；请对照原表，确是这样的改过来，下面的各处一般随之相符"

ENTRIES: dict[str, Entry] = {
    "C001": Entry(
        _W,
        "{label}“{words}”过于简单：变动幅度（{size}）超过{threshold}%，应具体说明",
        "请写明是哪项收入或支出、因何事项变动",
    ),
    "C002": Entry(_W, "{label}“{words}”与实际方向不符：决算数是{direction}的", "请核对数字，或改写原因"),
    "C003": Entry(
        _W,
        "{label}里出现{years}{near}，不是{fiscal}年度报告应有的年份",
        "如果是上年留下的文字，请改正；确为历史事实的可以保留",
    ),
    "C004": Entry(_W, "公开时间{published}与{fiscal}年度不相称", "决算一般在次年公开，请核对年度和公开时间"),
    "C005": Entry(_I, "{label}里出现{years}{near}", "历年沿用的文字，请确认年份无误"),
    # C010–C034: free texts
    "C010": Entry(_W, "{label}里的“{sign}”没有配对：{near}", "请补上另一半括号或引号，或删去多余的一半"),
    "C011": Entry(_W, "{label}里有重复的字词“{word}”：{near}", "请删去重复的部分"),
    "C012": Entry(_W, "{label}里的标点“{marks}”连用：{near}", "请只留一个"),
    "C013": Entry(_W, "{label}里混进了“{word}”：{near}", "多半是程序或复制粘贴留下的，请删去或改写"),
    "C014": Entry(_W, "{label}里还留着范文的填写说明“{words}”", "这是写给填报人看的，请删去"),
    "C015": Entry(_W, "{label}里的发文字号“{written}”没有用六角括号", "请写成〔{year}〕{number}号（GB/T 9704—2012）"),
    "C016": Entry(
        _E, "{label}里写着“{words}”：方向已由文字说明，不再用负号", "减少的写“下降{number}”，增加的写“增长{number}”"
    ),
    "C017": Entry(_E, "{label}里的“{words}”没有选定增减", "请按实际只留一个方向"),
    "C018": Entry(_W, "{label}：从{before}到{after}，差写成了“{stated}”", "两个百分比的差请写成“{number}个百分点”"),
    "C019": Entry(_W, "{label}：分项超过了总数，总数 {whole}，其中 {parts} ＝ {total}", "请核对总数和各分项"),
    "C020": Entry(
        _W, "{label}：分项之和与总数不符，总数 {whole}，{parts} ＝ {total}，相差 {difference}", "请核对总数和各分项"
    ),
    "C021": Entry(
        _I, "{label}：分项之和不到总数，总数 {whole}，{parts} ＝ {total}，相差 {difference}", "请核对各分项是否列全"
    ),
    "C022": Entry(_W, "{label}：{formula} ＝ {computed}，写的是 {stated}", "请核对收入、支出和结余"),
    "C023": Entry(_W, "{label}：从{before}到{after}，应为 {computed}，写的是 {stated}", "请核对这几个数"),
    "C024": Entry(_W, "{label}：{part}占{whole}的 {computed}，写的是 {stated}", "请核对金额和比重"),
    "C025": Entry(_W, "{label}：“{words}”说的是{stated}，列出了{listed}", "请核对个数，或补全所列的内容"),
    "C026": Entry(
        _W,
        "{label}写的是“{typed}”，而填报的“{name}”是 {given}",
        "请改成一致；也可以在文字里写 {{{{ {name} }}}}，由程序填数",
    ),
    "C027": Entry(_W, "{label}说的是{years}的收支“{words}”，而这是{fiscal}年度的报告", "如果是上年留下的年份，请改正"),
    "C028": Entry(_W, "{label}写的是{years}年度，而这是{fiscal}年度的报告", "请核对封面、题名的年度"),
    "C029": Entry(_I, "{label}里有“{words}”，全年的报告一般写到年末", "请核对是不是年中材料里的数，改用全年数"),
    "C030": Entry(_I, "{label}里的“{words}”", "说到某一时间为止，应写“{right}”"),
    "C031": Entry(_W, "{label}里有{what}（{masked}）", "公开的报告不应有个人信息，请删去"),
    "C032": Entry(_W, "{label}：从{before}到{after}，不是“{verb}”", "请核对两个数，或改正增减的说法"),
    # C040–C045: sizes
    "C040": Entry(
        _W,
        "{label}填的是 {given}，与应有的数相差约{times}：{meant}？{other}",
        "本文件的金额单位是“{unit}”；确是单位不对的，请改为 {corrected}，否则请核对",
    ),
    "C041": Entry(
        _W,
        "{scope}与应有的数相差约{times}：{meant}？如{examples}；{other}",
        "本文件的金额单位是“{unit}”：请把这些数按“{unit}”填写；整个文件都是这样的，改“金额单位”一处就够",
    ),
    "C042": Entry(
        _I,
        "{label}是 {given}，{other_label}是 {other}，相差{times}倍",
        "请核对位数和单位；确实如此的不用改",
    ),
    "C043": Entry(
        _W,
        "{said}，{size}了，不合常理：金额单位“{unit}”是不是写错了",
        "整个文件的单位都不对的，改“金额单位”一处；只有几处不对的，改这几处；确实如此的不用改",
    ),
    "C044": Entry(
        _W,
        "“{name}”填的是 {values}，超过了100%",
        "98.2% 请写成 98.2（带不带 % 都可以）；单元格是百分比格式的，98.2 会变成 9820%",
    ),
    "C045": Entry(
        _W, "“{name}”的单位是 %，填的却是 {values}", "要表示 {meant} 的，请填百分号前面的数，如 98.2，不填 0.982"
    ),
    "C046": Entry(
        _W, "{label}说“{words}”，而填报的{name}是 {given}", "请核对这个数；数没有错的，请改写这句话（常是上年留下的）"
    ),
    # C050–C051: between the reports of a unit's year
    "C050": Entry(_E, "{what}在各报告里不一致：{told}", "请核对是哪一份填错，改成一致"),
    "C051": Entry(
        _W,
        "{report}的“{name}”，{other}里没有，却有“{near}”，两份报告没有对照",
        "同一个项目的名称各报告要一样；不是同一个的不用改",
    ),
    # C060–C072: what explains that several figures do not agree
    "C060": Entry(
        _W,
        "“{table}”从“{first}”到“{last}”这{count}行的{columns}很可能整体{way}移了{steps}行{where}：各往{back}移{steps}行，"
        "核对就都相符",
        _TRIED,
    ),
    "C061": Entry(
        _W,
        "“{table}”从“{first}”到“{last}”这{count}行的数很可能整体{way}移了一栏{where}：{columns}各往{back}移一栏，核对就都相符",
        _TRIED,
    ),
    "C062": Entry(
        _W,
        "“{table}”从“{first}”到“{last}”这{count}行的{columns}很可能填反了{where}：互换以后核对就都相符",
        _TRIED,
    ),
    "C063": Entry(
        _W,
        "“{table}”从“{first}”到“{last}”之间{count}行的{columns}很可能{how}{where}：放回各自的行，核对就都相符",
        _TRIED,
    ),
    "C064": Entry(_W, "{label}填的是 {given}，很可能{slip}：按其余各数应为 {meant}", _TRIED),
    "C065": Entry(_W, "“{table}”的{names}{where}很可能{why}：去掉以后核对就都相符", _TRIED),
    "C066": Entry(
        _W,
        "“{table}”的{column}“{given}”{where}很可能写错了：“{other}”里有“{meant}”，这里没有；改成“{meant}”，核对就都相符",
        _TRIED,
    ),
    "C067": Entry(
        _W,
        "“{table}”很可能漏了“{key}”这一行：“{other}”里有{where}，照样补上，核对就都相符",
        _TRIED,
    ),
    "C068": Entry(
        _W,
        "“{table}”从“{first}”到“{last}”的“{column}”有{count}个数对不上{where}，{how}？换成其余各数要求的数，核对就都相符",
        _TRIED,
    ),
    "C069": Entry(
        _W,
        "有{count}处核对差的是同一个数，多半是同一个原因：{names}{how}",
        "这是由核对关系推出来的，程序没有改动任何数；请对照原表逐个看这几处",
    ),
    "C070": Entry(
        _W,
        "“{table}”有{count}行写的是“{word}”{where}，填报项里没有，很可能就是“{meant}”：改成“{meant}”，这些数就能读到",
        _TRIED,
    ),
    "C071": Entry(_W, "年度填的是{given}，文字、日期说的却是另一年：很可能应为{meant}", _TRIED),
    "C072": Entry(
        _W,
        "“{table}”的“{column}”这{count}个数{where}的单位很可能不对：像是按{unit}填的，换成本文件的金额单位，核对就都相符",
        _TRIED,
    ),
    "C033": Entry(_W, "{label}：{after}，{verb}{change}，幅度应为 {computed}，写的是 {stated}", "请核对这几个数"),
}
