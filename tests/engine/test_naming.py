import os
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from ocrdesk.engine.errors import BadTemplate
from ocrdesk.engine.naming import MIRRORED, Named, Naming, name_for_file, named

OUT = Path("/out")


def naming(template: str = MIRRORED, suffix: str = ".txt", folder: Path = OUT) -> Naming:
    return Naming(folder, template, suffix, date(2031, 2, 3))


def page(path: str, frame: int = 0, *, several: bool = False, index: int = 1, batch: str = "scans") -> Named:
    return Named(PurePosixPath(path), frame, several, index, batch)


def name_of(path: str, template: str = MIRRORED, **known) -> str:
    return naming(template).path_of(page(path, **known)).relative_to(OUT).as_posix()


# Templates


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("", None),
        (MIRRORED, "in/v1.2/a.b.jpg.txt"),
        ("{relpath}", "in/v1.2/a.b.jpg.txt"),
        ("{stem}", "a.b.txt"),
        ("{ext}/{stem}", "jpg/a.b.txt"),
        ("{batch} {index:04}", "my scans 0007.txt"),
        ("{date}_{page:03}", "2031-02-03_003.txt"),
        (r"{folder}\{stem}", "in/v1.2/a.b.txt"),
        ("{{{stem}}}", "{a.b}.txt"),
    ],
)
def test_a_template_is_filled_in(template, name):
    if name is None:
        with pytest.raises(BadTemplate, match="empty"):
            naming(template)
    else:
        assert name_of("in/v1.2/a.b.jpg", template, frame=2, index=7, batch="my scans") == name


@pytest.mark.parametrize("template", ["{author}", "{0}", "{}", "{stem.upper}", "{stem[0]}"])
def test_an_unknown_field_is_named_with_those_there_are(template):
    with pytest.raises(BadTemplate, match=r"There is no .*\{stem\} \{name\} \{ext\}"):
        naming(template)


@pytest.mark.parametrize(
    "template", ["{stem", "stem}", "{stem:04d}", "{index:x y}", "{stem!q}", "{index:{ext}}", "{page:9999999999}"]
)
def test_a_template_that_cannot_be_followed_says_so(template):
    with pytest.raises(BadTemplate, match="not a template for names"):
        naming(template)


# Never the same


def test_pictures_of_the_same_name_and_other_kind_do_not_meet():
    assert {name_of("a.jpg"), name_of("a.png")} == {"a.jpg.txt", "a.png.txt"}


def test_pages_of_one_file_get_their_number_unless_the_template_gives_it():
    assert name_of("a.pdf", frame=2, several=True) == "a.pdf-p003.txt"
    assert name_of("a.pdf", "{stem}_{page}", frame=2, several=True) == "a_3.txt"
    assert name_of("a.pdf", "{index}", frame=2, several=True, index=9) == "9.txt"


def test_whether_a_file_has_several_pages_is_seen_in_what_people_see():
    path = PurePosixPath("in/a.pdf")
    assert named(path, 0, "in/a.pdf · 1", 1, "b").is_one_of_several
    assert not named(path, 0, "in/a.pdf", 1, "b").is_one_of_several
    assert not named(PurePosixPath("scan · 1"), 0, "scan · 1", 1, "b").is_one_of_several


def test_names_that_meet_are_numbered_whatever_their_case_and_their_accents():
    names = naming("{stem}")
    paths = ["a/x.jpg", "b/X.jpg", "c/x.png", "d/é.jpg", "e/e\u0301.jpg"]
    made = [names.path_of(page(path)).name for path in paths]
    assert made == ["x.txt", "X (2).txt", "x (3).txt", "é.txt", "e\u0301 (2).txt"]


def test_a_path_that_is_not_free_is_numbered():
    taken = {OUT / "a.jpg.txt", OUT / "a.jpg (2).txt"}
    assert naming().path_of(page("a.jpg"), lambda path: path not in taken).name == "a.jpg (3).txt"


# Never outside


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("../../etc/passwd", MIRRORED),
        ("..", "{name}"),
        ("/etc/cron.d/x", MIRRORED),
        ("a.jpg", "../{stem}"),
        ("a.jpg", "/tmp/{stem}"),
        ("a.jpg", r"C:\{stem}"),
        ("a.jpg", r"\\server\share\{stem}"),
        ("C:/x/a.jpg", "{relpath}"),
        ("a.jpg", "{stem}/../../{stem}"),
        ("a.jpg", "~/{stem}"),
        ("...", "{stem}"),
    ],
)
def test_no_name_leads_out_of_the_folder(path, template):
    made = naming(template).path_of(page(path))
    assert Path(os.path.normpath(made)) == made
    assert made.is_relative_to(OUT)
    assert made != OUT
    assert ":" not in str(made)


def test_a_batch_of_an_odd_name_makes_no_folders():
    assert name_of("a.jpg", "{batch}", batch="../b/c") == ".._b_c.txt"


def test_a_file_from_elsewhere_keeps_its_last_folder():
    assert name_of("/mnt/usb/receipts/a.jpg") == "receipts/a.jpg.txt"


# What every system takes


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("nul", "_nul.txt"),
        ("CON", "_CON.txt"),
        ("nul.txt", "_nul.txt.txt"),
        ("com1/a.jpg", "_com1/a.jpg.txt"),
        ("LPT¹.x", "_LPT¹.x.txt"),
        ("console.jpg", "console.jpg.txt"),
        ("what?.jpg", "what_.jpg.txt"),
        ('a<b>c"d|e*f:g.jpg', "a_b_c_d_e_f_g.jpg.txt"),
        ("a\\b.jpg", "a_b.jpg.txt"),
        ("tab\there.jpg", "tab_here.jpg.txt"),
        ("dots. /a.jpg", "dots/a.jpg.txt"),
        ("a.", "a.txt"),
        ("b\udcffd.jpg", "b_d.jpg.txt"),
        ("Größe 发票.jpg", "Größe 发票.jpg.txt"),
    ],
)
def test_names_are_such_that_every_system_takes_them(path, name):
    assert name_of(path) == name


@pytest.mark.parametrize("letter", ["x", "票"])
def test_long_names_are_shortened_and_stay_different(letter):
    names = naming()
    made = [names.path_of(page(f"{letter * 250}{number}.jpg")) for number in (1, 2)]
    assert len(set(made)) == 2
    for path in made:
        assert len(path.name.encode()) <= 255
        assert len(str(path)) <= 240
        assert path.name.startswith(letter * 50)
        assert path.suffix == ".txt"
    assert made[0] == naming().path_of(page(f"{letter * 250}1.jpg"))  # and the same each time


def test_the_names_of_folders_give_way_where_the_path_is_too_long():
    names = naming()
    made = [names.path_of(page(f"{'deep/' * 60}{number}/a.jpg")) for number in (1, 2)]
    assert len({path.name for path in made}) == 2
    assert all(len(str(path)) <= 240 and path.name.endswith("a.jpg.txt") for path in made)


def test_a_long_target_folder_leaves_room_for_a_name():
    folder = Path("/out") / ("x" * 215)
    made = naming(folder=folder).path_of(page("some long name of a picture.jpg"))
    assert made.parent == folder
    assert len(made.name) > 10


@pytest.mark.parametrize(
    ("words", "name"),
    [("Raport: 1/2", "Raport - 1-2"), ("Report on “A?”", "Report on “A_”"), ("con", "_con")],
)
def test_words_become_a_name_that_every_system_takes(words, name):
    assert name_for_file(words) == name
