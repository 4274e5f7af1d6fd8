# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks Hugging Face's tokenizers what they make of texts, with files that they train themselves.

    judge.py OUT DATA            writes OUT/texts.jsonl and, for every kind of tokenizer below, OUT/<name>.json (a tokenizer.json)
                                 and OUT/<name>.expected.jsonl (ids and byte offsets); DATA holds clinc150/ and thucnews-titles/
    judge.py OUT DATA --small    the same with small vocabularies and fewer texts: the fixtures in tests/tokenizers/fixtures
"""
import json
import random
import sys
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

OUT, DATA = Path(sys.argv[1]), Path(sys.argv[2])
SMALL = "--small" in sys.argv
VOCABULARY = 400 if SMALL else 4000
HOSTILE = 48 if SMALL else 500
LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
QWEN2 = LLAMA3.replace("{1,3}", "")
N, P, M = normalizers, pre_tokenizers, models


def column(path):
    return [line.split("\t")[0] for line in path.read_text("utf-8").splitlines()[1:]]


def corpus():
    english, chinese = column(DATA / "clinc150/train.tsv"), column(DATA / "thucnews-titles/train.tsv")
    if SMALL:
        english, chinese = english[::40], chinese[::1000]
    mixed = ["Café déjà vu, naïve façade.", "don't you're we'll I'd 'tis", "Straße ΣΊΣΥΦΟΣ İstanbul", "def f(x):\n\treturn x**2  # 3.14"] * 20
    return english + chinese + mixed


def hostile_strings(count):
    """Strings that look for trouble: marks, joiners, controls, white space of all kinds, digits of all scripts, planes 1 to 16."""
    chance = random.Random(20261124)
    nasty = ("\u0000\u0001\t\n\r\u000b\u000c\u001c\u0085\u00a0\u00ad\u0300\u0301\u0323\u034f\u0345\u0591\u0670\u093c\u0e33\u0eb3\u1160\u11a8\u1680\u180e\u200b\u200c\u200d"
             "\u2028\u2029\u202e\u202f\u205f\u2060\u2581\u3000\u3099\u309a\ufb01\ufdfa\ufe0f\ufeff\uff9e\uffa0\ufffc\ufffd\U0001d15e\U0001f1e6\U0001f468\U0001f3fd\U000e0041\U000e0101"
             "'\"[]<>#@\\/▁ĠĊ½²³Ⅷ①㊿㎏℡ﷺｶﾞǅǆßẞıİſKÅΩ각가각龍龜樂\uf900\U0002f800\U00020000" + "\u0130\u1e9e\u0149\u1f80\u1fb3\ud7a3\uac00")
    words = ["[CLS]", "[MASK]", "[UNK]", "[PAD]", "<s>", "</s>", "<unk>", "<mask>", "##ing", "don't", "YOU'LL", "i'M", "the", "transfer", "北京", "股票", "  ", "\n\n", " \t ", "12345", "3.14",
             "<0x41>", "</w>", "e\u0301", "n\u0303", "o\u0308\u0323", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "क्षि", "ที่", "กำ", "שָׁלוֹם", "مُحَمَّد", "Việt", "\u1112\u1161\u11ab"]
    def character():
        kind = chance.random()
        if kind < 0.35:
            return chance.choice(nasty)
        if kind < 0.55:
            return chr(chance.randrange(0x20, 0x7f))
        if kind < 0.65:
            return chr(chance.randrange(0x4e00, 0xa000))
        if kind < 0.80:
            return chance.choice(words)
        if kind < 0.95:
            return chr(chance.randrange(0x80, 0x3100))
        point = chance.randrange(0x10000, 0x30000) if kind < 0.99 else chance.randrange(0x30000, 0x110000)
        return chr(point)
    strings = ["".join(character() for _ in range(chance.randrange(0, 24))) for _ in range(count - 8)]
    repeats = ["a" * 3000, "\u0301" * 500, "a" + "\u0301\u0323" * 300, "\u200d" * 300, " " * 700, "[MASK]" * 60, "é" * 101, "'" * 200]
    return strings + [text[: len(text) // 12] if SMALL else text for text in repeats]


def texts():
    english, chinese = column(DATA / "clinc150/test.tsv"), column(DATA / "thucnews-titles/test.tsv")
    plain = english[::900] + chinese[::250] if SMALL else english[::15] + chinese[::4]
    chosen = ["", " ", "a", "Hello, World! How's it going?", "  leading and trailing  ", "The quick brown fox (which isn't brown) paid $3.50 on 2024-01-02.",
              "我今天在北京吃了3个苹果。", "日本語とひらがなカタカナ、한국어 그리고 Tiếng Việt", "👍🏽 ok 👨‍👩‍👧‍👦 🇩🇪🇫🇷 ❤️", "Cafe\u0301 café CAFÉ ﬁne ㎏ ½ ①", "Zalgo t\u0335\u0321\u0353e\u0336\u0322x\u0338t",
              "tab\there\nnew line\r\nwindows  double   triple", "I want [MASK] and <mask> here", "unbelievably antidisestablishmentarianism", "e\u0301\u0323 \u0344 \u0958", "x" * 150]
    return chosen + plain + hostile_strings(HOSTILE)


def bert(name, normalizer):
    t = Tokenizer(M.WordPiece(unk_token="[UNK]"))
    t.normalizer, t.pre_tokenizer = normalizer, P.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] if name != "wordpiece-order" else ["[UNK]", "[CLS]", "[MASK]", "[SEP]", "[PAD]"]
    train(t, trainers.WordPieceTrainer(vocab_size=VOCABULARY, special_tokens=special, show_progress=False))
    ids = {s: t.token_to_id(s) for s in special}
    if name == "wordpiece-cased":
        t.post_processor = processors.BertProcessing(("[SEP]", ids["[SEP]"]), ("[CLS]", ids["[CLS]"]))
    elif name != "wordpiece-plain":
        t.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[(s, ids[s]) for s in ("[CLS]", "[SEP]")])
    return t


def byte_level(name, normalizer=None, prefix=False, split=None, post=None):
    t = Tokenizer(M.BPE())
    if normalizer:
        t.normalizer = normalizer
    t.pre_tokenizer = P.ByteLevel(add_prefix_space=prefix) if not split else P.Sequence([P.Split(Regex(split), "isolated"), P.ByteLevel(add_prefix_space=False, use_regex=False)])
    train(t, trainers.BpeTrainer(vocab_size=VOCABULARY, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"], initial_alphabet=P.ByteLevel.alphabet(), show_progress=False))
    t.post_processor = post or processors.ByteLevel(trim_offsets=True)
    return t


def train(t, trainer):
    t.train_from_iterator(corpus(), trainer)


def simple_bpe(pre, normalizer=None, **options):
    trainer = {k: v for k, v in options.items() if k in ("continuing_subword_prefix", "end_of_word_suffix")}
    t = Tokenizer(M.BPE(unk_token="<unk>", **options))
    t.pre_tokenizer = pre
    if normalizer:
        t.normalizer = normalizer
    train(t, trainers.BpeTrainer(vocab_size=VOCABULARY, special_tokens=["<unk>", "<pad>"], limit_alphabet=200, show_progress=False, **trainer))
    return t


def llama2():
    """SentencePiece's BPE as Llama 2 has it: no pre-tokeniser, bytes for what is unknown."""
    t = simple_bpe(P.Metaspace(), fuse_unk=True)
    data = json.loads(t.to_str())
    size = len(data["model"]["vocab"])
    for byte in range(256):
        data["model"]["vocab"][f"<0x{byte:02X}>"] = size + byte
    data["model"]["byte_fallback"] = True
    data["normalizer"] = {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]}
    data["pre_tokenizer"] = None
    return Tokenizer.from_str(json.dumps(data))


