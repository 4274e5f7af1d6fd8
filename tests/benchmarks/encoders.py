# SPDX-License-Identifier: GPL-3.0-or-later
# Started by onnxruntime.sh: ONNX Runtime and the edge runtime in turn on the same encoder, sentence length and processor core, some rounds of each. Times are the processor's for the
# one thread that works, whatever else the machine does. A round's time is the least of its runs, a cell's the median of its rounds; ratios are ONNX Runtime's time over ours.
import math
import os
import statistics
import subprocess
import sys
import time

import numpy
import onnxruntime

MODELS = {"tiny": "tiny", "minilm": "minilm6", "distilbert": "distil"}  # ours: gen.py's
TOKENS = (16, 64, 128)
PEERS = ("int8", "fp32")
ROUNDS = int(os.environ.get("ESPALIER_ROUNDS", "7"))
SECONDS = float(os.environ.get("ESPALIER_SECONDS", "0.15"))


class Ours:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        print(line, file=self.process.stdin, flush=True)
        return self.process.stdout.readline()

    def load(self, model):
        _, self.kernels, *self.prunings = self.ask(f"load {model}").split()


def peer_session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def least_milliseconds(session, tokens):
    ids = ((numpy.arange(tokens) * 97 + 11) % 30000).astype(numpy.int32)[None]
    feeds = {"ids": ids, "seg": numpy.zeros_like(ids), "mask": numpy.ones_like(ids)}
    least, spent, runs = math.inf, 0.0, 0
    while runs < 5 or spent < SECONDS:
        begin = time.thread_time()
        session.run(None, feeds)
        one = time.thread_time() - begin
        least, spent, runs = min(least, one), spent + one, runs + 1
    return least * 1e3


def measure(ours, peers, tokens):
    """Milliseconds of each, ours by the pruning's name, theirs by the precision."""
    contestants = {name: lambda name=name: float(ours.ask(f"time {name} {tokens} {SECONDS}")) for name in ours.prunings}
    contestants |= {name: lambda session=session: least_milliseconds(session, tokens) for name, session in peers.items()}
    rounds = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, run in contestants.items():
            rounds[name].append(run())
    return {name: statistics.median(times) for name, times in rounds.items()}


def main(program, graphs):
    ours = Ours(program)
    ratios = {}
    for model, graph in MODELS.items():
        ours.load(model)
        if not ratios:
            print(f"ONNX Runtime {onnxruntime.__version__}, our kernels {ours.kernels}")
        peers = {precision: peer_session(f"{graphs}/{graph}_{precision}.onnx") for precision in PEERS}
        for tokens in TOKENS:
            times = measure(ours, peers, tokens)
            print(f"{model:10} {tokens:4} tokens, ms: " + ", ".join(f"{name} {ms:.3f}" for name, ms in times.items()))
            for peer in PEERS:
                for name in ours.prunings:
                    ratios.setdefault((peer, name), []).append(times[peer] / times[name])
            print(" " * 16 + "; ".join(f"{peer} / {name} {all[-1]:.2f}" for (peer, name), all in ratios.items()), flush=True)
    for (peer, name), all in ratios.items():
        print(f"ONNX Runtime {peer} over ours {name:9} geometric mean {statistics.geometric_mean(all):5.2f}, least {min(all):5.2f}, most {max(all):5.2f}")


main(*sys.argv[1:])
