"""What a text sounds like, by its words with their negation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.rules.emotion import ANGRY, felt


@pytest.mark.parametrize(
    ("text", "emotion", "words"),
    [
        ("气死我了,你们都是骗子", "angry", ("气死", "骗子")),
        ("我很不满意", "dissatisfied", ("不满意",)),
        ("谈不上满意", "dissatisfied", ("谈不上满意",)),
        ("师傅不太专业", "dissatisfied", ("不太专业",)),
        ("服务很好,师傅很专业", "satisfied", ("很好", "专业")),
        ("没有生气,只是问问", "", ()),
        ("不是骗子", "", ()),
        ("并没有人管这件事", "dissatisfied", ("没有人管",)),
        ("冰箱不制冷", "", ()),
        ("", "", ()),
        ("I am FURIOUS, this is a scam", "angry", ("furious", "scam")),
        ("It is not good at all", "dissatisfied", ("not good",)),
        ("I'm not angry", "", ()),
        ("I don’t feel happy", "dissatisfied", ("don't feel happy",)),
        ("The engineer was very helpful", "satisfied", ("helpful",)),
        ("issued an invoice", "", ()),
        ("ａｎｇｒｙ", "angry", ("angry",)),
    ],
)
def test_words_and_their_negation_decide(text: str, emotion: str, words: tuple[str, ...]) -> None:
    heard = felt(text)
    assert (heard.emotion, heard.words) == (emotion, words)


@given(st.text(max_size=300), st.sampled_from(ANGRY))
def test_an_angry_word_alone_in_its_sentence_is_always_heard(text: str, word: str) -> None:
    assert felt(f"{text}。 {word} ").emotion == "angry"
    assert len(felt(text * 3).words) <= 5
