#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write train.tsv and val.tsv of the smart-home corpus from the grammar.

    python3 generate.py            write both files
    python3 generate.py --check    exit 1 if the files here are not what the
                                   grammar gives, or a rule of the corpus is broken
    python3 generate.py --stats    also print rows per split and intent

Validation sentences come from grammar lines that training never uses, so that
val.tsv says something about phrasings the model has not met. test.tsv is
written by hand; this script only makes sure that none of it is generated.

Everything depends on --seed alone: the only randomness is
random.Random(int).random(), whose sequence Python keeps stable.
"""
import argparse
import os
import random
import re
import sys
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
LANGUAGES = ("en", "zh")
SEED = 20240
TRAIN_PER_CELL = 108      # a cell is one intent in one language
VAL_PER_CELL = 14
VAL_SHARE = 0.12          # share of a cell's grammar lines kept for validation
INTENT = re.compile(r"\[([a-z]+(?:_[a-z]+)*)\]$")
SLOT_LINE = re.compile(r"(@?[a-z_]+) = (.*)$")


class GrammarError(Exception):
    pass


# ---- reading -------------------------------------------------------------
# A parsed pattern is a nested list: ("seq", [..]), ("alt", [..]), ("opt", x),
# ("slot", name) or ("text", string).

def parse(text, where):
    pos = 0

    def alternatives(closer):
        nonlocal pos
        options = [sequence(closer)]
        while pos < len(text) and text[pos] == "|":
            pos += 1
            options.append(sequence(closer))
        return options[0] if len(options) == 1 else ("alt", options)

    def sequence(closer):
        nonlocal pos
        items = []
        while pos < len(text) and text[pos] not in "|" + closer:
            char = text[pos]
            if char in "([":
                end = ")" if char == "(" else "]"
                pos += 1
                inner = alternatives(end)
                if pos >= len(text):
                    raise GrammarError(f"{where}: no closing {end}")
                pos += 1
                items.append(inner if char == "(" else ("opt", inner))
            elif char == "{":
                end = text.find("}", pos)
                if end < 0:
                    raise GrammarError(f"{where}: no closing brace")
                items.append(("slot", text[pos + 1:end]))
                pos = end + 1
            elif char in ")]}":
                raise GrammarError(f"{where}: stray {char}")
            elif char == "?":
                if not items:
                    raise GrammarError(f"{where}: nothing before ?")
                items.append(("opt", items.pop()))
                pos += 1
            else:
                items.append(("text", char))
                pos += 1
        return ("seq", items)

    tree = alternatives("")
    if pos != len(text):
        raise GrammarError(f"{where}: stray {text[pos]}")
    return tree


class Grammar:
    def __init__(self, language):
        self.language = language
        self.slots = {}
        self.intents = {}            # name -> [(is_command, source, tree)]
        for part in (language, language + "_free"):
            self.read(part + ".txt")
        for patterns in self.intents.values():
            for _, source, tree in patterns:
                self.count(tree, source)

    def read(self, name):
        current = None
        with open(os.path.join(HERE, "grammar", name), encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                line = line.strip()
                where = f"{name}:{number}"
                if not line or line.startswith("#"):
                    continue
                section = INTENT.match(line)
                slot = SLOT_LINE.match(line)
                if section:
                    current = self.intents.setdefault(section.group(1), [])
                elif slot:
                    options = slot.group(2).split(" | ")
                    self.slots[slot.group(1)] = parse("|".join(o.strip() for o in options), where)
                elif current is None:
                    raise GrammarError(f"{where}: a pattern before the first intent")
                else:
                    command = line.startswith(">")
                    source = line[1:].strip() if command else line
                    current.append((command, source, parse(source, where)))

    def slot(self, name, where=""):
        if name not in self.slots:
            raise GrammarError(f"{self.language}: no slot {name} {where}")
        return self.slots[name]

    def count(self, tree, where=""):
        kind, body = tree
        if kind == "text":
            return 1
        if kind == "slot":
            return self.count(self.slot(body, where), where)
        if kind == "opt":
            return 1 + self.count(body, where)
        counts = [self.count(item, where) for item in body]
        if kind == "alt":
            return sum(counts)
        product = 1
        for count in counts:
            product *= count
        return product

    def expand(self, tree, dice):
        kind, body = tree
        if kind == "text":
            return body
        if kind == "slot":
            return self.expand(self.slot(body), dice)
        if kind == "opt":
            return self.expand(body, dice) if dice.chance(0.45) else ""
        if kind == "alt":
            return self.expand(dice.pick(body), dice)
        return "".join(self.expand(item, dice) for item in body)

    def regex(self, tree):
        kind, body = tree
        if kind == "text":
            kept = key(body)
            return re.escape(kept) if kept else ""
        if kind == "slot":
            return self.regex(self.slot(body))
        if kind == "opt":
            return "(?:" + self.regex(body) + ")?"
        if kind == "alt":
            return "(?:" + "|".join(self.regex(item) for item in body) + ")"
        return "".join(self.regex(item) for item in body)


class Dice:
    def __init__(self, *parts):
        name = "/".join(str(part) for part in parts)
        self.random = random.Random(zlib.crc32(name.encode("utf-8"))).random

    def below(self, n):
        return int(self.random() * n)

    def chance(self, p):
        return self.random() < p

    def pick(self, items):
        return items[self.below(len(items))]

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]

    def weighted(self, items, weights):
        mark = self.random() * sum(weights)
        for item, weight in zip(items, weights):
            mark -= weight
            if mark < 0:
                return item
        return items[-1]


# ---- sentences -----------------------------------------------------------

def key(text):
    """What two sentences must not share: letters and digits, case folded."""
    return "".join(c for c in text.lower() if c.isalnum() or c == "%")


def tidy(text):
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.?!])", r"\1", text)
    return text.strip(" ,，")


ENGLISH_QUESTION = re.compile(
    r"(who|what|why|how|when|where|which|is|are|do|does|did|can|could|will|would|"
    r"should|has|have|any)\b", re.I)
# These openings already carry their own politeness.
ENGLISH_OPENER = ("please", "can ", "could ", "would ", "will ")


def dress_english(grammar, command, text, dice):
    def slot(name):
        return grammar.expand(grammar.slot(name), dice)

    if command:
        roll = dice.random()
        if roll < 0.26:
            text = slot("@polite_before") + " " + text
        elif roll < 0.42:
            text = text + " " + slot("@polite_after")
        elif roll < 0.48:
            text = slot("@context") + ", " + text
        elif roll < 0.53:
            text = text + ", " + slot("@context")
    elif dice.chance(0.06):
        text = text + " please" if not text.endswith("please") else text
    if dice.chance(0.15):
        text = slot("@before") + dice.pick([" ", ", "]) + text
    if dice.chance(0.05):
        words = text.split(" ")
        words.insert(1 + dice.below(len(words)), dice.pick(["uh", "um", "like", "you know", "er"]))
        text = " ".join(words)
    text = tidy(re.sub(r"\bi\b", "I", text))
    if dice.chance(0.3):
        text = text[0].upper() + text[1:] + ("?" if ENGLISH_QUESTION.match(text) else ".")
    return text


def dress_chinese(grammar, command, text, dice):
    def slot(name):
        return grammar.expand(grammar.slot(name), dice)

    if command:
        roll = dice.random()
        if roll < 0.26:
            text = slot("@polite_before") + text
        elif roll < 0.44:
            text = text + slot("@polite_after")
        elif roll < 0.50:
            text = slot("@context") + "，" + text
        elif roll < 0.54:
            text = text + "，" + slot("@context")
    elif dice.chance(0.06):
        text = text + dice.pick(["，谢谢", "啊", "呢", "，麻烦了", "，快点"])
    if dice.chance(0.13):
        text = slot("@before") + dice.pick(["", "，"]) + text
    text = tidy(text.replace("吧吧", "吧").replace("一下一下", "一下").replace("了了", "了"))
    if dice.chance(0.25):
        question = re.search(r"(吗|呢|怎么|谁|多少|几度|什么|哪)", text)
        text += "？" if question else dice.pick(["。", "。", "！"])
    return text


DRESS = {"en": dress_english, "zh": dress_chinese}


def sample(grammar, patterns, wanted, taken, dice, cell):
    """`wanted` new sentences; a line's weight grows slowly with what it can say."""
    weights = [min(grammar.count(tree), 300) ** 0.25 for _, _, tree in patterns]
    sentences = []
    for _ in range(wanted * 400):
        if len(sentences) == wanted:
            return sentences
        command, _, tree = dice.weighted(patterns, weights)
        text = DRESS[grammar.language](grammar, command, grammar.expand(tree, dice), dice)
        mark = key(text)
        if mark and mark not in taken:
            taken.add(mark)
            sentences.append(text)
    raise GrammarError(f"{cell}: only {len(sentences)} of {wanted} sentences to be had")


