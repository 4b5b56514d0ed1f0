from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from functions.for_you.array_types import unit
from functions.for_you.catalogue.episode_snapshot import columns
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation import evaluation_report, ranking_metrics
from functions.for_you.evaluation.split_evaluation import Measured, measure, split_of
from functions.for_you.evaluation.synthetic_listeners import World
from functions.for_you.profile.completion_quantiles import bands, quantile
from functions.for_you.ranking import train_test_splits
from functions.for_you.ranking.als_factors import fit
from functions.for_you.ranking.blend_tuning import tuned
from functions.for_you.ranking.fold_in import fold_in, gram
from functions.for_you.ranking.interaction_log import from_engagements
from functions.for_you.text.encoder_selection import close_from, encode
from functions.for_you.text.lsa import lsa
from shared.errors import Permanent


@pytest.fixture(scope="module")
def by_user(made: World) -> Measured:
    catalogue = columns(made.episodes)
    return measure("user", catalogue, from_engagements(made.events, catalogue.index))


def test_planted_tastes_are_found_where_popularity_and_mean_texts_find_little(by_user: Measured) -> None:
    ours, popular, mean_text = (by_user.rows[name]["recall@50"].value for name in ("for-you", "popularity", "mean text vector"))
    assert ours > 1.3 * popular
    assert ours > mean_text
    assert by_user.rows["for-you"]["ndcg@10"].value > by_user.rows["popularity"]["ndcg@10"].value


def test_mmr_at_three_tenths_costs_no_more_than_chance_and_calibration_calibrates(by_user: Measured) -> None:
    plain, diverse = by_user.rows["for-you"], by_user.rows["+ MMR 0.3"]
    assert diverse["ndcg@10"].value >= plain["ndcg@10"].low
    assert diverse["diversity"].value > plain["diversity"].value
    assert by_user.rows["+ calibration"]["kl"].value < plain["kl"].value
    assert by_user.calibration is not None
    assert by_user.calibration.low > 0
    assert by_user.rows["the whole feed"]["over_cap"].value == 0 < plain["over_cap"].value


def test_every_part_is_taken_out_once_and_told_with_its_interval(by_user: Measured) -> None:
    parts = ("factors", "text", "popularity", "freshness", "dislikes", "medoids", "ridge map")
    assert {f"without {part}" for part in parts} == {label for label in by_user.rows if label.startswith("without ")}
    steps = ("+ series caps", "+ calibration", "+ MMR 0.3", "the whole feed")
    assert set(by_user.gains) >= {*(f"without {part}" for part in parts), *steps}
    for label, gain in by_user.gains.items():
        assert gain.low <= gain.value <= gain.high
        if label.startswith("without "):
            assert gain.value == pytest.approx(by_user.rows["for-you"]["ndcg@10"].value - by_user.rows[label]["ndcg@10"].value)


def test_an_evaluation_is_a_table_and_pictures_of_the_trade_off_and_of_each_part(by_user: Measured) -> None:
    rows = dict(evaluation_report.cells(by_user))
    assert {len(cells) for cells in rows.values()} == {len(evaluation_report.COLUMNS)}
    assert rows["without medoids"][-1] == str(by_user.gains["without medoids"])
    pictures = dict(evaluation_report.pictures([by_user]))
    assert list(pictures) == ["", "-parts-user"]
    for drawn in pictures.values():
        ET.fromstring(drawn)  # noqa: S314 - our own
    assert pictures[""].count("<circle") == len(by_user.curve)
    assert all(f">{label.removeprefix('without ')}</text>" in pictures["-parts-user"] for label in by_user.gains)
    assert evaluation_report.as_json(by_user)["adds"]["without factors"][0] == round(by_user.gains["without factors"].value, 5)
    ET.fromstring(dict(evaluation_report.pictures([]))[""])  # noqa: S314 - as above


def test_new_episodes_are_found_by_their_text_and_by_the_ridge_map_from_it(made: World) -> None:
    catalogue = columns(made.episodes)
    found = measure("cold", catalogue, from_engagements(made.events, catalogue.index))
    assert found.rows["for-you"]["recall@50"].value > 1.5 * found.rows["popularity"]["recall@50"].value
    for part in ("text", "ridge map"):
        assert found.rows[f"without {part}"]["recall@50"].value <= found.rows["for-you"]["recall@50"].value + 0.02


def test_what_is_alike_depends_on_the_model_of_vectors(made: World) -> None:
    catalogue = columns(made.episodes)
    pairs = catalogue.vectors @ catalogue.vectors.T
    assert 0.9 < (pairs < catalogue.close).mean() < 1
    crowded = unit(catalogue.vectors + 2 * unit(np.ones_like(catalogue.vectors)))  # as of models of which all texts are near
    assert close_from(crowded) > catalogue.close + 0.1
    assert close_from(catalogue.vectors[:1]) == close_from(catalogue.vectors[:0]) == 0.2


