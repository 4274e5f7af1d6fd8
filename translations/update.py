#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the translations up to date with the source, for whoever changed a text:

    translations/update.py build/dev/engine/service/espalier-engine

Writes app/CatalogStrings.cpp (the texts of the engine's catalogues, which the engine itself never translates, and those that
small helpers translate by context) and then runs lupdate. Texts without a translation are left "unfinished" in the .ts file; a test
fails until none is.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "app" / "CatalogStrings.cpp"


def catalog_texts(engine):
    request = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "catalog"}) + "\n"
    reply = subprocess.run([engine, "serve"], input=request, check=True, capture_output=True, text=True).stdout.splitlines()[0]
    catalog = json.loads(reply)["result"]
    for node in catalog["nodes"]:
        yield from (node["category"], node["label"], node["help"])
        for port in node["inputs"] + node["outputs"]:
            yield port["label"]
        for parameter in node["parameters"]:
            yield from (parameter["label"], parameter["help"], parameter.get("unit", ""))
            yield from (choice["label"] for choice in parameter.get("choices", []))
    yield from (port["label"] for port in catalog["port_types"])
    for budget in catalog["budgets"]:
        yield from (budget["label"], budget["unit"])


def activities():
    """What stages and pushes say they are doing; sentences with figures in them are recognised in app/ActivityText.cpp."""
    for path in sorted((ROOT / "engine").rglob("*.cpp")):
        text = path.read_text()
        yield from re.findall(r'[pP]rogress\(\{"([^"]+)",', text)
        yield from re.findall(r'activity = "([^"]+)"', text)
        if path.name == "Deployer.cpp":
            yield from re.findall(r'\{"\w+", "([A-Z][^"]+)"\}', text)
    yield from ("batches", "bytes", "gradients", "sentences", "layers", "measurements", "rows")


def helper_texts():
    """phrase("...") of helpers that translate in a context of their own."""
    for path in sorted((ROOT / "widgets").rglob("*.cpp")):
        text = path.read_text()
        context = re.search(r'translate\("(\w[\w:]*)", english\)', text)
        if context:
            for literal in re.findall(r'phrase\(\s*("(?:[^"\\]|\\.)*")', text):
                yield context.group(1), literal


def main():
    texts = dict.fromkeys(("catalog", json.dumps(text, ensure_ascii=False)) for text in [*catalog_texts(sys.argv[1]), *activities()] if text)
    texts.update(dict.fromkeys(helper_texts()))
    lines = [f"    QT_TRANSLATE_NOOP(\"{context}\", {literal})," for context, literal in sorted(texts)]
    TARGET.write_text(
        "// SPDX-License-Identifier: GPL-3.0-or-later\n"
        "// Made by translations/update.py: texts that lupdate cannot find where they are used. Not read by the program.\n"
        "#include <QtGlobal>\n\n"
        "[[maybe_unused]] static const char* const texts[] = {\n" + "\n".join(lines) + "\n};\n")
    subprocess.run(["/usr/lib/qt6/bin/lupdate", "-no-obsolete", "-locations", "none", "-I", str(ROOT), str(ROOT / "app"), str(ROOT / "widgets"),
                    "-ts", str(ROOT / "translations" / "espalier_zh_CN.ts")], check=True)


if __name__ == "__main__":
    main()
