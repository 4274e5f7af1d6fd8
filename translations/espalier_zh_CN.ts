<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>CanvasMenus</name>
    <message>
        <source>%1 ← %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 → %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;onnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No node takes “%1”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NodeState</name>
    <message>
        <source>Not run yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Out of date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NodeText</name>
    <message>
        <source>%1 → %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This wire carries “%1”, but the input takes “%2”. Join ports of the same shape and colour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This wire would close a circle: the node would wait for its own result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PortItem</name>
    <message>
        <source>Input “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optional</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProblemText</name>
    <message>
        <source>Choose a value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect an output of the type “%1” to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a node onto the canvas, or drop a CSV or TSV file on the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter a value within the range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the project with the version that made it, or remove the node.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file “%1” does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input “%1” has no wire.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pipeline is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This version does not know nodes of the type “%1”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” must be from %2 to %3.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultText</name>
    <message>
        <source>%1 sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows set aside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 pruned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Package size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Macro-F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels as the engine&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 a sentence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Release</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latency, median</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy there</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>activity</name>
    <message>
        <source>Training epoch %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tuning epoch %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>catalog</name>
    <message>
        <source>0: as many as there are cores.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>8-bit integers with a scale a row, or 32-bit floating point.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name from the device list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Absent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activating the release</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV or TSV with a column of sentences and a column of labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the active release</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the edge runtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choosing the executable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classifies the whole labelled test part on the device and measures it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classifying on the device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classifying the test set on the device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commas (CSV)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divides the sentences into train, validation and test parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embedding size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enclose fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs without a better one before training stops. 0: never stop early.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter widths</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fits the model with AdamW and keeps the best epoch by validation accuracy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folds upper and lower case together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Global magnitude</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Header line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How fields are separated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How strongly weights are pulled towards zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ignore case</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep dense</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the files&apos; own parts and cut only what is missing, or mix all rows and cut anew, class by class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the most frequent tokens only. 0: no limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest norm of the gradient. 0: none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer-wise magnitude</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learns a vocabulary from the training part and turns text into tokens, here and on the device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least frequency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave zeros out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locking the device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest sentence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measures accuracy, F1 and the confusion matrix on sentences the model was not trained on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring the latency on the device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NFC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NFKC makes full-width and compatibility characters alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NFKC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the column, or its number from 1. Empty: detect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers that describe one token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One-shot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own budget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Package</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passes over the training part while fine-tuning, at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passes over the training part, at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patience</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patterns looked for, of each width.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Present</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prune</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pushes the package with the runtime to a device, tests it there, and makes it current.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ranked among themselves, left dense, or ranked together with the other layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ranking weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads labelled sentences from CSV or TSV files. Rows that cannot be used are set aside with their line numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removing old releases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the test part there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running the self-test on the device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Self-tests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentences a step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentences for the final figure only. Empty: cut from the training file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentences stored in the package, with their answers, for the device to repeat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentences to choose by while training. Empty: cut from the training file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sets the weights of least magnitude to zero, and can train the rest on to win accuracy back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the features left out at random while training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the rows that becomes the test part where it is cut.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the rows that becomes the validation part where it is cut.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the target spread over all classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the tokens made unknown at random while training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the weights that become zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of a step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Splits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store pruned weights as a mask where that makes the file smaller.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storing the release</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stratified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tabs (TSV)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Testing the device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TextCNN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The architecture that will be trained. TextCNN (Kim 2014) looks for patterns of a few tokens anywhere in the sentence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The family of the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The part of the data to measure on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rest of a longer sentence is cut.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed gives the same model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed gives the same parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same share of every layer, or one ranking over all layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens a pattern spans, separated by commas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens seen less often in the training part become unknown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train on under the mask, or stop after pruning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unicode form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uploading the release</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verifying the upload on the device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether double quotes enclose fields or are plain characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the first line names the columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With the other layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Word dropout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words (Chinese, Japanese and Korean text one character at a time), or characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes the one file a device needs, and proves that the edge runtime answers as the engine does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>batches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fp32</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>int8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>A value cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something is not there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file or message cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file could not be read or written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not supported here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device&apos;s host key is not known yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device&apos;s host key has changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device refused the sign-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A step failed on the device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The edge runtime&apos;s answers differ from the engine&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside Espalier</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::Actions</name>
    <message>
        <source>None yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New from &amp;data...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the sam&amp;ple</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save &amp;as...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restart the &amp;engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Espalier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the pipeline; what is up to date is not run again (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the run (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::CanvasActions</name>
    <message>
        <source>Cu&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run to here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tidy &amp;up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit to window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;ctual size</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::CanvasHint</name>
    <message>
        <source>From a file of sentences to a device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a CSV or TSV file anywhere on the window and get a whole pipeline for it, or drag the first node from the list on the left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the &amp;sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a &amp;file…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::CheckList</name>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shell tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not tested yet. Test finds out what the device is and whether it has what a release needs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the device...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device could not be tested.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready to take a release.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not ready: a check did not pass.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::ClassScoreModel</name>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The true label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of those predicted as this class, the share that are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of those that are this class, the share found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentences whose true label it is</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::CompressionChoices</name>
    <message>
        <source>&amp;Model of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Me&amp;thod</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Embeddings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node whose model is compressed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pruning method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How embeddings are pruned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision of the package</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::CompressionController</name>
    <message>
        <source>Prune to %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::CompressionPanel</name>
    <message>
        <source>Train a model first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here a trained model is made small: a slider takes weights away, and its size and measured accuracy stand beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Apply to pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sets the Prune node to this method and sparsity; fine-tuning there wins accuracy back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zeros make the package smaller to download and to store. They do not make it faster: speed is measured on the device.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::CompressionReadout</name>
    <message>
        <source>≈ %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>estimate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at the last measured position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measured when the hand rests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 bytes, measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measured on %1 validation sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ×</source>
        <comment>ratio</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>larger than dense fp32 (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>smaller than dense fp32 (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the dense model is measured next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>against the dense model (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Package size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times smaller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change of accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring on the validation part</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::ConfusionMatrixView</name>
    <message>
        <source>Predicted →</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Truth ↓</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Truth: %1. Predicted: %2. %3 of %4 sentences (%5)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::CurvePlot</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 (smoothed %3)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::CurveToolbar</name>
    <message>
        <source>Show or hide: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show curve: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothing: %1 epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all points (double click in the plot)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy or save the curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::DeployFlow</name>
    <message>
        <source>Open a project first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pipeline has no Package node: there is nothing to deploy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run is under way. Wait for its end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking whether the package is up to date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running the pipeline up to the package</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pipeline has problems. Mend them first; they are listed under Problems.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine did not say where the package is.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::DeviceController</name>
    <message>
        <source>The device list could not be read; it is left as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent. Either the device was set up anew, or someone stands between you and it. Find out which before you go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Testing %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is ready to take a release.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deploying to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answers with the new release.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Going back on %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answers with the previous release.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking %1 for its releases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is deployed on this device yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::DeviceEditor</name>
    <message>
        <source>Choose a device</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::DeviceForm</name>
    <message>
        <source>Private key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any Linux machine that you can reach by SSH. It needs no root account, no Python and no internet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host name, address, or alias of your SSH configuration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you call it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As your SSH configuration says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The agent and your usual keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>.espalier in the home folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::DeviceList</name>
    <message>
        <source>This computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Devices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a Linux machine that is reached by SSH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from the list; nothing is deleted on the device</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::DevicePrompts</name>
    <message>
        <source>Is this the right device?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2) was never reached from here before. This is its host key (%3):</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare it with the one the device shows for: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. No password or key is offered before you accept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept and remember</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That was refused. Try again:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is kept in memory until Espalier ends, and never written to disk.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::DevicesPanel</name>
    <message>
        <source>This computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove %1 from the list?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is deleted on the device itself; it goes on answering.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Push the model with its runtime, test it there, and make it current</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Always there: releases run here as they do on a device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find out what the device is and whether it has what a release needs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Releases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checks</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::Drawer</name>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::EngineNotices</name>
    <message>
        <source>The engine is not running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training will be slow on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its matrix library reaches %1 GFLOP/s.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::EvaluationView</name>
    <message>
        <source>Rows are true labels, columns predictions. Point at a cell to read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on the test part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on the validation part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean over classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n classes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Not evaluated yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy, F1 of every class and the confusion matrix stand here once the model has been evaluated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Macro-F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scores of each class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous mistake, larger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next mistake, smaller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::FileEditor</name>
    <message>
        <source>No file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse for a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::Inspector</name>
    <message>
        <source>Choose a node to see what it does, change how it does it, and read its result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title of the node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this node is called on the canvas. Empty: the name of its type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This version does not know this type of node. It is kept in the project as it is.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::JobProgress</name>
    <message>
        <source>about %1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::LayerModel</name>
    <message>
        <source>stays dense</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not pruned with these settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 keeps %2 of %3 weights: it is about to be emptied, and the model with it. Less sparsity, or the layer-wise method, spares it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 keeps %2 of %3 weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::LayerTable</name>
    <message>
        <source>Layers (estimate)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sparsity of each layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About to be emptied: %1. Less than 1 % of the weights are kept there.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::ListEditor</name>
    <message>
        <source>%1 (not on the list)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::MainWindow</name>
    <message>
        <source>About Espalier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A workbench in which one engineer trains, prunes and ships language models to small devices.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence: GPL-3.0-or-later. Made with Qt %1, QCustomPlot and libssh; LibTorch in the engine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run is under way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the run and close?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It goes on from its last epoch when you run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::ModeBar</name>
    <message>
        <source>Pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Devices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>espalier-engine %1, %2 threads
%3: %4 GFLOP/s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::NodePalette</name>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search node types</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node types</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter adds the type to the pipeline.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::OutlineTree</name>
    <message>
        <source>Node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outline of the pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ← %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no wire</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no wire (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Has problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run to here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D&amp;isconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::ParameterRow</name>
    <message>
        <source>Back to the default: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::PipelineModel</name>
    <message>
        <source>Add %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::PipelinePage</name>
    <message>
        <source>Nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outline</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::PipelinePlace</name>
    <message>
        <source>Nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outline</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::PipelineView</name>
    <message>
        <source>Pipeline canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pipeline as nodes and wires. Tab goes through the nodes; the outline holds the same as a list.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::ProblemsList</name>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No problems: the pipeline can run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warning: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::ProjectDocument</name>
    <message>
        <source>Untitled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save in another folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::ProjectFlow</name>
    <message>
        <source>%1 could not be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample could not be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Espalier projects (*.espalier)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project could not be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the project as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the changes to %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes that are not saved are lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsaved changes to %1 were found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Espalier ended before they were saved (%1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be saved</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::PromptBridge</name>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password of %1:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase of the key %1:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::ReceiptView</name>
    <message>
        <source>Sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latency, median</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latency, 95 of 100</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Release</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Current release</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous release</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Package</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Package SHA-256</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing, the release was there already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none that the runtime uses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, of which %2 available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test set, classified on the device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Macro-F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Self-test sentences, one at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was deployed to this device yet.
Deploy pushes the model with its runtime, tests it there, and brings back a receipt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the whole receipt as text</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::ReleaseTable</name>
    <message>
        <source>current</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rolled back: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No release lies on this device yet. Deploy puts the first one there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not asked yet. Refresh lists the releases that lie on the device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Release</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Package</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Releases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the previous release current again, after testing it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::RunConductor</name>
    <message>
        <source>Stopping...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pipeline has problems that must be mended first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up to date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run was stopped. Run again to go on from the last epoch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run was interrupted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine ended in the middle of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your project is untouched. The run goes on where its last epoch ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::SparsitySlider</name>
    <message>
        <source>&amp;Sparsity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sparsity in percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the prunable weights set to zero. Arrows: 1 %, Page up and down: 10 %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::StatusLine</name>
    <message numerus="yes">
        <source>%1 (and %n more)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop what runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::TitleEditor</name>
    <message>
        <source>Title of the node</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::TradeoffChart</name>
    <message>
        <source>estimate: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dense</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after fine-tuning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>straight after pruning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sparsity %1, %2
Accuracy %3, macro-F1 %4 on %5 sentences
%6 (%7 bytes) as %8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy and size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy against size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy against package size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Package size on disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every measured sparsity becomes a dot here. Let the slider rest to measure one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ straight after pruning   ● after fine-tuning   ◆ dense</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all points (double click in the plot)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy or save the chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::TrainingPanel</name>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-entropy (nats)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss appears here with the first batches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share labelled right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The accuracy appears here after the first epoch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No training run yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss and accuracy are drawn here while a model learns, and its evaluation stands beside them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best validation accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the training run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss is no longer a number. Lower the learning rate of the Train node and run it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its weights are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after the first epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at epoch %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best: epoch %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best: epoch %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passes over the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>estimated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finished early: no improvement any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::TrainingPlace</name>
    <message>
        <source>Training of</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::TryItBox</name>
    <message>
        <source>Try it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a sentence and press Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentence to classify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine, here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time in the engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time with the way to the device and back, and the start of the runtime there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The trained model&apos;s answer appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The deployed model&apos;s answer appears here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::TryItController</name>
    <message>
        <source>There is no trained model yet. Run the pipeline first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is not up to date with the pipeline. Run it first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::WelcomePage</name>
    <message>
        <source>Train a language model on your own sentences, prune it, and ship it to your devices.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smart-home commands in English and Chinese. Trains within a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from your data...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A CSV or TSV file with a column of sentences and one of labels. Or drop it on this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An .espalier file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New empty pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build it node by node.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>espalier::Workbench</name>
    <message>
        <source>A Prune node was added. Run to prune and fine-tune.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Prune node was set. Run to prune and fine-tune.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device list could not be read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>format</name>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
