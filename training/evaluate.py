"""Reads crops with a network; number_figures.py and line_figures.py say how much of it is right."""

from collections import Counter

import numpy as np
import torch

MARGIN = 8  # empty columns on either side of a crop; widths are rounded up to a multiple of 8 too
BATCH = 32
EDGES = (0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0001)  # of confidence, in calibrations


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


def share(flags):
    flags = list(flags)
    return round(sum(flags) / len(flags), 4) if flags else None


def matched(truth, answer):
    """How many edits lead from one sequence to the other, and the places of the truth that are answered right."""
    row = [(i, ()) for i in range(len(answer) + 1)]
    for place, wanted in enumerate(truth):
        before, row = row, [(place + 1, ())]
        for i, got in enumerate(answer):
            edits, places = before[i]
            same = (edits, (place, places)) if wanted == got else (edits + 1, places)
            added, left_out = (row[i][0] + 1, row[i][1]), (before[i + 1][0] + 1, before[i + 1][1])
            row.append(min(same, added, left_out, key=lambda way: way[0]))
    edits, chain = row[-1]
    places = []
    while chain:
        places.append(chain[0])
        chain = chain[1]
    return edits, places


def by_label(stored, answers):
    """Share of each label's places that are answered right."""
    right, wanted = Counter(), Counter()
    for m, (text, _) in zip(stored.meta, answers):
        wanted.update(m["label"])
        right.update(m["label"][place] for place in matched(m["label"], text)[1])
    return {label: round(right[label] / count, 4) for label, count in wanted.most_common()}
