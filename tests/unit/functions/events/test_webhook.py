"""Standard Webhooks: messages signed, and signatures checked."""

from __future__ import annotations

import pytest

from shared.errors import BadInput, Permanent
from shared.standard_webhooks import ID, SIGNATURE, TIMESTAMP, TOLERANCE, post, signature_headers, verify
from tests.support.fakes import FakeWeb, page

OLD, NEW = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_" + "QUJD" * 10
BODY = b'{"test": 2432232314}'
AT = 1614265330.0


def test_the_specifications_own_example() -> None:
    """As every library of the standard has it in its tests."""
    assert signature_headers(OLD, "msg_p5jXN8AQM9LWM0D4loKWxJek", AT + 0.9, BODY) == {
        ID: "msg_p5jXN8AQM9LWM0D4loKWxJek",
        TIMESTAMP: "1614265330",
        SIGNATURE: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.mark.parametrize("secret", [OLD, NEW, f"{NEW},{OLD}", f" {OLD} {NEW} "])
@pytest.mark.parametrize("known", [OLD, f"{NEW}, {OLD}"])
def test_while_a_key_is_changed_either_side_may_be_first(secret: str, known: str) -> None:
    headers = signature_headers(secret, "m1", AT, BODY)
    assert len(headers[SIGNATURE].split()) == len(secret.replace(",", " ").split())
    if secret == NEW and known == OLD:
        with pytest.raises(Permanent):
            verify(known, headers, BODY, now=AT)
    else:
        assert verify(known, headers, BODY, now=AT + TOLERANCE - 1) == "m1"


@pytest.mark.parametrize(
    "change",
    [
        {ID: "m2"}, {ID: ""}, {TIMESTAMP: str(int(AT) + 1)}, {TIMESTAMP: ""}, {TIMESTAMP: "٣"}, {TIMESTAMP: "9" * 5000},
        {SIGNATURE: ""}, {SIGNATURE: "v1"}, {SIGNATURE: "v1,"}, {SIGNATURE: "v1,ü"}, {SIGNATURE: "v1a,{0}"}, {SIGNATURE: "{0}"},
    ],
)  # fmt: skip
def test_what_was_not_signed_like_this_is_refused(change: dict[str, str]) -> None:
    headers = signature_headers(OLD, "m1", AT, BODY)
    signature = headers[SIGNATURE].partition(",")[2]
    headers |= {name: value.replace("{0}", signature) for name, value in change.items()}
    with pytest.raises(Permanent) as refused:
        verify(OLD, headers, BODY, now=AT)
    assert refused.value.code == "webhook_unverified"


def test_another_body_and_another_time_are_refused() -> None:
    headers = signature_headers(OLD, "m1", AT, BODY)
    with pytest.raises(Permanent):
        verify(OLD, headers, BODY + b" ", now=AT)
    for now in (AT - TOLERANCE - 1, AT + TOLERANCE + 1):
        with pytest.raises(Permanent):
            verify(OLD, headers, BODY, now=now)


def test_without_a_key_a_message_goes_unsigned_and_nothing_verifies() -> None:
    headers = signature_headers("", "m1", AT, BODY)
    assert set(headers) == {ID, TIMESTAMP}
    for secret in ("", OLD):
        with pytest.raises(Permanent):
            verify(secret, {**headers, SIGNATURE: "v1,"}, BODY, now=AT)


@pytest.mark.parametrize("secret", ["whsec_==", "whsec_QUJD", "whsec_%%%%", "a plain word", f"{OLD} x", "ü" * 40])
def test_a_key_that_is_none_says_so(secret: str) -> None:
    with pytest.raises(BadInput) as refused:
        signature_headers(secret, "m1", AT, BODY)
    assert refused.value.code == "bad_setting"
    assert secret not in refused.value.message


async def test_a_message_is_posted_to_a_trusted_address() -> None:
    web = FakeWeb({"http://10.0.0.7/hook": page("http://10.0.0.7/hook", status=204)})
    answer = await post(web, "http://10.0.0.7/hook", OLD, "m1", BODY, now=AT)
    assert answer.status == 204
    ((_, sent),) = web.calls
    assert (sent["method"], sent["content"], sent["trusted"]) == ("POST", BODY, True)
    assert sent["headers"]["content-type"] == "application/json"
    assert verify(OLD, sent["headers"], sent["content"], now=AT) == "m1"
