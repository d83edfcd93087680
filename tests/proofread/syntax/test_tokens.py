import pytest

from pminusy.errors import InputError
from pminusy.proofread.syntax.tokens import Token, Unreadable
from pminusy.proofread.syntax.tree import Span


def test_what_cannot_be_read_is_an_input_error_with_its_place():
    with pytest.raises(InputError, match="no") as error:
        raise Unreadable("no", Span(3, 5))
    assert error.value.span == Span(3, 5)


def test_a_token_is_plain_until_said_otherwise():
    token = Token("name", "x", Span(0, 1))
    assert (token.bold, token.spaced, token.guessed) == (False, False, "")
