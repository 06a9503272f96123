import numpy as np
import pytest

openvino = pytest.importorskip("openvino")

from openvino import opset13 as ops  # noqa: E402

from ocrdesk.engine.recognition.ppocr.bf16 import PRECISION, as_floats, given_in_bf16  # noqa: E402

VALUES = np.array([0, 1, -2, 0.5, 1e-30, 3e38], np.float32)


def run(precision, *, is_converted):
    values = ops.parameter([-1], np.float32)
    output = ops.multiply(values, np.float32(1)).output(0)
    model = openvino.Model(given_in_bf16([output]) if is_converted else [output], [values])
    return openvino.Core().compile_model(model, "CPU", {PRECISION: precision})(VALUES)[0]


def test_results_in_bf16_are_the_same_numbers_but_for_their_last_digits():
    given = run("bf16", is_converted=True)
    assert given.dtype != np.float32
    assert as_floats(given) == pytest.approx(VALUES, rel=2**-8)


def test_results_in_32_bits_stay_as_they_are():
    assert np.array_equal(as_floats(run("f32", is_converted=False)), VALUES)
