# ruff: noqa: E501 - sentences stand on one line beside what is found in them
"""Free texts: what an office wrote, and what is found in it. "" means: nothing may be said about it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from effort import at_most
from hypothesis import given, settings
from hypothesis import strategies as st
from support import Form, pack_folder

from generator.checks.texts import text_findings
from generator.checks.wording import FormWords
from generator.checks.years import year_findings
from generator.facts.fact import Group, Text
from generator.place import Place
from generator.quantity import Quantity

ROOT = Path(__file__).parents[2]
WORDS = FormWords.of(yaml.safe_load((ROOT / "templates/common/texts.yaml").read_text(encoding="utf-8")))


def facts(text: str, *others: Quantity, year: int = 2020) -> Group:
    entries = {
        "年度": Quantity(Decimal(year), "年度", "年度"),
        "情况": Text(text, "情况", Place("数据.yaml", 3), "情况说明"),
    }
    made = Group("", {**entries, **{one.name: one for one in others}})
    made.roles = {"年度": "年度"}
    return made


def found(text: str, *others: Quantity, year: int = 2020) -> str:
    tree = facts(text, *others, year=year)
    return " ".join(sorted({one.code for one in (*text_findings(tree, WORDS), *year_findings(tree, {}))}))


SENTENCES = [
    # -- brackets and quotes
    ("收入607.94万元（其中：财政拨款607.94万元，支出607.94万元。", "C010"),
    ("坚持“客观公正，公开透明的原则。", "C010"),
    ("按照统一领导、公开透明”的原则。", "C010"),
    ("根据《关于印发管理办法的通知》）执行。", "C010"),
    ("《关于印发〈医疗保障基金管理办法〉的通知》（财社〔2020〕13号）", ""),
    ("1）加强学习；2）改进服务；（3）完善制度。", ""),
    ("一)加强学习，b)改进服务。", ""),
    ("得分在[80，90）之间的为良，[90，100]的为优。", ""),
    ("(一)职能。（二)机构", ""),
    ("It's a “one-stop” service，5’ 10”", ""),
    # -- repeated words and marks
    ("指反映反映用于农村贫困地区的支出。", "C011"),
    ("由政府按规定分类资助资助，对新认定的人口", "C011"),
    ("加强医疗保障医疗保障管理。", "C011"),
    ("取得了较好的的成效。", "C011"),
    ("完成了全部任务。。", "C012"),
    ("加强管理，，提高效率", "C012"),
    ("加强管理，。", "C012"),
    ("打击欺诈骗保人人有责，服务窗口人员时时讲政策、事事有依据，层层压实责任，往往一一落实。", ""),
    ("以提高效率为目的的改革，确保存在在编不在岗的现象得到纠正，进行了了解，形成和和谐谐的氛围。", ""),
    ("我局研究研究后讨论讨论，一个一个解决，一户一户走访。", ""),
    ("绩效指标指标值由各科室填报；项目单位单位名称见表。", ""),
    ("任务还没有完成……下一步——继续推进。", ""),
    ("他说：“办得好。”。", ""),
    # -- debris and instructions
    ("信息系统运行维护 and 数据分析等方面的支出", "C013"),
    ("参保率为NaN，支出undefined。", "C013"),
    ("**主要成效**：全面完成。", "C013"),
    ("引入Research and Development团队，推进DRG、DIP付费改革。", ""),
    ("采用NULLS公司的iPad 2台。", ""),
    ("（包括支出安排、存在问题、改进措施和有关建议等）", "C014"),
    ("从数量、质量、时效等方面归纳反映完成情况。", "C014"),
    ("三、效益情况（可用表格形式反映）", "C014"),
    ("职工（包括退休人员、离休人员）均已参保，（包括市级、区级等）补助到位。", ""),
    ("从数量、质量等方面看，任务完成较好。", ""),
    # -- document numbers, direction, 截止
    ("根据巴政发【2000】126号文件", "C015"),
    ("根据承办字[2019]15号文件", "C015"),
    ("根据川财社(2019)8号文件", "C015"),
    ("根据川财社〔2020〕8号文件", ""),
    ("依据（2019）川03民终126号判决", ""),
    ("资产总额69.91万元，较上年增长-24.34%。", "C016"),
    ("较上年增长（减少）-24.34%。", "C016"),
    ("支出下降－5.2%", "C016"),
    ("支出比上年增加/减少3万元", "C017"),
    ("增长5%-10%，增长率为-3.2%，2019-2020年持续下降。", ""),
    ("截止2020年末，累计参保3万人。", "C030"),
    ("截至2020年末，累计参保3万人；报名截止时间为10月，截止日期另行通知。", ""),
    # -- differences of percentages
    ("居民医保从58.65%提升到62.32%，提升了3.67%", "C018"),
    ("居民医保从58.65%提升到62.32%，提升了3.67个百分点", ""),
    ("居民医保从58.65%提升到62.32%，提升了6.26%", ""),
    ("居民医保从58.65%提升到62.32%，提升了4.67个百分点", "C023"),
    # -- parts and whole
    ("年末实有工作人员36人，其中参照公务员管理人员25人，非参管人员2人，退休人员7人。", "C020"),
    ("全市基本医疗保险参保326.68万人，其中职工50.6万人，居民273.74万人，参保率98.37%。", "C020"),
    ("征缴总额10332万元，其中居民6569万元；生育709万元；补充3114万元。", "C019"),
    ("支出100万元，其中人员经费120万元。", "C019"),
    ("支出6601万元，其中居民2441万元；生育682万元；补充215万元。", "C021"),
    ("全局编制数共85人，其中行政编制15人，事业编制70人；实有人数112人，其中：行政人员17人，事业在职65人，聘用人员30人。", ""),
    ("基金收入18451.69万元（其中统筹基金7588.81万元，互助781万元，个人帐户8581.88万，财政兜底1500万元），基金支出18427.35万元。", ""),
    ("住院2597人次，其中在职1187人次，退休1410人次，门诊76409人次，其中在职29691人次，退休46718人次。", ""),
    ("支出共计2.45万元。其中因公出国（境）费支出0万元，公务用车购置及运行维护费2.45万元，公务接待费0.00万元。", ""),
    ("三公经费支出为9.87万元，比上年减少4.07万元；其中：公务接待费9.87万元。", ""),
    ("采购药品、耗材36批次，其中药品16批次，平均降幅62%，耗材20批次，平均降幅70%，采购金额5.05亿元。", ""),
    ("基本支出400.78万元，包括工资福利支出325.44万元、商品和服务支出75.09万元、补助支出0.25万元。", ""),
    ("收到信访件50件，其中来信10件、来访等15件。", ""),
    ("共有职工50人，其中党员40人，女职工25人，大专以上学历45人。", ""),
    ("全年收入100.01万元，其中：拨款收入33.34万元，事业收入33.34万元，其他收入33.34万元。", ""),
    ("追回资金约56万元，其中行政处罚60万元左右。", ""),
    ("支出200万元，其中人员经费120万元，占60%，公用经费80万元，占40%。", ""),
    ("支出200万元，其中人员经费120万元，占50%，公用经费80万元，占40%。", "C024"),
    ("支出200万元，其中人员经费120万元，占财政拨款的75%，公用经费80万元。", ""),
    # -- income, expenditure, balance
    ("全年基金收入1369.29万元（其中补贴1000万元），全年共支付医疗费用1325.77万元，当期基金结余5.34万元，累计赤字125.5万元。", "C022"),
    ("全年基本医保基金收入48.38亿元，支出46.43亿元，当年结余1.96亿元。", ""),
    ("年初结转和结余57.25万元，本年收入2515.17万元，本年支出2534.09万元，年末结转和结余38.33万元。", ""),
    ("年初结转和结余57.25万元，本年收入2515.17万元，本年支出2534.09万元，年末结转和结余48.33万元。", "C022"),
    ("本年收入100万元，支出90万元，年末累计结余300万元。", ""),
    ("预算收入100万元，实际支出90万元，结余30万元。", ""),
    # -- changes
    ("公务接待费支出11.53万元，比2019年9.61万元增加1.92万元，增长19.94%。", ""),
    ("公务接待费支出11.53万元，比2019年9.61万元增加2.92万元，增长19.94%。", "C023"),
    ("公务接待费支出11.53万元，比2019年9.61万元减少1.92万元，下降19.94%。", "C032"),
    ("收、支总计91.68万元。与2019年36.57万元相比，收、支总计各增加55.11万元，增长150.70%。", ""),
    ("最高支付限额从1000元提高到1200元，提高了200元。", ""),
    ("最高支付限额从45提高到50万元，提高了5万元。", ""),
    ("最高支付限额从1000元提高到1200元，提高了300元。", "C023"),
    ("待遇人数从1200人提高到1000人。", "C032"),
    ("最高支付限额分别从45万元、40万元提高到50万元。", ""),
    ("支出9.87万元，比上年增加1.92万元，增长24.15%。", ""),
    ("支出9.87万元，比上年增加1.92万元，增长19.94%。", "C033"),
    ("公务接待费支出2.14万元，与2020年度预算相比，增加1.14万元，增长1.14%。", "C033"),
    ("公务接待费支出2.14万元，与2020年度预算相比，增加1.14万元，增长114%。", ""),
    ("累计备案4279人，比去年新增1509人，结算率提高3%。", ""),
    # -- lists
    ("主要做了以下3个方面：一是加强管理；二是改进服务；三是完善制度；四是强化监督。", "C025"),
    ("主要做了以下四项工作：一是加强管理；二是改进服务；三是完善制度；四是强化监督。", ""),
    ("本次评价以下3个项目：甲项目、乙项目和丙项目。", ""),
    ("本次评价以下5个项目：甲项目、乙项目、丙项目。", "C025"),
    ("除主任办公室外下设征缴股、财务股、结算股等三个股室。", ""),
    ("下设征缴股、财务股、结算股、稽核股等三个股室。", "C025"),
    # -- years and periods
    ("2019年度总支出3580.91万元，年末结转结余41.98万元。", "C027"),
    ("2019年总支出100万元，2020年总支出120万元，增加20万元。", ""),
    ("完成2021年度预算编制，与2019年相比有所提高。", "C003"),
    ("甲局整体支出绩效评价报告（2021年度）", "C028"),
    ("1-11月共检查定点机构25家。", "C029"),
    ("截至目前已开通580人。", "C029"),
    ("前三季度完成检查。1-12月共检查30家，第三季度开展培训，6-9个月可支配。", "C029"),
    # -- private numbers
    ("联系人：某科，电话13800000000。", "C031"),
    ("身份证号510311199001011234。", "C031"),
    ("补助发至张某卡上（6222 0212 3456 7890 128）。", "C031"),
    ("支出13800000000.00元，咨询电话0813-3301234，统一编码51031119900101123456。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "codes"), SENTENCES, ids=[text[:24] for text, _ in SENTENCES])
def test_what_is_found_in_a_sentence(text: str, codes: str) -> None:
    assert found(text) == codes


def test_half_of_the_sentences_are_innocent() -> None:
    innocent = [text for text, codes in SENTENCES if not codes]
    assert len(SENTENCES) >= 60
    assert len(innocent) * 5 >= len(SENTENCES) * 2


# -- what the findings say --------------------------------------------------------------------------------------------

SAID = [
    (
        "年末实有36人，其中甲25人，乙2人，丙7人。",
        "警告 数据.yaml 第3行 情况说明：分项之和与总数不符，总数 36人，25人＋2人＋7人 ＝ 34人，相差 2人",
    ),
    (
        "收入1369.29万元，支付1325.77万元，当期结余5.34万元。",
        "警告 数据.yaml 第3行 情况说明：1369.29万元－1325.77万元 ＝ 43.52万元，写的是 5.34万元",
    ),
    ("甲\n\n乙的的", "警告 数据.yaml 第3行 情况说明第2段里有重复的字词“的的”：乙的的"),
    ("电话13812345678", "警告 数据.yaml 第3行 情况说明里有手机号码（138……78）"),
]


@pytest.mark.parametrize(("text", "said"), SAID, ids=[text[:12] for text, _ in SAID])
def test_what_the_findings_say(text: str, said: str) -> None:
    assert [f"{one.severity.word} {one.place} {one.message}" for one in text_findings(facts(text), WORDS)] == [said]


# -- numbers typed beside a fact's label ------------------------------------------------------------------------------

FIGURES = (
    Quantity(Decimal(916800), "元", "收入.合计", Place("收支.yaml", 9), "收入合计·本年收入合计", error=Decimal(50)),
    Quantity(Decimal(5), "名", "在职.合计", Place("人员.yaml", 4), "在职在编人员"),
    Quantity(Decimal("96"), "分", "得分", Place("绩效.yaml", 2), "自评得分（满分100）"),
    Quantity(Decimal(1), "个", "甲.行数", Place("绩效.yaml", 5), "决算数"),
)
AGREEMENT = [
    ("本年收入合计91.68万元。", ""),
    ("2020年度本年收入合计为916,840元。", ""),
    ("其中，本年收入合计：91.69万元。", "C026"),
    ("本年收入合计0.01亿元。", ""),
    ("我局在职在编人员5人，自评得分96分。", ""),
    ("我局在职在编人员共6人。", "C026"),
    ("综上，自评得分95.5分。", "C026"),
    ("2019年自评得分90分，上年本年收入合计36.57万元，原在职在编人员8人。", ""),
    ("在职在编人员增加3人，在职在编人员约8人，自评得分率98%。", ""),
    ("决算数3个。", ""),
]


@pytest.mark.parametrize(("text", "codes"), AGREEMENT, ids=[text for text, _ in AGREEMENT])
def test_typed_numbers_agree_with_facts(text: str, codes: str) -> None:
    assert found(text, *FIGURES) == codes


def test_both_places_are_named() -> None:
    one = next(iter(text_findings(facts("在职在编人员6人", *FIGURES), WORDS)))
    assert [str(place) for place in one.places] == ["数据.yaml 第3行", "人员.yaml 第4行"]
    assert one.message == "情况说明写的是“在职在编人员6人”，而填报的“在职.合计”是 5名"


def test_a_label_of_two_figures_says_nothing() -> None:
    twice = (FIGURES[1], Quantity(Decimal(7), "人", "另有", Place("人员.yaml", 6), "在职在编人员"))
    assert found("在职在编人员6人", *twice) == ""


# -- any text ---------------------------------------------------------------------------------------------------------

SPICE = "（）()《》“”[]【】，。；：、其中包括从到提高增加减少收入支出结余比上年以下个项目等一二三是的号年月万亿元人%.-0123456789 \n*"


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=200), st.text(SPICE, max_size=200)))
def test_no_text_stops_the_check(text: str) -> None:
    found(text, *FIGURES)


@pytest.mark.parametrize(
    "piece",
    [
        "支出100万元，其中甲60万元，乙40万元，",
        "（（",
        "“",
        "甲、",
        "的",
        "1",
        "12,",
        "从1万元提高到",
        "其中",
        "（包括",
        "以下3个：一是",
        "截止2020年 ",
        " ",
    ],
)
def test_long_texts_take_linear_time(piece: str) -> None:
    """200 kB of whatever invites a search to go back, in one paragraph: a second, or minutes when it does go back."""
    with at_most(10):
        found((piece * 200_000)[:200_000], *FIGURES)


# -- in a report ------------------------------------------------------------------------------------------------------

FORM = """
人数: {类型: 个数, 单位: 人, 标签: 在职在编人员}
说明: {类型: 长文, 标签: 情况说明}
"""


def test_figures_named_in_a_text_count_like_typed_ones(tmp_path: Path) -> None:
    form = Form(pack_folder(tmp_path, fields=FORM, text="{{ 说明 }}\n"))
    report = form.report("人数: 12\n说明: '在职在编人员{{ 人数 }}，其中男10人，乙类人员1人，丙类人员1人。'\n")
    assert report.codes == []
    report = form.report("人数: 36\n说明: '在职在编人员{{ 人数 }}，其中甲类人员25人，乙类人员2人，丙类人员7人。'\n")
    assert report.codes == ["C020"]


def test_a_pack_adds_and_drops_instructions(tmp_path: Path) -> None:
    own = {"texts.yaml": "（险种）: null\n（按……填列）: 填写说明\n"}
    form = Form(pack_folder(tmp_path, own, fields=FORM, text="{{ 说明 }}\n"))
    assert form.report("说明: 职工医保（险种）。\n").codes == []
    assert form.report("说明: 职工医保（按批复数填列）。\n").codes == ["C014"]
    assert form.report("说明: 职工医保（可附表）。\n").codes == ["C014"]
