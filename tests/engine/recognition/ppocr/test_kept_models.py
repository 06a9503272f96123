from ocrdesk.engine.recognition.ppocr.kept_models import KeptModels


def test_what_is_kept_is_had_again_by_its_name(tmp_path):
    kept = KeptModels(tmp_path / "models", "one")
    assert kept.get("a") is None
    kept.keep("a", b"first")
    kept.keep("b", b"second")
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (b"first", b"second", None)
    assert KeptModels(tmp_path / "models", "one").get("a") == b"first"


def test_what_another_maker_made_is_not_taken_and_goes(tmp_path):
    KeptModels(tmp_path, "old").keep("a", b"old")
    (tmp_path / "notes.txt").write_text("mine")
    kept = KeptModels(tmp_path, "new")
    assert kept.get("a") is None
    kept.keep("a", b"new")
    assert kept.get("a") == b"new"
    assert len(list(tmp_path.glob("*.model"))) == 1
    assert (tmp_path / "notes.txt").exists()


def test_a_damaged_model_is_none(tmp_path):
    kept = KeptModels(tmp_path, "one")
    kept.keep("a", b"a model")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for damaged in (whole[:-1], whole + b"x", whole[:-1] + b"?", b"", bytes(64)):
        file.write_bytes(damaged)
        assert kept.get("a") is None
    file.write_bytes(whole)
    assert kept.get("a") == b"a model"


def test_without_a_folder_or_where_none_can_be_made_nothing_is_kept(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for folder in (None, tmp_path / "file" / "models"):
        kept = KeptModels(folder, "one")
        kept.keep("a", b"a model")
        assert kept.get("a") is None
