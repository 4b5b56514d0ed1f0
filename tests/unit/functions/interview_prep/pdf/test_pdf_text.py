"""The one way text gets onto a page: nothing in it is markup, an address or a layout command."""

from __future__ import annotations

import ast
import random
from pathlib import Path

import pytest
from reportlab.lib.enums import TA_LEFT, TA_RIGHT

from functions.interview_prep.pdf.frame_words.frame_language import framed_in
from functions.interview_prep.pdf.typography import draw_text as pdf_text
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.bidirectional import ordered, visual, visual_lines
from functions.interview_prep.pdf.typography.draw_text import Span, cut, line_width, paragraph, paragraphs, runs, shorten, web_url
from functions.interview_prep.pdf.typography.printable_text import clean

PDF = Path(pdf_text.__file__).parents[1]
RAW = {"Paragraph", "String", "drawString", "drawCentredString", "drawRightString", "beginText", "linkURL", "XPreformatted"}


def names_called(file: Path) -> set[str]:
    calls = [node.func for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}


def test_only_the_text_helper_puts_text_on_a_page() -> None:
    others = [file for file in PDF.rglob("*.py") if file.name != "draw_text.py"]
    assert len(others) > 15
    assert {file.name: names_called(file) & RAW for file in others if names_called(file) & RAW} == {}
    assert {"Paragraph", "String", "drawString"} <= names_called(PDF / "typography" / "draw_text.py"), (
        "the check sees what it looks for"
    )


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("two\tlines\nand  spaces", "two lines and spaces"),
        ("nul\x00 bell\x07 esc\x1b", "nul bell esc"),
        ("a\u202egnp.exe\u202c \u2066x\u2069 \u200b\u200d\ufeff", "agnp.exe x"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("e\u0301", "é"),
        ("z" + "\u0301" * 40, "ź\u0301\u0301\u0301"),
        ("👩\u200d💻 ❤\ufe0f", "👩💻 ❤"),
        ("", ""),
    ],
)
def test_clean(given: str, printed: str) -> None:
    assert clean(given) == printed


def test_no_line_ends_within_a_number_and_a_chinese_stop_needs_no_blank() -> None:
    text = "mzda 42 000 až 48 000"
    drawn = paragraph(text, styles.BODY)
    drawn.wrap(styles.WIDTH, 100)
    assert "48\N{NO-BREAK SPACE}000" in " ".join(frag.text for frag in drawn.frags)
    narrow = paragraph(text, styles.BODY)
    narrow.wrap(line_width("mzda 42 000 až 48 ", styles.BODY.fontName, styles.BODY.fontSize) + 4, 100)
    assert len(narrow.blPara.lines) == 2
    assert clean("准备好日期。 再说。") == "准备好日期。再说。"


def test_no_line_begins_with_a_sign_that_french_writes_behind_a_blank() -> None:
    assert clean("« Des poires », dit-elle : lesquelles ?") == "«\u00a0Des poires\u00a0», dit-elle\u00a0: lesquelles\u00a0?"
    assert clean("a :b and c ? d") == "a :b and c\u00a0? d"


def test_shorten_ends_in_an_ellipsis_and_reads_no_more_than_it_needs() -> None:
    assert shorten("short", 5) == "short"
    assert shorten("much longer", 5) == "much…"
    assert len(shorten("x" * 10_000_000)) == pdf_text.LINE_LIMIT


@pytest.mark.parametrize(
    ("char", "font"),
    [
        ("é", fonts.SANS),
        ("Ω", fonts.SANS),
        ("Ж", fonts.SANS),
        ("→", fonts.SANS),
        ("漢", "DroidSansFallback"),
        ("か", "DroidSansFallback"),
        ("한", "DroidSansFallback"),
        ("，", "DroidSansFallback"),
        ("😀", "NotoEmoji-Regular"),
        ("🚀", "NotoEmoji-Regular"),
        ("ع", "DejaVuSans"),
        ("א", "DejaVuSans"),
        ("∯", "DejaVuSans"),
    ],
)
def test_every_script_has_a_font(char: str, font: str) -> None:
    assert runs(char, fonts.SANS) == [(font, char)]


def test_a_character_that_no_font_has_shows_its_code() -> None:
    assert runs("a\ue000b", fonts.SANS) == [(fonts.SANS, "a"), (fonts.SANS, "[U+E000]"), (fonts.SANS, "b")]


