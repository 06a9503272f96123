"""Results in bf16. OpenVINO computes the last layers of a model in 32 bits, at twice the time, if they are to be."""

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.recognition.ppocr.quiet_openvino import openvino, ops

PRECISION = "INFERENCE_PRECISION_HINT"
"""OpenVINO's property that says what is computed in. A variable of the environment by this name sets it: f32 switches
bf16 off."""

Floats = npt.NDArray[np.float32]


def given_in_bf16(outputs: list[openvino.Output]) -> list[openvino.Output]:
    """What a model gives, given in bf16."""
    return [ops.convert(output, "bf16").output(0) for output in outputs]


def as_floats(values: npt.NDArray[np.float16 | np.float32]) -> Floats:
    """Results as NumPy knows them; it has no bf16, and OpenVINO shows its bits as float16."""
    if values.dtype == np.float32:
        return values.astype(np.float32, copy=False)
    return (values.view(np.uint16).astype(np.uint32) << 16).view(np.float32)
