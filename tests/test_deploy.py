"""The compose file and the Kubernetes manifest: they parse, and what they name exists and fits together."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from bot.__main__ import app
from bot.settings import Environment, load_environment

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
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


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda one: str(one["metadata"]["name"]))
def test_every_pod_is_confined(workload: dict[str, Any]) -> None:
    pod = workload["spec"]["template"]["spec"]

    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
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
