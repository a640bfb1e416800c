"""How a model's graph is opened for inference: silent, without reports to its makers, leaving idle cores alone."""

import os
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError

ERRORS_ONLY = 3  # hints about the machine's devices are not for visitors' logs


class DamagedGraphError(KnowledgeError):
    """What was opened is no graph that can be run."""

    code = "damaged_graph"


def open_session(graph: Path | bytes, *, threads: int = 0) -> Any:
    """Open an ONNX graph on the processor.

    Args:
        graph: the file, or what it would hold.
        threads: cores that one run may use; all of them with 0.

    Returns:
        An `onnxruntime.InferenceSession`, safe to run from several threads at once.

    Raises:
        DamagedGraphError: the graph cannot be read.
    """
    # onnxruntime reports its use to its makers, from the first import on, unless this says no.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as failures

    options = onnxruntime.SessionOptions()
    options.log_severity_level = ERRORS_ONLY
    options.intra_op_num_threads = threads
    # Idle threads leave the cores to others.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except (
        failures.InvalidProtobuf,
        failures.Fail,
        failures.InvalidGraph,
        failures.InvalidArgument,
    ) as error:
        raise DamagedGraphError(f"The model's graph cannot be read: {error}") from error
