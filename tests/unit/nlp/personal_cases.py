"""The sentences of ``personal/``, and others on which two engines could differ."""

import re
from pathlib import Path

CORPUS = Path(__file__).parent / "personal"
ODD = (
    "",
    "\u200d",
    "😀 Mme Durand 😀😀 06 39 98 12 34 😀",
    "e\u0301lise Dupre\u0301 et Élise Dupré",
    "İbrahim Yılmaz, IŞIL Çelik, ŁUKASZ NOWAK",
    "Мене звати Олена Шевченко",
    "اسمي محمد العلي ورقمي 06 39 98 12 34",
    "ﬁls de Mme ﬀ, ſoeur Anne, Kelvin K",
    "٠٦ ٣٩ ٩٨ ١٢ ٣٤",
    "Mme\u00a0Durand au 06\u202f39\u00a098 12 34\r\n12\u00a0rue\u00a0des\u00a0Lilas",
    "Cœur, sœur Josiane Lebœuf, Straße, ÆGIDIUS",
    "FR14 2004 1010 0505 0001 3M02 606 et GB82 WEST 1234 5698 7654 32",
    "M. A. B. C. D'Angelo-N'Diaye, O’Brien, Le Cléac’h",
    "Mme Durand. " * 40,
    "0 " * 200,
)


def sentences(kind):
    """The lines of the two parts: ``found`` or ``left``."""
    for part in ("develop", "check"):
        yield from (CORPUS / f"{part}-{kind}.txt").read_text("utf-8").splitlines()


def unmarked(sentence):
    """The sentence without its braces, and the offsets of what stood between them."""
    text, spans = "", []
    for part in re.split(r"(\{[^}]*\})", sentence):
        said = part.strip("{}")
        if part.startswith("{"):
            spans.append((len(text), len(text) + len(said)))
        text += said
    return text, spans


TEXTS = [*(unmarked(one)[0] for one in sentences("found")), *sentences("left"), *ODD]
