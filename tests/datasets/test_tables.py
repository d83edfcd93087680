import numpy as np
import polars as pl
import pytest

from pminusy.datasets.dataset import Role
from pminusy.datasets.tables import table_dataset
from pminusy.errors import DataError

RNG = np.random.default_rng(0)
FRAME = pl.DataFrame(
    {
        "width": RNG.standard_normal(40),
        "colour": RNG.choice(["red", "green", "blue"], 40),
        "Label": RNG.choice(["no", "yes"], 40),
    }
)


def built(frame=FRAME, **options):
    arguments = {"name": "flowers", "source": "flowers.csv", "target": None, "drop": (), "roles": {}}
    return table_dataset(frame, **arguments | options)


def test_a_table_becomes_features_with_roles_and_a_target():
    data = built(target="Label")
    assert (data.name, data.source, data.kind) == ("flowers", "flowers.csv", "table")
    assert data.target_name == "Label"
    assert data.feature_names == ("width", "colour")
    assert data.roles == {"width": Role.NUMERIC, "colour": Role.CATEGORY}
    assert data.y.tolist() == FRAME["Label"].to_list()
    assert data.X["width"].to_list() == FRAME["width"].to_list()
    assert not data.notes


def test_a_target_that_is_not_named_is_found_whatever_its_case():
    data = built()
    assert data.target_name == "Label"
    assert "using column 'Label' as the target" in data.notes
    other = FRAME.with_columns(y=pl.Series(RNG.choice(["p", "q"], 40)))
    assert built(other).target_name == "Label"


def test_columns_are_left_out_or_given_a_role_as_asked():
    assert built(drop=["colour"]).feature_names == ("width",)
    data = built(FRAME.with_columns(size=pl.Series(RNG.integers(1, 4, 40))), roles={"size": Role.CATEGORY})
    assert data.roles["size"] is Role.CATEGORY


def test_rows_without_a_target_are_left_out_and_counted():
    missing = FRAME.with_columns(Label=pl.when(pl.int_range(40) < 3).then(None).otherwise(pl.col("Label")))
    data = built(missing)
    assert len(data.y) == data.X.height == 37
    assert "dropped rows with a missing target: 3" in data.notes


def test_classes_of_a_single_row_are_noted():
    rare = FRAME.with_columns(
        Label=pl.when(pl.int_range(40) == 7).then(pl.lit("maybe")).otherwise(pl.col("Label"))
    )
    assert "classes with a single row: 1 of 3" in built(rare).notes


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"target": "flower"}, "^target: .*flower"),
        ({"drop": ["flower"]}, "^drop: .*flower"),
        ({"drop": ["Label"]}, "^drop: 'Label' is the target$"),
        ({"roles": {"flower": Role.TEXT}}, "^roles: .*flower"),
        ({"roles": {"Label": Role.TEXT}}, "^roles: 'Label' is the target$"),
        ({"drop": ["width"], "roles": {"width": Role.TEXT}}, "^roles: 'width' is also in drop$"),
        ({"drop": ["width", "colour"]}, "^flowers.csv: no feature columns are left"),
        ({"frame": FRAME.head(0)}, "^flowers.csv: contains no rows$"),
        ({"frame": FRAME.rename({"Label": "kind"})}, "^target: specify the column to predict"),
        (
            {"frame": FRAME.with_columns(Label=pl.lit(None, pl.String))},
            "^flowers.csv: no row has a value of target 'Label'$",
        ),
        ({"roles": {"colour": Role.NUMERIC}}, "colour"),
    ],
)
def test_what_cannot_be_read_is_refused(options, message):
    with pytest.raises(DataError, match=message):
        built(**options)
