"""Pixels on their way from one process to another."""

from multiprocessing.connection import Connection

import numpy as np

from ocrdesk.engine.decode.picture import Pixels

CHUNK = 1 << 22
"""They are sent in pieces of this many bytes."""


def send_pixels(connection: Connection, pixels: Pixels) -> None:
    """Sends pixels. Whoever receives them must know their shape.

    Raises:
        OSError: The other process is gone.
    """
    whole = np.ascontiguousarray(pixels).reshape(-1).data
    for start in range(0, len(whole), CHUNK):
        connection.send_bytes(whole[start : start + CHUNK])


def receive_pixels(connection: Connection, shape: tuple[int, ...]) -> Pixels:
    """Receives pixels of this shape.

    Raises:
        EOFError, OSError: The other process is gone.
    """
    pixels = np.empty(shape, np.uint8)
    flat = pixels.reshape(-1).data
    for start in range(0, len(flat), CHUNK):
        connection.recv_bytes_into(flat[start : start + CHUNK])
    return pixels
