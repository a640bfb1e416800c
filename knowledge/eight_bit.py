"""MiniLM's graph in 8 bits, a scale for each column, for embedding questions: a quarter of the time and the memory.

Made once from the whole graph, in a process of its own, which forgets with it the libraries that this takes.
What it is worth stands in docs/decisions/0023-how-a-turn-is-fast.md.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from knowledge import minilm

PACKAGES = Path(__file__).resolve().parents[1]
MAKE = (
    "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; from knowledge import eight_bit, minilm;"
    "eight_bit.write_graph(minilm.find_model_files(), Path(sys.argv[2]))"
)
WITHIN_S = 120


def graph_path(files: minilm.ModelFiles, cache_dir: Path) -> Path:
    """Name the ONNX file of these weights in a folder."""
    whole = minilm.graph_path(files, cache_dir)
    return whole.with_name(f"{whole.stem}-8bit.onnx")


def ensure_graph(files: minilm.ModelFiles, cache_dir: Path) -> Path | bytes:
    """Return the path of the ONNX file, made first where it is missing.

    Returns:
        The path, or the graph itself where the folder cannot be written.
    """
    path = graph_path(files, cache_dir)
    if path.is_file():
        return path
    return remake_graph(files, cache_dir)


def remake_graph(files: minilm.ModelFiles, cache_dir: Path) -> Path | bytes:
    """Make the ONNX file anew, replacing one that is there."""
    path = graph_path(files, cache_dir)
    path.unlink(missing_ok=True)
    made = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", MAKE, str(PACKAGES), str(cache_dir)],
        check=False,
        capture_output=True,
        timeout=WITHIN_S,
    )
    if made.returncode == 0 and path.is_file():
        return path
    return quantised(minilm.build_graph(files.weights))


def write_graph(files: minilm.ModelFiles, cache_dir: Path) -> None:
    """Write the ONNX file into a folder, whole or not at all."""
    cache_dir.mkdir(parents=True, exist_ok=True)
    minilm.write_whole(graph_path(files, cache_dir), quantised(minilm.build_graph(files.weights)))


def quantised(graph: bytes) -> bytes:
    """Return the graph with its matrices and word vectors in 8 bits."""
    # onnxruntime reports its use to its makers, from the first import on, unless this says no.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder, "whole.onnx"), Path(folder, "small.onnx")
        whole.write_bytes(graph)
        quantize_dynamic(whole, small, per_channel=True, weight_type=QuantType.QInt8)
        return small.read_bytes()
