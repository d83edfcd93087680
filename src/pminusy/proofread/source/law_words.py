"""Words for distributions, means and variances in several languages."""

from __future__ import annotations

import re

# The names of laws and of what a page may give of one, as they stand in running text.
NAMES = {
    "lognormal": (
        r"log[- ]?(?:normal|gaussian)\w*|lognormale?|логнормальн\w*|对数正态|對數常態|対数正規|로그\s?정규|log-chuẩn"
    ),
    "normal": (
        r"normal(?!is|iz)\w*|gaussi?[ae]n\w*|gau(?:ss|ß)\w*|normálne\w*|normáln\w*|нормальн\w*|гауссов\w*"
        r"|正态|常態|高斯|正規分布|ガウス分布|정규\s?분포|가우시안|phân phối chuẩn"
    ),
    "laplace": (
        r"laplace[- ](?:distrib\w+|random|law)|double[- ]exponential|laplaceverteil\w*|распределени\w+ лапласа"
        r"|拉普拉斯分布"
    ),
    "rademacher": (
        r"rademacher\w*|random signs?|(?:\$?\\pm\s*1\$?|±\s*1) with (?:equal )?probability|рад[еэ]махер\w*|拉德马赫"
    ),
    "rayleigh": r"rayleigh\w*|рэлея|瑞利",
    "chi": (
        r"(?:chi|χ|\\chi)[- ]?(?:squared?|quadrat|carré|cuadrado|quadrado|kwadrat|\^?2|²)|хи-квадрат|卡方"
        r"|カイ二乗|카이제곱"
    ),
    "exponential": (
        r"exponential(?! famil)|exponentiell?e?|exponencial|esponenziale|exponenciáln\w*|eksponen\w*|exponenciális"
        r"|экспоненциальн\w*|показательн\w*|wykładnicz\w*|üstel|指数分布|指数|지수\s?분포|phân phối mũ"
    ),
    "poisson": r"poisson\w*|пуассон\w*|泊松|ポアソン|포아송|푸아송",
    "bernoulli": r"bernoulli\w*|бернулли|伯努利|ベルヌーイ|베르누이",
    "binomial": r"binomi[ae]l\w*|binomin?al\w*|биномиальн\w*|dwumianow\w*|binomick\w*|二项|二項|이항|nhị thức",
    "geometric": r"geometric|geometrisch\w*|géométrique|geométrica|geometrica|геометрическ\w*|geometryczn\w*|几何|幾何",
    "gamma": r"gamma|гамма|ガンマ|伽马|감마",
    "beta": r"beta|бета|ベータ|贝塔|베타",
    "uniform": (
        r"uniform\w*|gleichverteil\w*|rovnoměrn\w*|jednostajn\w*|равномерн\w*|egyenletes\w*|düzgün|likelig"
        r"|均匀|均勻|一様|균등|균일|phân phối đều"
    ),
    "mean": (
        r"means?|expected value|expectation|erwartungswert\w*|mittelwert\w*|espérance|moyenne|valor esperado|esperança"
        r"|esperanza|media|média|valore atteso|wartoś\w+ oczekiwan\w*|średni\w*|střední hodnot\w*|várható érték\w*"
        r"|väntevärde\w*|forventning\w*|beklenen değer\w*|ortalama\w*|математическ\w+ ожидани\w*|матожидани\w*|средн\w+"
        r"|kỳ vọng|trung bình|均值|期望|平均|期待値|평균|기댓값"
    ),
    "variance": (
        r"(?:co)?variance(?: matrix)?|(?:ko)?varianz(?:matrix)?|matriz de covarianzas?|covarianza|covariância"
        r"|varianza|variância|variància|wariancj\w*|rozptyl\w*|szórásnégyzet\w*|varians\w*|varyans\w*"
        r"|дисперси\w*|phương sai|方差|变异数|變異數|分散|분산"
    ),
    "deviation": (
        r"standard deviation|standardabweichung|écart[- ]type|desviación (?:típica|estándar)|desvio padrão"
        r"|deviazione standard|odchyleni\w+ standardow\w+|směrodatn\w+ odchylk\w+|standardavvik\w*|standardavvikelse\w*"
        r"|стандартн\w+ отклонени\w*|độ lệch chuẩn|标准差|標準差|標準偏差|표준편차"
    ),
}
# What may stand between such a name and a parameter.
_BETWEEN = (
    r"(?:[\s,~:]|\\[a-z]+\{|[{}]|distribut\w+|distribui\w+|distribuc\w+|distribuz\w+|verteil\w+|random|variables?|with|of|has"
    r"|have|is|are|the|an?|its|and|unknown|known|распределени\w*|rozkład\w*|rozdělen\w*|eloszlás\w*|dağılım\w*|fordel\w*|common|same|each|true|rate|parameters?|parametern?|intensity|success"
    r"|probability|on|over|in|between|interval\w*|from|mit|dem|der|de|du|des|par\S*tres?|auf|dem|loi|sur|przedziale|o|parametr\w*|intervall\w*|entre|intervalle"
    r"|con|con parámetro|par[aá]metros?|di|parametro|su|sobre|en|el|no|com|z|o|s|na|с|на|параметр\w*|отрезке|интервале"
    r"|为|是|分布|分佈|参数|參數|パラメータ|パラメーター|母数|の|が|は|を|もつ|분포|모수|가|이|인|với|tham số){0,12}"
)
BEFORE = {
    law: re.compile(rf"(?<![a-z-])(?:{words}){_BETWEEN}$", re.IGNORECASE) for law, words in NAMES.items()
}
# A parameter before the name of its law: "参数为 $c$ 的泊松分布".
PARAMETER = re.compile(
    r"(?:parameters?|rate|parametr\w*|par[aá]metros?|paramètres?|参数|參數|パラメータ|パラメーター|母数|모수|параметр\w*)"
    r"[ =:为為是がはの]*$",
    re.IGNORECASE,
)
BEHIND = {
    law: re.compile(
        rf"[\s,)-]*(?:的|の|을|를|인|から|(?:degrees of freedom|random)\s)?\s*(?:{words})", re.IGNORECASE
    )
    for law, words in NAMES.items()
    if law not in ("mean", "variance", "deviation")
}
SINGLE = frozenset(
    ["poisson", "exponential", "bernoulli", "geometric", "rayleigh", "chi"]
)  # have one parameter
JOINING = re.compile(
    r"(?:,|and|und|et|y|e|i|a|og|och|és|en|ve|và|и|,\s*and|与|和|及|、|と|및|와|과)", re.IGNORECASE
)
NAMED = {
    law: re.compile(rf"(?<![a-z\\-])(?:{words})", re.IGNORECASE)
    for law, words in NAMES.items()
    if law not in ("mean", "variance", "deviation")
}
# What words say with the numbers that they mean.
FIXED = (
    (
        "mean",
        ("0",),
        re.compile(
            r"zero[- ]mean|mean[- ](?:zero|0\b)|\b0 mean|mittelwertfrei|centrée|media (?:nula|cero)|média (?:nula|zero)"
            r"|零均值|均值为\s?(?:0|零)|平均\s?(?:0|ゼロ)|нулев\w+ (?:средн|математическ)\w+",
            re.IGNORECASE,
        ),
    ),
    (
        "variance",
        ("1",),
        re.compile(r"unit[- ]variance|variance (?:one|1\b)|varianza unitaria", re.IGNORECASE),
    ),
    (
        "normal",
        ("0", "1"),
        re.compile(
            r"standard(?:ized)? normal|standard gaussian|standardnormal\w*|normale centrée réduite"
            r"|normal (?:estándar|padrão)|normale standard"
            r"|стандартн\w+ нормальн\w+|标准正态|標準正規|표준\s?정규|chuẩn tắc",
            re.IGNORECASE,
        ),
    ),
)
