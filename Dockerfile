# Foyer on CPU. Two stages: what builds stays behind; what runs is a venv, the code and the model's ONNX form, compiled:
# the container can not keep bytecode, and would take twice the time to start each time.
#   docker build -t foyer .
#   docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges -v foyer:/data -p 8000:8000 foyer
# An exact version, raised on purpose, so that no build changes it unasked; --build-arg PYTHON=… takes another, or a digest.
ARG PYTHON=python:3.11.15-slim-trixie

FROM ${PYTHON} AS build
ARG TORCH_SPEC=""
WORKDIR /app
COPY deploy/setup.py deploy/constraints.txt deploy/constraints-dev.txt deploy/
COPY pyproject.toml README.md ./
COPY bot bot
COPY knowledge knowledge
COPY widget/src widget/src
COPY widget/demo widget/demo
RUN TORCH_SPEC="$TORCH_SPEC" python deploy/setup.py \
    && .venv/bin/python -m pip install -q -c deploy/constraints.txt -e ".[anthropic,postgres,redis,telemetry]" \
    && .venv/bin/python -m pip uninstall -y -q pip setuptools wheel \
    && .venv/bin/python -m compileall -q bot knowledge

FROM ${PYTHON}
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin foyer \
    && mkdir /data && chown foyer /data
COPY --from=build /app /app
WORKDIR /app
ENV FOYER_HOME=/data FOYER_HOST=0.0.0.0 FOYER_PORT=8000 HF_HUB_OFFLINE=1 PYTHONDONTWRITEBYTECODE=1 PATH=/app/.venv/bin:$PATH
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=60s \
    CMD ["sh", "-c", "exec python -c \"import urllib.request as u; u.urlopen('http://127.0.0.1:$FOYER_PORT/readyz', timeout=2)\""]
ENTRYPOINT ["foyer"]
CMD ["serve"]
