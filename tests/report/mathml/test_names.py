import pytest

from pminusy.report.mathml.names import name_element


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("p", "<mi>p</mi>"),
        ("NLL", "<mi>NLL</mi>"),
        (r"\lambda", "<mi>λ</mi>"),
        (r"\Sigma", "<mi>Σ</mi>"),
        (r"\epsilon", "<mi>ϵ</mi>"),
        (r"\varepsilon", "<mi>ε</mi>"),
        (r"\log", "<mi>log</mi>"),
        (r"\mathrm{GELU}", '<mi mathvariant="normal">GELU</mi>'),
        (r"\mathcal{L}", "<mi>ℒ</mi>"),
        (r"\mathcal{D}", "<mi>𝒟</mi>"),
        (r"\mathbb{R}", "<mi>ℝ</mi>"),
        (r"\mathbb{1}", "<mi>𝟙</mi>"),
        (r"\mathfrak{g}", "<mi>𝔤</mi>"),
        (r"\tilde{\sigma}", '<mover accent="true"><mi>σ</mi><mo stretchy="false">~</mo></mover>'),
        ("p'", "<msup><mi>p</mi><mo>′</mo></msup>"),
        (r"\mathbf{w}", "<mi>w</mi>"),
        ("<", "<mi>&lt;</mi>"),
    ],
)
def test_names(name, expected):
    assert name_element(name) == expected
