# One image for every service: FUNCTION_TARGET says which function of main.py a service serves.
#
# Pin the base by digest: `docker buildx imagetools inspect python:3.13-slim`, then
# `docker build --build-arg PYTHON_IMAGE=python:3.13-slim@sha256:... .` (cloudbuild.yaml: _PYTHON_IMAGE).
ARG PYTHON_IMAGE=python:3.13-slim
FROM ${PYTHON_IMAGE} AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock ./
RUN /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE main.py ./
COPY functions ./functions
COPY shared ./shared
COPY infra ./infra
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation . && /venv/bin/python -m compileall -q /app

FROM ${PYTHON_IMAGE}
# Pictures' titles in Arabic, Hebrew, Devanagari and Thai letters are set with it.
RUN apt-get update -qq && apt-get install -qq -y --no-install-recommends libfribidi0 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home headrace
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HEADRACE_PROFILE=cloud PORT=8080 \
    FUNCTION_TARGET=dashboard FUNCTION_SOURCE=main.py
USER 10001
CMD ["functions-framework", "--asgi"]