def read_rows(name):
    with open(os.path.join(HERE, name), encoding="utf-8", newline="") as handle:
        lines = handle.read().split("\n")
    if lines[0] != "text\tlabel" or lines[-1] != "":
        raise GrammarError(f"{name}: wrong header, or no newline at the end")
    return [tuple(line.split("\t")) for line in lines[1:-1]]


def build(seed):
    grammars = [Grammar(language) for language in LANGUAGES]
    if len({tuple(sorted(g.intents)) for g in grammars}) != 1:
        raise GrammarError("the languages do not have the same intents")
    taken = {key(row[0]) for row in read_rows("test.tsv")}
    splits = {"train": [], "val": []}
    # Validation first over all cells, then training: a sentence two intents
    # could both give (there are hardly any) goes to whichever comes first.
    plans = []
    for grammar in grammars:
        for intent in sorted(grammar.intents):
            dice = Dice(seed, grammar.language, intent)
            patterns = list(grammar.intents[intent])
            dice.shuffle(patterns)
            held, room = 0, 0
            while held < VAL_SHARE * len(patterns) or room < 2 * VAL_PER_CELL:
                room += min(grammar.count(patterns[held][2]), 8)
                held += 1
            plans.append((grammar, intent, dice, patterns[:held], patterns[held:]))
    for split, wanted, index in (("val", VAL_PER_CELL, 3), ("train", TRAIN_PER_CELL, 4)):
        for plan in plans:
            grammar, intent, dice = plan[:3]
            cell = f"{split} {intent} {grammar.language}"
            for text in sample(grammar, plan[index], wanted, taken, dice, cell):
                splits[split].append((text, intent))
        Dice(seed, split).shuffle(splits[split])
    return grammars, splits


