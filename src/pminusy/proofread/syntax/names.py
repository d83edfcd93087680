r"""The words of mathematical LaTeX: what is a name, a function, an ornament, a sign."""

from __future__ import annotations

GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "varepsilon",
        "zeta",
        "eta",
        "theta",
        "vartheta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "omicron",
        "pi",
        "varpi",
        "rho",
        "varrho",
        "sigma",
        "varsigma",
        "tau",
        "upsilon",
        "phi",
        "varphi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Upsilon",
        "Phi",
        "Psi",
        "Omega",
        "ell",
        "hbar",
        "infty",
        "imath",
        "jmath",
    ]
)

# Function names by how they are written, and the name they go by here.
FUNCTIONS = {name: name for name in
    ["log", "ln", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "coth", "sec", "csc", "sech", "csch", "cot", "arcsin", "arccos", "arctan", "arctanh", "sqrt", "erf", "erfc", "sign", "sgn", "abs", "softmax", "sigmoid", "logsumexp", "relu", "softplus", "swish", "silu", "mish", "gelu", "elu", "diag", "tr", "det", "rank", "logit", "lgamma", "digamma", "vec", "LSE", "dim", "Var", "Cov"]}  # fmt: skip
FUNCTIONS |= {
    "Tr": "tr", "trace": "tr", "Trace": "tr", "Diag": "diag", "ReLU": "relu", "RELU": "relu", "Relu": "relu",
    "Softmax": "softmax", "Sigmoid": "sigmoid", "sig": "sigmoid", "lse": "logsumexp", "LogSumExp": "logsumexp",
    "Softplus": "softplus", "Exp": "exp", "Log": "log", "Ln": "ln", "lg": "log", "tg": "tan", "th": "tanh",
    "atan": "arctan", "asin": "arcsin", "acos": "arccos", "SiLU": "silu", "Swish": "swish", "Mish": "mish",
    "GELU": "gelu", "logistic": "sigmoid", "expit": "sigmoid", "sgn": "sign", "Sigm": "sigmoid", "sigm": "sigmoid",
}  # fmt: skip

# Bare letter runs that are read as one word: functions whose backslash was forgotten, and the usual names of losses.
BARE_WORDS = frozenset(
    [
        "log",
        "exp",
        "tanh",
        "softmax",
        "sigmoid",
        "sqrt",
        "logsumexp",
        "relu",
        "ReLU",
        "softplus",
        "sinh",
        "cosh",
        "sin",
        "cos",
        "erf",
        "diag",
        "Tr",
        "tr",
    ]
)
BARE_GREEK = frozenset(
    ["alpha", "beta", "gamma", "delta", "epsilon", "theta", "lambda", "sigma", "omega", "phi", "psi", "eta", "rho", "tau", "Sigma", "Theta", "Lambda", "Phi"]
)
BARE_COMMANDS = frozenset(["sum", "prod", "partial", "frac", "nabla"])
LOSS_NAMES = frozenset(
    [
        "NLL",
        "MSE",
        "BCE",
        "CE",
        "FL",
        "KL",
        "RSS",
        "SSE",
        "SSR",
        "RMSE",
        "LL",
        "ELBO",
        "LSE",
        "MAE",
        "GELU",
        "SiLU",
        "ELU",
        "SELU",
        "Swish",
        "Mish",
        "JS",
        "GELU",
        "LogLoss",
        "Loss",
        "loss",
        "Cost",
        "cost",
        "Softmax",
        "Sigmoid",
        "sgn",
    ]
)

ACCENTS = frozenset(
    [
        "hat",
        "widehat",
        "bar",
        "overline",
        "tilde",
        "widetilde",
        "dot",
        "ddot",
        "check",
        "breve",
        "acute",
        "grave",
        "mathring",
        "underline",
    ]
)
BOLD = frozenset(
    [
        "mathbf",
        "boldsymbol",
        "bm",
        "vec",
        "mathbfit",
        "boldmath",
        "pmb",
        "bf",
        "symbf",
        "overrightarrow",
        "bold",
    ]
)
ROMAN = frozenset(
    [
        "mathrm",
        "operatorname",
        "text",
        "textrm",
        "textbf",
        "textit",
        "textsf",
        "mathsf",
        "mathit",
        "mathtt",
        "rm",
        "mbox",
        "hbox",
        "textnormal",
    ]
)
SCRIPT = frozenset(["mathcal", "mathscr", "mathfrak", "mathbb", "cal"])

DROPPED = frozenset(
    [r"left", r"right", r"big", r"Big", r"bigg", r"Bigg", r"bigl", r"bigr", r"Bigl", r"Bigr", r"biggl", r"biggr", r"Biggl", r"Biggr", r"bigm", r"Bigm", r"middle", r"displaystyle", r"textstyle", r"scriptstyle", r"scriptscriptstyle", r"limits", r"nolimits", r"nonumber", r"notag", r"hline", r"hfill", r"hskip", r"mathstrut", r"strut", r"allowbreak", r"null", r"noindent", r"mathopen", r"mathclose", r"mathord", r"mathrel", r"mathbin", r"mathpunct", r"quad@", r"it", r"sl", r"normalsize", r"small", r"large", r"Large", r"relax", r"centering", r"newline", r"linebreak", r"break", r"qedhere", r"protect"]
)  # fmt: skip
DROPPED_WITH_ARGUMENT = frozenset(
    [
        "tag",
        "label",
        "color",
        "phantom",
        "hphantom",
        "vphantom",
        "vspace",
        "hspace",
        "cite",
        "ref",
        "eqref",
        "class",
        "style",
    ]
)
TRANSPARENT = frozenset(
    ["boxed", "fbox", "cancel", "bcancel", "xcancel", "mathop", "ensuremath", "smash", "underline@", "bbox"]
)
GAPS = frozenset(["quad", "qquad"])
SPACES = frozenset(",;:!> ")

