#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the judge of the tokenizer tests, Hugging Face's tokenizers, into a folder of its own: setup.sh BUILD_FOLDER. Nothing needs it:
# without it the tests compare with the fixtures only, and say so.
set -euo pipefail
folder="${1:?the build folder, such as build/release}/judges/huggingface"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet 'tokenizers==0.23.3' 'sentencepiece' 'protobuf'
"$folder/bin/python" -c 'import tokenizers; print("tokenizers", tokenizers.__version__)'
