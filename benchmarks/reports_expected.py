"""What should come out of each of the small inputs that ``reports.py`` tries: the text, and all else that counts."""

from dataclasses import dataclass

REGISTER = (
    "Parish register of baptisms 1874",
    "Entry 311 Margaret Holloway born 4 March",
    "Father Thomas Holloway, cooper, of Mill Lane",
    "Mother Agnes, formerly Pritchard",
    "Witness Samuel Carradine, schoolmaster",
    "Fee received two shillings and sixpence",
    "Entry 312 William Ashdown born 9 March",
    "Father Henry Ashdown, drover, of Foss Gate",
    "Mother Eliza, formerly Thornbury",
    "Witness Clara Whitcombe, midwife",
)
LETTER = (
    "Dear Mrs Whitcombe,",
    "thank you for your letter of the ninth of March concerning the drainage works.",
    "The committee met on Tuesday and agreed to repair the culvert below Foss Gate",
    "before the autumn rains. A contractor has been asked to supply an estimate, which",
    "we expect within a fortnight. The parish will bear two thirds of the expense and",
    "the remaining third falls to the owners of the adjoining fields.",
    "Yours faithfully, S. Carradine",
)
TEST = ("This is a test.",)


@dataclass(frozen=True, slots=True)
class Expected:
    """What should come out of one file.

    Attributes:
        lines: Its lines in reading order, cells of a row parted by a space, or by a tab where they are so far apart
            that other programs read them one by one.
        errors: So many letters may differ.
        pages: So many pages it has, None where that is not known.
        more: Whether other text may stand on it.
        without: What must stand neither in the text nor in the exported PDF.
        remark: A piece of the remark that its first page must have.
        doubtful: Whether its first page must be doubtful; then its lines do not count if they cannot be read.
        points: Width and height of its page in the exported PDF.
        kept: What ``qpdf --json`` must find in the exported PDF: keys of the catalogue and pieces of text.
    """

    lines: tuple[str, ...] = ()
    errors: int = 0
    pages: int | None = 1
    more: bool = False
    without: tuple[str, ...] = ()
    remark: str | None = None
    doubtful: bool = False
    points: tuple[int, int] | None = None
    kept: tuple[str, ...] = ()


_REGISTER, _HALF = Expected(REGISTER), Expected(REGISTER[:6])
_FAX = Expected(REGISTER, points=(610, 808))

