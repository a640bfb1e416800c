"""The trained reader as one ONNX graph; in 8-bit whole numbers it is what is served."""

import os
import tempfile
from pathlib import Path

import numpy as np

from knowledge.minilm import EncoderGraph, Weights

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS: dict[str, list[str | int]] = {"answers": ["n"], "places": ["n", "length"]}


def build_graph(weights: Weights) -> bytes:
    """Emit encoder and heads as a serialised ONNX model.

    Inputs `input_ids`, `attention_mask` and `token_type_ids`, each `(n, length) int64`; outputs `answers`
    `(n,) float32` and `places` `(n, length) float32`, both logits.
    """
    graph = ReaderGraph()
    graph.read_out(weights, graph.encode(weights))
    return graph.serialise("reader", inputs=INPUTS, outputs=OUTPUTS)


def quantised(graph: bytes) -> bytes:
    """Return the graph with its matrices and word vectors in 8 bits, a scale for each column of a matrix."""
    # onnxruntime reports its use to its makers, from the first import on, unless this says no.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder, "whole.onnx"), Path(folder, "small.onnx")
        whole.write_bytes(graph)
        quantize_dynamic(whole, small, per_channel=True, weight_type=QuantType.QInt8)
        return small.read_bytes()


class ReaderGraph(EncoderGraph):
    """MiniLM's encoder for two texts, with the heads that answer "does it?" and "where?"."""

    def embed(self, tensors: Weights) -> None:
        """Add the rows that enter the first layer; a token's row also says in which of the two texts it is."""
        self.place(tensors, tensors["embeddings.position_embeddings.weight"], "placed")
        self.constant("kinds", tensors["embeddings.token_type_embeddings.weight"])
        self.node("Gather", ["kinds", "token_type_ids"], "kind_rows")
        self.node("Add", ["placed", "kind_rows"], "embedded")
        self.normalise(tensors, "embeddings.LayerNorm", "embedded", "hidden")

    def read_out(self, tensors: Weights, hidden: str) -> None:
        """Add both heads, over the first token and over each."""
        self.judge(tensors, hidden, "answers")
        self.node("Squeeze", [self.dense(tensors, "place", hidden), "number_axis"], "places")

    def judge(self, tensors: Weights, hidden: str, output: str) -> None:
        """Add the head over the first token, which gives one logit, under that name."""
        self.constant("first", np.array(0, np.int64))
        self.constant("number_axis", np.array([-1], np.int64))
        self.node("Gather", [hidden, "first"], "first_rows", axis=1)
        self.node("Tanh", [self.dense(tensors, "answers.0", "first_rows")], "weighed")
        self.node("Squeeze", [self.dense(tensors, "answers.2", "weighed"), "number_axis"], output)
