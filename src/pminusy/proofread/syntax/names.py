r"""The words of mathematical LaTeX: what is a name, a function, an ornament, a sign."""

from __future__ import annotations

import unicodedata


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GREEK = _words(
    """
    Delta Gamma Lambda Omega Phi Pi Psi Sigma Theta Upsilon Xi alpha beta chi delta ell epsilon eta gamma
    hbar imath infty iota jmath kappa lambda mu nu omega omicron phi pi psi rho sigma tau theta upsilon
    varepsilon varphi varpi varrho varsigma vartheta xi zeta
    """
)

_FUNCTION_NAMES = _words(
    """
    Cov Im LSE Re Var abs arccos arcsin arctan arctanh cos cosh cot coth csc csch det diag digamma dim elu erf
    erfc exp gelu lgamma ln log logit logsumexp mish rank relu sec sech sigmoid sign silu sin sinc sinh softmax
    softplus sqrt swish tan tanh tr vec
    """
)
_OTHER_SPELLINGS = {
    "sgn": "sign",  "Tr": "tr", "trace": "tr", "Trace": "tr", "Diag": "diag", "ReLU": "relu", "RELU": "relu",
    "Relu": "relu", "Softmax": "softmax", "Sigmoid": "sigmoid", "sig": "sigmoid", "lse": "logsumexp",
    "LogSumExp": "logsumexp", "Softplus": "softplus", "Exp": "exp", "Log": "log", "Ln": "ln", "lg": "log",
    "tg": "tan", "th": "tanh", "atan": "arctan", "asin": "arcsin", "acos": "arccos", "SiLU": "silu",
    "Swish": "swish", "Mish": "mish", "GELU": "gelu", "logistic": "sigmoid", "expit": "sigmoid",
    "Sigm": "sigmoid", "sigm": "sigmoid", "var": "Var", "cov": "Cov", r"\mathbb{E}": r"\mathbb{E}",
    r"\mathbb{V}": "Var", "Esp": r"\mathbb{E}",
    r"\Re": "Re", r"\Im": "Im",
}  # fmt: skip
PLUS_MINUS = r"\pm"  # a number that is 1 or -1, the same throughout a line
IMAGINARY = r"\mathrm{i}"  # what i is called on a page on which it is the imaginary unit
# Names of numbers.
CONSTANTS = frozenset(["e", r"\pi", PLUS_MINUS, IMAGINARY])

# Function names by how they are written, and the name they go by here.
FUNCTIONS = {name: name for name in _FUNCTION_NAMES} | _OTHER_SPELLINGS

# Bare letter runs that are read as one word: functions, Greek letters and commands whose backslash was forgotten,
# and the usual names of losses.
BARE_WORDS = _words(
    """
    Cov ReLU Tr Var arccos arcsin arctan argmax argmin cos cosh cov det diag dim erf exp log logsumexp rank relu
    sigmoid sin sinh softmax softplus sqrt tanh tr var
    """
)
BARE_GREEK = _words(
    """
    Lambda Phi Sigma Theta alpha beta delta epsilon eta gamma lambda omega phi psi rho sigma tau theta
    """
)
BARE_COMMANDS = _words(
    """
    frac nabla partial prod sum
    """
)
LOSS_NAMES = _words(
    """
    BCE CE Cost ELBO ELU FL GELU JS KL LL LSE LogLoss Loss MAE MSE Mish NLL RMSE RSS SELU SSE SSR SiLU
    Sigmoid Softmax Swish cost loss sgn
    """
)

ACCENTS = _words(
    """
    acute bar breve check ddot dot grave hat mathring overline tilde underline widehat widetilde
    """
)
BOLD = _words(
    """
    bf bm bold boldmath boldsymbol mathbf mathbfit overrightarrow pmb symbf vec
    """
)
ROMAN = _words(
    """
    hbox mathit mathrm mathsf mathtt mbox operatorname rm text textbf textit textnormal textrm textsf
    """
)
SCRIPT = _words(
    """
    cal mathbb mathcal mathfrak mathscr
    """
)

DOUBLE_STRUCK = _words("Bbb mathbbm mathds")

