import pytest

from pminusy.web.settings import Settings


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("10.1.2.3", False)]
)
def test_only_a_loopback_address_is_local(host, local):
    assert Settings(host=host).is_local is local


def test_the_names_of_a_server_are_its_address_the_loopback_ones_and_those_given():
    settings = Settings(host="10.1.2.3", allowed_hosts=("Proofs.Example.org",))
    assert settings.hosts == {"10.1.2.3", "127.0.0.1", "localhost", "::1", "proofs.example.org"}
