# The proofreader for a class: see docs/serving.md. Nothing in it needs the compiled kernels.
FROM python:3.13-slim
WORKDIR /source
COPY . .
RUN PMINUSY_LEVELS=none pip install --no-cache-dir '.[cli]' && rm -r /source
WORKDIR /
USER nobody
EXPOSE 8765
ENTRYPOINT ["pminusy", "serve", "--host", "0.0.0.0"]
