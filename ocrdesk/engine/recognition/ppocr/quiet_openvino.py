"""OpenVINO; nothing else imports it. An import would tell its makers so over the network; not from here."""

import sys

sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # without this package of its it tells nobody

import openvino as openvino  # noqa: E402  # to be imported from here
from openvino import opset13 as ops  # noqa: E402

__all__ = ["openvino", "ops"]
