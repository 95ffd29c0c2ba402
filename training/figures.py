"""What judges each reader: modules with COLUMNS of a table, figures, by_family, calibration and merit."""

from . import line_figures, number_figures

FIGURES = {"numbers": number_figures, "lines": line_figures}  # by sampler


def in_a_line(table):
    """A table in one line of the log."""
    head = "/".join(next(iter(table.values())))
    rows = (name + " " + "/".join(f"{value:.3f}" for value in row.values()) for name, row in table.items())
    return f"({head}) " + "  ".join(rows)
