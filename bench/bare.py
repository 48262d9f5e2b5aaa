"""The limit to compare with: Flask saying hello."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """Say it."""
    return "hello"


@app.get("/healthz")
def healthz() -> dict[str, str]:
    """Say that it can."""
    return {"status": "ok"}
