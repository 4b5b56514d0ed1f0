"""Interactions and items in the shapes that people's data sets have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from functions.for_you.evaluation.evaluation_report import loaded
from functions.for_you.evaluation.input_files.interaction_files import Event, events
from functions.for_you.evaluation.input_files.item_files import episodes, item_name
from shared.errors import BadInput

AT = 1_700_000_000.0
TOLD = [("ann", "m1", 5, 0), ("ann", "m2", 2, 60), ("bob", "m1", 4, 120), ("ann", "m3", 3, 180), ("bob", "m2", 5, 240)]
LIKED: list[Event] = [(user, item, 1.0 if rating >= 4 else -0.4, AT + after) for user, item, rating, after in TOLD]
"""What any way of writing `TOLD` down has to be read as."""


def written(heading: list[str] | None, separator: str, *, times: str = "s", order: tuple[int, ...] = (0, 1, 2, 3)) -> str:
    scale = {"s": 1, "ms": 1000, "us": 1_000_000}

    def cells(row: tuple[str, str, int, int]) -> list[str]:
        moment = f"2023-11-14 22:{13 + row[3] // 60:02}:20 UTC" if times == "iso" else str(int(AT + row[3]) * scale[times])
        return [row[0], row[1], str(row[2]), moment]

    rows = [*([heading] if heading else []), *([cells(row)[place] for place in order] for row in TOLD)]
    return "\n".join(separator.join(row) for row in rows) + "\n"


FILES = {
    "movielens.csv": written(["userId", "movieId", "rating", "timestamp"], ","),
    "recbole.inter": written(["user_id:token", "item_id:token", "rating:float", "timestamp:float"], "\t"),
    "book_crossing.csv": written(["User-ID", "ISBN", "Book-Rating", "Date"], ";", times="iso"),
    "ratings.dat": written(None, "::"),
    "u.data": written(None, "\t", times="ms"),
    "amazon.csv": written(None, ","),
    "events.csv": written(["timestamp", "visitorid", "score", "itemid"], ",", times="us", order=(3, 0, 2, 1)),
    "anime.dat": written(["Reader_No_ID", "Anime_IDs", "Stars", "Rated At"], "|"),
    "blanks.txt": written(None, " "),
    "amazon.json": "\n".join(
        json.dumps({"reviewerID": user, "asin": item, "overall": float(rating), "unixReviewTime": AT + after})
        for user, item, rating, after in TOLD
    ),
    "list.json": json.dumps([{"uid": u, "episode": i, "value": r, "ts": 1000 * (AT + after)} for u, i, r, after in TOLD]),
    "wrapped.json": json.dumps({"count": 5, "data": [{"user": u, "item": i, "rating": str(r), "time": AT + a} for u, i, r, a in TOLD]}),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_who_rated_what_when_is_read_in_any_shape(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(FILES[name].replace("ann", "ånn"), encoding="cp1252" if name == "book_crossing.csv" else "utf-8")
    assert events(path) == [(user.replace("ann", "ånn"), item, weight, at) for user, item, weight, at in LIKED]


def weights(path: Path, text: str) -> list[float]:
    path.write_text(text)
    return [round(weight, 3) for _, _, weight, _ in events(path)]


def test_actions_counts_and_mere_rows_are_engagements_too(tmp_path: Path) -> None:
    path = tmp_path / "plays.tsv"
    assert weights(path, "user\tartist\tplays\n" + "a\tx\t1\na\ty\t900\nb\tx\t30\nb\tz\t0\n") == [0.667, 1.333, 1.0]
    assert weights(path, "userID\titemID\na\tx\nb\tx\n") == [1.0, 1.0]
    assert weights(path, "user,item,event\na,x,view\na,y,add_to_cart\nb,x,dislike\nb,y,impression\nb,z,who knows\n") == [
        1.0, 1.5, -0.4, 1.0,
    ]  # fmt: skip
    assert weights(path, "user_id,item_id,is_click\na,x,1\na,y,0\nb,x,1\n") == [1.0, -0.4, 1.0]
    assert weights(path, "11,A game,purchase,1.0,0\n11,A game,play,7,0\n12,B game,purchase,1.0,0\n13,B game,play,2.5,0\n")[0] > 0
    unrated = "".join(f"u{row},i{row},{rating}\n" for row, rating in enumerate([0, 0, 0, 10, 9, 8, 3, 2, 1, 0]))
    assert weights(path, "user,item,rating\n" + unrated) == [1.0] * 3 + [1.0] * 3 + [-0.4] * 3 + [1.0]
    mild = "".join(f"u{row},i{row},{rating}\n" for row, rating in enumerate([100, 70, 70, 65, 60, 60, 50, 40, 30, 20]))
    assert sum(weight > 0 for weight in weights(path, "user,item,score\n" + mild)) == 4
    path.write_text('{"user_id": "a", "episode_id": "e", "action": "skip", "at": "2026-01-01T00:00:00Z"}\n')
    assert events(path) == [("a", "e", -0.4, 1767225600.0)]


def test_what_cannot_be_used_is_passed_over_or_said(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("user,item,rating,time\na,x,5,100\na,y,\nb,,3,5\nb,x,five,soon\nb,y,5,200\n")
    assert events(path) == [("a", "x", 1.0, 100.0), ("b", "x", 1.0, 5.0), ("b", "y", 1.0, 200.0)]
    for content, match in (
        ("a,b\n1,2\n", "names no user and item: its columns are a, b"),
        ("user,item\n", "no row"),
        ("", "no row"),
        ("user,item\n,x\n", "no row of"),
    ):
        path.write_text(content)
        with pytest.raises(BadInput, match=match):
            events(path)
    with pytest.raises(BadInput, match="cannot read"):
        events(tmp_path / "nowhere.csv")


def test_without_times_users_who_take_turns_are_in_order_and_listed_ones_in_one_of_chance(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("user,item\n" + "".join(f"u{row % 5},i{row}\n" for row in range(50)))
    assert [at for *_, at in events(path)] == [float(row) for row in range(50)]
    path.write_text("user,item\n" + "".join(f"u{row // 10},i{row}\n" for row in range(50)))
    times = [at for *_, at in events(path)]
    assert times != sorted(times)
    assert times == [at for *_, at in events(path)]
    path.write_text("user,item,date\n" + "".join(f"u{row % 5},i{row},2026-01-{1 + row // 25:02}\n" for row in range(50)))
    days = [at for *_, at in events(path)]
    assert len(set(days)) == 50
    assert max(days[:25]) < min(days[25:])


ITEMS = {
    "movies.csv": "movieId,title,genres\nm1,Alien (1979),Horror|Sci-Fi\nm2,Heat,Crime\n",
    "movies.dat": "m1::Alien (1979)::Horror|Sci-Fi\nm2::Heat::Crime\n",
    "u.item": "m1|Alien (1979)|01-Jan-1979|http://x/1|0|1|1\nm2|Heat|01-Jan-1995|http://x/2|1|0|0\n",
    "tmdb.csv": "budget,genres,id,original_title,overview\n"
     "1,\"[{'id': 27, 'name': 'Horror'}, {'id': 8, 'name': 'Sci-Fi'}]\",m1,Alien (1979),A ship\n2,\"[{'id': 9, 'name': 'Crime'}]\",m2,Heat,A thief\n",
    "recbole.item": "item_id:token\tmovie_title:token_seq\tclass:token_seq\nm1\tAlien (1979)\tHorror Sci-Fi\nm2\tHeat\tCrime\n",
    "meta.jsonl": json.dumps({"asin": "m1", "title": "Alien (1979)", "categories": ["Horror", "Sci-Fi"]}) + '\n{"asin": "m2", "title": "Heat"}\n',
    "games.tsv": "No\tGame_Key\tGame Name\tGenre\n1\tm1\tAlien (1979)\tHorror, Sci-Fi\n2\tm2\tHeat\tCrime\n",
}  # fmt: skip


@pytest.mark.parametrize("name", ITEMS)
def test_items_in_other_shapes_have_their_titles_and_categories(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(ITEMS[name])
    found = {episode.id: episode for episode in episodes(path, None, ["m1", "m2", "m9"])}
    assert [found[item].title for item in ("m1", "m2", "m9")] == ["Alien (1979)", "Heat", "m9"]
    flags = ("column5", "column6")  # nobody says what they are
    assert found["m1"].categories == (flags if name == "u.item" else ("Horror", "Sci-Fi"))


def test_items_may_have_no_text_values_that_do_not_fit_and_tags(tmp_path: Path) -> None:
    path, tags = tmp_path / "items.csv", tmp_path / "tags.csv"
    path.write_text("item,duration,lang,about\nm1,-5,en,A long story of rain\nm2,60,x" + "y" * 30 + ",A thief\n")
    tags.write_text("user,item,tag,time\n1,m1,wet,5\n2,m1,dark,6\n")
    found = {episode.id: episode for episode in episodes(path, tags, ["m1", "m2", "m3"])}
    assert (found["m1"].duration_s, found["m1"].language, found["m2"].duration_s, found["m2"].language) == (0, "en", 60, "")
    assert "wet dark" in found["m1"].description
    path.write_text("item,price\nm1,5\nm2,6\n")
    assert [episode.title for episode in episodes(path, None, ["m1", "m2"])] == ["m1", "m2"]
    path.write_text("item,title\nm7,Another\n")
    with pytest.raises(BadInput, match="has an item of the interactions"):
        episodes(path, None, ["m1"])
    assert [episode.id for episode in episodes(None, None, ["7", item_name("a/b")])] == ["7", item_name("a/b")]
    assert (item_name(7.0), item_name("7 "), "/" in item_name("a/b")) == ("7", "7", False)


def test_files_become_a_catalogue_and_a_log(tmp_path: Path) -> None:
    (tmp_path / "u.data").write_text(FILES["u.data"])
    (tmp_path / "movies.dat").write_text(ITEMS["movies.dat"])
    catalogue, log = loaded(tmp_path / "u.data", tmp_path / "movies.dat", None)
    assert (catalogue.ids, len(log), log.names) == (["m1", "m2", "m3"], 5, ["ann", "bob"])
