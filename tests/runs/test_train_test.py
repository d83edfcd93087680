import numpy as np
import pytest

from pminusy.errors import DataError
from pminusy.runs.options import FitOptions
from pminusy.runs.train_test import read_parts


@pytest.fixture
def archive(tmp_path):
    def write(**arrays) -> str:
        np.savez(tmp_path / "data.npz", **arrays)
        return str(tmp_path / "data.npz")

    return write


@pytest.fixture
def numbers():
    X = np.random.default_rng(0).normal(size=(30, 4))
    return X, np.arange(30) % 3


def test_a_fifth_is_held_out_unless_told_otherwise():
    parts = read_parts("iris", FitOptions())
    assert (parts.train.n_rows, len(parts.test[1])) == (120, 30)
    assert parts.dataset.n_rows == 150
    assert any("held out 30 of 150 rows" in note for note in parts.dataset.notes)


def test_none_are_held_out_where_none_are_wanted():
    parts = read_parts("iris", FitOptions(test_size=0.0))
    assert parts.test is None
    assert parts.train is parts.dataset
    assert not any("held out" in note for note in parts.dataset.notes)


def test_no_row_is_in_both_parts():
    parts = read_parts("digits", FitOptions(test_size=0.5))
    ours, theirs = parts.train.X, parts.test[0]
    assert len(ours) + len(theirs) == 1797
    assert np.array_equal(np.sort(np.vstack([ours, theirs]), axis=0), np.sort(parts.dataset.X, axis=0))


def test_classes_of_one_row_are_told_about(write_table, fruit_rows):
    parts = read_parts(write_table([*fruit_rows, "1,red,pip"]), FitOptions(target="kind"))
    assert "pip" in parts.train.y
    assert any("classes with a single row stay to learn from" in note for note in parts.dataset.notes)


def test_the_own_test_part_of_the_data_is_used(archive, numbers):
    X, y = numbers
    source = archive(X_train=X, y_train=y, X_test=X[:5] + 1, y_test=y[:5])
    parts = read_parts(source, FitOptions())
    assert parts.train.n_rows == 30
    assert np.array_equal(parts.test[0], X[:5] + 1)


def test_a_share_asked_for_is_taken_from_the_training_rows(archive, numbers):
    X, y = numbers
    source = archive(X_train=X, y_train=y, X_test=X[:5], y_test=y[:5])
    parts = read_parts(source, FitOptions(test_size=0.5))
    assert (parts.train.n_rows, len(parts.test[1])) == (15, 15)


def test_labels_unseen_in_training_are_named(archive, numbers):
    X, y = numbers
    with pytest.raises(DataError, match=r"got 7$"):
        read_parts(archive(X_train=X, y_train=y, X_test=X[:3], y_test=np.array([0, 7, 1])), FitOptions())


def test_many_unseen_labels_are_counted(archive, numbers):
    X, y = numbers
    source = archive(X_train=X, y_train=y, X_test=X[:9], y_test=np.arange(9) + 10)
    with pytest.raises(DataError, match=r"got 10, 11, 12, 13, 14 and 4 more$"):
        read_parts(source, FitOptions())


def test_a_test_file_of_one_class_will_do(write_table, fruit_rows, archive, numbers):
    train = write_table(fruit_rows)
    _, y = read_parts(train, FitOptions(target="kind", test=write_table(["1,red,plum", "2,red,plum"]))).test
    assert y.tolist() == ["plum", "plum"]
    X, y = numbers
    array = archive(X=X, y=y)
    np.savez(array.replace("data", "more"), X=X[:3], y=[2, 2, 2])
    assert read_parts(array, FitOptions(test=array.replace("data.npz", "more.npz"))).test[1].tolist() == [
        2,
        2,
        2,
    ]


def test_names_that_all_happen_to_be_numbers_are_names_in_a_test_file(write_table):
    train = write_table([f"{i % 7},a,{('1', '2', 'x')[i % 3]}" for i in range(30)])
    _, y = read_parts(train, FitOptions(target="kind", test=write_table(["1,a,2", "3,a,1"]))).test
    assert y.tolist() == ["2", "1"]


def test_new_categories_of_a_test_file_are_noted(write_table, fruit_rows):
    test = write_table(["1,mauve,plum", "2,red,plum"])
    notes = read_parts(write_table(fruit_rows), FitOptions(target="kind", test=test)).dataset.notes
    assert notes[-1].startswith("test data: column 'colour': 1 of 2 rows have a category")


def test_strings_are_not_the_numbers_that_they_spell(write_table, fruit_rows):
    train = write_table(["1,a,1", "2,b,2"] * 3)
    test = write_table(["1,a,one", "2,b,2"])
    with pytest.raises(DataError, match=r"got '2', 'one'$"):
        read_parts(train, FitOptions(target="kind", test=test))


@pytest.mark.parametrize(
    ("label", "hint"), [("Apple", "'Apple' differs from 'apple' only in case"), ("pear", "got 'pear'$")]
)
def test_labels_that_are_read_as_those_of_training_are_told_apart(write_table, fruit_rows, label, hint):
    test = write_table(["1,red,plum", f"2,red,{label}"])
    with pytest.raises(DataError, match=hint):
        read_parts(write_table(fruit_rows), FitOptions(target="kind", test=test))


def test_a_test_file_is_read_with_the_roles_of_training(write_table, fruit_rows):
    train = write_table(fruit_rows)
    # By itself, a column of numbers would be numeric, and one that is all missing left out.
    test = write_table(["100,1,apple", "20,,plum"])
    X, y = read_parts(train, FitOptions(target="kind", test=test)).test
    assert X.columns == ["weight", "colour"]
    assert y.tolist() == ["apple", "plum"]


def test_a_test_file_has_its_columns_in_any_order_and_may_have_more(write_table, fruit_rows):
    test = write_table(["apple,x,red,100", "plum,x,blue,20"], header="kind,other,colour,weight")
    X, _ = read_parts(write_table(fruit_rows), FitOptions(target="kind", test=test)).test
    assert X.row(0) == (100, "red")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("wait,colour,kind", "no column 'weight'"),
        ("weight,colour,kinds", "no column 'kind'; did you mean 'kinds'"),
    ],
)
def test_a_column_that_the_test_file_lacks_is_named(write_table, fruit_rows, header, message):
    test = write_table(["1,red,apple", "2,red,plum"], header=header, name="test.csv")
    with pytest.raises(DataError, match=f"test data .*test.csv: {message}"):
        read_parts(write_table(fruit_rows), FitOptions(target="kind", test=test))


def test_a_table_is_not_tested_on_an_array_nor_the_reverse(write_table, fruit_rows, archive, numbers):
    table, array = write_table(fruit_rows), archive(X=numbers[0], y=numbers[1])
    with pytest.raises(DataError, match="expected a table with column 'kind', got an array"):
        read_parts(table, FitOptions(target="kind", test=array))
    with pytest.raises(DataError, match="expected an array with 4 columns, got a table"):
        read_parts(array, FitOptions(test=table))


def test_an_array_of_another_width_is_refused(archive, numbers, tmp_path):
    X, y = numbers
    np.savez(tmp_path / "narrow.npz", X=X[:, :3], y=y)
    with pytest.raises(DataError, match=r"expected 4 columns .*got \(30, 3\)"):
        read_parts(archive(X=X, y=y), FitOptions(test=str(tmp_path / "narrow.npz")))