SIGNS = {
    "cdot": r"\cdot", "times": r"\times", "ast": "*", "star": "*", "odot": r"\odot", "circ": r"\odot",
    "bullet": r"\cdot", "otimes": r"\otimes", "ne": r"\ne", "neq": r"\ne", "le": r"\le", "leq": r"\le", "leqslant": r"\le",
    "ge": r"\ge", "geq": r"\ge", "geqslant": r"\ge", "lt": "<", "gt": ">", "in": r"\in", "notin": r"\notin",
    "lVert": r"\|", "rVert": r"\|", "Vert": r"\|", "|": r"\|", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|",
    "lbrace": r"\{", "rbrace": r"\}", "{": r"\{", "}": r"\}", "lbrack": "[", "rbrack": "]", "lparen": "(",
    "rparen": ")", "langle": r"\langle", "rangle": r"\rangle", "colon": ":", "prime": "'", "div": "/",
    "equiv": "=", "triangleq": "=", "coloneqq": "=", "coloneq": "=", "doteq": "=", "eqqcolon": "=", "defeq": "=",
    "land": "and", "wedge": "and", "implies": r"\implies", "Rightarrow": r"\implies", "Longrightarrow": r"\implies",
    "iff": r"\implies", "Leftrightarrow": r"\implies", "Longleftrightarrow": r"\implies", "rightarrow": r"\to", "to": r"\to",
    "longrightarrow": r"\to", "therefore": r"\implies", "because": r"\implies", "leadsto": r"\implies", "rightsquigarrow": r"\implies",
    "approx": r"\approx", "simeq": r"\approx", "sim": r"\sim", "propto": r"\propto", "ll": r"\ll", "gg": r"\gg",
    "lfloor": r"\lfloor", "rfloor": r"\rfloor", "bigodot": r"\odot", "hadamard": r"\odot", "cong": r"\approx", "to@": r"\to",
    "pm": r"\pm", "mp": r"\mp", "forall": r"\forall", "%": "%", "&": "&", "$": "$", "#": "#", "_": "_",
}  # fmt: skip

UNICODE = {
    "–": "-", "−": "-", "—": "-", "‐": "-", "‑": "-", "﹣": "-", "·": r"\cdot", "⋅": r"\cdot", "∙": r"\cdot", "×": r"\times",
    "⊙": r"\odot", "∘": r"\odot", "∗": "*", "÷": "/", "∂": r"\partial", "∇": r"\nabla", "∑": r"\sum", "∏": r"\prod",
    "√": r"\sqrt", "≠": r"\ne", "≤": r"\le", "≥": r"\ge", "∈": r"\in", "≈": r"\approx", "≡": "=", "′": "'", "’": "'",
    "∞": r"\infty", "⟨": r"\langle", "⟩": r"\rangle", "‖": r"\|", "∥": r"\|", "→": r"\to", "⇒": r"\implies", "⊤": r"\top",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\epsilon", "ϵ": r"\epsilon", "ζ": r"\zeta",
    "η": r"\eta", "θ": r"\theta", "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "µ": r"\mu", "ν": r"\nu", "ξ": r"\xi",
    "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma", "τ": r"\tau", "φ": r"\phi", "ϕ": r"\phi", "χ": r"\chi", "ψ": r"\psi",
    "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Σ": r"\Sigma", "Φ": r"\Phi",
    "Ψ": r"\Psi", "Ω": r"\Omega", "ℓ": r"\ell", "ℒ": r"\mathcal{L}", "ŷ": r"\hat{y}", "x̂": r"\hat{x}", "ȳ": r"\bar{y}",
}  # fmt: skip
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵀⁱⁿᵏʲ", "0123456789-Tinkj", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘₜₓ₊₋", "0123456789ijknmtx+-", strict=True))

RELATIONS = frozenset(
    [
        "=",
        r"\ne",
        r"\le",
        r"\ge",
        "<",
        ">",
        r"\in",
        r"\notin",
        r"\approx",
        r"\sim",
        r"\propto",
        r"\ll",
        r"\gg",
    ]
)
BREAKS = frozenset([r"\implies", r"\to"])
CLOSERS = {"(": ")", "[": "]", r"\{": r"\}", "{": "}", r"\langle": r"\rangle"}
FOLDS = {"sum": "sum", "prod": "prod", "max": "max", "min": "min", "bigoplus": "sum"}
STRUCTURES = frozenset(
    [r"frac", r"tfrac", r"dfrac", r"cfrac", r"sqrt", r"sum", r"prod", r"max", r"min", r"partial", r"nabla", r"begin", r"end", r"top", r"intercal", r"dagger", r"binom", r"dots", r"cdots", r"ldots", r"vdots", r"ddots", r"underbrace", r"overbrace", r"overset", r"underset", r"stackrel", r"substack", r"int", r"iint", r"not", r"sup", r"inf", r"arg", r"argmax", r"argmin", r"lim", r"mathbb", r"middle@", r"color@", r"underline", r"over"]
)  # fmt: skip
CONDITION_WORDS = frozenset(
    [
        "if",
        "when",
        "for",
        "where",
        "with",
        "provided",
        "given",
        "since",
        "assuming",
        "as",
        "because",
        "otherwise",
        "else",
        "and",
        "or",
    ]
)