def unigram(normalizer, pre, byte_fallback=False):
    t = Tokenizer(M.Unigram())
    if normalizer:
        t.normalizer = normalizer
    t.pre_tokenizer = pre
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    train(t, trainers.UnigramTrainer(vocab_size=VOCABULARY, special_tokens=special, unk_token="<unk>", show_progress=False))
    t.post_processor = processors.TemplateProcessing(single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    if byte_fallback:
        data = json.loads(t.to_str())
        data["model"]["vocab"] += [[f"<0x{byte:02X}>", -20.0] for byte in range(256)]
        data["model"]["byte_fallback"] = True
        return Tokenizer.from_str(json.dumps(data))
    return t


def word_level(normalizer, pre):
    t = Tokenizer(M.WordLevel(unk_token="<unk>"))
    t.normalizer, t.pre_tokenizer = normalizer, pre
    train(t, trainers.WordLevelTrainer(vocab_size=VOCABULARY, special_tokens=["<unk>"], show_progress=False))
    return t


def added_tokens():
    t = bert("wordpiece-order", N.BertNormalizer())
    t.add_tokens([AddedToken("transfer money", normalized=True), AddedToken("Über", normalized=True), AddedToken("北京", normalized=False), AddedToken("ing", single_word=True, normalized=False)])
    t.add_special_tokens([AddedToken("<mask>", lstrip=True), AddedToken("<end>", rstrip=True), AddedToken("<both>", lstrip=True, rstrip=True)])
    return t


def precompiled_map():
    """A small SentencePiece model's character map; None without the sentencepiece package."""
    try:
        import io

        import sentencepiece
        from sentencepiece import sentencepiece_model_pb2 as proto
    except ImportError:
        return None
    out = io.BytesIO()
    rules = OUT / "rules.tsv"
    keep = {}
    if SMALL:
        pairs = [("½", "1/2"), ("ﬁ", "fi"), ("\u3000", " "), ("\t", " "), ("é", "e"), ("e\u0301", "e"), ("㎏", "kg"), ("\r", " "), ("\n", " "), ("ﷺ", "صلى"), ("\u200b", " ")]
        rules.write_text("".join(" ".join(f"{ord(c):X}" for c in a) + "\t" + " ".join(f"{ord(c):X}" for c in b) + "\n" for a, b in pairs))
        keep = {"normalization_rule_tsv": str(rules)}
    else:
        keep = {"normalization_rule_name": "nmt_nfkc"}
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(corpus()), model_writer=out, vocab_size=4000 if not SMALL else 3000, hard_vocab_limit=False, minloglevel=2, **keep)
    rules.unlink(missing_ok=True)
    model = proto.ModelProto()
    model.ParseFromString(out.getvalue())
    return model.normalizer_spec.precompiled_charsmap


