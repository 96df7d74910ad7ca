"""The examples of the README, carried out one after the other on a real server."""

import contextlib
import io
import re
import tempfile
import unittest
from pathlib import Path

from live_server import KEY, LiveServer, load_topology, shared

README = Path(__file__).resolve().parents[1] / "README.md"
server: LiveServer


def setUpModule() -> None:
    global server
    server = shared()
    if not server.client().list_clusters():
        load_topology(server.client())


class ReadmeTest(unittest.TestCase):
    def test_the_examples_run(self) -> None:
        text = README.read_text()
        examples = list(re.finditer(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
        self.assertGreater(len(examples), 5)
        with tempfile.TemporaryDirectory(prefix="bricklayer-python-") as folder:
            names = {"URL": server.url, "KEY": KEY, "FOLDER": folder}
            for example in examples:
                line = text.count("\n", 0, example.start()) + 2
                # Line numbers of a failure are those of the README.
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile("\n" * (line - 1) + example.group(1), str(README), "exec"), names)
        for volume in server.client().list_volumes():
            server.client().delete_volume(volume)


if __name__ == "__main__":
    unittest.main()
