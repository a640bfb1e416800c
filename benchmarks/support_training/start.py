"""The reader's weights, taken back out of their 8 bits: what the support checker starts from.

Whoever has learnt whether a text answers has learnt to lay two texts side by side. From the packaged MiniLM it
takes twice the rows to come as far.
"""

from pathlib import Path

import numpy as np

from knowledge import minilm
from knowledge.cross_encoder import MODEL
from knowledge.minilm import Weights

PARTS = ("query", "key", "value")


def reader_weights(path: Path = MODEL) -> Weights:
    """Return the tensors of a served reader under the names they had before, word vectors as MiniLM packs them."""
    import onnx
    from onnx import numpy_helper
    from safetensors.numpy import load_file

    constants = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    whole = {name: value for name, value in constants.items() if value.dtype == np.float32}
    for name in [name.removesuffix("_quantized") for name in constants if name.endswith("_quantized")]:
        whole[name] = _restored(constants, name)
    packed = load_file(minilm.find_model_files().weights)
    weights = {name: packed[name] for name in packed if name.startswith("embeddings.word_")}
    weights["embeddings.position_embeddings.weight"] = whole["positions"][0]
    weights["embeddings.token_type_embeddings.weight"] = whole["kinds"]
    for name, value in whole.items():
        if ".qkv." in name:
            weights.update(_split(name, value))
        elif name.endswith((".weight", ".bias")):
            is_matrix = value.ndim == 2  # a graph multiplies from the other side
            weights[name] = np.ascontiguousarray(value.T) if is_matrix else value
    return weights


def checker_weights(path: Path) -> Weights:
    """Return the tensors of a served checker, with an idle head where the reader has its second."""
    return {
        **reader_weights(path),
        "place.weight": np.zeros((1, minilm.WIDTH), np.float32),
        "place.bias": np.zeros(1, np.float32),
    }


def _restored(constants: Weights, name: str) -> np.ndarray:
    steps = constants[f"{name}_quantized"].astype(np.float32) - constants[f"{name}_zero_point"].astype(
        np.float32
    )
    return np.asarray(steps * constants[f"{name}_scale"])


def _split(name: str, value: np.ndarray) -> Weights:
    """Cut one product for queries, keys and values apart; queries lose the scale that the graph gave them."""
    scale = np.float32(1 / np.sqrt(minilm.WIDTH / minilm.HEADS))
    layer, kind = name.split(".qkv.")
    parts = np.split(value, 3, axis=-1)
    return {
        f"{layer}.attention.self.{part}.{kind}": np.ascontiguousarray(
            (one / scale if part == "query" else one).T
        )
        for part, one in zip(PARTS, parts, strict=True)
    }
