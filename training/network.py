"""The network: convolutions that fold a line's height away, then residual convolutions along the line, then for every
frame (4 columns of pixels) the scores of one or more CTC steps.

Only operations that OpenCV's dnn module loads: convolution, addition, ReLU. Width may vary; nothing looks further than
its convolutions reach, so a long line and a short word go the same way.
"""

import torch
from torch import nn

FRAME = 4  # columns of pixels for one output frame


def convolution(inputs, outputs, kernel, stride=1, padding=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )


class Along(nn.Module):
    """A residual step along the line: two convolutions, the first of them dilated."""

    def __init__(self, width, dilation):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(width, width, (1, 3), padding=(0, dilation), dilation=(1, dilation), bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.Conv2d(width, width, (1, 3), padding=(0, 1), bias=False),
            nn.BatchNorm2d(width),
        )

    def forward(self, x):
        return torch.relu(x + self.layers(x))


class Reader(nn.Module):
    def __init__(self, config):
        super().__init__()
        settings = config.network
        self.classes, self.steps = config.classes, settings.steps_per_frame
        a, b, c, d = settings.channels
        rows = config.height // 8
        self.fold = nn.Sequential(
            convolution(1, a, 3, 2),
            convolution(a, b, 3, 2),
            convolution(b, c, 3),
            convolution(c, d, 3, (2, 1)),
            convolution(d, settings.width, (rows, 3), padding=(0, 1)),
        )
        self.along = nn.Sequential(*[Along(settings.width, dilation) for dilation in settings.dilations])
        self.drop = nn.Dropout(settings.dropout)
        self.scores = nn.Conv2d(settings.width, self.steps * self.classes, 1)

    def frames(self, x):
        """batch x 1 x height x width -> batch x (steps * classes) x 1 x frames, unnormalised: what is exported."""
        return self.scores(self.drop(self.along(self.fold(x))))

    def forward(self, x):
        """The same as log-probabilities, steps x batch x classes. The steps of a frame follow one another."""
        y = self.frames(x).float()
        batch, _, _, frames = y.shape
        y = y.view(batch, self.steps, self.classes, frames).permute(3, 1, 0, 2)
        return y.reshape(frames * self.steps, batch, self.classes).log_softmax(2)


def parameters_of(network):
    return sum(p.numel() for p in network.parameters())
