# Heard's image: one for pages, live, worker and scheduler; the command says which (docker-compose.yml).
FROM python:3.11-slim-bookworm AS build
WORKDIR /heard
COPY requirements-tools.txt requirements.txt ./
RUN python -m venv /opt/heard \
    && /opt/heard/bin/pip install --no-cache-dir --require-hashes -r requirements-tools.txt \
    && /opt/heard/bin/uv pip install --no-cache --python /opt/heard/bin/python --require-hashes -r requirements.txt
COPY . .
# The key is for this step only: gathering files signs nothing.
RUN HEARD_SECRET_KEY=only-for-gathering-static-files-while-the-image-is-built-000 \
    HEARD_STATIC=/heard/static-root HEARD_DATA=/tmp/heard \
    /opt/heard/bin/python manage.py collectstatic --noinput --verbosity 0

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --create-home heard
COPY --from=build /opt/heard /opt/heard
COPY --from=build /heard /heard
WORKDIR /heard
ENV PATH=/opt/heard/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HEARD_DATA=/data \
    HEARD_STATIC=/heard/static-root
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-access-log", "heard.wsgi:application", "--working-dir", "/heard/site"]
