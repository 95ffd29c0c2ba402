"""The content of one crop, between a sampler, which makes it up, and drawing, which prints it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Characters of one kind: "number" (ASCII digits and marks in visual order), "mark" (H or M), "letters" (Arabic or
    Persian) or "latin"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """Words from left to right, each a list of runs that touch; on either side what may stand there unlabelled."""

    words: list
    left: list | None
    right: list | None
    kind: str
