"""Writes models/READER.onnx from the best weights, checks that OpenCV's dnn module reads crops as torch does, and
writes the model's card: READER.json for the product, READER.md for people."""

import hashlib
import json

import cv2
import numpy as np
import torch

from .config import ROOT
from .crops import SAMPLERS
from .evaluate import MARGIN, by_label, read
from .faces import load_faces
from .figures import FIGURES
from .network import FRAME, Reader, parameters_of
from .pool import evaluation_crops
from .train import best_path_of, rounds

MODELS = ROOT / "models"
MOST_BYTES = 12_000_000
WIDTHS = (64, 160, 232, 400)  # of the images that OpenCV is tried with


def write_onnx(network, config, path):
    network.eval()
    network.forward = network.frames  # the split into CTC steps is the product's
    example = torch.rand(1, 1, config.height, WIDTHS[1])
    torch.onnx.export(network, example, str(path), opset_version=11, input_names=["crop"], output_names=["scores"])
    del network.forward
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path} is larger than {MOST_BYTES} bytes")


def check_in_opencv(network, config, path):
    """The largest difference between OpenCV's scores and torch's; raises when it could change an answer."""
    worst = 0.0
    other = cv2.dnn.readNetFromONNX(str(path))
    for width in WIDTHS:
        image = np.random.default_rng(width).random((1, 1, config.height, width), dtype=np.float32)
        other.setInput(image)
        with torch.no_grad():
            worst = max(worst, float(np.abs(other.forward() - network.frames(torch.from_numpy(image)).numpy()).max()))
    if worst > 1e-2:
        raise SystemExit(f"OpenCV's scores are {worst} away from torch's")
    return worst


def families(split):
    return sorted({face.family for face in load_faces(split)})


def card_of(config, network, state, path, difference):
    stored = evaluation_crops(config, "test")
    answers = read(network, config, [stored.pixels(i) for i in range(len(stored))])
    judge = FIGURES[config.sampler]
    drawn = min(config.training.shards, rounds(config, state["step"])[1] + 1)
    return {
        "reader": config.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "alphabet": [SAMPLERS[config.sampler].PRINTED.get(c, c) for c in config.alphabet],
        "height": config.height,
        "side_padding": config.side_padding,
        "margin": MARGIN,
        "frame": FRAME,
        "steps_per_frame": config.network.steps_per_frame,
        "parameters": parameters_of(network),
        "opencv_difference": round(difference, 6),
        "training": {
            "seed": config.training.seed,
            "steps": state["step"],
            "crops_seen": state["step"] * config.training.batch,
            "crops_drawn": drawn * config.training.shard_crops,
            "minutes": round(state["seconds"] / 60),
        },
        "families": {split: families(split) for split in ("train", "dev", "test")},
        "development": state["development"],
        "test": judge.figures(stored, answers),
        "test_by_family": judge.by_family(stored, answers),
        "test_by_label": by_label(stored, answers),
        "calibration": judge.calibration(stored, answers),
    }


def percent(value):
    return "-" if value is None else f"{100 * value:.1f}"


def figures_table(table, columns):
    rows = [f"| | {' | '.join(columns)} |", "| --- " * (len(columns) + 1) + "|"]
    return rows + [
        f"| {name} | {' | '.join(percent(value) for value in row.values())} |" for name, row in table.items()
    ]


def calibration_table(rows):
    head = ["| confidence | answers | right |", "| --- | --- | --- |"]
    return head + [f"| {r['from']} - {r['to']} | {r['answers']} | {percent(r['right'])} |" for r in rows]


CARD = """# {reader}.onnx

{parameters} parameters, made by `script/train-reader {reader}` with the settings of `training/{reader}.toml`:
seed {seed}, {steps} steps, {crops_seen} crops seen, {crops_drawn} of them drawn afresh, {minutes} minutes. All crops are
drawn by the project's own generator in the faces of `training/fonts.tsv`, which names the licence of each; words are
aspell's, Debian's and our own. No scan was used.

## On faces never seen in training, in percent
{test}

Test families, {by_family}: {families}.

Places of each label answered right, the most frequent first: {labels}.

## On the development faces, which chose the weights
{development}

## Confidence: {calibrated}; test faces, clean and degraded
{calibration}

## How to run it
A crop is the {box} box widened by {side_padding} of its line's height on either side, from the line's top to its
bottom, brought to {height} pixels of height (area averages when shrinking, else bilinear), stretched so that the 80th
percentile of grey (paper) is 0 and the 2nd (ink; at least 24 levels darker) is 1, with {margin} columns of 0 on either
side and the width rounded up to a multiple of 8. The output has {steps_per_frame} x {classes} channels for each frame of
{frame} columns: the scores of consecutive CTC steps, class 0 the blank, class i the i-th of `alphabet` in
`{reader}.json`. Text is in visual order, left to right.
"""


def shares_text(shares):
    named = {" ": "space", "\u200c": "ZWNJ"}
    return ", ".join(f"{named.get(name, name)} {percent(value)}" for name, value in shares.items())


def card_text(card, judge):
    tables = {name: "\n".join(figures_table(card[name], judge.COLUMNS)) for name in ("test", "development")}
    tables["calibration"] = "\n".join(calibration_table(card["calibration"]))
    texts = {"families": shares_text(card["test_by_family"]), "labels": shares_text(card["test_by_label"])}
    texts |= {
        "by_family": judge.BY_FAMILY,
        "calibrated": judge.CALIBRATED,
        "box": judge.BOX,
        "classes": len(card["alphabet"]) + 1,
    }
    return CARD.format(**{**card, **card["training"], **tables, **texts})


def export(config):
    """Model and card of the best weights so far."""
    best = best_path_of(config)
    if not best.exists():
        raise SystemExit(f"{best} is not there: nothing has been trained")
    state = torch.load(best)
    network = Reader(config)
    network.load_state_dict(state["average"])
    network.eval()
    MODELS.mkdir(exist_ok=True)
    path = MODELS / f"{config.name}.onnx"
    write_onnx(network, config, path)
    card = card_of(config, network, state, path, check_in_opencv(network, config, path))
    path.with_suffix(".json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    path.with_suffix(".md").write_text(card_text(card, FIGURES[config.sampler]), encoding="utf8")
    print(f"{path}: {path.stat().st_size} bytes; its card beside it")
