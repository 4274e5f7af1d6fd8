#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Trains on public data sets with settings that were chosen on their validation parts, and prints what the test parts say, beside published figures:
#     accuracy.py ENGINE [NAME...]    default: all. ESPALIER_SEEDS (default: 1 2 3), ESPALIER_KEEP: a folder for the projects, which stay there
# ENGINE is espalier-engine. Needs ESPALIER_DATA (default: ../shared/data). One thread, since sums in another order are other numbers in the end.
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

DATA = Path(os.environ.get("ESPALIER_DATA", Path(__file__).resolve().parents[3] / "shared/data")).resolve()
SEEDS = [int(seed) for seed in os.environ.get("ESPALIER_SEEDS", "1 2 3").split()]
CLINC = {"train": "clinc150/train.tsv", "validation": "clinc150/val.tsv", "test": "clinc150/test.tsv"}
SNIPS = {"train": "snips/train.tsv", "test": "snips/validate.tsv"}  # a tenth of the training part is cut off to choose by
OUT_OF_SCOPE = {"oos_validation": "clinc150/oos_val.tsv", "oos_test": "clinc150/oos_test.tsv"}

# Name: what the means shall reach, and parameters of nodes that are not the defaults.
RECIPES = {
    "clinc150-ngrams": ({"accuracy": 89.0}, {"dataset": CLINC, "model": {"architecture": "ngram"}}),
    "clinc150-textcnn": ({"accuracy": 91.5, "rejects": 30.9}, {"dataset": CLINC, "model": {"architecture": "textcnn"}, "evaluate": OUT_OF_SCOPE}),
    "sst2-textcnn": ({"accuracy": 80.5}, {"dataset": {"train": "sst2/train.tsv", "validation": "sst2/dev.tsv", "test": "sst2/test.tsv"},
                                              "model": {"architecture": "textcnn", "embedding_dim": 304, "word_dropout": 0.2},
                                              "train": {"learning_rate": 1e-4, "batch_size": 32}}),
    "snips-slots": ({"entity F1": 93.0}, {"dataset": {name: file.replace(".tsv", ".conll") for name, file in SNIPS.items()},
                                           "tokenizer": {"kind": "bpe", "lowercase": False}, "model": {"architecture": "bilstm"}, "train": {"epochs": 12}}),
    "snips-intents": ({"accuracy": 98.0}, {"dataset": SNIPS, "model": {"architecture": "bilstm"}}),
    "thucnews-ngrams": ({"accuracy": 80.0}, {"dataset": {name: f"thucnews-titles/{file}" for name, file in {"train": "train.tsv", "validation": "val.tsv", "test": "test.tsv"}.items()},
                                               "tokenizer": {"kind": "character"}, "model": {"architecture": "ngram", "ngram_order": 3}}),
}
WIRES = ["dataset.dataset split.dataset", "split.splits tokenizer.splits", "split.splits train.splits", "split.splits evaluate.splits",
         "tokenizer.tokenizer model.tokenizer", "model.model train.model", "train.checkpoint evaluate.checkpoint"]


def project(parameters, seed):
    parameters = json.loads(json.dumps(parameters))
    for node, names in (("dataset", parameters["dataset"]), ("evaluate", parameters.get("evaluate", {}))):
        for name, file in names.items():
            parameters[node][name] = str(DATA / file)
    parameters.setdefault("train", {}).update(seed=seed, threads=1)
    nodes = [{"id": node, "type": node, "parameters": parameters.get(node, {}), "x": 0, "y": 0}
             for node in ("dataset", "split", "tokenizer", "model", "train", "evaluate")]
    edges = [dict(zip(("from", "to"), wire.split())) for wire in WIRES]
    return {"espalier_project": 1, "name": "accuracy", "nodes": nodes, "edges": edges}


def run(engine, folder, parameters, seed):
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "accuracy.espalier"
    file.write_text(json.dumps(project(parameters, seed), indent=2))
    result = subprocess.run([engine, "run", str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(f"{file}: the engine failed.\n{result.stderr[-2000:]}")
    return " ".join(next(line for line in result.stdout.splitlines() if line.startswith("evaluate ")).split()[1:])


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: accuracy.py ENGINE [NAME...]")
    if not DATA.is_dir():
        sys.exit(f"skipped: {DATA} is absent; set ESPALIER_DATA to the folder of data sets")
    names = sys.argv[2:] or list(RECIPES)
    unknown = [name for name in names if name not in RECIPES]
    if unknown:
        sys.exit(f"no recipe {unknown[0]}; there are: {', '.join(RECIPES)}")
    missed = 0
    with tempfile.TemporaryDirectory() as scratch:
        for name in names:
            wanted, parameters = RECIPES[name]
            lines = []
            for seed in SEEDS:
                lines.append(run(sys.argv[1], Path(os.environ.get("ESPALIER_KEEP", scratch)) / f"{name}-{seed}", parameters, seed))
                print(f"{name}, seed {seed}: {lines[-1]}", flush=True)
            for figure, least in wanted.items():
                mean = statistics.mean(float(re.search(figure + r" ([\d.]+) %", line)[1]) for line in lines)
                missed += mean < least
                print(f"{name}: {figure} {mean:.2f} % in the mean, {'as' if mean >= least else 'NOT as'} asked ({least} %)", flush=True)
    return 1 if missed else 0


sys.exit(main())
