"""Apache Arrow's own reader for Python, of answers of the REST API."""
import urllib.request

import pyarrow

from harness import URL, on_command, say

TYPE = "application/vnd.apache.arrow.stream"


def texts(metadata):
    return {key.decode(): value.decode() for key, value in (metadata or {}).items()}


def read(path):
    """Tells the columns of an answer with their types, its rows, and what its metadata says."""
    call = urllib.request.Request(URL + path, headers={"Accept": TYPE})
    with urllib.request.urlopen(call) as answer:
        content = answer.headers["Content-Type"]
        table = pyarrow.ipc.open_stream(answer.read()).read_all()
    table.validate(full=True)
    rows = table.set_column(0, "time", table["time"].cast("int64")).to_pylist()
    say(
        "table",
        type=content,
        columns={field.name: str(field.type) for field in table.schema},
        scales={field.name: texts(field.metadata) for field in table.schema if field.metadata},
        metadata=texts(table.schema.metadata),
        rows=rows,
    )


on_command({"read": read})
