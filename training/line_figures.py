"""How well the reader of lines does: each digit set, clean and degraded. Errors of letters are edits against the label,
which is what is printed; errors of words are words that are not exactly right."""

from .crops import DIGIT_SETS
from .evaluate import EDGES, matched

COLUMNS = ("letters wrong (CER)", "words wrong (WER)")
BY_FAMILY = "letters wrong"
CALIBRATED = "the CTC probability of the answer, its mean for a letter"
BOX = "line's"


def error(pairs, parts=list):
    """Edits as a share of all letters, or of all words, of (label, answer) pairs."""
    pairs = [(parts(label), parts(text)) for label, text in pairs]
    edits = sum(matched(label, text)[0] for label, text in pairs)
    return round(edits / max(1, sum(len(label) for label, _ in pairs)), 4)


def figures(stored, answers):
    table = {}
    for digit_set in DIGIT_SETS:
        for level in ("clean", "degraded"):
            pairs = zip(stored.meta, answers)
            here = [(m["label"], text) for m, (text, _) in pairs if (m["digit_set"], m["level"]) == (digit_set, level)]
            table[f"{digit_set} {level}"] = {"cer": error(here), "wer": error(here, str.split)}
    return table


def by_family(stored, answers):
    """Share of letters wrong for each family of faces."""
    families = {}
    for m, (text, _) in zip(stored.meta, answers):
        families.setdefault(m["family"], []).append((m["label"], text))
    return {family: error(pairs) for family, pairs in sorted(families.items())}


def calibration(stored, answers):
    """How much is right at each confidence of a letter. Rows: from, to, answers, letters right."""
    lines = [(c ** (1 / max(1, len(text))), m["label"], text) for m, (text, c) in zip(stored.meta, answers)]
    rows = []
    for low, high in zip(EDGES, EDGES[1:]):
        here = [(label, text) for c, label, text in lines if low <= c < high]
        rows.append({"from": low, "to": min(high, 1), "answers": len(here),
                     "right": round(1 - error(here), 4) if here else None})  # fmt: skip
    return rows


def merit(table):
    """One figure to choose a checkpoint by: letters right."""
    return 1 - sum(row["cer"] for row in table.values()) / len(table)
