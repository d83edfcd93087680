import inspect

from pminusy.cli.option_groups import option, takes_options


def test_options_come_after_the_one_that_they_are_named_by():
    seen = {}

    @takes_options(first=[option("a", int, 1)], second=[option("b", str, "x")])
    def command(first: str, second: str = "s", *, third: int = 3, **given):
        seen.update(first=first, second=second, third=third, **given)

    parameters = inspect.signature(command).parameters
    assert list(parameters) == ["first", "a", "second", "b", "third"]
    assert (parameters["a"].default, parameters["a"].annotation) == (1, int)
    command(first="f", a=5, second="t", b="y", third=4)
    assert seen == {"first": "f", "second": "t", "third": 4, "a": 5, "b": "y"}
