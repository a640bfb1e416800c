"""What a signed token proves, and everything that proves nothing."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identity import (
    IdentityExpiredError,
    IdentityRefusedError,
    Vouched,
    read_token,
    subject_keys,
)
from tests.identity.tokens import NEXT_SECRET, SECRET, claims_for, encoded, packed, signed

NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


def read(token: str, *, secrets: tuple[str, ...] = (SECRET,), now: datetime = NOW) -> Vouched:
    return read_token(token, secrets=[one.encode() for one in secrets], audience="harbour", now=now)


def seconds(**ahead: float) -> int:
    return int((NOW + timedelta(**ahead)).timestamp())


def test_a_token_of_the_site_says_who_the_visitor_is() -> None:
    vouched = read(signed(claims_for(now=NOW, email="Ada@Harbour.Example", name="ignored")))

    assert (vouched.subject, vouched.email) == ("customer-7", "ada@harbour.example")
    assert "ada@" not in repr(vouched)


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"aud": "another-site"}, "for another site"),
        ({"aud": None}, "for another site"),
        ({"aud": ["another", "third"]}, "for another site"),
        ({"sub": None}, "`sub` must be text"),
        ({"sub": ""}, "`sub` must be text"),
        ({"sub": " "}, "`sub` must be text"),
        ({"sub": ["customer-7"]}, "`sub` must be text"),
        ({"sub": 7}, "`sub` must be text"),
        ({"sub": "x" * 201}, "`sub` must be text"),
        ({"exp": None}, "must say when it ends"),
        ({"exp": "soon"}, "must be a number of seconds"),
        ({"exp": True}, "must be a number of seconds"),
        ({"exp": 1e300}, "must be a number of seconds"),
        ({"exp": seconds(hours=2)}, "lives too long"),
        ({"nbf": seconds(minutes=5)}, "from the future"),
        ({"iat": seconds(minutes=5)}, "from the future"),
        ({"email": "ada at harbour"}, "`email` must be an e-mail address"),
        ({"email": ["ada@harbour.example"]}, "`email` must be an e-mail address"),
    ],
)
def test_claims_that_do_not_hold_prove_nothing(claims: dict[str, Any], why: str) -> None:
    with pytest.raises(IdentityRefusedError, match=why):
        read(signed(claims_for(now=NOW, **claims)))


@pytest.mark.parametrize(
    "alg", ["none", "None", "NONE", "", "HS384", "HS512", "RS256", "hs256", None, 5, ["HS256"]]
)
def test_no_algorithm_but_ours_is_taken_whatever_the_token_says(alg: Any) -> None:
    claims = claims_for(now=NOW)

    for token in (signed(claims, header={"alg": alg}), f"{encoded({'alg': alg})}.{encoded(claims)}."):
        with pytest.raises(IdentityRefusedError):
            read(token)


def test_a_signature_of_anybody_else_or_of_other_words_proves_nothing() -> None:
    good = signed(claims_for(now=NOW))
    head, payload, signature = good.split(".")
    other = encoded(claims_for("customer-8", now=NOW))
    longer = packed(hmac.new(SECRET.encode(), f"{head}.{payload}".encode(), hashlib.sha512).digest())

    for token in (
        signed(claims_for(now=NOW), secret=NEXT_SECRET),
        signed(claims_for(now=NOW), secret=""),
        f"{head}.{other}.{signature}",
        f"{head}.{payload}.{signature[:-4]}",
        f"{head}.{payload}.{longer}",
    ):
        with pytest.raises(IdentityRefusedError, match="not signed with"):
            read(token)


def test_a_token_ends_when_it_says_but_for_the_skew_of_clocks() -> None:
    token = signed(claims_for(now=NOW, exp=seconds(minutes=30), iat=seconds(seconds=30)))

    assert read(token, now=NOW + timedelta(minutes=30, seconds=59)).subject == "customer-7"
    with pytest.raises(IdentityExpiredError, match="sign a new one"):
        read(token, now=NOW + timedelta(minutes=31))


def test_an_address_that_the_site_says_is_unverified_is_left_aside() -> None:
    token = signed(claims_for(now=NOW, email="ada@harbour.example", email_verified=False))

    assert read(token).email is None


def test_both_secrets_count_while_a_site_changes_over_and_name_the_same_customer() -> None:
    secrets = (NEXT_SECRET, SECRET)
    old, new = (
        read(signed(claims_for(now=NOW), secret=one), secrets=secrets) for one in (SECRET, NEXT_SECRET)
    )
    before = subject_keys(old, secrets=[SECRET.encode()], site_id="harbour")

    assert set(before) < set(subject_keys(new, secrets=[one.encode() for one in secrets], site_id="harbour"))


def test_a_site_without_a_secret_takes_no_token() -> None:
    with pytest.raises(IdentityRefusedError, match=r"identity\.secret"):
        read(signed(claims_for(now=NOW), secret=""), secrets=())


def test_what_is_kept_of_a_subject_differs_by_site_and_does_not_hold_it() -> None:
    vouched = read(signed(claims_for("ada@harbour.example", now=NOW)))
    (one,), (other,) = (subject_keys(vouched, secrets=[SECRET.encode()], site_id=site) for site in ("a", "b"))

    assert one != other
    assert "ada" not in one


@given(st.one_of(st.text(max_size=200), st.from_regex(r"[\w-]{0,30}\.[\w-]{0,30}\.[\w-]{0,30}")))
def test_no_text_at_all_is_taken_for_a_token(text: str) -> None:
    with pytest.raises(IdentityRefusedError):
        read(text)


def test_deep_and_long_tokens_are_refused_like_any_other() -> None:
    nested = packed(b"[" * 2_500)

    for token in (f"{nested}.{nested}.{nested}", signed(claims_for("x" * 9_000, now=NOW))):
        with pytest.raises(IdentityRefusedError):
            read(token)
