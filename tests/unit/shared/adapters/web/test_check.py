from __future__ import annotations

import pytest

from shared.adapters.web.guarded_client import GuardedWeb
from shared.errors import BadInput


def test_check_answers_the_canonical_url_and_knows_the_exempt_hosts() -> None:
    web = GuardedWeb(("127.0.0.1:8080",))
    assert web.check("HTTP://127.0.0.1:8080/a#part") == "http://127.0.0.1:8080/a"
    with pytest.raises(BadInput) as caught:
        web.check("http://127.0.0.1:8081/")
    assert caught.value.code == "url_forbidden"