def tokenizers():
    yield "wordpiece-uncased", lambda: bert("wordpiece-uncased", N.BertNormalizer())
    yield "wordpiece-cased", lambda: bert("wordpiece-cased", N.BertNormalizer(strip_accents=False, lowercase=False))
    yield "wordpiece-order", lambda: bert("wordpiece-order", N.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False))
    yield "wordpiece-plain", lambda: bert("wordpiece-plain", N.Sequence([N.NFKC(), N.Lowercase()]))
    yield "wordpiece-added", added_tokens
    yield "bpe-gpt2", lambda: byte_level("bpe-gpt2")
    yield "bpe-roberta", lambda: byte_level("bpe-roberta", prefix=True, post=processors.RobertaProcessing(("</s>", 2), ("<s>", 0)))
    yield "bpe-llama3", lambda: byte_level("bpe-llama3", split=LLAMA3)
    yield "bpe-qwen2", lambda: byte_level("bpe-qwen2", normalizer=N.NFC(), split=QWEN2, post=processors.ByteLevel(trim_offsets=False))
    yield "bpe-suffix", lambda: simple_bpe(P.Whitespace(), N.Sequence([N.NFD(), N.StripAccents(), N.Lowercase()]), end_of_word_suffix="</w>")
    yield "bpe-prefix", lambda: simple_bpe(P.Sequence([P.WhitespaceSplit(), P.Punctuation("merged_with_previous"), P.Digits(individual_digits=True)]), N.NFKD(), continuing_subword_prefix="@@", fuse_unk=True)
    yield "bpe-llama2", llama2
    yield "bpe-split", lambda: simple_bpe(P.Sequence([P.Split(" ", "merged_with_next"), P.Digits(), P.Punctuation("contiguous")]), N.Sequence([N.Nmt(), N.Strip(), N.Replace("ing", "!")]))
    yield "unigram-metaspace", lambda: unigram(N.Sequence([N.NFKC(), N.Lowercase()]), P.Metaspace())
    yield "unigram-first", lambda: unigram(N.Nmt(), P.Metaspace(prepend_scheme="first"))
    yield "unigram-bytes", lambda: unigram(N.NFC(), P.Metaspace(prepend_scheme="never", split=False), byte_fallback=True)
    charsmap = precompiled_map()
    if charsmap:
        yield "unigram-precompiled", lambda: unigram(N.Sequence([N.Precompiled(charsmap), N.Replace("  ", " ")]), P.Sequence([P.WhitespaceSplit(), P.Metaspace()]))
    yield "wordlevel", lambda: word_level(N.Sequence([N.NFKD(), N.StripAccents(), N.Lowercase()]), P.Sequence([P.Whitespace(), P.CharDelimiterSplit("_"), P.Split("-", "merged_with_next", invert=True)]))


def byte_offsets(text, encoding):
    """Of each token, begin and end in bytes; of a special one -1 and -1."""
    at = [0]
    for character in text:
        at.append(at[-1] + len(character.encode("utf-8")))
    pairs = zip(encoding.offsets, encoding.special_tokens_mask)
    return [place for (begin, end), special in pairs for place in ((-1, -1) if special else (at[begin], at[end]))]


def write_lines(path, values):
    path.write_text("".join(json.dumps(value, separators=(",", ":")) + "\n" for value in values), "ascii")


def learnt_here_too():
    """The recipe of Espalier's own byte-level BPE, from the same sentences: it must learn the same merges."""
    t = Tokenizer(M.BPE())
    t.normalizer, t.pre_tokenizer = N.Sequence([N.NFKC(), N.Lowercase()]), P.ByteLevel(add_prefix_space=True)
    trainer = trainers.BpeTrainer(vocab_size=4000, special_tokens=["<pad>", "<unk>"], initial_alphabet=P.ByteLevel.alphabet(), show_progress=False)
    t.train_from_iterator(column(DATA / "clinc150/train.tsv"), trainer)
    t.save(str(OUT / "learnt.json"), pretty=False)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    wanted = texts()
    write_lines(OUT / "texts.jsonl", wanted)
    for name, make in tokenizers():
        make().save(str(OUT / f"{name}.json"), pretty=False)
        tokenizer = Tokenizer.from_file(str(OUT / f"{name}.json"))
        encodings = [(text, tokenizer.encode(text)) for text in wanted]
        write_lines(OUT / f"{name}.expected.jsonl", [[encoding.ids, byte_offsets(text, encoding)] for text, encoding in encodings])
    if not SMALL:
        learnt_here_too()
    print(len(wanted), "texts")


main()
