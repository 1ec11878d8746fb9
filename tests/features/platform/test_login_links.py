from datetime import timedelta

import pytest

from bywhen.platform.login_links import LIFETIME, login_link_make, login_link_use
from bywhen.platform.models import LoginLink

pytestmark = pytest.mark.django_db


def test_a_link_lets_in_once(client):
    token = login_link_make()
    assert client.get(f"/enter/?token={token}").status_code == 302
    client.logout()
    assert client.get(f"/enter/?token={token}").status_code == 403


def test_a_wrong_or_old_link_does_not_let_in(client):
    token = login_link_make()
    assert not login_link_use(token + "x")
    LoginLink.objects.update(expires_at=LoginLink.objects.get().expires_at - LIFETIME - timedelta(seconds=1))
    assert client.get(f"/enter/?token={token}").status_code == 403


def test_only_a_hash_of_the_token_is_kept():
    token = login_link_make()
    assert token not in str(LoginLink.objects.values())
