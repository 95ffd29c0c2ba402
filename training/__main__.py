"""The command behind script/train-reader."""

import argparse
import fcntl
import os
import shutil
import sys
import warnings
from dataclasses import replace
from pathlib import Path

warnings.filterwarnings("ignore", category=UserWarning)


def arguments():
    parser = argparse.ArgumentParser(prog="script/train-reader", description="Trains a reader of our own.")
    parser.add_argument("reader", nargs="?", help="its settings are training/READER.toml, as in numbers or lines")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--fresh", action="store_true", help="throw an earlier training away")
    parser.add_argument("--hours", type=float, help="end after so many hours of running, if not earlier by steps")
    parser.add_argument("--steps", type=int, help="instead of those of the settings")
    parser.add_argument("--threads", type=int, default=1, help="of the trainer; one more process draws crops")
    parser.add_argument("--folder", type=Path, help="instead of build/training/READER")
    parser.add_argument("--export", action="store_true", help="only write the best so far to models/")
    parser.add_argument("--sheet", type=Path, metavar="FILE", help="only draw crops on a sheet to look at")
    parser.add_argument("--split", default="train", choices=["train", "dev", "test"], help="faces of the sheet")
    parser.add_argument("--survey", action="store_true", help="only write training/fonts.tsv anew")
    return parser.parse_args()


def settings_of(options):
    from .config import load_config

    config = load_config(options.reader)
    if options.steps:
        config = replace(config, training=replace(config.training, steps=options.steps))
    return replace(config, folder=options.folder.resolve()) if options.folder else config


def hold(folder):
    """Keeps the folder to this process while the file that comes back is open."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"a training is running in {folder}")
    return lock


def start(config, options):
    import cv2
    import torch

    from .train import train

    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    cv2.setNumThreads(1)
    if options.fresh:
        shutil.rmtree(config.folder / "pool", ignore_errors=True)
        for name in ("checkpoint.pt", "best.pt", "dev.tsv", "test.tsv"):
            (config.folder / name).unlink(missing_ok=True)
    elif not options.resume and (config.folder / "checkpoint.pt").exists():
        sys.exit(f"there is a training in {config.folder}: --resume goes on with it, --fresh throws it away")
    train(config, options.resume, options.hours)


def main():
    options = arguments()
    if options.survey:
        from .faces import survey

        print(len(survey()), "faces")
        return
    if not options.reader:
        sys.exit("script/train-reader: which reader? numbers or lines")
    config = settings_of(options)
    if options.sheet:
        from .sheet import write_sheet

        write_sheet(config, options.sheet, options.split)
        return
    if not options.export:
        with hold(config.folder):
            start(config, options)
    from .export import export

    export(config)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # spinning would burn the time of a core that others use
    main()
