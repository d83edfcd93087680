import json

from hypothesis import given
from hypothesis import strategies as st

from pminusy.proofread.source.documents import document_text
from pminusy.proofread.source.notebook_lines import notebook_lines

LINE = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=6)
SOURCE = st.one_of(LINE, st.lists(LINE.map(lambda line: line.replace("\n", "") + "\n"), max_size=4))
CELLS = st.lists(
    st.builds(
        lambda kind, source: {"cell_type": kind, "source": source},
        st.sampled_from(["markdown", "code"]),
        SOURCE,
    )
)


def test_each_line_is_where_it_stands_in_the_file():
    cells = [
        {"cell_type": "markdown", "source": ["$a$\n", '"b"\n', "c"]},
        {"cell_type": "code", "source": ['"b"\n']},
        {"cell_type": "markdown", "source": "d\ne"},
    ]
    file = json.dumps({"cells": cells}, indent=2)
    lines = file.split("\n")
    text = document_text(file).split("\n")
    places = dict(zip(text, notebook_lines(file), strict=True))
    assert lines[places["$a$"] - 1].strip() == '"$a$\\n",'
    assert lines[places['"b"'] - 1].strip() == '"\\"b\\"\\n",'
    assert lines[places["c"] - 1].strip() == '"c"'
    assert places["d"] == places["e"]
    assert "d\\ne" in lines[places["d"] - 1]


def test_pieces_need_not_end_where_lines_do():
    file = '{"cells": [{"cell_type": "markdown", "source": [\n"a",\n"b\\nc",\n"d"]}]}'
    assert document_text(file) == "ab\ncd"
    assert notebook_lines(file) == [2, 3]


@given(CELLS, st.sampled_from([None, 1]))
def test_every_line_of_the_text_has_one(cells, indent):
    file = json.dumps({"cells": cells}, indent=indent)
    found = notebook_lines(file)
    if any(cell["cell_type"] == "markdown" for cell in cells):
        assert len(found) == len(document_text(file).split("\n"))
    assert all(1 <= line <= file.count("\n") + 1 for line in found)
