from pminusy.datasets.pieces.size import default_memory, memory_needed
from pminusy.datasets.readers.limits import machine_memory


def test_what_files_would_take_follows_from_their_rows_and_columns(rows, write):
    parquet, text = write(rows, "a.parquet"), write(rows, "a.csv")
    assert memory_needed((parquet,)) == 64 * 1000 * 4
    assert memory_needed((parquet, parquet)) == 2 * 64 * 1000 * 4
    assert 100_000 < memory_needed((text,)) < 1_000_000


def test_nothing_is_said_of_what_cannot_be_read_in_pieces(rows, write, tmp_path):
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 and nothing else")
    assert memory_needed(("iris",)) == 0
    assert memory_needed((write(rows, "a.csv"), "iris")) == 0
    assert memory_needed((str(tmp_path / "bad.parquet"),)) == 0


def test_half_of_the_machine_is_for_the_data():
    assert default_memory() == machine_memory() // 2
