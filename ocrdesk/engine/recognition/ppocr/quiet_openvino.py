"""Imports OpenVINO for all other modules, without the telemetry that it would send over the network when imported."""

import sys

sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # sends nothing without this package

import openvino as openvino  # noqa: E402  # to be imported from here
from openvino import opset13 as ops  # noqa: E402

__all__ = ["openvino", "ops"]
