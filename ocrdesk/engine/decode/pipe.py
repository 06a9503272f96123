"""Sends pixels from one process to another."""

from multiprocessing.connection import Connection

import numpy as np

from ocrdesk.engine.decode.picture import Pixels

CHUNK = 1 << 22
"""Pixels are sent in pieces of this many bytes."""


def send_pixels(connection: Connection, pixels: Pixels) -> None:
    """Sends pixels. The receiver must know their shape.

    Raises:
        OSError: The other process has ended.
    """
    whole = np.ascontiguousarray(pixels).reshape(-1).data
    for start in range(0, len(whole), CHUNK):
        connection.send_bytes(whole[start : start + CHUNK])


def receive_pixels(connection: Connection, shape: tuple[int, ...]) -> Pixels:
    """Receives pixels of this shape.

    Raises:
        EOFError, OSError: The other process has ended.
    """
    pixels = np.empty(shape, np.uint8)
    flat = pixels.reshape(-1).data
    for start in range(0, len(flat), CHUNK):
        connection.recv_bytes_into(flat[start : start + CHUNK])
    return pixels
