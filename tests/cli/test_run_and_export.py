from fakes import draw_pages


def test_a_run_exports_what_was_read(terminal, scans, tmp_path):
    draw_pages(scans, 2)
    status, records = terminal.run(scans, "--format", "txt", "--out", tmp_path / "out")
    assert (status, len(records)) == (0, 2)
    assert (tmp_path / "out" / "2.png.txt").read_text() == "width 21\n"
    assert "2 files written" in terminal.err


def test_a_run_exports_only_the_pages_it_was_given(terminal, scans, tmp_path):
    draw_pages(scans, 2)
    terminal.run(scans)
    status, _ = terminal.run(scans / "1.png", "--format", "txt", "--out", tmp_path / "out")
    assert status == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["1.png.txt"]


def test_files_that_exist_are_kept_and_the_pages_are_read_all_the_same(terminal, scans, tmp_path):
    draw_pages(scans, 1)
    out = tmp_path / "out"
    out.mkdir()
    (out / "1.png.txt").write_text("mine")
    status, records = terminal.run(scans, "--format", "txt", "--out", out)
    assert (status, len(records)) == (2, 1)
    assert "exists already" in terminal.err
    status, _ = terminal.run(scans, "--format", "txt", "--out", out, "--existing", "replace")
    assert status == 0
    assert (out / "1.png.txt").read_text() == "width 20\n"


def test_bad_choices_are_refused_before_anything_is_read(terminal, scans, tmp_path):
    draw_pages(scans, 1)
    for words in (
        ["--format", "txt"],
        ["--out", tmp_path / "out"],
        ["--per", "batch"],
        ["--format", "txt", "--out", tmp_path / "out", "--template", "{author}"],
    ):
        status, records = terminal.run(scans, *words)
        assert (status, records) == (2, [])
    assert not terminal.maker.made
