"""Finds shadows and fingers on the text of a page."""

from collections.abc import Sequence

import numpy as np

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Line
from ocrdesk.engine.recognition.opencv import cv2

DEEP = 1 / 8
"""Paper in deep shadow has at most this part of the light of the lightest paper: three stops less."""

LOOK_EDGE = 160
"""Fingers are looked for on the page reduced to about this many pixels."""

SKIN_CR, SKIN_CB = (133, 173), (77, 127)
"""The colours of skin, light or dark (Chai and Ngan, Face segmentation using skin-color map, IEEE Transactions on
Circuits and Systems for Video Technology 9, 1999)."""

APART = 10
"""How far the colour of skin is from that of the paper, at least, in levels of Cr or Cb."""

SMALLEST = 0.005
"""The least share of the text's area that a finger covers."""

LINES_ON_PAPER = 2
"""How many lines that were read lie on coloured paper, at least: nobody reads through a finger, though one line may be
what its folds were taken for."""


def share_shaded(papers: Sequence[float]) -> float:
    """Returns the share of parts of lines whose paper lies in deep shadow, given how light it is at each."""
    if not papers:
        return 0.0
    lightest = float(np.percentile(papers, 90))
    return sum(paper < DEEP * lightest for paper in papers) / len(papers)


def share_covered(page: Pixels, lines: Sequence[Line]) -> float:
    """Returns the share of the text's area that something of the colour of skin covers, coming in from an edge.

    What lines were read on is coloured paper, such as that around the white boxes of a form.
    """
    height, width = page.shape[:2]
    step = max(1, max(height, width) // LOOK_EDGE)
    small = np.ascontiguousarray(page[::step, ::step])
    luma, cr, cb = cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2YCrCb))
    area = np.zeros(luma.shape, np.uint8)
    corners = np.array([line.polygon for line in lines], np.float32) / step
    cv2.fillConvexPoly(area, cv2.convexHull(corners.reshape(-1, 2)).astype(np.int32), 1)
    within = area > 0
    if not within.any():
        return 0.0
    paper = within & (luma >= np.percentile(luma[within], 50))
    away = (abs(cr.astype(np.int16) - int(np.median(cr[paper]))) >= APART) | (
        abs(cb.astype(np.int16) - int(np.median(cb[paper]))) >= APART
    )
    skin = cv2.inRange(cv2.merge((cr, cb)), (SKIN_CR[0], SKIN_CB[0]), (SKIN_CR[1], SKIN_CB[1])) > 0
    spots, labels, found, _ = cv2.connectedComponentsWithStats((skin & away).astype(np.uint8), connectivity=4)
    covered = 0.0
    high, wide = luma.shape
    at = np.clip(corners.astype(int), 0, (wide - 1, high - 1))
    lies_on = labels[at[..., 1], at[..., 0]]
    for number in range(1, spots):
        left, top, across, down, size = found[number]
        if size < SMALLEST * high * wide or not (left == 0 or top == 0 or left + across == wide or top + down == high):
            continue
        if np.count_nonzero((lies_on == number).all(axis=1)) >= LINES_ON_PAPER:
            continue
        share = float((within & (labels == number)).sum()) / float(within.sum())
        covered += share if share >= SMALLEST else 0.0
    return covered
