"""Reads crops with a network and says how much of it is right, for each digit set, clean and degraded."""

import re

import numpy as np
import torch

from .crops import DIGIT_SETS

MARGIN = 8  # empty columns on either side of a crop; widths are rounded up to a multiple of 8 too
CORE = re.compile(r"^\(?[HM]?\d+([/.-]\d+)*[HM]?\)?$")  # plain numbers, n/yyyy, dates
BATCH = 32


def padded(crops):
    """A batch of crops of unequal width, as the network takes them: 0..1."""
    width = max(crop.shape[1] for crop in crops) + 2 * MARGIN
    batch = np.zeros((len(crops), 1, crops[0].shape[0], (width + 7) // 8 * 8), np.float32)
    for row, crop in zip(batch, crops):
        row[0, :, MARGIN : MARGIN + crop.shape[1]] = crop / np.float32(255)
    return torch.from_numpy(batch)


def best_path(scores):
    """Classes of the greedy CTC answer for steps x classes."""
    top = scores.argmax(1).tolist()
    return [c for i, c in enumerate(top) if c and (i == 0 or c != top[i - 1])]


def confidences(scores, answers):
    """The CTC probability of each answer: steps x batch x classes, list of classes per crop."""
    lengths = torch.tensor([len(a) for a in answers])
    targets = torch.tensor([c for a in answers for c in a], dtype=torch.long)
    steps = torch.full((len(answers),), scores.shape[0])
    return torch.exp(-torch.nn.functional.ctc_loss(scores, targets, steps, lengths, reduction="none")).tolist()


def read(network, config, crops):
    """Text and confidence of each crop."""
    network.eval()
    answers = [None] * len(crops)
    order = sorted(range(len(crops)), key=lambda i: crops[i].shape[1])
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            scores = network(padded([crops[i] for i in chosen]))
            paths = [best_path(scores[:, row]) for row in range(len(chosen))]
            for i, path, confidence in zip(chosen, paths, confidences(scores, paths)):
                answers[i] = ("".join(config.alphabet[c - 1] for c in path), confidence)
    return answers


def key(text):
    return text.replace(" ", "")


def is_number(text):
    return bool(re.search(r"\d", text)) and "~" not in text


def share(flags):
    flags = list(flags)
    return round(sum(flags) / len(flags), 4) if flags else None


def figures(stored, answers):
    """For each digit set and level: share of numbers right as wholes (all, core) and of words taken for numbers."""
    table = {}
    for digit_set in DIGIT_SETS:
        for level in ("clean", "degraded"):
            pairs = zip(stored.meta, answers)
            here = [(m, text) for m, (text, _) in pairs if (m["digit_set"], m["level"]) == (digit_set, level)]
            numbers = [(key(m["label"]), key(text)) for m, text in here if m["kind"] == "number"]
            table[f"{digit_set} {level}"] = {
                "all": share(label == text for label, text in numbers),
                "core": share(label == text for label, text in numbers if CORE.match(label)),
                "words_as_numbers": share(is_number(text) for m, text in here if m["kind"] == "word"),
            }
    return table


def by_family(stored, answers):
    """Share of numbers right as wholes for each family of faces."""
    families = {}
    for m, (text, _) in zip(stored.meta, answers):
        if m["kind"] == "number":
            families.setdefault(m["family"], []).append(key(text) == key(m["label"]))
    return {family: share(flags) for family, flags in sorted(families.items())}


def calibration(stored, answers):
    """Of the answers that are numbers: how many are right at each confidence. Rows: from, to, answers, right."""
    edges = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0001]
    numbers = [(c, key(text) == key(m["label"])) for m, (text, c) in zip(stored.meta, answers) if is_number(text)]
    rows = []
    for low, high in zip(edges, edges[1:]):
        right = [ok for c, ok in numbers if low <= c < high]
        rows.append({"from": low, "to": min(high, 1), "answers": len(right), "right": share(right)})
    return rows


def merit(table):
    """One figure to choose a checkpoint by: numbers right, less half of the words taken for numbers."""
    rows = table.values()
    return sum(row["all"] - 0.5 * row["words_as_numbers"] for row in rows) / len(rows)


def in_a_line(table):
    return "  ".join(name + " " + "/".join(f"{value:.3f}" for value in row.values()) for name, row in table.items())
