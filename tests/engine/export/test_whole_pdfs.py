"""One file for each file that was read, with all its pages."""

import threading
from dataclasses import replace

import pikepdf
import pytest
from drawn import drawing, needs_qpdf, page_of, pdf_of_pages, said_by, seen_in, texts_in
from fakes import batch_of, keep, reading
from pdfs import PROTECTED, picture_pdf, text_pdf
from PIL import Image

from ocrdesk.engine.document import Source
from ocrdesk.engine.errors import BadTemplate
from ocrdesk.engine.export import pdf_source
from ocrdesk.engine.export.choices import ExportChoices, check_choices
from ocrdesk.engine.export.export import Export


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def export(library, decoder, out):
    """Exports pages as searchable PDF, or as is said."""

    def run(page_ids, **choices):
        chosen = replace(ExportChoices("pdf", out), **choices)
        return Export(library, decoder, chosen, page_ids).run(threading.Event())

    return run


def sources(*files, frames: int = 1):
    """A page for each frame of the files."""
    named = [(file, frame) for file in files for frame in range(frames)]
    return [Source(file, f"{file.name} · {frame + 1}", frame) for file, frame in named]


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def scan_of(path, pages: int = 1):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(picture_pdf(*[drawing()] * pages, dpi=72))
    return path


def test_each_document_of_a_folder_becomes_one(library, export, scans, out):
    files = [scan_of(scans / f"{number}.pdf", pages=2) for number in range(10)]
    _, page_ids = batch_of(library, sources(*files, scan_of(scans / "may" / "scan.pdf"), frames=1), scans)
    for page_id in page_ids:
        keep(library, page_id, reading("word"))
    result = export(page_ids)
    assert names(out) == sorted([*(f"{number}.pdf" for number in range(10)), "may/scan.pdf"])
    assert (result.failed, result.left_out) == ([], [])
    for number in range(10):
        with pikepdf.open(out / f"{number}.pdf") as pdf:
            assert len(pdf.pages) == 2
            assert texts_in(pdf, 0) == ["word"]


def test_all_its_pages_are_there_whatever_became_of_them(library, export, scans, out):
    file = scan_of(scans / "scan.pdf", pages=5)
    _, page_ids = batch_of(library, sources(file, frames=4), scans)  # of the fifth nobody has heard yet
    keep(library, page_ids[0], reading("first"))
    library.checkpoints.keep_failure(page_ids[1], "Damaged.")
    library.remove_pages([page_ids[2]])
    result = export([page_ids[0], page_ids[1], page_ids[3]])
    assert (result.failed, result.left_out) == ([], [])
    with pikepdf.open(out / "scan.pdf") as pdf:
        assert len(pdf.pages) == 5
        assert texts_in(pdf) == ["first"]


def test_pages_of_a_file_that_were_not_chosen_come_with_their_text(library, export, scans, out):
    file = scan_of(scans / "scan.pdf", pages=2)
    _, page_ids = batch_of(library, sources(file, frames=2), scans)
    keep(library, page_ids[0], reading("first"))
    keep(library, page_ids[1], reading("second"))
    export(page_ids[1:])
    with pikepdf.open(out / "scan.pdf") as pdf:
        assert [texts_in(pdf, number) for number in range(2)] == [["first"], ["second"]]


def test_a_picture_file_of_several_pages_becomes_one_document(library, export, scans, out):
    frames = [drawing("L"), Image.new("L", (90, 50), 128), drawing("L")]
    frames[0].save(scans / "m.tif", save_all=True, append_images=frames[1:])
    _, page_ids = batch_of(library, sources(scans / "m.tif", frames=3), scans)
    keep(library, page_ids[2], reading("third"))
    library.remove_pages([page_ids[1]])
    result = export([page_ids[0], page_ids[2]])
    assert (result.failed, result.left_out) == ([], [])
    with pikepdf.open(out / "m.pdf") as pdf:
        assert [int(page.obj.Resources.XObject.Picture.Width) for page in pdf.pages] == [600, 90, 600]
        assert texts_in(pdf, 2) == ["third"]