def test_runs_change_font_only_where_they_must() -> None:
    assert runs("Hi 漢字 there", fonts.BOLD) == [(fonts.BOLD, "Hi "), ("DroidSansFallback", "漢字"), (fonts.BOLD, " there")]


@pytest.mark.parametrize(
    "hostile",
    [
        "<b>unclosed",
        "</para>",
        '<img src="/etc/passwd"/>',
        '<img src="http://example.com/x.png"/>',
        '<font color="[[[getattr]]]">x</font>',
        '<a href="javascript:alert(1)">x</a>',
        "a < b && c > d &amp; &lt;x&gt; &#60;b&#62;",
        "<para alignment='center'><br/><seq id='x'/>",
    ],
)
def test_markup_is_printed_as_it_stands(hostile: str) -> None:
    made = paragraph(hostile, styles.BODY)
    assert "".join(frag.text for frag in made.frags) == hostile
    assert not any(getattr(frag, "link", None) or hasattr(frag, "cbDefn") for frag in made.frags)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "//example.com/x",
        "http://",
        "https://user:secret@example.com/",
        "https://example.com/a b",
        "https://example.com/\u202ex",
        "https://example.com\\@other.com/",
        'https://example.com/"><script>',
        "https://example.com:99999/",
        "https://ex\u0430mple.com/",
        "https://[::1]/",
        "https://example.com/" + "x" * 3000,
        "",
    ],
)
def test_other_addresses_are_not_linked(url: str) -> None:
    assert web_url(url) is None


def test_web_addresses_are_linked() -> None:
    assert (
        web_url("https://www.reddit.com/r/x/comments/1/a_b/?c=1&d=%20#e")
        == "https://www.reddit.com/r/x/comments/1/a_b/?c=1&d=%20#e"
    )
    assert web_url("http://localhost:8080/ü") == "http://localhost:8080/%C3%BC"
    linked = paragraph([Span("here", url="https://example.com/?a=1&b=2")], styles.BODY)
    assert [frag.link for frag in linked.frags] == [[(0, "https://example.com/?a=1&b=2")]]
    assert not any(frag.link for frag in paragraph([Span("here", url="javascript:x")], styles.BODY).frags)


def test_long_text_goes_on_in_further_paragraphs() -> None:
    parts = paragraphs("first\n\n" + "word " * 3000, styles.BODY)
    assert [len("".join(frag.text for frag in part.frags)) for part in parts] == [5, 4999, 4999, 4999], "cut between words"
    assert len(paragraphs("x" * 12_000, styles.BODY)) == 3
    assert paragraphs(" \n\t", styles.BODY) == []


def test_a_word_without_end_breaks_at_the_columns_edge() -> None:
    made = paragraph("a" * 4000, styles.BODY)
    _, height = made.wrap(300, 10_000)
    assert height > 40 * styles.BODY.leading
    assert all(line[0] >= -0.01 for line in made.blPara.lines), "no line is wider than the column"


def test_cut_fits_its_room() -> None:
    text = "Distributed systems 分散システム and operations"
    fitting = cut(text, fonts.SANS, 9, 120)
    assert fitting.endswith("…")
    assert line_width(fitting, fonts.SANS, 9) <= 120
    assert cut("short", fonts.SANS, 9, 120) == "short"


def test_right_to_left_passages_are_drawn_from_their_end() -> None:
    assert visual("(שלום עולם)") == "(םלוע םולש)"


def test_numbers_and_latin_words_keep_their_order_among_right_to_left_ones() -> None:
    assert visual("שלום Java 17") == "Java 17 םולש"
    assert visual("Read שלום now") == "Read םולש now"


def test_arabic_letters_are_joined() -> None:
    drawn = visual("مهندس")
    assert all("\ufe70" <= letter <= "\ufefc" for letter in drawn)
    assert drawn[-1] == "\ufee3"  # the first letter, in its opening form, stands at the right


def test_a_right_to_left_paragraph_breaks_its_lines_as_it_is_read() -> None:
    first, *others = visual_lines("אחת שתיים שלוש ארבע חמש", lambda text: 10.0 * len(text), 100)
    assert first == visual("אחת שתיים")
    assert others == [visual("שלוש ארבע"), visual("חמש")]