def as_tsv(rows):
    return "text\tlabel\n" + "".join(f"{text}\t{label}\n" for text, label in rows)


def derivable(grammars, rows):
    """Test rows that a grammar line gives, with or without what may surround it."""
    found = []
    for grammar in grammars:
        def around(*names):
            return "(?:" + "|".join(grammar.regex(grammar.slot(n)) for n in names) + ")?"
        front = around("@before") + around("@polite_before", "@context")
        back = around("@polite_after", "@context")
        for intent, patterns in grammar.intents.items():
            for _, source, tree in patterns:
                regex = re.compile(front + grammar.regex(tree) + back)
                found += [(row[0], intent, source) for row in rows if regex.fullmatch(key(row[0]))]
    return found


def chinese(text):
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def problems(grammars, splits):
    found = []
    seen = {}
    intents = set(grammars[0].intents)
    for split, rows in splits.items():
        cells = {}
        for row in rows:
            if len(row) != 2 or row[1] not in intents or '"' in row[0] or row[0] != row[0].strip():
                found.append(f"{split}: bad row {row}")
                continue
            mark = key(row[0])
            if mark in seen:
                found.append(f"{split}: also in {seen[mark]}: {row[0]}")
            seen[mark] = split
            cell = (row[1], chinese(row[0]))
            cells[cell] = cells.get(cell, 0) + 1
        for intent in sorted(intents):
            for is_chinese in (False, True):
                if cells.get((intent, is_chinese), 0) < 6:
                    found.append(f"{split}: fewer than 6 of {intent}, Chinese: {is_chinese}")
    for text, intent, source in derivable(grammars, splits["test"]):
        found.append(f"test: the grammar gives it ({intent}: {source}): {text}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--stats", action="store_true")
    options = parser.parse_args()
    try:
        grammars, splits = build(options.seed)
        complaints = []
        for split in ("train", "val"):
            path = os.path.join(HERE, split + ".tsv")
            wanted = as_tsv(splits[split]).encode("utf-8")
            if options.check:
                there = b""
                if os.path.exists(path):
                    with open(path, "rb") as handle:
                        there = handle.read()
                if there != wanted:
                    complaints.append(f"{split}.tsv differs from what the grammar gives")
            else:
                with open(path, "wb") as handle:
                    handle.write(wanted)
        splits["test"] = read_rows("test.tsv")
        complaints += problems(grammars, splits)
    except GrammarError as error:
        complaints = [str(error)]
        options.stats = False
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    if options.stats:
        for intent in sorted(grammars[0].intents):
            lines = [len(g.intents[intent]) for g in grammars]
            rows = [sum(1 for r in splits[s] if r[1] == intent) for s in ("train", "val", "test")]
            print(f"| {intent} | {lines[0]} | {lines[1]} | {rows[0]} | {rows[1]} | {rows[2]} |")
        print({split: len(rows) for split, rows in splits.items()})
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