def test_tuning_never_makes_it_worse_and_leaves_small_logs_alone(made: World) -> None:
    catalogue = columns(made.episodes)
    log = from_engagements(made.events, catalogue.index)
    found = tuned(catalogue, log)
    assert found.after >= found.before > 0
    assert tuned(catalogue, log.where(log.users < 3)).users < 20


def test_folding_a_user_in_gives_about_what_als_has_for_them(made: World) -> None:
    catalogue = columns(made.episodes)
    log = from_engagements(made.events, catalogue.index).liked
    factors = fit(log, len(catalogue))
    mine = log.items[log.users == 0]
    scores = factors @ fold_in(mine, np.ones(mine.size, np.float32), factors, gram(factors))
    assert scores[mine].mean() > np.quantile(scores, 0.9)
    assert fit(log.where(np.arange(10)), len(catalogue)).shape == (len(catalogue), 0)


def test_splits_hold_out_the_last_events_new_items_or_the_same_pairs_every_time(made: World) -> None:
    catalogue = columns(made.episodes)
    log = from_engagements(made.events, catalogue.index)
    last = train_test_splits.by_user(log)
    for user, held in last.held.items():
        assert log.at[(log.users == user) & np.isin(log.items, held)].max() >= last.train.at[last.train.users == user].max()
    cold = train_test_splits.by_item(log, of=len(catalogue))
    assert cold.only is not None
    assert not np.isin(cold.train.items, cold.only).any()
    once, again = (
        train_test_splits.by_hash(log, catalogue.ids),
        train_test_splits.by_hash(log.where(log.users > 4), catalogue.ids),
    )
    assert 0.1 < 1 - len(once.train) / len(log) < 0.3
    assert all(set(again.held[user]) == set(once.held[user]) for user in again.held)
    assert train_test_splits.by_time(log).train.at.max() <= log.at.max()


def test_the_held_out_share_of_live_data_stays_the_same_as_more_comes(made: World) -> None:
    catalogue = columns(made.episodes)
    log = from_engagements(made.events, catalogue.index)
    earlier, later = (split_of("hold-out", log.where(np.arange(len(log)) < count), catalogue.ids) for count in (800, len(log)))
    assert earlier.held
    assert all(set(earlier.held[user]) <= set(later.held[user]) for user in earlier.held)
    assert measure("hold-out", catalogue, log, parts=False).users == len(later.held)


def test_metrics_of_known_lists() -> None:
    found = ranking_metrics.quality(np.asarray([9, 1, 8, 2]), np.asarray([1, 2]))
    assert found["recall@10"] == 1
    assert found["mrr"] == 0.5
    assert found["ndcg@10"] == pytest.approx((1 / np.log2(3) + 1 / np.log2(5)) / (1 + 1 / np.log2(3)))
    mean = ranking_metrics.mean([0, 1] * 50)
    assert mean.low < mean.value == 0.5 < mean.high


def test_a_completion_counts_beside_others_of_its_length() -> None:
    known = bands([(300, share / 100) for share in range(100)] + [(7000, share / 400) for share in range(100)])
    assert quantile(0.25, 6000, known) > 0.9
    assert 0.2 < quantile(0.25, 300, known) < 0.3
    assert quantile(0.4, 3000, known) == 0.4


def test_texts_that_share_a_subject_lie_near_and_empty_ones_nowhere() -> None:
    texts = ["orbit of the moon", "the moon and its orbit", "dough and butter", "butter, dough, oven", "oven dough", ""]
    vectors = lsa(texts)
    assert vectors.shape == (6, 256)
    assert vectors[0] @ vectors[1] > 0.5 > abs(vectors[0] @ vectors[2])
    assert not vectors[5].any()
    alone, label = encode(texts, 2 * np.eye(6, dtype=np.float32))
    assert label == "model"
    assert np.array_equal(alone, np.eye(6))
    wide, _ = encode(texts, np.random.default_rng(1).standard_normal((6, 1536), dtype=np.float32))
    assert wide.shape == (6, 512)
    assert np.allclose(np.linalg.norm(wide, axis=1), 1, atol=1e-4)


def test_a_snapshot_survives_its_file_and_no_other_file_is_one(fitted: Snapshot) -> None:
    again = Snapshot.load(fitted.dump())
    assert (again.ids, again.blend, again.topic_names) == (fitted.ids, fitted.blend, fitted.topic_names)
    assert np.abs(again.vectors - fitted.vectors).max() < 1e-3
    assert np.array_equal(again.factors, fitted.factors)
    for content in (b"", b"PK\x03\x04", replace(fitted, ids=[]).dump()[:500]):
        with pytest.raises(Permanent):
            Snapshot.load(content)