# Commands that only lay out: by themselves, with an argument that goes too, with one that stays.
DROPPED = _words(
    """
    Big Bigg Biggl Biggr Bigl Bigm Bigr Large allowbreak big bigg biggl biggr bigl bigm bigr break centering
    displaylimits displaystyle hfill hline hskip it large left limits linebreak mathbin mathclose mathopen mathord
    mathpunct mathrel mathstrut middle noindent nolimits nonumber normalsize notag null protect
    qedhere relax right scriptscriptstyle scriptstyle sl small strut textstyle
    allowdisplaybreaks bigskip displaybreak footnotesize hfil hss huge medskip medspace negmedspace negthickspace
    negthinspace newpage pagebreak scriptsize smallskip thickspace thinspace tiny vfill
    """
)
SIZED = _words("left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm")
DROPPED_WITH_ARGUMENT = _words(
    """
    cite class color eqref hphantom hspace label phantom ref style tag vphantom vspace
    """
)
TRANSPARENT = _words(
    """
    bbox bcancel boxed cancel displaylines ensuremath eqalign eqalignno fbox mathop smash xcancel
    """
)
GAPS = _words(
    """
    enskip enspace qquad quad
    """
)
ALWAYS_CALLED = frozenset(["Pr", r"\mathbb{P}", "KL", r"\mathcal{N}"])
SPACES = frozenset(",;:!> ")

SIGNS = {
    "cdot": r"\cdot", "times": r"\times", "ast": "*", "star": "*", "odot": r"\odot", "circ": r"\odot",
    "bullet": r"\cdot", "otimes": r"\otimes", "ne": r"\ne", "neq": r"\ne", "le": r"\le", "leq": r"\le",
    "leqslant": r"\le", "ge": r"\ge", "geq": r"\ge", "geqslant": r"\ge", "lt": "<", "gt": ">", "in": r"\in",
    "notin": r"\notin", "lVert": r"\|", "rVert": r"\|", "Vert": r"\|", "|": r"\|", "lvert": "|",
    "rvert": "|", "vert": "|", "mid": "|", "lbrace": r"\{", "rbrace": r"\}", "{": r"\{", "}": r"\}",
    "lbrack": "[", "rbrack": "]", "lparen": "(", "rparen": ")", "langle": r"\langle", "rangle": r"\rangle",
    "colon": ":", "prime": "'", "div": "/", "equiv": "=", "triangleq": "=", "coloneqq": "=", "coloneq": "=",
    "oslash": "/", "doteq": "=", "eqqcolon": "=", "defeq": "=", "land": "and", "wedge": "and", "implies": r"\implies",
    "Rightarrow": r"\implies", "Longrightarrow": r"\implies", "iff": r"\implies",
    "Leftrightarrow": r"\implies", "Longleftrightarrow": r"\implies", "rightarrow": r"\to", "to": r"\to",
    "longrightarrow": r"\to", "therefore": r"\implies", "because": r"\because", "leadsto": r"\implies",
    "rightsquigarrow": r"\implies", "approx": r"\approx", "simeq": r"\approx", "sim": r"\sim",
    "propto": r"\propto", "ll": r"\ll", "gg": r"\gg", "lfloor": r"\lfloor", "rfloor": r"\rfloor",
    "bigodot": r"\odot", "hadamard": r"\odot", "cong": r"\approx", "pm": r"\pm", "mp": r"\mp",
    "forall": r"\forall", "gets": r"\gets", "leftarrow": r"\gets", "%": "%", "&": "&", "#": r"\#", "_": "_",
}  # fmt: skip

# Signs as long as what stands above and below them.
EXTENSIBLE = {
    "xrightarrow": r"\to", "xlongrightarrow": r"\to", "xhookrightarrow": r"\to", "xRightarrow": r"\implies",
    "xLongrightarrow": r"\implies", "xleftrightarrow": r"\implies", "xlongequal": "=", "xequal": "=",
}  # fmt: skip

# Signs of several characters, as they are typed in plain text and in programs; those with a point go entry by entry.
TYPED = {
    "...": r"\dots", ":=": "=", "!=": r"\ne", "<=": r"\le", ">=": r"\ge", "==": "=", "=>": r"\implies", "**": "^",
    ".*": r"\odot", "./": "/", ".^": "^",
}  # fmt: skip

