from pminusy.proofread import proofread

PAGE = r"$$\int \frac{du}{u} = \int a\, dt$$ $$u = e^{at + C}$$ $$e^{at + C} = {}$$"


def steps(right):
    return proofread(PAGE.replace("{}", right)).steps


def test_a_constant_may_take_up_a_factor():
    assert "same constant" in steps(r"C e^{at}")[-1].question


def test_it_takes_up_nothing_that_moves():
    assert "same constant" not in (steps(r"C e^{2at}")[-1].question or "")


def test_antiderivatives_may_differ_by_a_constant():
    right = r"$$\int 2 \sin u \cos u\, du = \sin^2 u + C = -\cos^2 u + C$$"
    assert proofread(right).verdict == "correct"
    assert proofread(right.replace("-\\cos", "2 - 2\\cos")).verdict == "wrong"


def test_what_is_an_integral_without_limits_is_known_up_to_a_constant():
    page = r"$$u = \int \frac{\ln x}{x} dx = \frac{(\ln x)^2}{2} + C$$ $$v = u x = \frac{(\ln x)^2}{2} x$$"
    steps = proofread(page).steps
    assert steps[-1].verdict == "undecided"
    assert "constant of integration" in steps[-1].question
