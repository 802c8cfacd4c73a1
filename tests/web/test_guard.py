"""Who else might ask: other websites, other programs, the same address later. Nothing is done for them."""

from __future__ import annotations

import http.client
from pathlib import Path

import pytest
from serving import Served, start, stop


def ask(served: Served, path: str, method: str = "GET", body: bytes = b"", **heads: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(served.host, timeout=20)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in heads.items()})
    answer = connection.getresponse()
    words = answer.read().decode()
    connection.close()
    return answer.status, words


@pytest.fixture
def key(served: Served) -> str:
    """«/KEY/», as the address that works once leads to it."""
    connection = http.client.HTTPConnection(served.host, timeout=20)
    connection.request("GET", "/open/" + served.once.rpartition("/")[2])
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return str(answer.getheader("location"))


def test_the_first_address_works_once(served: Served, key: str) -> None:
    assert ask(served, key)[0] == 200
    status, words = ask(served, "/open/" + served.once.rpartition("/")[2])
    assert status == 404 and "这个地址已经失效" in words


def test_without_the_key_there_is_nothing(served: Served, key: str) -> None:
    for path in ("/", "/u/1", f"{key[:-3]}xx/", "/page.css", "/../etc/passwd"):
        assert ask(served, path)[0] == 404


def test_a_foreign_website_gets_nothing(served: Served, key: str) -> None:
    assert ask(served, key, Host="evil.test") == (403, "不是从本页发出的请求，没有执行。")
    for origin in ("http://evil.test", "null", f"https://{served.host}"):
        status, _ = ask(served, f"{key}new", "POST", b"what=blank&pack=project-performance", Origin=origin)
        assert status == 403
    assert ask(served, f"{key}new", "POST", b"what=blank&pack=project-performance")[0] == 403
    assert [one.name for one in served.folder.iterdir() if not one.name.startswith(".")] == []


@pytest.mark.parametrize("path", ["file/1", "file/../../etc/passwd", "u/1", "u/1/fig/p1", "job/1", "u/%2e%2e/input"])
def test_what_is_not_on_the_list_is_not_there(path: str, served: Served, key: str) -> None:
    assert ask(served, key + path)[0] == 404


def test_too_much_is_refused_before_it_is_read(served: Served, key: str) -> None:
    origin = f"http://{served.host}"
    status, words = ask(served, f"{key}new", "POST", b"", Origin=origin, Content_Length=str(1 << 30))
    assert status == 413 and "超过 100 MB" in words


def test_every_answer_forbids_what_it_does_not_need(served: Served, key: str) -> None:
    for path in (key, f"{key}page.css", f"{key}none", "/"):
        connection = http.client.HTTPConnection(served.host, timeout=20)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        policy = str(answer.getheader("content-security-policy"))
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert answer.getheader("x-content-type-options") == "nosniff"
        connection.close()


def test_a_second_start_finds_the_first(served: Served, key: str) -> None:
    second = start(served.folder)
    assert second.process.wait(30) == 0
    assert second.process.stdout is not None
    assert "页面已经开着" in second.process.stdout.read()
    second.process.stdout.close()
    assert second.host == served.host
    assert ask(second, "/open/" + second.once.rpartition("/")[2])[0] == 303


def test_nothing_of_the_page_stays_behind(tmp_path: Path) -> None:
    running = start(tmp_path)
    stop(running)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
