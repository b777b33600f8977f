"""The shipped scripts (VIS-21): plain words, nobody run down, nothing promised beyond one's competence."""

from __future__ import annotations

from typing import Any


def _say(part: str, zh: str, en: str) -> dict[str, str]:
    return {"part": part, "zh": zh, "en": en}


def _opening(why_zh: str, why_en: str) -> dict[str, str]:
    return _say(
        "opening",
        f"您好，请问是{{customer}}吗？我是客户服务中心的{{agent}}。{why_zh}不是推销，大约需要 3–5 分钟，现在方便吗？",
        f"Hello, am I speaking to {{customer}}? This is {{agent}} of customer service. {why_en} I am not selling"
        " anything; it takes about 3–5 minutes. Is now a good time?",
    )


PROBE = _say(
    "probe",
    "客户回答“一般”“还行”或打 1–2 分时追问：“方便说说具体是哪一点让您不满意吗？什么时候、在哪里发生的？”",
    'After "so-so" or a score of 1–2: "Could you tell me what exactly disappointed you, and when and where?"',
)
OBJECTIONS = (
    _say(
        "objection",
        "“没时间”：“理解，我只问三个是或否的问题，半分钟就好。”",
        '"No time": "I understand. Just three yes-or-no questions, half a minute."',
    ),
    _say(
        "objection",
        "“别再打了”：“抱歉打扰，我马上记下，之后不再为这件事联系您。祝您生活愉快。”",
        '"Do not call again": "I am sorry to have disturbed you. I note it at once and will not call again."',
    ),
    _say(
        "objection",
        "问题超出职责：“这个问题我请专人在约定时间内答复您，不随意承诺。”——按“待答复”登记。",
        'Beyond your competence: "A colleague who knows will answer you by an agreed time." Note it as an owed answer.',
    ),
)
CLOSING = _say(
    "closing",
    "感谢您的时间。您的意见会直接交给负责部门，有结果我们会告诉您。需要帮助请拨打客服热线。再见！",
    "Thank you for your time. Your words go straight to the people in charge and you will hear what came of them. Our"
    " hotline is there for you. Goodbye!",
)

EVERY_TALK: dict[str, Any] = {
    "code": "every_talk",
    "title_zh": "通用话术：录音与拒访",
    "title_en": "Every talk: recording and refusal",
    "blocks": [
        _say(
            "consent",
            "为了提高服务质量，本次通话可以录音吗？录音只用于核对本次回访，最长保存一年，您随时可以要求删除。",
            "May we record this call? The recording only serves to check this visit, is deleted after a year at the"
            " latest, and earlier if you ask for it.",
        ),
        _say(
            "refusal",
            "好的，打扰您了，非常抱歉。如果之后方便，我们再联系您一次；不方便也没关系。祝您生活愉快！",
            "Of course, I am sorry to have disturbed you. We would like to try once more at a better time; if that does"
            " not suit you either, it is quite all right. Have a good day!",
        ),
        _say(
            "goodbye",
            "明白了，抱歉打扰，我马上记下，之后不再就回访联系您。需要帮助时，客服热线随时为您服务。再见！",
            "I understand, and I am sorry to have disturbed you. I note it at once: we will not call you for visits any"
            " more. Our hotline is there whenever you need it. Goodbye!",
        ),
    ],
}

SCRIPTS: tuple[dict[str, Any], ...] = (
    EVERY_TALK,
    {
        "code": "regular",
        "title_zh": "常规回访话术",
        "title_en": "Script for regular visits",
        "blocks": [
            _opening(
                "您最近在我们这里购买了产品，想了解一下使用情况。",
                "You bought from us lately and we would like to know how it goes.",
            ),
            _say(
                "bridge",
                "另外，借这次通话再请教您一两个小问题。",
                "While we are talking, may I ask you one or two more short questions?",
            ),
            PROBE,
            *OBJECTIONS,
            CLOSING,
        ],
    },
    {
        "code": "problem_solved",
        "title_zh": "问题解决回访话术",
        "title_en": "Script after a solved problem",
        "blocks": [
            _opening(
                "您之前反映的问题已经处理，想确认一下是否真正解决了。",
                "You told us about a problem; we want to be sure that it is solved.",
            ),
            _say(
                "bridge",
                "另外，您之前反映的问题，我们也想确认一下处理结果。",
                "While we are talking: we also want to be sure that the problem you told us about is solved.",
            ),
            PROBE,
            *OBJECTIONS,
            CLOSING,
        ],
    },
    {
        "code": "complaint",
        "title_zh": "投诉回访话术",
        "title_en": "Script after a complaint",
        "blocks": [
            _opening(
                "您的投诉已经办结，想听听您对处理速度和结果是否满意。",
                "Your complaint has been closed; we want to hear whether speed and result were right.",
            ),
            _say(
                "bridge",
                "另外，关于您的投诉，我们也想听听您对处理结果的看法。",
                "While we are talking: we also want to hear how you see what came of your complaint.",
            ),
            PROBE,
            *OBJECTIONS,
            CLOSING,
        ],
    },
    {
        "code": "gift_check",
        "title_zh": "礼品核查话术",
        "title_en": "Script for gift checks",
        "blocks": [
            _opening(
                "门店登记您最近领取了一份活动礼品，想跟您核实一下是否收到。",
                "Our store noted that you got a gift in a promotion; we would like to make sure that you have it.",
            ),
            _say(
                "question",
                "先问是否收到，再问是不是那一种、数量够不够。礼品名称、数量和日期见准备卡，由客户自己说，不要提示答案。",
                "Ask first whether it came, then whether it is the right one and all of it. Gift, quantity and day"
                " stand on the preparation card; let the customer say them, do not suggest the answer.",
            ),
            _say(
                "probe",
                "客户说没收到或不一样时追问：“门店当时是怎么说的？您收到的是什么？”不评价门店，不承诺补发时间。",
                'If it did not come or differs: "What did the store tell you, and what did you get?" Do not judge the'
                " store, promise no date.",
            ),
            *OBJECTIONS,
            _say(
                "closing",
                "谢谢您帮我们核实。如有差错，门店会尽快补上，我们会再跟您确认。祝您生活愉快，再见！",
                "Thank you for helping us. If something is missing the store will make it good, and we will ask you"
                " again. Goodbye!",
            ),
        ],
    },
    {
        "code": "gift_mended",
        "title_zh": "礼品补正核实话术",
        "title_en": "Script for asking again about a gift",
        "blocks": [
            _opening(
                "上次您告诉我们活动礼品有差错，门店说已经补上，想跟您确认一下。",
                "You told us that something was wrong with your gift; the store says it has been put right.",
            ),
            PROBE,
            *OBJECTIONS,
            _say(
                "closing",
                "谢谢您，给您添麻烦了。如果还没解决，我马上退回门店继续跟进。再见！",
                "Thank you, and sorry for the trouble. If it is not settled I send it back to the store at"
                " once. Goodbye!",
            ),
        ],
    },
    {
        "code": "demand",
        "title_zh": "需求回访话术",
        "title_en": "Script for visits on demand",
        "blocks": [
            _opening(
                "我们的门店和部门想听听您的真实想法，有一两个问题请教您。",
                "Our stores and departments would like to hear what you think; there are one or two questions.",
            ),
            _say(
                "question",
                "按需求单的顺序逐条提问，照客户的原话记录；客户说不清时请他举一个例子。",
                "Ask the questions of the demand form in their order and note the customer's own words; ask for an"
                " example where the answer is vague.",
            ),
            PROBE,
            *OBJECTIONS,
            CLOSING,
        ],
    },
)
