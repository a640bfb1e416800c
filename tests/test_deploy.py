"""The compose file and the Kubernetes manifest: they parse, and what they name exists and fits together."""

import ipaddress
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from sqlalchemy import make_url

from bot.__main__ import app
from bot.settings import Environment, load_environment

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
MANIFESTS: list[dict[str, Any]] = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text()))
WORKLOADS = [one for one in MANIFESTS if one["kind"] in {"Deployment", "StatefulSet", "Job"}]
FOYER = ("foyer-a", "foyer-b", "migrate")
STARTS_AND_ENDS_WITHIN_S = 2
"""Beside the drain itself: the word to the sockets before it, and the margin after it."""


def commands() -> set[str]:
    return set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def containers(workload: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = workload["spec"]["template"]["spec"]["containers"]
    return found


def named(kind: str, name: str) -> dict[str, Any]:
    return next(one for one in MANIFESTS if (one["kind"], one["metadata"]["name"]) == (kind, name))


def seconds(text: str) -> int:
    return int(text.removesuffix("s"))


def test_every_setting_that_is_named_is_known() -> None:
    text = (DEPLOY / "compose.yaml").read_text() + (DEPLOY / "kubernetes.yaml").read_text()

    named_ones = set(re.findall(r"\bFOYER_[A-Z_]+\b", text))

    assert {name.removeprefix("FOYER_").lower() for name in named_ones} <= Environment.model_fields.keys()


@pytest.mark.parametrize("service", FOYER)
def test_composes_settings_are_accepted_once_filled_in(service: str) -> None:
    settings = COMPOSE["services"][service]["environment"]
    filled = {
        name: re.sub(r"\$\{\w+:\?[^}]*\}", "a-name-that-is-long-enough.chat.example.com", value)
        for name, value in settings.items()
    }

    assert load_environment(filled).drain_seconds > 0


def test_the_config_map_is_accepted() -> None:
    assert load_environment(named("ConfigMap", "foyer")["data"]).log_format == "json"


def test_every_command_exists() -> None:
    asked = [COMPOSE["services"][service]["command"][0] for service in FOYER]
    asked += [
        container["args"][0]
        for workload in WORKLOADS
        for container in containers(workload)
        if "foyer" in container["image"]
    ]

    assert set(asked) == {"serve", "migrate"} <= commands()


def test_every_image_has_a_version_and_chromas_is_that_of_our_client() -> None:
    images = [service["image"] for service in COMPOSE["services"].values()]
    images += [container["image"] for workload in WORKLOADS for container in containers(workload)]
    client = re.search(r"^chromadb==(\S+)", (DEPLOY / "constraints.txt").read_text(), re.MULTILINE)

    assert client is not None
    for image in images:
        assert re.search(r":(local|v?\d[\w.]*)$", image), image
        if image.startswith("chromadb/chroma"):
            assert image.endswith(f":{client[1]}")


def test_the_image_is_built_on_an_exact_version_of_python_and_of_debian() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()

    assert re.search(r"^ARG PYTHON=python:3\.11\.\d+-slim-[a-z]+$", dockerfile, re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)) == {"${PYTHON}"}


def test_every_file_network_and_volume_that_compose_names_exists() -> None:
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            is_file = source.startswith("./")
            assert (
                (DEPLOY / source).is_file() if is_file else source in COMPOSE["volumes"] or source[0] == "$"
            )
        assert set(service.get("networks", {})) <= COMPOSE["networks"].keys()
        assert set(service.get("depends_on", {})) <= COMPOSE["services"].keys()
    asked = set(re.findall(r"\$\{(\w+):[?-]", (DEPLOY / "compose.yaml").read_text()))
    offered = set(re.findall(r"^(\w+)=", (DEPLOY / "compose.env.example").read_text(), re.MULTILINE))
    assert asked == offered


def test_the_proxy_asks_each_replica_whether_it_is_ready() -> None:
    caddyfile = (DEPLOY / "Caddyfile").read_text()

    upstreams = re.search(r"reverse_proxy (.+) \{", caddyfile)

    assert upstreams is not None
    assert shlex.split(upstreams[1]) == ["foyer-a:8000", "foyer-b:8000"]
    assert "health_uri /readyz" in caddyfile


def test_a_stop_has_the_time_that_it_takes() -> None:
    drain_s = Environment().drain_seconds + STARTS_AND_ENDS_WITHIN_S
    pod = named("Deployment", "foyer")["spec"]["template"]["spec"]
    pause_s = int(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])

    assert drain_s <= 10
    assert seconds(COMPOSE["services"]["foyer-a"]["stop_grace_period"]) >= drain_s
    assert pod["terminationGracePeriodSeconds"] >= pause_s + drain_s