EXPECTED = {
    "s1_mid_42_300dpi.png": Expected(TEST),
    "s3_mid_25_150dpi.png": Expected(TEST),
    "v0_150dpi.jpg": Expected(TEST),
    "s5_page_number_300dpi.png": Expected(("- 47 -",)),
    "s1_short_80_300dpi.png": Expected(("See over",)),
    "s4_address_46_300dpi.png": Expected(("Mrs E. Ashdown", "12 Mill Lane", "Thornbury")),
    "q01_russian_form.pdf": Expected(
        (
            "Заявление на выдачу читательского билета",
            "Фамилия:",
            "Имя:",
            "Город:",
            "Я согласен с правилами читального зала областного архива.",
        )
    ),
    "q04_russian_title_page.pdf": Expected(("Война и мир", "Том 2")),
    "b01_caesar_tounicode.pdf": Expected(LETTER, without=("Efbs", "Xijudpncf"), remark=""),
    "b07_long_stamp_on_scan.pdf": Expected(
        (
            *REGISTER,
            "Generated for a reader of the County Record Office on 2026-03-14 10:31 GMT / "
            "https://records.example.org/handle/2027/cro.39015012345678",
            "Public domain in this country, digitised by the county / "
            "https://records.example.org/access_use#public-domain-county-digitised; see also the terms of use",
        )
    ),
    "b08_hybrid_table_30pct.pdf": Expected(
        (
            *LETTER,
            "Item\tQuantity\tPrice",
            "Culvert pipe\t12\t340.00",
            "Gravel tons\t8\t160.00",
            "Labour days\t15\t900.00",
            "Total\t1400.00",
        )
    ),
    "b14_outlined_letters_footer.pdf": Expected((*LETTER, "Parish office, page 1 of 1, printed by the county")),
    "b03_old_ocr_under_picture.pdf": Expected(REGISTER, without=("P4rish", "reqister"), remark=""),
    "c01_form_need_appearances.pdf": Expected(
        (
            "Application for a reading room card of the county archive office",
            "Surname: Ashdown-Pritchard",
            "Given name: Wilhelmina",
            "Town: Thornbury Cross",
            "I agree to the rules of the house and to the handling of my data:",
        )
    ),
    "c03_scan_stamp_annotation.pdf": Expected((*REGISTER, "RECEIVED 17 MAY"), without=("早",)),
    "b10_hidden_layer_scan.pdf": Expected(REGISTER, without=("DRAFT",)),
    "b18_bookmarks_links.pdf": Expected(REGISTER[:9], pages=3, kept=("/Outlines", "/Title", "/Author")),
    "b05_old_ocr_clip_mode7.pdf": Expected(REGISTER, without=("P4rish", "reqister")),
    "b16_portfolio.pdf": Expected(
        ("For the best experience, open this PDF portfolio in a newer reader.",), remark="embedded"
    ),
    "u01_utf8_cmap.pdf": Expected(
        (
            "The committee met on Tuesday and agreed to repair the culvert.",
            "Yours faithfully, S. Carradine, clerk of the parish council",
        ),
        more=True,
    ),
    "a08_userunit72_inches.pdf": _REGISTER,
    "d04_fax_204x391.tif": _FAX,
    "d01_fax_204x98.tif": _FAX,
    "d02_fax_204x196.tif": _FAX,
    "i10_wide_6000.jpg": Expected(("Gatehouse Refectory Cloister Chapter House Dormitory Infirmary",)),
    "g13_large_and_small.png": Expected(("SALE", "Everything must go by Saturday evening"), more=True),
    "g08_stamp_over_text.jpg": Expected(REGISTER, errors=60, more=True),
    "g09_sideways_table.png": Expected(
        ("Month", "January", "February", "March", "April", "Rain", "Sun", "44 h", "81", "47 mm", "112 h"), more=True
    ),
    "r01_greek_Serif.png": Expected(doubtful=True, remark="script", more=True),
    "t1_ru.png": Expected(doubtful=True, remark="script", more=True),
    "b13_hebrew_visual.pdf": Expected(
        ("שלום עולם זה מכתב ישן מאוד", "הספר נמצא על השולחן בחדר הגדול", "מחיר המים עלה בשנה האחרונה")
    ),
    "c06_cropped_text.pdf": Expected(("This upper part belongs to the page that the reader sees on the screen.",)),
    "c18_inline_image.pdf": Expected(("Inline picture twelve", "of the parish")),
    "m03_scan_inline_strips_footer.pdf": Expected((*REGISTER, "Scanned by the county copy service, sheet 17")),
    "m05_type3_scan_glyphs.pdf": Expected((*REGISTER, "Sheet seventeen of the county copy service")),
    "m08_fake_bold_twice.pdf": Expected(
        (
            "Dear Mrs Whitcombe, thank you for your letter of the ninth of March.",
            "The committee met on Tuesday and agreed to repair the culvert.",
            "Yours faithfully, S. Carradine, clerk of the parish council",
        )
    ),
    "d27_moving.png": Expected(
        tuple(
            line for number in ("one", "two", "three") for line in (f"Frame number {number}", "of the moving notice")
        ),
        pages=3,
    ),
    "d33_white_on_colour.png": Expected(
        (
            "Overdue since March",
            "Paid in advance",
            "Delivered on Tuesday",
            "Yellow band, white letters",
            "Grey band with white",
            "Black band with white",
        )
    ),
    "d34_dark_chat.png": Expected(
        (
            "Did the parcel arrive?",
            "09:41",
            "Yes, the box is at the",
            "front desk, number 27",
            "09:43",
            "Great, thank you!",
            "I pick it up at six.",
            "09:44",
            "Bring your ID card.",
            "09:50",
        )
    ),
    "g10_thermal_fading.jpg": Expected(
        (
            "CORNER BAKERY",
            "12 Mill Lane",
            "Rye bread 3.40",
            "Croissant x2 3.00",
            "Oat milk 1.95",
            "Butter 250g 2.80",
            "TOTAL 11.15",
            "Card **** 4821",
            "17.05.2026 08:14",
        )
    ),
    "g11_dot_matrix.png": Expected(
        ("INVOICE 00482 17-05-1991", "QTY 12 PART AX-77 $ 148.50", "THANK YOU FOR YOUR ORDER")
    ),
    "g14_dense_zh.png": Expected(
        ("本公司董事會及全體董事保證本公告內容不存在任何", "準確性和完整性承擔個別及連帶責任"), more=True
    ),
    "g15_mixed.png": Expected(
        (
            "型号 Model: XR-2048/B 数量 12 pcs",
            "電圧 AC 100V 50/60Hz 消費電力 350W",
            "発売日2026年5月17日（日）",
            "合计 ¥1,280.00(含税 13%)",
            "Tel +81-3-5555-0147 内線 214",
        )
    ),
    "g18_vertical_ja.png": Expected(("春は曙やうやう白く", "なりゆく山際少し", "明かりて紫だちたる")),
    "g20_sheet_screenshot.png": Expected(
        (
            "1 ORD-1000 Pritchard 9 121.73",
            "2 ORD-1037 Carradine 2 547.01",
            "3 ORD-1074 Carradine 5 497.95",
            "4 ORD-1111 Pritchard 8 489.17",
            "5 ORD-1148 Carradine 7 576.97",
            "6 ORD-1185 Pritchard 4 573.20",
            "7 ORD-1222 Carradine 1 605.91",
            "8 ORD-1259 Ashdown 3 683.62",
            "9 ORD-1296 Ashdown 5 703.17",
            "10 ORD-1333 Quill 8 537.30",
            "11 ORD-1370 Carradine 7 358.49",
            "12 ORD-1407 Carradine 3 791.59",
        ),
        errors=1,
    ),
    "g03_spaces_1_14px.png": Expected(
        (
            "Die Gemeinde gibt bekannt, dass die Landstraße zwischen",
            "der alten Brücke und dem Bahnhof ab nächstem Montag",
            "für den Verkehr gesperrt bleibt. Die Anwohner können ihre",
            "Häuser nur über den Mühlweg erreichen, während die Busse",
            "der ausgeschilderten Umleitung folgen. Fragen beantwortet",
            "das Bauamt im Rathaus, Zimmer zwölf, werktags bis drei Uhr.",
        )
    ),
    "t2_colours.png": Expected(
        (
            "Light grey note at the bottom",
            "Red letters on pink paper 204",
            "Underlined account number 55-120",
            "Struck through price 49.90",
            "Yellow on white is hard 77",
            "Blue on black screen text",
        )
    ),
    **dict.fromkeys(
        [
            "a01_mediabox_high.pdf",
            "a02_mediabox_negative.pdf",
            "a04_rotate90_crop_offset.pdf",
            "a04_rotate180_crop_offset.pdf",
            "a05_rotate_minus90.pdf",
            "a06_rotate450.pdf",
            "a09_tiny_page_scan.pdf",
            "a10_huge_page_14400.pdf",
            "a12_flip_ctm.pdf",
            "a13_ctm180_rotate180.pdf",
            "a15_strips.pdf",
            "a16_mediabox_reversed.pdf",
            "a18_crop_empty.pdf",
            "a20_inherited.pdf",
            "a22_head_down_offset.pdf",
            "a23_rotate90_wrong_crop.pdf",
            "b17_owner_password.pdf",
            "c04_hidden_annotation.pdf",
        ],
        _REGISTER,
    ),
    **dict.fromkeys(
        [
            "c11_imagemask_blue.pdf",
            "c12_indexed4.pdf",
            "c14_lab.pdf",
            "c15_smask_text.pdf",
            "d05_thumbnail_ifd_last.tif",
            "d06_thumbnail_ifd_first.tif",
            "d08_mask_ifd.tif",
            "d09_rgb48.tif",
            "d11_rgba16.tif",
            "d13_jpeg_ycbcr.tif",
            "d14_uint32.tif",
            "d16_lab.tif",
            "d17_hdr_gainmap.jpg",
            "d19_jpeg_app_60k.jpg",
            "d20_cmyk_noadobe.jpg",
            "d22_exif6.heic",
            "d24_exif6.png",
            "d25_exif6.avif",
            "d28_png2bit.png",
        ],
        _HALF,
    ),
}
