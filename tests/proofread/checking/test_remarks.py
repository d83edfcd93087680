import pytest

from pminusy.proofread import proofread


@pytest.mark.parametrize(
    ("page", "note"),
    [
        (r"$$f(x) = x^2 + 1$$ $$f(x) = 3.25$$", "numbers from one example"),
        (
            r"$$g(x) = x^2 - 4x$$ We set the derivative to zero: $$\frac{d}{dx} (x^2 - 4x) = 0$$",
            "set to zero",
        ),
        (r"$$h = 2x$$ There $h = 7x$ is not meant.", "a remark in the running text"),
    ],
)
def test_what_does_not_hold_in_general_may_claim_nothing(page, note):
    proof = proofread(page)
    assert proof.first_wrong is None
    assert any(note in each for each in proof.notes), proof.notes


def test_a_number_that_is_miscalculated_is_a_claim():
    assert proofread(r"$$1.5 \cdot 4.2 = 8.3$$").first_wrong is not None