def test_a_right_to_left_word_wider_than_a_line_is_cut_to_fit() -> None:
    lines = visual_lines("ש" * 25, lambda text: 10.0 * len(text), 100)
    assert [len(line) for line in lines] == [10, 10, 5]


@pytest.mark.parametrize(("language", "side"), [("ar", TA_RIGHT), ("en", TA_LEFT)])
def test_a_right_to_left_paragraph_stands_at_its_guides_side_and_can_be_split(language: str, side: int) -> None:
    with framed_in(language):
        made = paragraph("مهندس برمجيات أول في فريق المدفوعات " * 30, styles.BODY)
        made.keepWithNext = 1
        _, tall = made.wrap(200, 1000)
        assert (made.style.alignment, made.keepWithNext) == (side, 1)
        head, tail = made.split(200, tall / 2)
    assert abs(head.wrap(200, 1000)[1] + tail.wrap(200, 1000)[1] - tall) < 1


@pytest.mark.parametrize(
    ("language", "lead", "text"),
    [("ar", "إجابة ضعيفة:", "من الذاكرة وحدها"), ("en", "Weak:", "says “مرحبا” only")],
)
def test_a_label_keeps_its_look_beside_letters_that_are_read_from_the_right(language: str, lead: str, text: str) -> None:
    with framed_in(language):
        made = paragraph([Span(f"{lead} ", color=styles.BRICK), Span(text)], styles.BODY)
        made.wrap(400, 1000)
    drawn = ordered(lead, "R" if language == "ar" else "L")
    assert pdf_text._markup(Span(drawn, color=styles.BRICK), styles.BODY) in made.lines[0]


def test_a_link_in_a_line_with_arabic_words_can_be_followed() -> None:
    made = paragraph([Span("مقابلتي في الشركة", url="https://forum.example/1"), Span(" · place")], styles.REVIEW)
    made.wrap(400, 1000)
    assert 'href="https://forum.example/1"' in made.lines[0]


@pytest.mark.parametrize("script", ["مقابلةعملفيشركة   ", "אבגדהוזחטי   ", "مقابلة ab 12 (,) "])
def test_lines_that_are_read_from_the_right_fit_where_they_are_drawn(script: str) -> None:
    chosen = random.Random(1)
    for _ in range(40):
        words = "".join(chosen.choices(script, k=chosen.randint(3, 40))) * 40
        for style in (styles.BODY, styles.POINT, styles.REVIEW):
            made = paragraph("م" + words, style)
            made.wrap(300, 1000)
            assert len(made.blPara.lines) == len(made.lines), words


def test_spans_keep_the_space_between_them() -> None:
    made = paragraph([Span("Why: ", font=fonts.BOLD), Span("because")], styles.BODY)
    assert "".join(frag.text for frag in made.frags) == "Why: because"


def test_fonts_come_with_their_licences() -> None:
    readme = (fonts.FOLDER / "README.md").read_text("utf-8")
    files = list(fonts.FOLDER.iterdir())
    assert sum(file.stat().st_size for file in files) < 8_000_000
    for name in ("SourceSans3", "SourceSerif4", "DejaVuSans", "NotoEmoji", "DroidSansFallback"):
        assert f"LICENSE-{name}.txt" in readme
        assert (fonts.FOLDER / f"LICENSE-{name}.txt").stat().st_size > 1000


def test_no_line_of_a_chinese_paragraph_begins_with_a_stop() -> None:
    """At any width; and French blanks before a colon hold their line together."""
    chinese, french = (
        "本指南由离线模型撰写：它按规则整理原话，不是模型的作品；请核对。",
        "Les étapes\u00a0: un appel\u00a0; un essai\u00a0!",
    )
    for width in range(90, 260, 7):
        for text, stops in ((chinese, "：，；。"), (french, ":;!")):
            flowing = paragraph(text, styles.BODY)
            flowing.wrap(width, 1000)
            assert all(str(line)[:1] not in stops for line in _lines_of(flowing))


def _lines_of(flowing: object) -> list[str]:
    lines = flowing.blPara.lines  # type: ignore[attr-defined]  # reportlab has no types
    return [
        "".join(word.text for word in getattr(line, "words", [])) if hasattr(line, "words") else " ".join(line[1])
        for line in lines
    ]
