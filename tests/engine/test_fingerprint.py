import hashlib
import os
import sys
import threading
import time

import pytest

from ocrdesk.engine import fingerprint
from ocrdesk.engine.fingerprint import BYTES, FileState, Fingerprints


@pytest.fixture
def digests(monkeypatch):
    """How often a file was read."""
    digest, names = hashlib.file_digest, []

    def counted(file, algorithm):
        names.append(os.path.basename(file.name))
        return digest(file, algorithm)

    monkeypatch.setattr(hashlib, "file_digest", counted)
    return names


def put(path, content=b"content", modified=5):
    path.write_bytes(content)
    os.utime(path, ns=(modified, modified))
    return path


def test_a_fingerprint_tells_what_is_in_a_file_and_not_where_it_is(scans):
    fingerprints = Fingerprints()
    one = fingerprints.of(put(scans / "1.png"))
    assert one == hashlib.blake2b(b"content", digest_size=16).digest()
    assert len(one) == BYTES == 16
    assert fingerprints.of(put(scans / "发票.png", modified=7)) == one
    assert Fingerprints().of(scans / "1.png") == one
    assert fingerprints.of(put(scans / "2.png", b"Content")) != one
    assert fingerprints.of(put(scans / "3.png", b"")) not in (one, None)


def test_a_file_is_read_once_while_it_does_not_change(scans, digests):
    fingerprints = Fingerprints()
    path = put(scans / "1.pdf")
    assert fingerprints.of(path) == fingerprints.of(path)
    assert digests == ["1.pdf"]


@pytest.mark.parametrize(("content", "modified"), [(b"CONTENT", 6), (b"longer content", 5)])
def test_a_changed_file_is_read_again(scans, digests, content, modified):
    fingerprints = Fingerprints()
    before = fingerprints.of(put(scans / "1.png"))
    assert fingerprints.of(put(scans / "1.png", content, modified)) != before
    assert digests == ["1.png", "1.png"]


def test_only_the_files_asked_for_last_are_remembered(scans, digests, monkeypatch):
    monkeypatch.setattr(fingerprint, "_KEPT", 2)
    fingerprints = Fingerprints()
    for name in ("1", "2", "3"):
        put(scans / name)
    for name in ("1", "2", "1", "3", "1", "2"):
        fingerprints.of(scans / name)
    assert digests == ["1", "2", "3", "2"]


def test_what_cannot_be_read_has_no_fingerprint(scans, monkeypatch):
    fingerprints = Fingerprints()
    assert fingerprints.of(scans / "gone.png") is None
    assert fingerprints.of(scans) is None
    path = put(scans / "1.png")

    def refuse(*_):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(hashlib, "file_digest", refuse)
        assert fingerprints.of(path) is None
    assert fingerprints.of(path) is not None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems forbid such files")
@pytest.mark.timeout(10)
def test_a_pipe_has_no_fingerprint_and_is_not_waited_for(scans):
    os.mkfifo(scans / "pipe.png")
    assert Fingerprints().of(scans / "pipe.png") is None


def test_a_file_that_is_being_written_has_none_until_it_is_complete(scans, monkeypatch):
    fingerprints = Fingerprints()
    path = put(scans / "1.png")
    digest = hashlib.file_digest

    def written_meanwhile(file, algorithm):
        half = digest(file, algorithm)
        put(path, b"content and more", modified=9)
        return half

    with monkeypatch.context() as patched:
        patched.setattr(hashlib, "file_digest", written_meanwhile)
        assert fingerprints.of(path) is None
    assert fingerprints.of(path) == hashlib.blake2b(b"content and more", digest_size=16).digest()


# A file that is looked at, read, and looked at again


def replaced(path, content, modified=5):
    """Another file of that name."""
    return put(path.with_suffix(".new"), content, modified).replace(path)


def test_a_file_is_unchanged_while_nobody_touches_it(scans):
    fingerprints = Fingerprints()
    path = put(scans / "1.png")
    seen = fingerprints.look(path)
    assert (seen.content, seen.is_fresh) == (fingerprints.of(path), False)
    assert fingerprints.is_unchanged(path, seen)


@pytest.mark.parametrize(
    "change",
    [
        lambda path: put(path, b"CONTENT", 6),
        lambda path: put(path, b"longer content", 5),
        lambda path: path.unlink(),
        pytest.param(lambda path: replaced(path, b"CONTENT"), id="another file of the same size and time"),
    ],
)
def test_a_file_that_was_changed_or_replaced_is_not_unchanged(scans, change):
    fingerprints = Fingerprints()
    path = put(scans / "1.png")
    seen = fingerprints.look(path)
    change(path)
    assert not fingerprints.is_unchanged(path, seen)
    assert fingerprints.of(path) != seen.content


def test_a_fresh_file_is_compared_by_its_content_because_its_times_may_stay_the_same(scans, monkeypatch):
    """Two changes within one tick of the file system's clock."""
    monkeypatch.setattr(fingerprint, "state_of", lambda status: FileState(status.st_size, 7, 7, 7, 7))
    monkeypatch.setattr(time, "time_ns", lambda: 8)
    fingerprints = Fingerprints()
    path = put(scans / "1.png")
    seen = fingerprints.look(path)
    assert seen.is_fresh
    assert fingerprints.is_unchanged(path, seen)
    put(path, b"CONTENT")
    assert not fingerprints.is_unchanged(path, seen)
    assert fingerprints.of(path) == hashlib.blake2b(b"CONTENT", digest_size=16).digest()


@pytest.mark.parametrize("obstacle", [lambda path: None, lambda path: path.mkdir()], ids=["gone", "folder"])
def test_what_cannot_be_read_is_unchanged_until_it_can(scans, obstacle):
    fingerprints = Fingerprints()
    path = scans / "1.png"
    obstacle(path)
    seen = fingerprints.look(path)
    assert seen.content is None
    assert fingerprints.is_unchanged(path, seen)
    if path.exists():
        path.rmdir()
    put(path)
    assert not fingerprints.is_unchanged(path, seen)


def test_many_threads_can_ask(scans, monkeypatch):
    monkeypatch.setattr(fingerprint, "_KEPT", 2)
    fingerprints = Fingerprints()
    paths = [put(scans / str(number), str(number).encode()) for number in range(4)]
    found = []

    def ask():
        for _ in range(50):
            found.extend((path.name, fingerprints.of(path)) for path in paths)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 800
    assert set(found) == {(str(n), hashlib.blake2b(str(n).encode(), digest_size=16).digest()) for n in range(4)}
