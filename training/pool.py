"""Crops on disk. While training runs, one process draws shard after shard; each is the same for the same settings, and
the step of training alone decides which shards are used, so that a run can be repeated and resumed exactly."""

import csv
import multiprocessing
import os
import threading
import time
from dataclasses import dataclass

import cv2
import numpy as np

from .crops import DIGIT_SETS, SAMPLERS, draw_crops

AHEAD = 4  # shards drawn beyond what training uses now
META = ("label", "digit_set", "level", "kind", "family")


@dataclass
class Stored:
    """Crops read back: pixels(i) is height x width; each other list has an entry per crop."""

    flat: np.ndarray
    offsets: np.ndarray
    widths: np.ndarray
    height: int
    meta: list

    def pixels(self, index):
        start, width = self.offsets[index], self.widths[index]
        return self.flat[start : start + width * self.height].reshape(self.height, width)

    def __len__(self):
        return len(self.widths)


def write_whole(path, write, mode="wb", **opening):
    """Replaces a file by what `write` writes, so that a kill or a power cut at any time leaves the old one or the new."""
    partial = path.with_suffix(".partial")
    with partial.open(mode, **opening) as out:
        write(out)
        out.flush()
        os.fsync(out.fileno())
    os.replace(partial, path)


def store(path, crops):
    """Writes crops as path.npy (all pixels) and path.tsv (the rest), which comes last and says that they are there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.concatenate([crop.pixels.ravel() for crop in crops])
    rows = [[crop.pixels.shape[1], *(getattr(crop, name) for name in META)] for crop in crops]
    write_rows = lambda out: csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    write_whole(path.with_suffix(".npy"), lambda out: np.save(out, pixels))
    write_whole(path.with_suffix(".tsv"), write_rows, "w", encoding="utf8", newline="")


def load(path, height):
    with path.with_suffix(".tsv").open(encoding="utf8", newline="") as table:
        rows = list(csv.reader(table, delimiter="\t"))
    widths = np.array([int(row[0]) for row in rows])
    offsets = np.concatenate([[0], np.cumsum(widths * height)[:-1]])
    meta = [dict(zip(META, row[1:])) for row in rows]
    return Stored(np.load(path.with_suffix(".npy"), mmap_mode="r"), offsets, widths, height, meta)


def shard_path(config, index):
    return config.folder / "pool" / f"{index:04d}"


def is_stored(path):
    return path.with_suffix(".tsv").exists()


def delete(path):
    for suffix in (".tsv", ".npy"):
        path.with_suffix(suffix).unlink(missing_ok=True)


def draw_shard(config, index):
    settings = config.training
    seed, easy = settings.seed * 1_000_003 + index, index < settings.easy_shards
    store(shard_path(config, index), draw_crops(seed, settings.shard_crops, config, "train", easy=easy))


def end_with(parent):
    """Ends this process soon after its parent, which may be killed at any time."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def in_use(config, number):
    """The shards of a round of training: first the easy ones, then the latest of the full mix, one more each round."""
    easy, last = config.training.easy_shards, min(number, config.training.shards - 1)
    return range(last + 1) if last < easy else range(max(easy, last + 1 - config.training.keep_shards), last + 1)


def fill(config, wanted, parent):
    """The generator's life: keeps AHEAD of `wanted`, the round of training, until all shards are drawn."""
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    cv2.setNumThreads(1)
    for index in range(config.training.shards):
        while index > wanted.value + AHEAD:
            time.sleep(1)
        if index >= in_use(config, wanted.value)[0] and not is_stored(shard_path(config, index)):
            draw_shard(config, index)


class Pool:
    """The pool of training crops, with the process that draws them."""

    def __init__(self, config):
        self.config, self.shards, self.process = config, {}, None
        self.context = multiprocessing.get_context("spawn")
        self.wanted = self.context.Value("i", 0)

    def start(self):
        arguments = (self.config, self.wanted, os.getpid())
        self.process = self.context.Process(target=fill, args=arguments, daemon=True)
        self.process.start()

    def shard(self, index):
        """Waits until the shard is drawn."""
        path = shard_path(self.config, index)
        while index not in self.shards:
            if is_stored(path):
                self.shards[index] = load(path, self.config.height)
            elif self.process.exitcode:
                raise SystemExit("the process that draws crops has ended: its message is above")
            else:
                time.sleep(0.5)
        return self.shards[index]

    def in_round(self, number):
        """The shards of a round. Older ones are deleted, but for some that an earlier checkpoint may want."""
        wanted = in_use(self.config, number)
        self.wanted.value = number
        if not self.process:
            self.start()
        for index in [i for i in self.shards if i < wanted[0] - AHEAD]:
            del self.shards[index]
            delete(shard_path(self.config, index))
        return [self.shard(index) for index in wanted]

    def close(self):
        if self.process:
            self.process.terminate()
            self.process.join()


def evaluation_crops(config, split):
    """Crops of each digit set and kind, clean and degraded, in the faces of a held-out split; drawn once, kept."""
    path = config.folder / split
    if not is_stored(path):
        crops = []
        for level in ("clean", "degraded"):
            for digit_set in DIGIT_SETS:
                for kind, share in SAMPLERS[config.sampler].EVALUATED.items():
                    count = int(config.training.evaluation_crops * share)
                    seed = f"{config.training.seed} {split} {level} {digit_set} {kind}"
                    crops += draw_crops(seed, count, config, split, digit_set=digit_set, level=level, kind=kind)
        store(path, crops)
    return load(path, config.height)
