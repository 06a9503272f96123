"""OpenVINO; nothing else imports it. An import would tell its makers so over the network; not from here."""

import os
import sys

sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # without this package of its it tells nobody

# What is compiled for a size of picture is kept here and shared by all workers; with the 1,024 that are kept otherwise,
# each worker would come to have its own: 130 MB more for two.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "4096")

import openvino as openvino  # noqa: E402  # to be imported from here
from openvino import opset13 as ops  # noqa: E402

__all__ = ["openvino", "ops"]
