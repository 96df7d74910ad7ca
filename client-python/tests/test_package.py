"""What is installed, and where it works."""

import ast
import importlib.util
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SOURCES = sorted((PROJECT / "bricklayer").glob("*.py"))
# PEP 604 and the like are understood by the parser of 3.9, but not by its get_type_hints.
NEWER_THAN_3_9 = {"match", "TypeAlias", "ParamSpec", "NotRequired", "Self", "StrEnum", "kw_only", "slots"}


class PackageTest(unittest.TestCase):
    def test_the_source_is_that_of_python_3_9(self) -> None:
        self.assertGreater(len(SOURCES), 5)
        for source in SOURCES:
            with self.subTest(source.name):
                tree = ast.parse(source.read_text(), feature_version=(3, 9))
                for node in ast.walk(tree):
                    for hint in (getattr(node, "annotation", None), getattr(node, "returns", None)):
                        if hint is not None:
                            self.assertFalse(any(isinstance(part, ast.BitOr) for part in ast.walk(hint)), "X | Y instead of Union or Optional")
                    if isinstance(node, ast.keyword):
                        self.assertNotIn(node.arg, NEWER_THAN_3_9)
                    if isinstance(node, ast.ImportFrom):
                        self.assertFalse(NEWER_THAN_3_9 & {name.name for name in node.names})

    def test_nothing_but_requests_and_pyjwt_is_needed(self) -> None:
        allowed = {"bricklayer", "requests", "jwt", "urllib3", "__future__"} | set(sys.stdlib_module_names)
        for source in SOURCES:
            for node in ast.walk(ast.parse(source.read_text())):
                names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                for name in names:
                    with self.subTest(f"{source.name}: {name}"):
                        self.assertIn(name.partition(".")[0], allowed)

    def test_a_wheel_is_built_without_the_net(self) -> None:
        for tool in ("pip", "setuptools", "wheel"):
            if importlib.util.find_spec(tool) is None:
                self.skipTest(f"{sys.executable} has no {tool} (Debian: python3-{tool})")
        with tempfile.TemporaryDirectory(prefix="bricklayer-python-") as folder:
            # Built from a copy, for setuptools leaves its work beside the source.
            source = Path(folder) / "source"
            (source / "bricklayer").mkdir(parents=True)
            for file in [PROJECT / "pyproject.toml", PROJECT / "README.md", *(PROJECT / "bricklayer").glob("*.*")]:
                (source / file.relative_to(PROJECT)).write_bytes(file.read_bytes())
            built = subprocess.run(
                [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--quiet", "-w", folder, str(source)],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            self.assertEqual(0, built.returncode, built.stderr)
            [wheel] = Path(folder).glob("bricklayer-*.whl")
            names = set(zipfile.ZipFile(wheel).namelist())
            self.assertLessEqual({"bricklayer/py.typed", *(f"bricklayer/{source.name}" for source in SOURCES)}, names)
            metadata = next(name for name in names if name.endswith("METADATA"))
            self.assertIn("Requires-Python: >=3.9", zipfile.ZipFile(wheel).read(metadata).decode())
            imported = subprocess.run(
                [sys.executable, "-c", "import bricklayer; print(bricklayer.__file__, bricklayer.HeketiClient, bricklayer.BricklayerClient)"],
                env={"PYTHONPATH": str(wheel)}, cwd=folder, capture_output=True, text=True, check=True,
            )  # fmt: skip
            self.assertIn(str(wheel), imported.stdout)


if __name__ == "__main__":
    unittest.main()