def test_a_page_that_cannot_be_opened_is_named_and_the_others_are_there(library, decoder, export, scans, out):
    drawing("L").save(scans / "m.tif", save_all=True, append_images=[drawing("L")])
    _, page_ids = batch_of(library, sources(scans / "m.tif", frames=2), scans)
    keep(library, page_ids[0], reading("first"))
    library.checkpoints.keep_failure(page_ids[1], "Damaged.")
    with pytest.MonkeyPatch.context() as patch:
        load = type(decoder).load_page

        def refuse(self, path, frame=0, *, as_picture=False):
            if frame:
                path = scans / "gone.tif"
            return load(self, path, frame, as_picture=as_picture)

        patch.setattr(type(decoder), "load_page", refuse)
        result = export(page_ids)
    assert result.left_out == ["“m.tif · 2” was skipped: The file is no longer there. Put it back, then retry."]
    with pikepdf.open(out / "m.pdf") as pdf:
        assert len(pdf.pages) == 1


def test_files_that_differ_only_in_their_ending_are_numbered(library, export, scans, out):
    drawing().save(scans / "a.jpg")
    drawing().save(scans / "a.png")
    _, page_ids = batch_of(library, sources(scans / "a.jpg", scans / "a.png"), scans)
    export(page_ids)
    assert names(out) == ["a (2).pdf", "a.pdf"]
    with pikepdf.open(out / "a.pdf") as pdf:
        assert str(pdf.pages[0].obj.Resources.XObject.Picture.Filter) == "/DCTDecode"


def test_a_document_keeps_its_name_beside_a_picture_that_is_called_so(library, export, scans, out):
    drawing().save(scans / "scan.jpg")
    _, page_ids = batch_of(library, sources(scans / "scan.jpg", scan_of(scans / "scan.pdf", pages=2)), scans)
    result = export(page_ids)
    assert [path.name for path in result.written] == ["scan (2).pdf", "scan.pdf"]
    with pikepdf.open(out / "scan.pdf") as pdf:
        assert len(pdf.pages) == 2


@pytest.mark.parametrize("existing", ["ask", "replace", "skip", "keep both"])
def test_the_original_is_never_written_over(library, export, scans, existing):
    file = scan_of(scans / "scan.pdf")
    before = file.read_bytes()
    _, page_ids = batch_of(library, sources(file), scans)
    keep(library, page_ids[0], reading("word"))
    export(page_ids, folder=scans, existing=existing)
    assert names(scans) == ["scan (2).pdf", "scan.pdf"]
    assert file.read_bytes() == before


def test_a_protected_file_says_that_it_is(library, export, scans, out):
    (scans / "p.pdf").write_bytes(PROTECTED)
    _, page_ids = batch_of(library, sources(scans / "p.pdf"), scans)
    (sentence,) = export(page_ids).failed
    assert sentence.startswith("“p.pdf” was not written: “p.pdf · 1” was skipped: This PDF is protected by a password.")
    assert names(out) == []


def test_a_pdf_stays_what_it_is_but_for_its_text(library, export, scans, out):
    with pikepdf.open(scan_of(scans / "scan.pdf", pages=2), allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Title"], pdf.docinfo["/Custom"], pdf.docinfo["/Creator"] = "The parish", "yes", "A scanner"
        with pdf.open_metadata(update_docinfo=False, set_pikepdf_as_editor=False) as about:
            about["dc:title"], about["pdfaid:part"], about["pdfaid:conformance"] = "The parish", "1", "B"
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("End", 1))
        pdf.attachments["sums.csv"] = b"1;2"
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        pdf.Root.Lang = pikepdf.String("en-GB")
        pdf.save(scans / "scan.pdf")
    _, page_ids = batch_of(library, sources(scans / "scan.pdf", frames=2), scans)
    keep(library, page_ids[0], reading("word"))
    export(page_ids)
    with pikepdf.open(out / "scan.pdf") as pdf, pikepdf.open(scans / "scan.pdf") as before:
        assert [str(pdf.docinfo[key]) for key in ("/Title", "/Custom", "/Creator")] == [
            "The parish",
            "yes",
            "A scanner",
        ]
        assert str(pdf.docinfo.Producer).startswith("ocrdesk")
        with pdf.open_metadata() as about:
            assert (about["dc:title"], about.pdfa_status) == ("The parish", "")
        with pdf.open_outline() as outline:
            assert outline.root[0].destination[0] == pdf.pages[1].obj
        assert pdf.attachments["sums.csv"].get_file().read_bytes() == b"1;2"
        assert (pdf.Root.PageMode, str(pdf.Root.Lang)) == ("/UseOutlines", "en-GB")
        assert texts_in(pdf) == ["word"]
        assert (seen_in(pdf) == seen_in(before)).all()


