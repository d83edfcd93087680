"""Substitution, with the line on which the new variable is put in."""

from tests.proofread.rules.settings import lines_between, reasons_between


def test_a_substitution_shows_the_integrand_with_the_slope():
    lines = lines_between(r"\int_0^1 t \cos(t^2) dt", r"\int_0^1 \frac{1}{2} \cos w \, dw")
    assert [rule for rule, _ in lines] == ["rearrange", "substitution"]
    assert lines[0][1] == r"\int_{0}^{1}\frac{1}{2}\cos\left(t^2\right)\cdot2t\,dt"


def test_a_substitution_the_other_way_shows_the_integrand_before_it_is_simplified():
    lines = lines_between(r"\int_1^4 e^{\sqrt{t}} dt", r"\int_1^2 2 w e^w \, dw")
    assert "substitution" in [rule for rule, _ in lines]
    assert len(lines) > 1


def test_a_shift_needs_no_line_of_its_own():
    assert len(lines_between(r"\int_1^2 \frac{1}{3 + t} dt", r"\int_4^5 \frac{1}{w} dw")) == 1


def test_a_substitution_has_to_fit_the_limits():
    sentences = [
        r.sentence
        for r in reasons_between(r"\int_1^2 t \cos(t^2) dt", r"\int_{-4}^{-1} \frac{1}{2} \cos w \, dw")
    ]
    assert any("-t^2" in sentence for sentence in sentences)