UNICODE = {
    "–": "-", "−": "-", "—": "-", "‐": "-", "‑": "-", "﹣": "-", "·": r"\cdot", "⋅": r"\cdot", "∙": r"\cdot",
    "×": r"\times", "⊙": r"\odot", "∘": r"\odot", "∗": "*", "÷": "/", "⊘": "/", "∂": r"\partial", "∇": r"\nabla",
    "∑": r"\sum", "∏": r"\prod", "√": r"\sqrt", "∫": r"\int", "≠": r"\ne", "≤": r"\le", "≥": r"\ge", "∈": r"\in",
    "≈": r"\approx", "≡": "=", "′": "'", "’": "'", "∞": r"\infty", "⟨": r"\langle", "⟩": r"\rangle",
    "‖": r"\|", "∥": r"\|", "→": r"\to", "←": r"\gets", "⇒": r"\implies", "∵": r"\because",
    "∴": r"\implies", "⊤": r"\top", "α": r"\alpha", "β": r"\beta",
    "γ": r"\gamma", "δ": r"\delta", "ε": r"\epsilon", "ϵ": r"\epsilon", "ζ": r"\zeta", "η": r"\eta",
    "θ": r"\theta", "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "µ": r"\mu", "ν": r"\nu", "ξ": r"\xi",
    "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma", "τ": r"\tau", "φ": r"\phi", "ϕ": r"\phi", "χ": r"\chi",
    "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda",
    "Σ": r"\Sigma", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega", "ℓ": r"\ell", "ℒ": r"\mathcal{L}",
    "ŷ": r"\hat{y}", "ȳ": r"\bar{y}",
}  # fmt: skip


def in_latex(char: str) -> str:
    """A letter of the mathematical alphabets as it is written in LaTeX, any other character as it is."""
    if not ("\u2100" <= char <= "\u214f" or "\U0001d400" <= char <= "\U0001d7ff") or char in UNICODE:
        return char
    plain = unicodedata.normalize("NFKC", char)
    if "DOUBLE-STRUCK CAPITAL" in unicodedata.name(char, ""):
        return rf"\mathbb{{{plain}}}"
    return plain if len(plain) == 1 else char


SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵀⁱⁿᵏʲ", "0123456789-Tinkj", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘₜₓ₊₋", "0123456789ijknmtx+-", strict=True))

RELATIONS = _words(
    r"""
    < = > \approx \ge \gets \gg \in \le \ll \ne \notin \propto \sim
    """
)
BOUNDS = _words(
    r"""
    < > \approx \ge \gg \le \ll \propto \sim
    """
)
BREAKS = frozenset([r"\implies", r"\to", r"\because"])
CLOSERS = {"(": ")", "[": "]", r"\{": r"\}", "{": "}", r"\langle": r"\rangle"}
FOLDS = {"sum": "sum", "prod": "prod", "max": "max", "min": "min", "bigoplus": "sum"}
STRUCTURES = _words(
    """
    arg argmax argmin begin binom dbinom tbinom cdots cfrac dagger ddots dfrac dots end frac iiint iint inf int intercal
    ldots lim mathbb max min nabla not oint overbrace overset partial prod sqrt stackrel substack sum sup tfrac top
    underbrace underline underset vdots
    """
)
CONDITION_WORDS = _words(
    """
    and as assuming because else for given if or otherwise provided since when where with
    """
)
# Words before the condition of a case, and words for all other cases, in several languages.
CASE_WORDS = CONDITION_WORDS | _words(
    """
    cuando dla du falls für gdy hvis kun lorsque om para per pour quand quando quanto se si wenn wo если когда
    при для 当 若 如果 のとき
    """
)
OTHER_WORDS = _words(
    """
    altrimenti anderenfalls andernfalls annars ansonsten ellers else elsewhere other others otherwise remaining rest
    sinon sonst
    """
)
SENTENCE_WORDS = _words(
    """
    also are because but by can consider denote from has hence here is it let note now obviously of on recall
    similarly so such that the then there therefore these this thus to using via we which
    """
)
# Operators that are read but not evaluated, and what is said of a formula that has one.
SET_ASIDE = {
    r"\lim": "a limit",
    r"\sup": "a supremum",
    r"\inf": "an infimum",
    r"\arg": "an argmax or argmin",
    r"\argmax": "an argmax",
    r"\argmin": "an argmin",
    "argmax": "an argmax",
    "argmin": "an argmin",
    "arg": "an argmax or argmin",
    "plim": "a limit",
}
