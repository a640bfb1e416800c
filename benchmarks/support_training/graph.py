"""The trained checker as one ONNX graph: the reader's encoder with the one head that says yes or no."""

from benchmarks.reader_training.graph import INPUTS, ReaderGraph
from knowledge.minilm import Weights


def build_graph(weights: Weights) -> bytes:
    """Emit encoder and head as a serialised ONNX model.

    Inputs `input_ids`, `attention_mask` and `token_type_ids`, each `(n, length) int64`: sentence (kind 0), then
    source (kind 1); output `supported` `(n,) float32`, a logit.
    """
    graph = ReaderGraph()
    graph.judge(weights, graph.encode(weights), "supported")
    return graph.serialise("support", inputs=INPUTS, outputs={"supported": ["n"]})
