import pytest
from django.utils.translation import override

from pamong.common.devices import device

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/138.0.0.0 Safari/537.36", "Chrome di Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/138.0.0.0 Safari/537.36 Edg/138.0", "Edge di Windows"),
        (f"Mozilla/5.0 (Linux; Android 14; SM-A155F) {WEBKIT} SamsungBrowser/27 Chrome/125 Mobile", "Samsung Internet di Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari di iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox di Linux"),
        ("curl/8.5", "Peramban tak dikenal (curl/8.5)"),
        ("", "Peramban tak dikenal"),
    ],
)  # fmt: skip
def test_a_browser_is_named_as_its_owner_knows_it(user_agent: str, said: str) -> None:
    with override("id"):
        assert device(user_agent) == said


def test_it_is_named_in_english_too() -> None:
    with override("en"):
        assert device("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/18 Safari/605") == "Safari on Mac"
