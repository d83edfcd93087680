from pminusy.runs.text_input import read_document


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "text.md"
    path.write_bytes(b"\xef\xbb\xbf$\xc3\xa4$\r\n")
    assert read_document(str(path)) == "$ä$\r\n"
