"""Tests of the trainer: /usr/bin/python3 -B -m unittest training.test_training, from the repository's root. They need what
script/setup --training installs, and npm's faces as script/train-reader fetches them."""

import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import torch

from . import numbers
from .config import load_config
from .crops import SAMPLERS, draw_crops, normalise
from .drawing import word_label
from .evaluate import best_path, calibration, confidences, figures
from .faces import load_faces
from .line import Run
from .network import Reader
from .pool import Stored, load, store
from .train import Run as TrainingRun
from .train import batches_from, rate, round_batches

CONFIG = load_config("numbers")


class Labels(unittest.TestCase):
    def test_label_is_what_is_printed_from_left_to_right(self):
        cases = [
            ([Run("mark", "H"), Run("number", "1445")], "persian", "H١٤٤٥"),
            ([Run("number", "5/"), Run("letters", "ص"), Run("number", "/90")], "arabic", "٥/~/٩٠"),
            ([Run("number", "12"), Run("latin", "bis")], "latin", "12~"),
            ([Run("letters", "م")], "arabic", "M"),
            ([Run("letters", "كم"), Run("latin", "x")], "arabic", "~"),
        ]
        for runs, digit_set, label in cases:
            self.assertEqual(word_label(runs, digit_set), label)

    def test_samplers_stay_within_the_alphabet(self):
        random = Random(1)
        for _ in range(2000):
            for sampler in SAMPLERS["numbers"]:
                for runs in sampler(random, ("ar",)).words:
                    CONFIG.encode(word_label(runs, "arabic"))

    def test_every_kind_of_number_is_drawn(self):
        random = Random(2)
        texts = ["".join(run.text for run in numbers.number(random)) for _ in range(3000)]
        for wanted in ("/", "-", ".", ",", ":", "(", "%", "H", "M"):
            self.assertTrue(any(wanted in text for text in texts), wanted)


class Faces(unittest.TestCase):
    def test_no_family_is_in_two_splits(self):
        splits = [{face.family for face in load_faces(split)} for split in ("train", "dev", "test")]
        self.assertFalse(splits[0] & splits[1] or splits[0] & splits[2] or splits[1] & splits[2])

    def test_every_split_has_every_digit_set(self):
        for split in ("train", "dev", "test"):
            for digit_set in ("arabic", "persian", "latin"):
                self.assertTrue(any(face.digits(digit_set) and face.letters for face in load_faces(split)))

    def test_persian_shapes_at_arabic_code_points_are_seen(self):
        nazli = next(face for face in load_faces("train") if face.family == "nazli")
        self.assertEqual((nazli.arabic, nazli.persian), ("", "٠١٢٣٤٥٦٧٨٩"))


class Crops(unittest.TestCase):
    def test_same_seed_same_crops(self):
        first, second = (draw_crops(5, 12, CONFIG, "train") for _ in range(2))
        for a, b in zip(first, second):
            self.assertEqual((a.label, a.family), (b.label, b.family))
            np.testing.assert_array_equal(a.pixels, b.pixels)

    def test_normal_form_does_not_depend_on_light_or_size(self):
        ink = np.zeros((80, 200), np.uint8)
        ink[20:60, 40:80] = 1
        dark, light = normalise(120 - 80 * ink, 40), normalise(250 - 200 * ink, 40)
        np.testing.assert_array_equal(dark, light)
        self.assertEqual((dark.shape, dark.min(), dark.max()), ((40, 100), 0, 255))

    def test_stored_crops_come_back(self):
        crops = draw_crops(6, 5, CONFIG, "dev", level="degraded")
        with tempfile.TemporaryDirectory() as folder:
            store(Path(folder) / "some", crops)
            back = load(Path(folder) / "some", CONFIG.height)
            for i, crop in enumerate(crops):
                np.testing.assert_array_equal(back.pixels(i), crop.pixels)
                self.assertEqual(back.meta[i]["label"], crop.label)


class Reading(unittest.TestCase):
    def test_repeats_need_a_blank_between_them(self):
        scores = np.eye(4, dtype=np.float32)[[1, 1, 0, 1, 2, 2, 0, 3]]
        self.assertEqual(best_path(scores), [1, 1, 2, 3])

    def test_confidence_is_the_probability_of_all_paths(self):
        scores = torch.log(torch.tensor([[[0.4, 0.6]], [[0.5, 0.5]]]))  # blank, one class; two steps
        self.assertAlmostEqual(confidences(scores, [[1]])[0], 1 - 0.4 * 0.5, places=5)

    def test_figures_and_calibration(self):
        meta = [{"label": label, "digit_set": "arabic", "level": "clean", "kind": kind} for label, kind in
                [("١/٢", "number"), ("٣,٤", "number"), ("~", "word")]]  # fmt: skip
        stored = Stored(np.zeros(0), np.zeros(3), np.zeros(3), 40, meta)
        answers = [("١/٢", 0.999), ("٣.٤", 0.6), ("٥", 0.55)]
        row = figures(stored, answers)["arabic clean"]
        self.assertEqual(row, {"all": 0.5, "core": 1.0, "words_as_numbers": 1.0})
        sure = calibration(stored, answers)[-1]
        self.assertEqual((sure["answers"], sure["right"]), (1, 1.0))


class FakePool:
    def __init__(self):
        crops = draw_crops(9, 48, SMALL, "train", easy=True)
        with tempfile.TemporaryDirectory() as folder:
            store(Path(folder) / "shard", crops)
            self.shard = load(Path(folder) / "shard", SMALL.height)

    def in_round(self, number):
        return [self.shard]


SMALL = replace(
    CONFIG,
    network=replace(CONFIG.network, channels=[4, 6, 8, 8], width=12, dilations=[1]),
    training=replace(CONFIG.training, batch=8, shard_crops=48, reuse=2, steps=40),
)


class Training(unittest.TestCase):
    def test_width_may_vary(self):
        reader = Reader(SMALL)
        for width in (64, 72, 400):
            self.assertEqual(reader(torch.zeros(1, 1, 40, width)).shape, (width // 4 * 2, 1, CONFIG.classes))

    def test_one_cycle(self):
        rates = [rate(CONFIG, i / 100) for i in range(101)]
        self.assertEqual(rates.index(max(rates)), 5)
        self.assertLess(rates[100], rates[1])

    def test_a_round_has_all_its_steps(self):
        self.assertEqual(len(round_batches(SMALL, [FakePool().shard], 3)), 12)

    def test_resumed_run_goes_on_as_if_never_stopped(self):
        with tempfile.TemporaryDirectory() as folder:
            config = replace(SMALL, folder=Path(folder))
            pool, whole, first = FakePool(), TrainingRun(config), TrainingRun(config)
            losses = self.steps(config, pool, whole, 16)
            self.steps(config, pool, first, 9)
            first.save()
            second = TrainingRun(config)
            second.load()
            again = self.steps(config, pool, second, 7)
        np.testing.assert_allclose(losses[9:], again, rtol=1e-5)

    def steps(self, config, pool, run, count):
        batches = batches_from(config, pool, run.progress["step"])
        return [run.learn(*next(batches), learning_rate=1e-3) for _ in range(count)]


if __name__ == "__main__":
    unittest.main()
