import pytest

from pminusy.cli.console import stderr_console, stdout_console


@pytest.mark.parametrize("text", ["[red]a[/red]", "a :smile: b", "1234 'quoted' http://example.org"])
def test_text_is_printed_as_it_is(text, capsys):
    stdout_console().print(text)
    stderr_console().print(text)
    assert capsys.readouterr() == (f"{text}\n", f"{text}\n")
