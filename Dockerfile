# The bot as one small image: no build tools in it, no root, and nothing written outside /data and /tmp.
#   docker build -t quizbot .
#   docker run --read-only --tmpfs /tmp --mount type=volume,src=quizbot,dst=/data -e QUIZBOT_TOKEN=… quizbot
FROM python:3.13-slim AS build

WORKDIR /src
# pip stays outside of what is taken along.
RUN python3 -m venv --without-pip /opt/quizbot

# What changes seldom comes first, so that a change of the bot's code installs nothing anew.
COPY requirements/core.txt requirements/notes.txt requirements/teachers.txt requirements/models.txt requirements/
RUN python3 -m pip --python /opt/quizbot/bin/python3 install --no-cache-dir --disable-pip-version-check \
      --require-hashes -r requirements/core.txt -r requirements/notes.txt -r requirements/teachers.txt -r requirements/models.txt

COPY LICENSE README.md pyproject.toml ./
COPY bot/ bot/
COPY decks/ decks/
COPY delivery/ delivery/
COPY generation/ generation/
COPY handlers/ handlers/
COPY locales/ locales/
COPY prompts/ prompts/
COPY quiz/ quiz/
COPY simulator/ simulator/
COPY storage/ storage/
COPY tasks/ tasks/
COPY web/ web/
RUN python3 -m pip --python /opt/quizbot/bin/python3 install --no-cache-dir --disable-pip-version-check \
      --no-deps --no-build-isolation .

FROM python:3.13-slim

RUN groupadd --system --gid 10001 quizbot \
 && useradd --system --uid 10001 --gid quizbot --home-dir /nonexistent --shell /usr/sbin/nologin quizbot \
 && mkdir /data \
 && chown quizbot:quizbot /data
COPY --from=build /opt/quizbot /opt/quizbot

ENV PATH=/opt/quizbot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    QUIZBOT_DATA_DIR=/data \
    QUIZBOT_HOST=0.0.0.0 \
    QUIZBOT_METRICS_PORT=9464
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080

# That it lives: whether it can do its work is what /readyz says, and no reason to end it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python3", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:9464/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["quizbot"]
CMD ["run"]
