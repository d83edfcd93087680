from types import SimpleNamespace

import numpy as np

from pminusy.report.kept import KeptFeature, kept_as_image, kept_by_name, kept_features


def test_features_are_listed_by_their_largest_coefficient():
    coef = np.array([[0, 1.0, 0, -2], [0, -4, 0, 0], [0, 0, 0, 1]])
    kept = kept_by_name(coef, ("a", "b", "c"), ["p", "q", "r", "s"])
    assert (kept.n_features, kept.n_kept, kept.image) == (4, 2, None)
    assert kept.listed == (KeptFeature("q", 2, -4.0, "b"), KeptFeature("s", 2, -2.0, "a"))


def test_of_two_classes_the_one_that_it_speaks_for_is_named():
    kept = kept_by_name(np.array([[3.0, -1.0]]), ("no", "yes"), ["p", "q"])
    assert [(each.name, each.strongest) for each in kept.listed] == [("p", "yes"), ("q", "no")]


def test_no_more_than_three_hundred_are_listed():
    kept = kept_by_name(np.ones((2, 400)), ("a", "b", "c"), [f"x{i}" for i in range(400)])
    assert (kept.n_kept, len(kept.listed)) == (400, 300)


def test_pixels_are_as_dark_as_classes_use_them():
    coef = np.zeros((4, 6))
    coef[:, 1], coef[:2, 5] = 1.0, -1.0
    kept = kept_as_image(coef, (2, 3))
    assert (kept.n_features, kept.n_kept, kept.listed) == (6, 2, ())
    assert kept.image.levels == (0, 255, 0, 0, 0, 128)
    coloured = kept_as_image(np.repeat(coef, 3, axis=1), (2, 3, 3))
    assert coloured.n_kept == 6
    assert coloured.image == kept.image


def test_only_an_l1_part_leaves_features_out():
    model = SimpleNamespace(l1_ratio=0.0, coef_=np.eye(3))
    assert kept_features(model, ("a", "b", "c"), ["p", "q", "r"], None) is None
    model.l1_ratio = 0.5
    assert kept_features(model, ("a", "b", "c"), ["p", "q", "r"], None).n_kept == 3
    assert kept_features(model, ("a", "b", "c"), [], (1, 3)).image is not None
