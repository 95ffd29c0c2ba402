"""Trains a reader: AdamW with one cycle of the learning rate, crops from the growing pool, checkpoints that a killed
run resumes from exactly, and the weights kept that do best on the development faces."""

import math
import time

import numpy as np
import torch
from torch.nn.functional import ctc_loss

from .augment import augmented_batch
from .evaluate import read
from .figures import FIGURES, in_a_line
from .network import Reader, parameters_of
from .pool import Pool, evaluation_crops, write_whole

WARM_UP = 0.02
BUCKET = 24  # batches that are sorted by width together, so that little of a batch is padding


def say(text):
    print(time.strftime("%H:%M:%S"), text, flush=True)


def rate(config, progress):
    """The learning rate at 0..1 of the training: up in a line, down in a cosine."""
    if progress < WARM_UP:
        shape = progress / WARM_UP
    else:
        shape = (1 + math.cos(math.pi * min(1, (progress - WARM_UP) / (1 - WARM_UP)))) / 2
    return config.training.learning_rate * max(shape, 1e-3)


def rounds(config, step):
    """How many steps a round has, and the round and its step that this step is."""
    length = config.training.shard_crops * config.training.reuse // config.training.batch
    return length, step // length, step % length


def round_batches(config, shards, number):
    """All batches of a round, each a list of (shard, index), of about equal width."""
    rng = np.random.default_rng([config.training.seed, number])
    size, (length, _, _) = config.training.batch, rounds(config, 0)
    chosen = rng.integers([len(shards), config.training.shard_crops], size=(length * size, 2))
    batches = []
    for start in range(0, len(chosen), size * BUCKET):
        bucket = sorted(chosen[start : start + size * BUCKET].tolist(), key=lambda c: shards[c[0]].widths[c[1]])
        group = [bucket[i : i + size] for i in range(0, len(bucket), size)]
        rng.shuffle(group)
        batches += group
    return batches


def batches_from(config, pool, step):
    """Batches of (pixels, labels) from a step on, for ever."""
    while True:
        _, number, done = rounds(config, step)
        shards = pool.in_round(number)
        for batch in round_batches(config, shards, number)[done:]:
            rng = np.random.default_rng([config.training.seed, 1, step])
            pixels = augmented_batch(rng, [shards[s].pixels(i) for s, i in batch])
            yield pixels, [config.encode(shards[s].meta[i]["label"]) for s, i in batch]
            step += 1


class Run:
    """All that a checkpoint keeps: weights, their running average, the optimiser, how far it is, its evaluations."""

    def __init__(self, config):
        self.config = config
        torch.manual_seed(config.training.seed)
        self.network = Reader(config).to(memory_format=torch.channels_last)
        self.average = Reader(config)
        self.average.load_state_dict(self.network.state_dict())
        weights = [p for p in self.network.parameters() if p.ndim > 1]
        others = [p for p in self.network.parameters() if p.ndim <= 1]
        groups = [{"params": weights}, {"params": others, "weight_decay": 0}]
        self.optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=config.training.weight_decay)
        self.progress = {"step": 0, "seconds": 0.0, "best": -1.0, "history": []}

    @property
    def path(self):
        return self.config.folder / "checkpoint.pt"

    def save(self):
        state = {name: getattr(self, name).state_dict() for name in ("network", "average", "optimiser")}
        save({**state, "progress": self.progress}, self.path)

    def load(self):
        state = torch.load(self.path)
        for name in ("network", "average", "optimiser"):
            getattr(self, name).load_state_dict(state[name])
        self.progress = state["progress"]

    def learn(self, pixels, labels, learning_rate):
        """One step; returns the loss per crop."""
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate
        torch.manual_seed(self.config.training.seed * 1_000_003 + self.progress["step"])
        self.network.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = self.network(torch.from_numpy(pixels).contiguous(memory_format=torch.channels_last))
        steps = torch.full((len(labels),), scores.shape[0])
        lengths = torch.tensor([len(label) for label in labels])
        targets = torch.tensor([c for label in labels for c in label])
        loss = ctc_loss(scores.float(), targets, steps, lengths, reduction="none", zero_infinity=True).mean()
        self.optimiser.zero_grad(set_to_none=True)
        (loss / 5).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        self.progress["step"] += 1
        self.follow()
        return loss.item()

    def follow(self):
        """Moves the running average towards the weights; faster while it is young."""
        step = self.progress["step"]
        keep = min(self.config.training.average, (1 + step) / (10 + step))
        with torch.no_grad():
            for mean, now in zip(self.average.state_dict().values(), self.network.state_dict().values()):
                if mean.is_floating_point():
                    mean.mul_(keep).add_(now, alpha=1 - keep)
                else:
                    mean.copy_(now)

    def evaluate(self, stored):
        """Notes how the average does on the development faces, and keeps its weights when no others did better."""
        judge = FIGURES[self.config.sampler]
        table = judge.figures(stored, read(self.average, self.config, [stored.pixels(i) for i in range(len(stored))]))
        now = judge.merit(table)
        self.progress["history"].append({"step": self.progress["step"], "merit": round(now, 4), "figures": table})
        if now > self.progress["best"]:
            self.progress["best"] = now
            notes = {name: self.progress[name] for name in ("step", "seconds")}
            save({"average": self.average.state_dict(), "development": table, **notes}, best_path_of(self.config))
        say(f"step {self.progress['step']} development {now:.4f} {in_a_line(table)}")


def save(state, path):
    write_whole(path, lambda out: torch.save(state, out))


def best_path_of(config):
    return config.folder / "best.pt"


def train(config, resume, hours):
    """Runs to the last step, or so that the cycle ends after `hours` of running, all runs together."""
    run = Run(config)
    if resume and run.path.exists():
        run.load()
    size = parameters_of(run.network)
    say(f"{config.name}: {size} parameters, from step {run.progress['step']} of {config.training.steps}")
    pool = Pool(config)
    try:
        stored = evaluation_crops(config, "dev")
        follow_cycle(config, run, pool, stored, hours)
    finally:
        pool.close()
    run.evaluate(stored)
    run.save()


def follow_cycle(config, run, pool, stored, hours):
    before, began = run.progress["seconds"], time.monotonic()
    saved, mean, last = began, None, (run.progress["step"], began)
    for pixels, labels in batches_from(config, pool, run.progress["step"]):
        run.progress["seconds"] = before + time.monotonic() - began
        done = run.progress["step"] / config.training.steps
        done = max(done, run.progress["seconds"] / (hours * 3600)) if hours else done
        if done >= 1:
            return
        loss = run.learn(pixels, labels, rate(config, done))
        mean = loss if mean is None else 0.98 * mean + 0.02 * loss
        step, now = run.progress["step"], time.monotonic()
        if step % 100 == 0:
            pace = (step - last[0]) * len(labels) / (now - last[1])
            say(f"step {step} loss {mean:.3f} done {done:.3f} rate {rate(config, done):.5f} {pace:.0f} crops/s")
            last = step, now
        if step % config.training.evaluate_steps == 0:
            run.evaluate(stored)
        if now - saved > 60 * config.training.checkpoint_minutes:
            run.save()
            saved = now