def test_an_owner_s_password_alone_is_no_hindrance(library, export, scans, out):
    with pikepdf.open(scan_of(scans / "plain.pdf")) as pdf:
        pdf.save(scans / "scan.pdf", encryption=pikepdf.Encryption(owner="secret", user=""))
    _, page_ids = batch_of(library, sources(scans / "scan.pdf"), scans)
    keep(library, page_ids[0], reading("word"))
    assert export(page_ids).failed == []
    with pikepdf.open(out / "scan.pdf") as pdf:
        assert texts_in(pdf) == ["word"]
        assert not pdf.is_encrypted


def test_a_page_whose_text_cannot_be_laid_on_it_is_named(scans, monkeypatch):
    told = []
    file = scan_of(scans / "scan.pdf", pages=2)
    pages = [replace(page_of(file, frame=frame, told=told), is_of_whole_file=True) for frame in range(3)]

    def stumble(*arguments):
        raise KeyError("/Font")

    monkeypatch.setattr(pdf_source, "text_layer", stumble)
    assert len(pdf_of_pages(*pages).pages) == 2
    assert len(told) == 3
    assert "” is there without its text. " in told[0]


@needs_qpdf
def test_others_find_nothing_wrong(library, export, scans, out, tmp_path):
    (scans / "own.pdf").write_bytes(text_pdf("old words", mode=3, picture=drawing(), pages=2))
    _, page_ids = batch_of(library, sources(scans / "own.pdf", frames=2), scans)
    for page_id in page_ids:
        keep(library, page_id, reading("word"))
    export(page_ids)
    with pikepdf.open(out / "own.pdf") as pdf:
        assert "No syntax or stream encoding errors" in said_by("qpdf", pdf, tmp_path, "--check")


def test_a_document_without_its_end_becomes_a_whole_one(library, export, scans, out):
    whole = text_pdf("old words", mode=3, picture=drawing(), pages=2)
    (scans / "cut.pdf").write_bytes(whole[: whole.rindex(b"xref", 0, whole.rindex(b"startxref"))])
    _, page_ids = batch_of(library, sources(scans / "cut.pdf", frames=2), scans)
    for page_id in page_ids:
        keep(library, page_id, reading("word"))
    export(page_ids)
    with pikepdf.open(out / "cut.pdf") as pdf:
        assert [texts_in(pdf, number) for number in range(2)] == [["word"], ["word"]]


# Other formats


def test_the_text_of_a_document_in_one_file(library, export, scans, out):
    _, page_ids = batch_of(library, sources(scan_of(scans / "scan.pdf", pages=3), frames=2), scans)
    keep(library, page_ids[0], reading("first"))
    export(page_ids, format="txt", per="file")
    assert names(out) == ["scan.txt"]
    assert (out / "scan.txt").read_text("utf-8").count("===\n") == 2  # what is in no batch has no text


def test_names_of_files_know_no_page(out):
    check_choices(ExportChoices("pdf", out, "{batch}/{folder}/{stem}"))
    with pytest.raises(BadTemplate, match=r"\{page\}.* names a single page"):
        check_choices(ExportChoices("pdf", out, "{stem}-{page}"))
