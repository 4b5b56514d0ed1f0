"""Strangers' bytes become our own files or a clear refusal; cards are readable whatever their words are."""

from __future__ import annotations

import io
import struct
import unicodedata
import zlib

import pytest
from PIL import Image, PngImagePlugin, features

from functions.daily_post.image import typesetting
from functions.daily_post.image.aspect_ratios import PRESETS, size_of
from functions.daily_post.image.card_drawing import Words, card
from functions.daily_post.image.card_palette import PALETTES
from functions.daily_post.image.image_sanitizer import TRAINED, decoded, encoded, sized
from functions.daily_post.image.typesetting import Style, balanced, broken, cleaned, fitted, without_font
from functions.daily_post.stage_messages import Format
from shared.errors import Permanent
from tests.unit.functions.daily_post.daily_world import noise

UNSHAPED = not features.check("raqm")
TITLES = {
    "short": "早安",
    "english": "Three operations leads explain what happens between an accepted instruction and money",
    "chinese": "颱風夜裡的電池：莫爾代克儲能站如何在零點一四秒內補上缺口，而電網沒有人發現",
    "mixed": "NVIDIA 法說會之後，AI 供應鏈的三個問題：誰漲價、誰缺貨、誰在等 2027 年",
    "emoji": "Coffee ☕ & “quotes” — naïve café 🚀 Ω≠∞",
    "one_word": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "endless": "word " * 400,
    "no_spaces": "字" * 900,
}


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """A small PNG file that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def plain(colour: str = "red", size: tuple[int, int] = (300, 300)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


BAD = {
    "html": b"<html>",
    "html_named_png": b"\x89PNG\r\n\x1a\n<html>502</html>",
    "gif": noise(kind="GIF"),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "half_png": noise()[:3000],
    "half_jpeg": noise(kind="JPEG")[:2000],
    "riff_that_is_sound": b"RIFF\x24\0\0\0WAVEfmt ",
    "bomb": bomb(30000, 30000),
    "long_bomb": bomb(2_000_000, 4),
    "tiny": noise(16, 16),
    "empty_area": plain(),
    "nothing": b"",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Permanent) as refused:
        decoded(content, 1024, 1024)
    assert refused.value.code == "bad_image"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_pictures_are_cut_to_their_proportions(kind: str) -> None:
    assert decoded(noise(400, 300, kind), 1024, 1024).size == (300, 300)
    assert decoded(noise(400, 300, kind), 1536, 864).size == (400, 225)
    assert decoded(noise(256, 256, kind), 1024, 1024).size == (256, 256)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_colour_mode_becomes_plain_rgb(mode: str) -> None:
    source, out = Image.effect_noise((200, 200), 90).convert("RGB").convert(mode), io.BytesIO()
    source.save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert decoded(out.getvalue(), 200, 200).mode == "RGB"


def test_nothing_of_a_strangers_metadata_is_kept_and_its_turn_is_applied() -> None:
    exif, about, out = Image.Exif(), PngImagePlugin.PngInfo(), io.BytesIO()
    exif[0x0112], exif[0x010E] = 6, "secret place"
    about.add_text("Comment", "secret words")
    Image.effect_noise((300, 200), 90).convert("RGB").save(out, "PNG", exif=exif, pnginfo=about)
    pixels = decoded(out.getvalue(), 200, 300)
    assert pixels.size == (200, 300)
    file = encoded(pixels, "png", alt="a", source=TRAINED, model="m")
    assert b"secret" not in file
    assert not Image.open(io.BytesIO(file)).getexif()


@pytest.mark.parametrize("media", ["png", "jpeg", "webp"])
def test_a_file_says_what_made_it_and_what_is_seen(media: Format) -> None:
    pixels = decoded(noise(), 160, 160)
    file = encoded(pixels, media, alt="A cup & a <map>", source=TRAINED, model="painter")
    assert TRAINED.encode() in file
    assert b"A cup &amp; a &lt;map&gt;" in file
    assert file == encoded(pixels, media, alt="A cup & a <map>", source=TRAINED, model="painter")
    assert Image.open(io.BytesIO(file)).format == {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP"}[media]


def test_sizes_by_name_and_in_pixels() -> None:
    for name, (width, height) in PRESETS.items():
        assert size_of(name) == (width, height)
        assert (width % 16, height % 16) == (0, 0)
        wide, high = map(float, name.split(":"))
        assert width / height == pytest.approx(wide / high, rel=0.001)
    assert size_of("1024x1280") == (1024, 1280)


@pytest.mark.parametrize("size", ["", "big", "5:4", "1000x1000", "512x512", "4096x4096", "3840x640", "0x0", "1024x"])
def test_sizes_that_cannot_be_drawn_are_refused_with_what_can(size: str) -> None:
    with pytest.raises(ValueError, match="1024x1280"):
        size_of(size)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_title_fits_its_box_at_every_size(title: str, preset: str) -> None:
    width, height = PRESETS[preset]
    box = (width * 0.85, height * 0.6)
    style, lines = fitted(cleaned(title), box, range(min(width, height) // 8, min(width, height) // 26, -3))
    assert lines
    assert len(lines) * style.height <= box[1]
    assert max(style.width(line) for line in lines) <= box[0] + 1
    if len(title) < 120:
        assert "".join(lines).replace(" ", "") == cleaned(title).replace(" ", "")  # nothing is lost


@pytest.mark.parametrize("width", range(120, 700, 37))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(width: int) -> None:
    text = "他說：「早安，台北！」（真的嗎？）然後、慢慢地、走進《每日財經》的辦公室。"
    for line in broken(text, Style("serif", 40), width):
        assert line[0] not in "，。：！？」）、》"
        assert line[-1] not in "「（《"


def test_lines_are_even() -> None:
    style, text = Style("serif", 40), "one two three four five six seven eight nine ten eleven"
    widths = [style.width(line) for line in balanced(text, style, 600)]
    assert len(widths) == len(broken(text, style, 600))
    assert min(widths) > max(widths) * 0.6


@pytest.mark.parametrize("colours", PALETTES)
def test_words_stand_out_from_their_ground(colours: object) -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, other: str) -> float:
        low, high = sorted((light(one), light(other)))
        return (high + 0.05) / (low + 0.05)

    for ground in (colours.top, colours.bottom):  # type: ignore[attr-defined] # a palette
        assert contrast(colours.ink, ground) >= 7  # type: ignore[attr-defined] # as above; WCAG 2.2, level AAA
        assert contrast(colours.quiet, ground) >= 4.5  # type: ignore[attr-defined] # as above; level AA


def test_a_card_is_the_same_for_the_same_words_and_another_for_others() -> None:
    words = Words("Grid storage", "Mei", "23 November 2026", "written with AI")
    first = card(words, "mei", (512, 512))
    assert first.tobytes() == card(words, "mei", (512, 512)).tobytes()
    assert first.tobytes() != card(words, "ken", (512, 512)).tobytes()
    assert first.size == (512, 512)


@pytest.mark.parametrize(
    ("title", "missing"),
    [
        ("Grid storage answers: 140 ms – €5", False), ("瀚宇航運召回冷鏈貨櫃", False), ("Ümit Özdağ trifft Émile", False), ("電池が安くなった", False), ("Сеть хранит энергию", False), ("배터리 저장소", False),
        ("ग्रिड भंडारण", UNSHAPED), ("แบตเตอรี่ใหม่", UNSHAPED), ("شبكة الكهرباء", UNSHAPED), ("רשת החשמל", UNSHAPED), ("தமிழ்", True), ("𓀀 hieroglyphs", True),
    ],
)  # fmt: skip
def test_what_no_font_shows_is_known_before_it_is_drawn(title: str, missing: bool) -> None:
    assert bool(without_font(title)) is missing


def test_pictures_have_the_size_that_was_asked_for() -> None:
    assert sized(decoded(noise(1024, 1024), 1536, 864), 1536, 864).size == (1536, 864)
    assert sized(decoded(noise(2048, 1152), 1536, 864), 1536, 864).size == (1536, 864)
    with pytest.raises(Permanent) as refused:
        sized(decoded(noise(512, 288), 1536, 864), 1536, 864)
    assert (refused.value.code, "512 x 288" in refused.value.message) == ("bad_image", True)


@pytest.mark.parametrize("title", ["किसानों की बिजली का खर्च", "ผู้โดยสารเพิ่มขึ้นทุกเดือน", "قطارات الليل 12%", "רכבות הלילה"])
def test_where_nobody_shapes_letters_they_count_as_missing(title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_shapes", lambda: False)
    assert without_font(title)


@pytest.mark.parametrize(
    "title", ["किसानों की बिजली का खर्च आधा हुआ", "รถไฟกลางคืนกลับมา ผู้โดยสารเพิ่มขึ้นทุกเดือน", "قطارات الليل تعود إلى الشمال"]
)
def test_no_letter_is_torn_from_its_marks(title: str) -> None:
    for width in range(140, 400, 20):
        for line in broken(title, Style("serif", 40), width):
            assert not unicodedata.category(line[0]).startswith("M"), (width, line)
            assert line[-1] not in "เแโใไ", (width, line)


@pytest.mark.skipif(UNSHAPED, reason="Pillow finds no FriBiDi here")
def test_a_title_read_from_the_right_ends_at_the_right() -> None:
    title = "قطارات الليل تعود"
    assert without_font(title) == ""
    right_half, left_half = (ink_of(title, side) for side in ("right", "left"))
    assert right_half > left_half


def ink_of(title: str, side: str) -> int:
    """How many pixels of a card's lower part are as light as its words."""
    drawn = card(Words(title, "Mara", "", ""), "mara", (1536, 864)).convert("L")
    box = (768, 480, 1536, 740) if side == "right" else (0, 480, 768, 740)
    return sum(drawn.crop(box).histogram()[220:])


def test_a_line_ends_between_words_in_korean_and_begins_with_no_blank() -> None:
    title = "새 9호선 연장 구간 개통 — 첫날 승객 몰려"
    widest = max(Style("serif", 40).width(word) for word in title.split())
    for width in range(int(widest) + 45, 420, 7):
        lines = broken(title, Style("serif", 40), width)
        assert " ".join(lines) == title
        assert all(line == line.strip() for line in lines)
