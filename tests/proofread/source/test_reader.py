import pytest

from pminusy.errors import InputError
from pminusy.proofread import proofread
from pminusy.proofread.source import reader
from pminusy.proofread.source.reader import read_page
from pminusy.proofread.syntax.latex import to_latex


def chains(text, **options):
    return [
        [to_latex(m.tree) if m.tree else None for m in c.members] for c in read_page(text, **options).chains
    ]


def test_chains_go_on_over_rows_and_displays():
    assert chains(r"$$a = b$$ $$= c$$") == [["a", "b", "c"]]
    assert chains(r"\begin{align} a &= b \\ &= c \\ d &= e \end{align}") == [["a", "b", "c"], ["d", "e"]]


def test_a_row_that_goes_on_in_the_middle_of_an_expression_is_put_together():
    assert chains(r"\begin{align} a &= b + c \\ &\quad + d \end{align}") == [["a", "b + c + d"]]


def test_conditions_belong_to_what_they_stand_beside():
    page = read_page(r"$$a_i = b_i \quad i \ne j$$ $$c_i = d_i$$")
    assert [len(chain.conditions) for chain in page.chains] == [1, 0]


def test_words_before_a_formula_are_its_cue():
    page = read_page("For example, if $y = 1$ then $a = b$. Let $c = d$.")
    assert page.chains[-1].cue


def test_memberships_and_steps_of_algorithms_are_no_chains():
    page = read_page(r"$x \in \mathbb{R}^n$ and $w \gets w - 1$")
    assert page.chains == []
    assert len(page.memberships) == 1
    assert [aside.reason for aside in page.asides] == ["a step of an algorithm"]


def test_definitions_from_outside_come_first():
    assert chains("$$a = b$$", define=["c = d"]) == [["c", "d"], ["a", "b"]]


def test_what_cannot_be_read_keeps_its_place():
    (chain,) = read_page(r"$$a = \frac{1 = b$$").chains or [None]
    assert chain is None or any(member.error for member in chain.members)


def test_quotations_are_read_like_the_rest():
    assert chains("> $$a = b$$\n> $$= c$$\n") == [["a", "b", "c"]]


def test_too_many_formulas_are_refused(monkeypatch):
    monkeypatch.setattr(reader, "MOST_FORMULAS", 2)
    with pytest.raises(InputError, match="expected at most 2 formulas, got 3"):
        read_page("$a$ $b$ $c$")


def test_a_line_that_begins_with_an_equals_sign_goes_on_from_the_last_formula_with_a_line_of_its_own():
    text = "$q = (u + v) w$\n\nWith $u = 3$ and $v = w$\n\n$ = 3 w + w^2$"
    chains = read_page(text).chains
    assert len(chains[0].members) == 3


def test_a_formula_that_has_no_tokens_still_claims_something():
    text = "$$a = b$$ $$" + "{" * 150 + "c" + "}" * 150 + " = d$$"
    broken = read_page(text).chains[-1]
    assert len(broken.members) == 2
    assert all(member.error for member in broken.members)
    assert chains("$$a = b$$ $$" + "{" * 150 + "c" + "}" * 150 + "$$") == [["a", "b"]]


def test_a_chain_of_any_length_is_read():
    count = 700
    page = read_page("$$" + " = ".join(f"(x + {n}) - {n}" for n in range(count)) + "$$")
    assert [len(chain.members) for chain in page.chains] == [count]


def test_displays_on_lines_of_their_own_stand_alone():
    page = read_page("$$a + b$$\nSo $$c + d$$ is $$e + f$$ less $$g + h.$$\n[tex]i + j[/tex]\n")
    assert [chain.alone for chain in page.chains] == [True, False, False, True, True]


def test_a_doubled_equals_sign_is_one():
    assert chains(r"$$R = = a + b$$") == [["R", "a + b"]]
    page = read_page(r"$R =   = (a + b)(2) \approx (1.5 + 0.5)(2) = 4$")
    assert [len(chain.members) for chain in page.chains] == [2, 2]


def test_a_mark_at_the_end_of_a_formula_is_no_operator():
    assert chains(r"$n \in \mathbb{N}^*$ and $$a = b$$") == [["a", "b"]]
    assert chains(r"$$f = g^*$$ with $$h = k$$") == [["f", "g^{*}"], ["h", "k"]]
    assert chains(r"$$a = b *$$ $$c$$") == [["a", "b * c"]]


def test_a_solution_that_begins_with_an_equals_sign_goes_on_from_the_problem():
    assert chains("Find $a + b$.\n\nSolution: $= c = d$") == [["a + b", "c", "d"]]
    assert chains("Find $a + b$ and see $= c = d$") == [["c", "d"]]


def test_a_row_goes_on_from_what_the_row_before_compared_with():
    rows = r"$$\begin{{align}} p &= q \\ &{sign} r \\ &= s \end{{align}}$$"
    for sign in (r"\le", ">", r"\approx", r"\propto", r"\sim"):
        assert chains(rows.format(sign=sign)) == [["p", "q"], ["r", "s"]]
    first = r"$$m = n$$ $$\begin{align} p &\ge q \\ &= r \end{align}$$"
    assert chains(first) == [["m", "n"], ["q", "r"]]
    assert read_page(first).chains[-1].conditions == []


def test_what_is_equal_behind_a_bound_is_a_chain_of_its_own():
    assert chains(r"$$a = b \le c = d$$") == [["a", "b"], ["c", "d"]]
    assert chains(r"$$\begin{aligned} a &= b \\ &\le c = d \\ &= e \end{aligned}$$") == [
        ["a", "b"],
        ["c", "d", "e"],
    ]
    assert chains(r"$$a \ge b = c \\ = d$$") == [["b", "c", "d"]]
    assert chains(r"$$a = b, \quad i \ne j$$ $$= c$$") == [["a", "b", "c"]]


def test_a_row_behind_equations_of_their_own_may_go_on_from_the_expression_above_them():
    page = r"""$$\begin{split}
    & \int \frac{\cos x}{(1 - \cos x)^3} dx \\
    & \cos x = \frac{1 - t^2}{1 + t^2} \\
    =& \int \frac{1 - t^4}{4 t^6} dt
    \end{split}$$"""
    step = proofread(page).steps[-1]
    assert step.verdict == "undecided"


def test_a_display_may_go_on_from_an_expression_that_the_words_before_it_mention():
    page = r"$$\int e^x \sin x \, dx$$ $$= -e^x \cos x + \int e^x \cos x \, dx$$ Now for $\int e^x \cos x \, dx$: "
    step = proofread(page + r"$$= e^x \sin x - \int e^x \sin x \, dx$$").steps[-1]
    assert step.verdict == "undecided"
    assert "go on from" in step.question
