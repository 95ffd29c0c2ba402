"""The settings of a reader, read from its TOML file: alphabet, sampler, crops, network, training."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Network:
    channels: list
    width: int
    dilations: list
    steps_per_frame: int
    dropout: float


@dataclass(frozen=True)
class Training:
    seed: int
    batch: int
    steps: int
    learning_rate: float
    weight_decay: float
    average: float
    shard_crops: int
    shards: int
    keep_shards: int
    easy_shards: int
    reuse: int
    checkpoint_minutes: float
    evaluate_steps: int
    evaluation_crops: int


@dataclass(frozen=True)
class Config:
    name: str
    alphabet: str
    sampler: str
    height: int
    max_width: int
    side_padding: float
    loose: float
    network: Network
    training: Training
    folder: Path  # of pool, checkpoints and log: they can all be made again

    @property
    def classes(self):
        """Class 0 is CTC's blank, class i the i-th character of the alphabet."""
        return len(self.alphabet) + 1

    def encode(self, label):
        return [self.alphabet.index(character) + 1 for character in label]


def load_config(name):
    path = Path(__file__).with_name(f"{name}.toml")
    if not path.exists():
        raise SystemExit(f"there is no reader {name}: {path} is missing")
    values = tomllib.loads(path.read_text(encoding="utf8"))
    network, training = Network(**values.pop("network")), Training(**values.pop("training"))
    return Config(name=name, network=network, training=training, folder=ROOT / "build/training" / name, **values)
