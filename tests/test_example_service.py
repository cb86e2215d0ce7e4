"""The example of a service, over real HTTP."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from jsonschema import Draft202012Validator

from rrmodel import datasets, io

EXAMPLES = Path(__file__).parents[1] / "examples"
PATIENCE = 60
"""Seconds that the service may take to start or to answer before the test gives up."""
PLAN = "east-midlands-2022-25"
DAY = {"as_of": "2024-08-01", "area": "England and Wales"}


class Service:
    """The running service, asked by one request after the other."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, method: str, path: str, message: object = None) -> tuple[int, Any]:
        """Return the status and the JSON of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            body = None if message is None else json.dumps(message)
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """Start the service on a port that is free, and stop it when the tests are done."""
    words = ["-m", "uvicorn", "--app-dir", str(EXAMPLES), "--port", "0", "service:app"]
    with subprocess.Popen(  # noqa: S603  our own interpreter and our own example
        [sys.executable, *words], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        # A service that hangs is ended, which ends its output too, so that no line is waited for.
        guard = threading.Timer(PATIENCE, process.kill)
        guard.start()
        try:
            assert process.stderr is not None
            lines: list[str] = []
            for line in process.stderr:
                lines.append(line)
                if match := re.search(r"running on http://127\.0\.0\.1:(\d+)", line):
                    break
            else:
                pytest.fail(f"the service did not start:\n{''.join(lines)}")
            guard.cancel()
            # What it says from now on is read too, or it would wait for somebody to do so.
            reader = threading.Thread(target=process.stderr.read)
            reader.start()
            yield Service(int(match[1]))
            process.terminate()
            process.wait(PATIENCE)
            reader.join(PATIENCE)
        finally:
            guard.cancel()
            process.kill()


def test_the_bundled_plans_are_listed(service: Service) -> None:
    """Names are answered as they are."""
    assert service.ask("GET", "/plans") == (200, list(datasets.names()))


def test_a_plan_is_answered_as_its_file(service: Service) -> None:
    """The message of the service loads as the plan."""
    status, answer = service.ask("GET", f"/plans/{PLAN}")
    assert status == 200
    assert io.loads(json.dumps(answer), format="json") == datasets.load(PLAN)


def test_a_plan_that_is_not_there_is_not_found(service: Service) -> None:
    """The answer says which plan may have been meant."""
    status, answer = service.ask("GET", "/plans/east-midlands")
    assert status == 404
    assert answer["detail"].endswith(f"did you mean '{PLAN}'?")


def test_one_target_is_assessed(service: Service) -> None:
    """Quantities, days and the deciding figure are answered as files write them."""
    target = next(
        candidate.id for candidate in datasets.load(PLAN).targets if "six-weeks" in candidate.id
    )
    status, answer = service.ask("GET", f"/plans/{PLAN}/targets/{quote(target)}?{urlencode(DAY)}")
    assert status == 200
    assert (answer["status"], answer["goal"]) == ("missed", "20%")
    assert (answer["latest"]["level"], answer["latest"]["period"]) == ("17.4%", "2022/23")
    assert answer["reasons"]


def test_a_plan_that_is_sent_is_assessed(service: Service) -> None:
    """A whole plan is sent, and the answer has the assessment of each target."""
    _, plan = service.ask("GET", f"/plans/{PLAN}")
    status, answer = service.ask("POST", "/evaluations", {"plan": plan, **DAY})
    assert status == 200
    assert len(answer) == len(datasets.load(PLAN).targets)
    assert sorted({row["status"] for row in answer}) == [
        "met",
        "missed",
        "no_data",
        "not_quantified",
    ]


def test_figures_may_be_sent_too(service: Service) -> None:
    """The figures that are sent replace the bundled ones, and their areas are known."""
    _, plan = service.ask("GET", f"/plans/{PLAN}")
    figures = json.loads(io.dumps(datasets.observation_set("local-areas"), format="json"))
    message = {"plan": plan, "figures": figures, "as_of": DAY["as_of"]}
    status, answer = service.ask("POST", "/evaluations", message)
    assert status == 200
    assert {row["status"] for row in answer} == {"no_data", "not_quantified"}
    status, answer = service.ask("POST", "/evaluations", {**message, "area": "england"})
    assert status == 404
    assert answer["detail"].endswith("did you mean 'England'?")


def test_every_error_has_its_place(service: Service) -> None:
    """Bad input is answered by 422, with our message for each error."""
    _, plan = service.ask("GET", f"/plans/{PLAN}")
    del plan["title"]
    plan["pathways"][0]["targets"][0]["goal"] = "182%"
    status, answer = service.ask("POST", "/evaluations", {"plan": plan, "as_of": "soon"})
    assert status == 422
    messages = {tuple(error["loc"]): error["msg"] for error in answer["detail"]}
    assert messages["body", "plan", "title"] == "the key 'title' is missing"
    assert (
        messages["body", "plan", "pathways", 0, "targets", 0, "goal"]
        == "182% is not between 0% and 100%"
    )
    assert ("body", "as_of") in messages


def test_the_service_describes_itself(service: Service) -> None:
    """The OpenAPI document defines our classes, and a plan is valid by it."""
    status, api = service.ask("GET", "/openapi.json")
    assert status == 200
    schema = {"$ref": "#/components/schemas/Plan", "components": api["components"]}
    _, plan = service.ask("GET", f"/plans/{PLAN}")
    assert list(Draft202012Validator(schema).iter_errors(plan)) == []
    plan["pathways"][0]["targets"][0]["goal"] = "182%"
    (error,) = Draft202012Validator(schema).iter_errors(plan)
    assert error.json_path == "$.pathways[0].targets[0].goal"