def test_no_address_that_is_given_out_is_one_that_is_fixed() -> None:
    fixed = {
        (network, ipaddress.ip_address(joined["ipv4_address"]))
        for service in COMPOSE["services"].values()
        if isinstance(service.get("networks"), dict)
        for network, joined in service["networks"].items()
    }
    trusted = COMPOSE["services"]["foyer-a"]["environment"]["FOYER_TRUSTED_PROXIES"]

    assert ipaddress.ip_address(trusted) in {address for _, address in fixed}
    for network, address in fixed:
        pool = COMPOSE["networks"][network]["ipam"]["config"][0]
        assert address in ipaddress.ip_network(pool["subnet"])
        assert address not in ipaddress.ip_network(pool["ip_range"])
        assert str(address) != pool["gateway"]


def test_a_secret_as_the_example_wants_it_survives_its_address() -> None:
    text, example = ((DEPLOY / name).read_text() for name in ("compose.yaml", "compose.env.example"))
    in_addresses = set(re.findall(r"://\S*?\$\{(\w+):\?[^}]*\}@", text))
    blocks = [block for block in example.split("\n\n") if re.search(r"^\w+=$", block, re.MULTILINE)]
    secret = "0f" * 24  # as `openssl rand -hex 24` writes it

    settings = COMPOSE["services"]["foyer-a"]["environment"]
    filled = load_environment(
        {name: re.sub(r"\$\{\w+:[?-][^}]*\}", secret, value) for name, value in settings.items()}
    )

    assert in_addresses == {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}
    for name in in_addresses:
        block = next(one for one in blocks if f"\n{name}=" in one)
        assert "`openssl rand -hex 24`" in block
        assert "only\n# letters, digits, - and _" in block
    for database in (filled.database_url, filled.redis_url):
        assert database is not None
        assert make_url(database.get_secret_value()).password == secret


def test_postgres_is_healthy_only_once_others_can_reach_it() -> None:
    test = COMPOSE["services"]["postgres"]["healthcheck"]["test"]

    assert test[test.index("-h") + 1] == "127.0.0.1"


def test_the_image_has_what_the_settings_can_ask_for_and_starts_from_bytecode() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    extras = re.search(r'-e "\.\[([\w,]+)\]"', dockerfile)
    offered = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]

    assert extras is not None
    assert {"anthropic", "postgres", "redis", "telemetry"} <= set(extras[1].split(",")) <= offered.keys()
    assert "compileall" in dockerfile
    assert "rm -rf" not in dockerfile


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda one: str(one["metadata"]["name"]))
def test_every_pod_is_confined(workload: dict[str, Any]) -> None:
    pod = workload["spec"]["template"]["spec"]

    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert pod["enableServiceLinks"] is False  # FOYER_PORT=tcp://… is no port, nor is CHROMA_PORT
    for container in pod["containers"]:
        confined = container["securityContext"]
        assert confined["readOnlyRootFilesystem"] is True
        assert confined["allowPrivilegeEscalation"] is False
        assert confined["capabilities"] == {"drop": ["ALL"]}
        assert "memory" in container["resources"]["limits"]
        mounted = {mount["name"] for mount in container.get("volumeMounts", ())}
        claimed = {one["metadata"]["name"] for one in workload["spec"].get("volumeClaimTemplates", ())}
        assert mounted <= {volume["name"] for volume in pod.get("volumes", ())} | claimed


def test_a_new_pod_answers_before_an_old_one_goes() -> None:
    deployment = named("Deployment", "foyer")["spec"]

    assert deployment["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    container = deployment["template"]["spec"]["containers"][0]
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"


def test_nothing_ends_a_pod_for_taking_its_time_over_a_first_index() -> None:
    container = containers(named("Deployment", "foyer"))[0]

    for probe in ("startupProbe", "livenessProbe"):
        assert container[probe]["httpGet"]["path"] == "/healthz"


def test_services_and_policies_point_to_pods_and_ports_that_exist() -> None:
    pods = {one["spec"]["template"]["metadata"]["labels"]["app"]: one for one in WORKLOADS}
    ports = {
        port["name"]
        for workload in WORKLOADS
        for container in containers(workload)
        for port in container.get("ports", ())
    }

    for manifest in MANIFESTS:
        if manifest["kind"] == "Service":
            assert manifest["spec"]["selector"]["app"] in pods
            assert {port["targetPort"] for port in manifest["spec"]["ports"]} <= ports
        if manifest["kind"] == "NetworkPolicy":
            chosen = manifest["spec"]["podSelector"]
            labels = [chosen["matchLabels"]["app"]] if "matchLabels" in chosen else []
            labels += [value for one in chosen.get("matchExpressions", ()) for value in one["values"]]
            assert set(labels) <= pods.keys()
            for rule in manifest["spec"].get("ingress", ()):
                assert {port["port"] for port in rule["ports"]} <= ports
    assert named("NetworkPolicy", "nobody")["spec"]["podSelector"] == {}
