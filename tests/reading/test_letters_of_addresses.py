"""Addresses with letters of every script (RFC 6531) are read whole, in one spelling, or not at all."""

import unicodedata

import pytest

from bot.domain.facts import FactState
from bot.domain.reading import BROKEN_EMAIL, contact_words, find_private
from bot.domain.reading.email_addresses import find_emails

WHOLE = (
    "jürgen@example.com", "peña@example.es", "zoe@müller.example", "søren.ågård@straße.example", "иван@почта.рф",
    "δοκιμή@παράδειγμα.ελ", "用户@例子.广告", "山田@example.co.jp", "ñ@example.es", "o'órla+ü@example.ie",
    "राम@उदाहरण.भारत", "zoe@büro.vermögensberatung",
)  # fmt: skip
CONTEXTS = (
    "{}", "email: {}", "Write to {}.", "Mail:{}", "name: Zoë\nemail: {}\nYes", "({})", "„{}“", "{}, please",
    "我的邮箱： {}。",
)  # fmt: skip


@pytest.mark.parametrize("address", WHOLE)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_address_is_read_whole_wherever_it_stands(address: str, form: str) -> None:
    for context in CONTEXTS:
        written = unicodedata.normalize(form, address)
        text = context.format(written)

        assert [(text[one.start : one.end], one.value) for one in find_emails(text)] == [
            (written, address)
        ], text
        assert written in contact_words(text), text
        hidden = find_private(text)
        assert any(text[one.start : one.end] == written and one.value == address for one in hidden), text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("我的邮箱是zeb@kelpworks.com，谢谢", "zeb@kelpworks.com"),
        ("我的QQ邮箱是123456@kelpworks.com", "123456@kelpworks.com"),
        ("メールはyamada@kelpworks.co.jpです", "yamada@kelpworks.co.jp"),
        ("이메일은 minji@kelpworks.com입니다", "minji@kelpworks.com"),
        ("연락처：zeb＠kelpworks.com", "zeb@kelpworks.com"),
        ("✉️zeb@kelpworks.com", "zeb@kelpworks.com"),
        ("email: 用户1@kelpworks.com", "用户1@kelpworks.com"),
        ("Jürgen punkt Müller ät kelp bindestrich works punkt de", "jürgen.müller@kelp-works.de"),
        ("peña punto lópez arroba ejemplo punto mx", "peña.lópez@ejemplo.mx"),
    ],
)
def test_words_beside_an_address_are_no_part_of_it(text: str, address: str) -> None:
    assert [one.value for one in find_emails(text)] == [address]


@pytest.mark.parametrize(
    "text",
    [
        "用户1@kelpworks.com", "张伟zhang@kelpworks.com", "我的邮箱是用户@例子.广告", "почтаzoe@kelpworks.com",
        "ל-zoe@kelpworks.com", "zoe@kelpworks.comили", "zoe@kelpworks.com.Спасибо", "山田.taro@kelpworks.co.jp",
    ],
)  # fmt: skip
def test_where_an_address_begins_or_ends_is_never_guessed(text: str, facts) -> None:
    assert find_emails(text) == []
    assert contact_words(text) == (text,)
    unclear = facts(text, "email")["email"]
    assert (unclear.state, unclear.extractor, unclear.text) == (FactState.UNCLEAR, BROKEN_EMAIL, text)


@pytest.mark.parametrize(
    "written", ["zoe@xn--mller-kva.example", "Zoe@MÜLLER.example", "zoe@mu\u0308ller.example"]
)
def test_both_spellings_of_a_domain_are_one_address(written: str) -> None:
    assert [one.value for one in find_emails(f"Write to {written} please")] == ["zoe@müller.example"]
