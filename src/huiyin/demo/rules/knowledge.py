"""What the invented company knows: articles about the problems its customers have."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """One article: Chinese title, problem, cause and solution; the English one where there is one; its problem types."""

    title: str
    problem: str
    cause: str
    solution: str
    types: tuple[str, ...]
    title_en: str = ""
    text_en: str = ""
    visibility: str = "staff"

    @property
    def text(self) -> str:
        """The Chinese text."""
        return f"## 问题\n{self.problem}\n\n## 原因\n{self.cause}\n\n## 解决\n{self.solution}"


ARTICLES = (
    Told(
        "漏水怎么排查",
        "机器用了一段时间后漏水，地面或柜内有水迹。",
        "多为滤芯座密封圈老化、进水接头松动，少数为水压过高。",
        "1. 请客户先关总阀门，断开电源\n2. 更换滤芯座密封圈，接头重缠生料带\n3. 水压高于 0.4 MPa 时加装减压阀\n4. 试水三十分钟无渗漏",
        ("technical.failure", "product.defect"),
        "What to do about a leak",
        "## Problem\nWater under the device or in the cabinet.\n\n## Cause\nAn old seal, a loose connection, or too much "
        "pressure.\n\n## Solution\n1. Close the main valve, unplug the device\n2. Replace the seal, tighten the "
        "connection\n3. Above 0.4 MPa fit a pressure reducer\n4. Watch for thirty minutes",
        "public",
    ),
    Told(
        "不制热，面板显示 E4",
        "开机不制热，面板显示 E4，断电重启无效。",
        "E4 为温度探头断路，探头插头受潮氧化居多。",
        "1. 拔下探头插头，擦净氧化层后插紧\n2. 测量探头阻值，25 ℃ 约 50 kΩ，不符则更换\n3. 仍报 E4 时更换主板，需预约工程师上门",
        ("technical.failure",),
        "No heat, the panel shows E4",
        "## Problem\nNo heat, error E4, restarting does not help.\n\n## Cause\nThe temperature probe is "
        "disconnected.\n\n## Solution\n1. Clean and reseat the plug\n2. About 50 kΩ at 25 °C, else replace the probe\n"
        "3. Still E4: replace the board",
    ),
    Told(
        "运行噪音大",
        "夜间噪音明显，影响休息。",
        "地脚不平、与墙面共振，或风轮积尘失衡。",
        "1. 调平四个地脚，机身离墙 10 厘米\n2. 加装橡胶减震垫\n3. 清洗风轮；仍超过 50 分贝时更换电机",
        ("product.defect",),
    ),
    Told(
        "面板按键失灵",
        "按键时好时坏，要按多次才有反应。",
        "童锁开启、面板沾水，或排线接触不良。",
        "1. 长按「童锁」三秒解锁\n2. 断电擦干面板\n3. 无效时更换面板排线",
        ("technical.use", "product.defect"),
        visibility="public",
    ),
    Told(
        "耗电异常怎么核对",
        "客户反映电费明显增加。",
        "多为长期开启速热或温度设得过高，并非故障。",
        "1. 请客户拍下电表，记录 24 小时用电\n2. 与能效标识对照，超出 20% 以上安排检测\n3. 指导使用节能模式和预约功能",
        ("technical.use",),
    ),
    Told(
        "新机有塑料味",
        "新机使用时有塑料味，客户担心健康。",
        "密封件和滤芯保护膜首次受热挥发。",
        "1. 说明检测报告编号，可发送电子版\n2. 空机运行两次，通风\n3. 一周后仍有异味，办理换机",
        ("product.defect",),
        visibility="public",
    ),
    Told(
        "安装改期怎么处理",
        "约好的安装一再改期，客户请假等待。",
        "师傅排班冲突，改期没有提前告知。",
        "1. 当日由主管致电道歉\n2. 给出两个可选时段并锁定师傅\n3. 上门前一天再次确认\n4. 超过两次改期按规定赠送清洗一次",
        ("service.appointment",),
    ),
    Told(
        "退款进度怎么查",
        "退货后两周仍未到账。",
        "门店已提交，财务待核单据，或原支付渠道退回需要时间。",
        "1. 在订单里查退款单号和状态\n2. 状态为「待核单据」时当日联系门店补齐\n3. 告知客户到账时间：银行卡三个工作日，信用卡七个工作日",
        ("service.refund",),
        "Where is the refund",
        "## Problem\nNo refund two weeks after the return.\n\n## Solution\nLook the refund up; ask the store for missing "
        "papers the same day; tell the customer: three working days to a bank card, seven to a credit card.",
    ),
    Told(
        "发票抬头开错",
        "发票抬头或税号有误。",
        "下单时填写错误或门店录入错误。",
        "1. 电子发票当日红冲重开，不必寄回\n2. 纸质发票由我方承担往返快递费\n3. 重开后发送到客户邮箱并电话告知",
        ("service",),
    ),
    Told(
        "送货少件",
        "送到时缺少配件。",
        "分箱发货漏装，或物流途中遗失。",
        "1. 请客户拍下箱内清单\n2. 当日补发，单号短信告知\n3. 影响安装的配件走同城急送",
        ("product.missing",),
    ),
    Told(
        "滤芯多久更换，怎么买正品",
        "客户咨询滤芯更换周期和购买渠道。",
        "各级滤芯寿命不同，与水质有关。",
        "| 滤芯 | 周期 |\n|---|---|\n| PP 棉 | 6 个月 |\n| 活性炭 | 12 个月 |\n| RO 膜 | 24 个月 |\n\n正品扫码可验，请从门店或官方商城购买。",
        ("technical.use",),
        "When to change the filters",
        "| filter | months |\n|---|---|\n| PP | 6 |\n| carbon | 12 |\n| RO | 24 |\n\nScan the code on the box to see "
        "that it is genuine.",
        "public",
    ),
    Told(
        "上门服务态度投诉怎么安抚",
        "客户投诉师傅态度生硬、现场未清理。",
        "师傅赶单，未按上门规范操作。",
        "1. 先听完，不辩解\n2. 当日由主管回电道歉\n3. 安排清洁回访\n4. 记入师傅服务评价，月度复训",
        ("attitude.rude",),
    ),
)
