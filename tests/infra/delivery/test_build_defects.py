"""The builds and the image keep to the policies, and each of these defects is found."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.infra.delivery.build_policies import build_problems, image_problems, release_problems

ROOT = Path(__file__).parents[3]
BUILD, FIRST, IMAGE = (ROOT / name for name in ("cloudbuild.yaml", "infra/delivery/first_image.yaml", "Dockerfile"))


def problems(file: Path, text: str) -> list[str]:
    """Of one of the three, as it would be with `text`."""
    if file == IMAGE:
        return list(image_problems(text))
    build = yaml.safe_load(text)
    return [*build_problems(build), *(release_problems(build) if file == BUILD else ())]


DEFECTS: dict[str, tuple[Path, str, str]] = {
    "a push that fails and goes on": (BUILD, 'docker push --quiet "${_IMAGE}:$BUILD_ID"', 'docker push --quiet "${_IMAGE}:$BUILD_ID" || true'),
    "a key in the clear": (BUILD, "secretEnv: [HEADRACE_API_KEY]", 'env: ["REGION=${_REGION}", "API_KEY=abcdef"]'),
    "a key that nobody gives": (BUILD, "    secretEnv: [HEADRACE_API_KEY]\n", ""),
    "packages without hashes": (BUILD, "--no-deps --require-hashes -r requirements.lock", "-r requirements.lock"),
    "a misspelt account": (BUILD, "serviceAccount:", "serviceAcount:"),
    "an account too few": (FIRST, "serviceAccount: projects/$PROJECT_ID/serviceAccounts/${_BUILDER}@$PROJECT_ID.iam.gserviceaccount.com\n", ""),
    "a minute for everything": (BUILD, "timeout: 3600s", "timeout: 60s"),
    "tests that never fail": (BUILD, 'make test"', 'make test; true"'),
    "fewer tests": (BUILD, 'make test"', 'make check"'),
    "an image by its id": (BUILD, "{{index .RepoDigests 0}}", "{{.Id}}"),
    "a deployment straight into the traffic": (BUILD, "infra/delivery/deploy_candidate.sh", "gcloud run deploy jobs-api --image=x"),
    "substitutions that are not resolved": (BUILD, "  dynamicSubstitutions: true\n", ""),
    "a key's version that changes": (BUILD, '_KEY_VERSION: "1"', "_KEY_VERSION: latest"),
    "a release that fails and goes on": (BUILD, "infra/delivery/release.sh", "infra/delivery/release.sh || :"),
    "logs in a bucket of their own": (BUILD, "CLOUD_LOGGING_ONLY", "LEGACY"),
    "nothing validated": (BUILD, "    dir: infra/terraform\n", ""),
    "validation that stops at nothing": (BUILD, "terraform validate &&", "terraform validate ;"),
    "a step in a stranger's image": (BUILD, "gcr.io/cloud-builders/docker", "docker.io/someone/docker"),
    "a misspelt key of a step": (BUILD, "waitFor: [push]", "waitfor: [push]"),
    "a script that does not stop": (BUILD, "set -euo pipefail\n        python3", "python3"),
    "whatever scanner is newest": (BUILD, "anchore/syft:v1.33.0", "anchore/syft:latest"),
    "the contents of another image": (BUILD, 'docker:${_IMAGE}:$BUILD_ID"', 'docker:${_PYTHON_IMAGE}"'),
    "another region": (BUILD, '["REGION=${_REGION}", "API=${_API}"]', '["API=${_API}"]'),
    "another secret": (BUILD, "${_KEY_SECRET}/versions", "openai-api-key/versions"),
    "an image that runs as root": (IMAGE, "USER 10001", "USER root"),
    "an image that is root again": (IMAGE, 'CMD ["functions', 'USER root\nCMD ["functions'),
    "an image without hashes": (IMAGE, "--no-deps --require-hashes -r", "-r"),
    "an image of the local profile": (IMAGE, "HEADRACE_PROFILE=cloud", "HEADRACE_PROFILE=local"),
    "a port for root alone": (IMAGE, "PORT=8080", "PORT=80"),
    "a shell between the signal and the server": (IMAGE, 'CMD ["functions-framework", "--asgi"]', "CMD functions-framework --asgi"),
    "a server without ASGI": (IMAGE, '"functions-framework", "--asgi"', '"functions-framework"'),
    "everything copied": (IMAGE, "COPY functions ./functions", "COPY . ."),
    "tests in the image": (IMAGE, "COPY functions ./functions", "COPY functions tests ./"),
    "the whole builder in the image": (IMAGE, "COPY --from=build /app /app", "COPY --from=build / /"),
    "a base that nobody can pin": (IMAGE, "FROM ${PYTHON_IMAGE}\n#", "FROM python:latest\n#"),
    "an image that serves the API alone": (IMAGE, "FUNCTION_SOURCE=main.py", "FUNCTION_SOURCE=functions/jobs_api/main.py"),
    "an image without what its services start": (IMAGE, "LICENSE main.py ./", "LICENSE ./"),
    "a secret in the image": (IMAGE, "WORKDIR /app\nENV", "ENV OPENAI_API_KEY=abc\nWORKDIR /app\nENV"),
    "a file from an address": (IMAGE, "WORKDIR /app\nENV", "ADD https://example.com/x /x\nWORKDIR /app\nENV"),
}  # fmt: skip
"""What is wrong: the file, what stands there, and what would."""


@pytest.mark.parametrize("file", [BUILD, FIRST, IMAGE], ids=lambda file: file.name)
def test_the_files_keep_to_the_policies(file: Path) -> None:
    assert problems(file, file.read_text()) == []


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_found(defect: str) -> None:
    file, old, new = DEFECTS[defect]
    text = file.read_text()
    assert old in text
    assert problems(file, text.replace(old, new)) != []
