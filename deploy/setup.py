"""Set up the checkout: a `.venv`, pinned dependencies, CPU-only torch, the embedding model's ONNX form.

`python3 deploy/setup.py` is enough to run Foyer, `--dev` adds what the gate needs (and, on Debian as root,
chromium, firefox, node, PostgreSQL, Redis and strace). A stamp makes every later call return at once. Standard
library only.
"""

import contextlib
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PIP_VERSION = "26.3"  # older pips skip the html_clean extra of lxml silently
TORCH = "2.13.0"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
INPUTS = ("pyproject.toml", "deploy/constraints.txt", "deploy/constraints-dev.txt", "deploy/setup.py")
DEBIAN_TOOLS = {
    "chromium": ("chromium", "fonts-dejavu-core"),
    "firefox-esr": ("firefox-esr",),
    "node": ("nodejs",),
    "npm": ("npm",),
    "postgres": ("postgresql",),
    "redis-server": ("redis-server",),
    "strace": ("strace",),
}
POLICY = Path("/usr/sbin/policy-rc.d")


def main() -> None:
    """Bring the checkout to the state its pins describe, or say what is missing."""
    is_dev = "--dev" in sys.argv[1:]
    require_python()
    if not is_stamped("dev" if is_dev else "run"):
        install(is_dev=is_dev)
        stamp("run")
        if is_dev:
            stamp("dev")
    if is_dev:
        provide_tools()
        provide_node_modules()


def require_python() -> None:
    """Stop with one sentence where this Python can not carry Foyer."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the reader may run an older one
        sys.exit(
            f"Foyer needs Python 3.11 or newer; this is {platform.python_version()}. Try: python3.11 deploy/setup.py"
        )
    if not PYTHON.exists():
        try:
            import ensurepip  # noqa: F401
        except ImportError:
            sys.exit("This Python can not make virtual environments. On Debian: apt install python3-venv")


def install(*, is_dev: bool) -> None:
    """Make the environment and install everything at its pin."""
    say("Setting up .venv (a few minutes the first time; nothing is downloaded at run time)")
    if not PYTHON.exists():
        run(sys.executable, "-m", "venv", str(VENV))
    pip(f"pip=={PIP_VERSION}")
    install_torch()
    constraints = "deploy/constraints-dev.txt" if is_dev else "deploy/constraints.txt"
    pip("-c", constraints, "--build-constraint", constraints, "-e", ".[dev]" if is_dev else ".")
    run(str(PYTHON), "-m", "pip", "check")
    run(str(PYTHON), "-c", "from knowledge import load_embedder; load_embedder().embed(['x'])")


def install_torch() -> None:
    """Install the CPU build. Plain PyPI gives Linux x86-64 a build with gigabytes of CUDA: only when asked for."""
    if installed_torch() == TORCH:
        return
    spec = os.environ.get("TORCH_SPEC")
    if spec:
        pip(spec)
        return
    if platform.system() != "Linux" or platform.machine() not in {"x86_64", "AMD64"}:
        pip(f"torch=={TORCH}")
        return
    attempts = (
        ("--no-deps", f"torch=={TORCH}+cpu"),
        ("--no-deps", "--index-url", CPU_INDEX, "--retries", "1", f"torch=={TORCH}"),
    )
    for attempt in attempts:
        if (
            subprocess.run(
                [str(PYTHON), "-m", "pip", "install", "-q", *attempt], stderr=subprocess.DEVNULL, check=False
            ).returncode
            == 0
        ):
            return
    sys.exit(
        f"No CPU build of torch {TORCH} was found (tried pip's configured indexes and {CPU_INDEX}).\n"
        "Set TORCH_SPEC to a wheel or requirement to use instead; "
        f"TORCH_SPEC=torch=={TORCH} takes the CUDA build from PyPI."
    )


def installed_torch() -> str | None:
    """Return the torch version of the environment without its local part, or None."""
    for found in VENV.glob("lib*/python*/site-packages/torch-*.dist-info"):
        return found.name.removeprefix("torch-").removesuffix(".dist-info").split("+")[0]
    return None


def provide_tools() -> None:
    """Install what is missing of `DEBIAN_TOOLS` on Debian as root; elsewhere name it."""
    missing = [tool for tool in DEBIAN_TOOLS if not has_tool(tool)]
    if not missing:
        return
    packages = sorted({package for tool in missing for package in DEBIAN_TOOLS[tool]})
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        say(f"Installing {', '.join(packages)}")
        run("apt-get", "update", "-qq")
        with services_kept_off():
            run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)
        return
    say(f"Missing for the whole gate: {', '.join(missing)}. On Debian: apt install {' '.join(packages)}")


def has_tool(tool: str) -> bool:
    """Whether the tool is on this machine; Debian keeps PostgreSQL's own out of the path."""
    return shutil.which(tool) is not None or any(Path("/usr/lib/postgresql").glob(f"*/bin/{tool}"))


@contextlib.contextmanager
def services_kept_off() -> Iterator[None]:
    """Let packages that are installed meanwhile start no service: the tests start servers of their own."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


def provide_node_modules() -> None:
    """Install the widget's checkers (types, lint, accessibility) where npm is."""
    pins = ROOT / "widget/package.json"
    done = ROOT / "widget/node_modules/.foyer-pins"
    fingerprint = hashlib.sha256(pins.read_bytes()).hexdigest()
    if shutil.which("npm") is None or (done.exists() and done.read_text() == fingerprint):
        return
    run("npm", "install", "--no-audit", "--no-fund", "--silent", cwd=ROOT / "widget")
    done.write_text(fingerprint)


def stamp_of(kind: str) -> Path:
    """Return the stamp file that says this set-up was finished."""
    return VENV / f".foyer-{kind}"


def fingerprint() -> str:
    """Hash everything the set-up depends on."""
    digest = hashlib.sha256(sys.version.encode())
    for name in INPUTS:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_stamped(kind: str) -> bool:
    """Whether this set-up was finished for exactly these pins."""
    path = stamp_of(kind)
    return PYTHON.exists() and path.exists() and path.read_text() == fingerprint()


def stamp(kind: str) -> None:
    """Remember that this set-up is finished."""
    stamp_of(kind).write_text(fingerprint())


def pip(*arguments: str) -> None:
    """Run the environment's pip quietly; its own errors are the message."""
    run(str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", *arguments)


def run(*command: str, cwd: Path = ROOT) -> None:
    """Run a command, or stop with it named."""
    result = subprocess.run(command, cwd=cwd, check=False)
    if result.returncode != 0:
        sys.exit(f"Set-up stopped: `{' '.join(command)}` failed with exit code {result.returncode}.")


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    print(f"foyer: {sentence}", flush=True)


if __name__ == "__main__":
    main()
