"""Tests of the trainer: /usr/bin/python3 -B -m unittest training.test_training, from the repository's root. They need what
script/setup --training installs, and npm's faces as script/train-reader fetches them."""

import tempfile
import unittest
import unittest.mock
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import torch

from . import line_figures, lines, numbers
from .config import load_config
from .crops import SAMPLERS, draw_crops, normalise
from .drawing import stacked
from .evaluate import best_path, by_label, confidences, matched
from .faces import load_faces
from .line import Run
from .network import Reader
from .number_figures import calibration, figures
from .numbers import word_label
from .pool import Pool, Stored, in_use, is_stored, load, shard_path, store
from .train import Run as TrainingRun
from .train import batches_from, rate, round_batches

CONFIG = load_config("numbers")
LINES = load_config("lines")


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
            for config in (CONFIG, LINES):
                sampler = SAMPLERS[config.sampler]
                for sample in (sampler.sample, sampler.easy):
                    config.encode(sampler.label(sample(random, ("ar", "fa")).words, "persian"))

    def test_every_kind_of_number_is_drawn(self):
        random = Random(2)
        texts = ["".join(run.text for run in numbers.number(random)) for _ in range(3000)]
        for wanted in ("/", "-", ".", ",", ":", "(", "%", "H", "M"):
            self.assertTrue(any(wanted in text for text in texts), wanted)


def line_label(text, digit_set="arabic"):
    return lines.label(lines.laid_out(text.split()), digit_set)


class LineLabels(unittest.TestCase):
    def test_label_is_the_line_as_seen_from_left_to_right(self):
        cases = [
            ("قرار رقم 12/1968", "١٢/١٩٦٨ مقر رارق"),
            ("(كتاب)، باب؟", "؟باب ،(باتك)"),
            ("«نعم» [1]", "[١] «معن»"),
            ("ملف UN Law رقم", "مقر UN Law فلم"),
            ("بريد (a.b@c.org)،", "،(a.b@c.org) ديرب"),
            ("نسبة 50٪ ...", "… %٥٠ ةبسن"),
        ]
        for text, label in cases:
            self.assertEqual(line_label(text), label)
        self.assertEqual(line_label("رقم 12", "latin"), "12 مقر")

    def test_letters_that_print_alike_share_a_label(self):
        self.assertEqual(line_label("کتاب"), line_label("كتاب"))
        self.assertEqual(line_label("یادی"), "ىداي")
        self.assertEqual(line_label("علي"), "يلع")

    def test_what_is_not_read_is_not_in_the_label(self):
        self.assertEqual(line_label("كَتَبـــَ"), "بتك")

    def test_zwnj_is_read_where_it_shows(self):
        self.assertEqual(line_label("می\u200cروم"), "مور\u200cىم")
        self.assertEqual(line_label("کار\u200cها"), "اهراك")

    def test_tatweel_stands_only_between_letters_that_join(self):
        random = Random(3)
        for word in ("دار", "لا", "وزراء"):
            self.assertEqual(lines.lengthened(random, word), word)
        self.assertRegex(lines.lengthened(random, "دب"), "^دب$")
        self.assertRegex(lines.lengthened(random, "نم"), "^نـ+م$")

    def test_every_phrase_can_be_filled(self):
        random = Random(4)
        for language in ("ar", "fa"):
            lists = lines.phrases(language)
            for phrase in lists["phrase"]:
                self.assertNotRegex(lines.filled(random, {**lists, "phrase": [phrase]}), "[{}]")

    def test_crops_of_lines_are_drawn_in_every_digit_set(self):
        for digit_set in ("arabic", "persian", "latin"):
            for crop in draw_crops(7, 5, LINES, "dev", digit_set=digit_set):
                self.assertEqual(crop.pixels.shape[0], LINES.height)
                self.assertTrue(LINES.encode(crop.label))


class Stacking(unittest.TestCase):
    def test_letters_are_stacked_where_their_places_in_the_word_allow(self):
        lm, fy, fy_end = "\ufccc\u200d", "\ufc32", "\u200d\ufc7d"  # لم at the start, في alone and at an end
        ligatures = "\ufccc\ufc32\ufc7d"
        cases = {"المحمد": f"ا{lm}حمد", "لم": "لم", "سلمى": "سلمى", "في": fy, "كفي": f"ك{fy_end}", "وفي": f"و{fy}"}
        for text, printed in cases.items():
            self.assertEqual(stacked(text, ligatures), printed)


class LineFigures(unittest.TestCase):
    def test_edits_and_places_that_are_right(self):
        self.assertEqual(matched("abcd", "abxd"), (1, [3, 1, 0]))
        self.assertEqual(matched("abc", "ac"), (1, [2, 0]))
        self.assertEqual(matched("", "xy"), (2, []))

    def test_shares_are_of_all_letters_and_words(self):
        meta = [{"label": label, "digit_set": "arabic", "level": "clean", "kind": "prose", "family": "F"}
                for label in ("اب جد", "ه،")]  # fmt: skip
        stored = Stored(np.zeros(0), np.zeros(2), np.zeros(2), 48, meta)
        answers = [("اب جذ", 1.0), ("ه", 0.25)]
        self.assertEqual(line_figures.figures(stored, answers)["arabic clean"], {"cer": 0.2857, "wer": 0.6667})
        self.assertEqual(by_label(stored, answers)["،"], 0)
        self.assertEqual(
            line_figures.calibration(stored, answers)[-1], {"from": 0.999, "to": 1, "answers": 1, "right": 0.8}
        )


class Shards(unittest.TestCase):
    def test_only_the_latest_are_in_use(self):
        config = replace(LINES, training=replace(LINES.training, easy_shards=2, keep_shards=3, shards=9))
        rounds = {0: [0], 1: [0, 1], 2: [2], 3: [2, 3], 6: [4, 5, 6], 20: [6, 7, 8]}
        for number, wanted in rounds.items():
            self.assertEqual(list(in_use(config, number)), wanted)

    def test_old_shards_are_deleted(self):
        with tempfile.TemporaryDirectory() as folder:
            training = replace(LINES.training, easy_shards=0, keep_shards=2, shards=20)
            config = replace(LINES, folder=Path(folder), training=training)
            crops = draw_crops(8, 1, LINES, "train", easy=True)
            for index in range(12):
                store(shard_path(config, index), crops)
            pool = Pool(config)
            pool.start = lambda: setattr(pool, "process", unittest.mock.Mock())
            for number in range(12):
                self.assertEqual(len(pool.in_round(number)), min(2, number + 1))
            kept = [index for index in range(12) if is_stored(shard_path(config, index))]
        self.assertEqual(kept, [6, 7, 8, 9, 10, 11])


class Faces(unittest.TestCase):
    def test_enough_families_and_enough_held_out(self):
        families = {s: {face.family for face in load_faces(s) if face.letters} for s in ("train", "dev", "test")}
        self.assertGreaterEqual(len(families["train"]), 60)
        self.assertGreaterEqual(len(families["dev"] | families["test"]), 8)

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
        self.assertEqual(rates.index(max(rates)), 2)
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
