"""Makes models return bf16. If a model returns 32 bits, OpenVINO computes its last layers in 32 bits: twice as slow."""

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.recognition.ppocr.quiet_openvino import openvino, ops

PRECISION = "INFERENCE_PRECISION_HINT"
"""OpenVINO's property for the precision of its computations. An environment variable of this name overrides it: f32
switches bf16 off."""

Floats = npt.NDArray[np.float32]


def given_in_bf16(outputs: list[openvino.Output]) -> list[openvino.Output]:
    """Returns a model's outputs converted to bf16."""
    return [ops.convert(output, "bf16").output(0) for output in outputs]


def as_floats(values: npt.NDArray[np.float16 | np.float32]) -> Floats:
    """Converts results to float32: NumPy has no bf16, so OpenVINO returns its bits labelled as float16."""
    if values.dtype == np.float32:
        return values.astype(np.float32, copy=False)
    return (values.view(np.uint16).astype(np.uint32) << 16).view(np.float32)
