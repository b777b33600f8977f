"""What the invented customers say, by topic; blanks are filled with the product."""

from __future__ import annotations

PROBLEMS: dict[str, tuple[tuple[str, str], ...]] = {
    "product": (
        ("{product}漏水", "{product}用了两个月开始漏水，地板泡了一块，晚上也不敢关阀门。"),
        ("{product}不制热", "{product}昨天开始不制热，面板显示 E4，断电重启没有用。"),
        ("{product}噪音大", "{product}运行时噪音很大，夜里影响休息，楼下邻居也来反映。"),
        ("{product}按键失灵", "{product}面板按键时好时坏，要按很多次才有反应。"),
        ("{product}耗电异常", "装了{product}以后每月电费多出近一百元，怀疑机器有问题。"),
        ("{product}异味", "{product}使用时有明显的塑料味，家里有小孩，很担心。"),
    ),
    "process": (
        ("安装改期三次", "约好的安装时间改了三次，每次都是当天才通知，请了两天假在家等。"),
        ("退款迟迟未到", "退货已经两周，门店说已经提交，钱一直没有到账。"),
        ("发票开错", "发票抬头开错，让我自己寄回去，来回半个月还没换好。"),
        ("送货少件", "{product}送到时少了一个配件，说补发，五天没有消息。"),
    ),
    "attitude": (
        ("客服态度差", "打电话咨询时客服很不耐烦，没说完就挂断了。"),
        ("师傅态度生硬", "上门师傅说话生硬，安装完满地灰尘也不清理。"),
        ("门店推诿", "门店说找厂家，厂家说找门店，两边推来推去没人管。"),
    ),
    "need": (
        ("希望增加预约时段", "建议增加周末和晚上的上门时段，上班族平时没有时间。"),
        ("希望有以旧换新", "想换{product}，旧机器不知道怎么处理，希望有以旧换新。"),
        ("咨询滤芯更换", "想了解{product}的滤芯多久换一次，怎么购买正品。"),
        ("说明书看不懂", "{product}的说明书字太小，功能写得不清楚，建议做一个视频。"),
    ),
}
PROBLEM_TYPES: dict[str, str] = {
    "{product}漏水": "product.defect",
    "{product}不制热": "technical.failure",
    "{product}噪音大": "product.defect",
    "{product}按键失灵": "technical.failure",
    "{product}耗电异常": "product.fit",
    "{product}异味": "product.defect",
    "安装改期三次": "service.appointment",
    "退款迟迟未到": "service.refund",
    "发票开错": "service",
    "送货少件": "product.missing",
    "客服态度差": "attitude.rude",
    "师傅态度生硬": "attitude.rude",
    "门店推诿": "attitude",
    "希望增加预约时段": "need.feature",
    "希望有以旧换新": "need.feature",
    "咨询滤芯更换": "technical.use",
    "说明书看不懂": "technical.use",
}
"""The problem type that a case with this title is found to be, by its shipped code."""
PLANS = (
    "工程师上门检测，更换故障部件并试机半小时。",
    "安排师傅重新安装并清理现场，客户在场验收。",
    "核对单据，当日提交财务退款，三个工作日内到账。",
    "更换同型号新机，旧机由物流上门取回。",
    "主管致电道歉并说明改进措施，赠送一次清洗保养。",
)
PRAISE = (
    "安装师傅很专业，讲解得清楚。",
    "机器很好用，静音效果不错。",
    "客服回复快，问题当天就解决了。",
    "门店服务热情，送货也准时。",
    "整体满意，以后还会再来。",
    "性价比高，已经推荐给邻居。",
)
GRUMBLES = (
    "安装等了太久。",
    "噪音比想象的大。",
    "价格偏高，活动说明不清楚。",
    "售后电话不好打通。",
    "师傅没有戴鞋套。",
    "说明书太复杂。",
)
SUGGESTIONS = (
    "希望周末也能上门。",
    "建议推出微信预约。",
    "希望延长保修。",
    "多一些保养提醒。",
    "建议门店配送提供夜间时段。",
)
NEEDS = ("想了解净水器。", "考虑换一台大容量冰箱。", "打算给父母家装空调。", "想预约一次清洗。")
