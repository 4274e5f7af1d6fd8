<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>BaselineMark</name>
    <message>
        <source>hashed n-grams: %1, %2</source>
        <translation>哈希 n 元组：%1，%2</translation>
    </message>
    <message>
        <source>hashed n-grams: %1</source>
        <translation>哈希 n 元组：%1</translation>
    </message>
</context>
<context>
    <name>CanvasMenus</name>
    <message>
        <source>%1 ← %2: %3</source>
        <translation>%1 ← %2：%3</translation>
    </message>
    <message>
        <source>%1 → %2: %3</source>
        <translation>%1 → %2：%3</translation>
    </message>
    <message>
        <source>C&amp;onnect</source>
        <translation>连接(&amp;O)</translation>
    </message>
    <message>
        <source>No node takes “%1”</source>
        <translation>没有节点接受“%1”</translation>
    </message>
</context>
<context>
    <name>ChoiceText</name>
    <message>
        <source>embeddings: %1</source>
        <translation>嵌入：%1</translation>
    </message>
    <message>
        <source>without %1</source>
        <translation>不含 %1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>DataText</name>
    <message>
        <source>A folder a class</source>
        <translation>每类一个文件夹</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>One class a text</source>
        <translation>每条文本一个类别</translation>
    </message>
    <message>
        <source>Any number of classes a text</source>
        <translation>每条文本任意多个类别</translation>
    </message>
    <message>
        <source>A tag a word</source>
        <translation>每个词一个标签</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>not sure: please check</source>
        <translation>不太确定，请核对</translation>
    </message>
</context>
<context>
    <name>FloorLine</name>
    <message>
        <source>floor %1</source>
        <translation>下限 %1</translation>
    </message>
</context>
<context>
    <name>GainLine</name>
    <message>
        <source>as fast as dense</source>
        <translation>与稠密模型一样快</translation>
    </message>
    <message>
        <source>%1 × faster than dense</source>
        <translation>速度为稠密模型的 %1 倍</translation>
    </message>
    <message>
        <source>%1 × slower than dense</source>
        <translation>耗时为稠密模型的 %1 倍</translation>
    </message>
</context>
<context>
    <name>NodeState</name>
    <message>
        <source>Not run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>Out of date</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>NodeText</name>
    <message>
        <source>%1 → %2: %3</source>
        <translation>%1 → %2：%3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>No file chosen</source>
        <translation>未选择文件</translation>
    </message>
    <message>
        <source>This wire carries “%1”, but the input takes “%2”. Join ports of the same shape and colour.</source>
        <translation>这条连线传递“%1”，而该输入需要“%2”。请连接形状和颜色相同的端口。</translation>
    </message>
    <message>
        <source>This wire would close a circle: the node would wait for its own result.</source>
        <translation>这条连线会形成环路：节点将等待自己的结果。</translation>
    </message>
    <message>
        <source>Unknown: %1</source>
        <translation>未知：%1</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>PortItem</name>
    <message>
        <source>Input “%1”</source>
        <translation>输入“%1”</translation>
    </message>
    <message>
        <source>Output “%1”</source>
        <translation>输出“%1”</translation>
    </message>
    <message>
        <source>Type: %1</source>
        <translation>类型：%1</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>可选</translation>
    </message>
</context>
<context>
    <name>PredictionBand</name>
    <message>
        <source>estimate: %1</source>
        <translation>估计：%1</translation>
    </message>
    <message>
        <source>estimate: %1, %2 to %3</source>
        <translation>估计：%1，%2 至 %3</translation>
    </message>
</context>
<context>
    <name>ProblemText</name>
    <message>
        <source>Choose a value.</source>
        <translation>请选择一个值。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择其他文件。</translation>
    </message>
    <message>
        <source>Connect an output of the type “%1” to it.</source>
        <translation>请将类型为“%1”的输出连接到它。</translation>
    </message>
    <message>
        <source>Enter a value within the range.</source>
        <translation>请输入范围内的值。</translation>
    </message>
    <message>
        <source>Open the project with the version that made it, or remove the node.</source>
        <translation>请用创建该项目的版本打开，或删除此节点。</translation>
    </message>
    <message>
        <source>The file “%1” does not exist.</source>
        <translation>文件“%1”不存在。</translation>
    </message>
    <message>
        <source>The input “%1” has no wire.</source>
        <translation>输入“%1”没有连线。</translation>
    </message>
    <message>
        <source>The pipeline is empty.</source>
        <translation>流水线是空的。</translation>
    </message>
    <message>
        <source>This version does not know nodes of the type “%1”.</source>
        <translation>此版本不认识类型为“%1”的节点。</translation>
    </message>
    <message>
        <source>“%1” is empty.</source>
        <translation>“%1”为空。</translation>
    </message>
    <message>
        <source>“%1” must be from %2 to %3.</source>
        <translation>“%1”必须在 %2 到 %3 之间。</translation>
    </message>
    <message>
        <source>Drag a node onto the canvas, or drop a file of labelled sentences on the window.</source>
        <translation>将节点拖到画布上，或把带标注的句子文件拖入窗口。</translation>
    </message>
</context>
<context>
    <name>RecipeText</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1: %2 of at most %3</source>
        <translation>%1：%2，上限 %3</translation>
    </message>
    <message>
        <source>%1: %2 of at most %3, a difference within noise</source>
        <translation>%1：%2，上限 %3，差别在噪声范围内</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2, above %3</source>
        <translation>%1：%2，超过 %3</translation>
    </message>
    <message>
        <source>%1: %2, above %3, but within noise</source>
        <translation>%1：%2，超过 %3，但在噪声范围内</translation>
    </message>
    <message>
        <source>%1: not measured</source>
        <translation>%1：未测量</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>It is the most accurate of those that meet every budget.</source>
        <translation>在满足所有预算的方案中，它的准确率最高。</translation>
    </message>
    <message>
        <source>It is the smallest of those that meet every budget.</source>
        <translation>在满足所有预算的方案中，它最小。</translation>
    </message>
    <message>
        <source>It meets every budget that could be measured.</source>
        <translation>它满足所有能测量的预算。</translation>
    </message>
    <message>
        <source>Its nodes were run: package and accuracy are theirs.</source>
        <translation>它的节点已经运行过：软件包和准确率都是实际结果。</translation>
    </message>
    <message>
        <source>No candidate meets every budget. This one misses them by least.</source>
        <translation>没有候选方案满足所有预算。这一个差得最少。</translation>
    </message>
    <message>
        <source>No candidate meets “%1” of %2, even alone.</source>
        <translation>没有候选方案能达到“%1”%2，即使只看这一项。</translation>
    </message>
    <message>
        <source>Nothing pruned</source>
        <translation>不剪枝</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>什么也没有找到。</translation>
    </message>
    <message>
        <source>Recommended: %1</source>
        <translation>推荐：%1</translation>
    </message>
    <message>
        <source>Best so far: %1</source>
        <translation>目前最好：%1</translation>
    </message>
    <message>
        <source>Time and memory were measured on %1.</source>
        <translation>耗时和内存在 %1 上测得。</translation>
    </message>
</context>
<context>
    <name>ResultText</name>
    <message>
        <source>%1 sentences</source>
        <translation>%1 个句子</translation>
    </message>
    <message>
        <source>Training sentences</source>
        <translation>训练句子</translation>
    </message>
    <message>
        <source>Validation sentences</source>
        <translation>验证句子</translation>
    </message>
    <message>
        <source>Test sentences</source>
        <translation>测试句子</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签数</translation>
    </message>
    <message>
        <source>Rows set aside</source>
        <translation>搁置的行</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>%1, %2 pruned</source>
        <translation>%1，已剪枝 %2</translation>
    </message>
    <message>
        <source>%1 validation</source>
        <translation>验证 %1</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>最佳轮次</translation>
    </message>
    <message>
        <source>Package size</source>
        <translation>软件包大小</translation>
    </message>
    <message>
        <source>%1 accuracy</source>
        <translation>准确率 %1</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Macro-F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>句子数</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Labels as the engine&apos;s</source>
        <translation>标签与引擎一致</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>%1 a sentence</source>
        <translation>每句 %1</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>发布版本</translation>
    </message>
    <message>
        <source>Latency, median</source>
        <translation>延迟（中位数）</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>内存峰值</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>The training part</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>No leaks</source>
        <translation>没有泄漏</translation>
    </message>
    <message>
        <source>%1 leaked sentences</source>
        <translation>%1 个泄漏的句子</translation>
    </message>
    <message>
        <source>Test sentences in training</source>
        <translation>训练集中的测试句子</translation>
    </message>
    <message>
        <source>Validation sentences in training</source>
        <translation>训练集中的验证句子</translation>
    </message>
    <message>
        <source>byte for byte</source>
        <translation>逐字节相同</translation>
    </message>
    <message>
        <source>with other labels</source>
        <translation>标签不同</translation>
    </message>
    <message>
        <source>Training rows taken out</source>
        <translation>移出的训练行</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a score and its value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Answers that flipped</source>
        <translation>翻转的答案</translation>
    </message>
    <message>
        <source>Pinned sentences that flipped</source>
        <translation>翻转的固定句子</translation>
    </message>
    <message>
        <source>Unknown tokens</source>
        <translation>未知词元</translation>
    </message>
    <message>
        <source>%1 there</source>
        <translation>设备上的%1</translation>
    </message>
</context>
<context>
    <name>Script</name>
    <message>
        <source>Latin</source>
        <translation>拉丁文</translation>
    </message>
    <message>
        <source>Han</source>
        <translation>汉字</translation>
    </message>
    <message>
        <source>Kana</source>
        <translation>假名</translation>
    </message>
    <message>
        <source>Hangul</source>
        <translation>谚文</translation>
    </message>
    <message>
        <source>Cyrillic</source>
        <translation>西里尔文</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>希腊文</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>阿拉伯文</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>希伯来文</translation>
    </message>
    <message>
        <source>Devanagari</source>
        <translation>天城文</translation>
    </message>
    <message>
        <source>Bengali</source>
        <translation>孟加拉文</translation>
    </message>
    <message>
        <source>Tamil</source>
        <translation>泰米尔文</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>泰文</translation>
    </message>
    <message>
        <source>Lao</source>
        <translation>老挝文</translation>
    </message>
    <message>
        <source>Khmer</source>
        <translation>高棉文</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>表情符号</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>TradeoffAxis</name>
    <message>
        <source>Package size</source>
        <translation>软件包大小</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Package size on disk</source>
        <translation>磁盘上的软件包大小</translation>
    </message>
    <message>
        <source>Largest memory of the edge runtime on %1</source>
        <translation>边缘运行时在 %1 上的最大内存</translation>
    </message>
    <message>
        <source>Median of a sentence in the edge runtime on %1, ms</source>
        <translation>边缘运行时在 %1 上每句耗时的中位数，毫秒</translation>
    </message>
</context>
<context>
    <name>TradeoffText</name>
    <message>
        <source>Accuracy %1</source>
        <translation>准确率 %1</translation>
    </message>
    <message>
        <source>Accuracy %1 (95 % interval %2 to %3)</source>
        <translation>准确率 %1（95&#xa0;% 区间 %2 至 %3）</translation>
    </message>
    <message>
        <source>Latency and memory: not measured</source>
        <translation>延迟与内存：未测量</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>稠密</translation>
    </message>
    <message>
        <source>distilled</source>
        <translation>蒸馏</translation>
    </message>
    <message>
        <source>after fine-tuning</source>
        <translation>微调后</translation>
    </message>
    <message>
        <source>straight after pruning</source>
        <translation>刚剪枝后</translation>
    </message>
    <message>
        <source>Sparsity %1, %2</source>
        <translation>稀疏度 %1，%2</translation>
    </message>
    <message>
        <source>%1, macro-F1 %2, %3 sentences</source>
        <translation>%1，宏 F1 %2，%3 个句子</translation>
    </message>
    <message>
        <source>%1 (%2 bytes), precision: %3</source>
        <translation>%1（%2 字节），精度：%3</translation>
    </message>
    <message>
        <source>Of the earlier run %1: the pipeline no longer holds this model</source>
        <translation>来自较早的运行 %1：流水线中已没有这个模型</translation>
    </message>
    <message>
        <source>Smallest above: %1 with %2, %3 sparse, %4</source>
        <translation>达到下限的最小模型：%1，准确率 %2，稀疏度 %3，%4</translation>
    </message>
    <message>
        <source> (its interval begins at %1)</source>
        <translation>（其区间下端为 %1）</translation>
    </message>
    <message>
        <source>%1 a sentence and %2 of memory on %3</source>
        <translation>在 %3 上每句 %1，内存 %2</translation>
    </message>
</context>
<context>
    <name>activity</name>
    <message>
        <source>Training epoch %1 of %2</source>
        <translation>训练第 %1 轮，共 %2 轮</translation>
    </message>
    <message>
        <source>Fine-tuning epoch %1 of %2</source>
        <translation>微调第 %1 轮，共 %2 轮</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 of %2 %3</source>
        <translation>%1 / %2 %3</translation>
    </message>
</context>
<context>
    <name>catalog</name>
    <message>
        <source>0: as many as there are cores.</source>
        <translation>0：与处理器核心数相同。</translation>
    </message>
    <message>
        <source>A name from the device list.</source>
        <translation>设备列表中的名称。</translation>
    </message>
    <message>
        <source>Absent</source>
        <translation>没有</translation>
    </message>
    <message>
        <source>Activating the release</source>
        <translation>正在启用发布版本</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>As given</source>
        <translation>按原样</translation>
    </message>
    <message>
        <source>As written</source>
        <translation>保持原文</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Checking the active release</source>
        <translation>正在检查当前发布版本</translation>
    </message>
    <message>
        <source>Checking the edge runtime</source>
        <translation>正在核对边缘运行时</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Choosing the executable</source>
        <translation>正在选择可执行文件</translation>
    </message>
    <message>
        <source>Classifies the whole labelled test part on the device and measures it.</source>
        <translation>在设备上对整个带标签的测试集分类并测量。</translation>
    </message>
    <message>
        <source>Classifying on the device</source>
        <translation>正在设备上分类</translation>
    </message>
    <message>
        <source>Classifying the test set on the device</source>
        <translation>正在设备上对测试集分类</translation>
    </message>
    <message>
        <source>Commas (CSV)</source>
        <translation>逗号（CSV）</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>压缩</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>交付</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Detect</source>
        <translation>自动检测</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Divides the sentences into train, validation and test parts.</source>
        <translation>将句子划分为训练集、验证集和测试集。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机失活</translation>
    </message>
    <message>
        <source>Embedding size</source>
        <translation>嵌入维度</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Enclose fields</source>
        <translation>包围字段</translation>
    </message>
    <message>
        <source>Epochs without a better one before training stops. 0: never stop early.</source>
        <translation>连续多少轮没有改善就停止训练。0：不提前停止。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Filter widths</source>
        <translation>卷积核宽度</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Header line</source>
        <translation>标题行</translation>
    </message>
    <message>
        <source>Ignore case</source>
        <translation>忽略大小写</translation>
    </message>
    <message>
        <source>Keep dense</source>
        <translation>保持稠密</translation>
    </message>
    <message>
        <source>Keep the most frequent tokens only. 0: no limit.</source>
        <translation>只保留最常见的词元。0：不限。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Label column</source>
        <translation>标签列</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Largest norm of the gradient. 0: none.</source>
        <translation>梯度的最大范数。0：不限。</translation>
    </message>
    <message>
        <source>Largest vocabulary</source>
        <translation>词表上限</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Least frequency</source>
        <translation>最低词频</translation>
    </message>
    <message>
        <source>Leave zeros out</source>
        <translation>省去零值</translation>
    </message>
    <message>
        <source>Locking the device</source>
        <translation>正在锁定设备</translation>
    </message>
    <message>
        <source>Longest sentence</source>
        <translation>句子最大长度</translation>
    </message>
    <message>
        <source>Measuring the latency on the device</source>
        <translation>正在设备上测量延迟</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>NFC</source>
        <translation>NFC</translation>
    </message>
    <message>
        <source>NFKC makes full-width and compatibility characters alike.</source>
        <translation>NFKC 将全角和兼容字符统一。</translation>
    </message>
    <message>
        <source>NFKC</source>
        <translation>NFKC</translation>
    </message>
    <message>
        <source>Name of the column, or its number from 1. Empty: detect.</source>
        <translation>列名，或从 1 开始的列号。留空：自动检测。</translation>
    </message>
    <message>
        <source>Numbers that describe one token.</source>
        <translation>描述一个词元的数值个数。</translation>
    </message>
    <message>
        <source>One-shot</source>
        <translation>一次性</translation>
    </message>
    <message>
        <source>Own budget</source>
        <translation>单独配额</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Passes over the training part while fine-tuning, at most.</source>
        <translation>微调时遍历训练集的最多次数。</translation>
    </message>
    <message>
        <source>Passes over the training part, at most.</source>
        <translation>遍历训练集的最多次数。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心值</translation>
    </message>
    <message>
        <source>Patterns looked for, of each width.</source>
        <translation>每种宽度查找的模式数。</translation>
    </message>
    <message>
        <source>Plain characters</source>
        <translation>普通字符</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>有</translation>
    </message>
    <message>
        <source>Prune</source>
        <translation>剪枝</translation>
    </message>
    <message>
        <source>Pushes the package with the runtime to a device, tests it there, and makes it current.</source>
        <translation>将软件包和运行时推送到设备，在设备上测试，并设为当前版本。</translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation>引号</translation>
    </message>
    <message>
        <source>Ranked among themselves, left dense, or ranked together with the other layers.</source>
        <translation>在嵌入内部排序、保持稠密，或与其他层一起排序。</translation>
    </message>
    <message>
        <source>Ranking weights</source>
        <translation>正在对权重排序</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>Recovery</source>
        <translation>恢复方式</translation>
    </message>
    <message>
        <source>Removing old releases</source>
        <translation>正在删除旧的发布版本</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Run the test part there</source>
        <translation>在设备上运行测试集</translation>
    </message>
    <message>
        <source>Running the self-test on the device</source>
        <translation>正在设备上运行自检</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Self-tests</source>
        <translation>自检</translation>
    </message>
    <message>
        <source>Sentences for the final figure only. Empty: cut from the training file.</source>
        <translation>仅用于最终指标的句子。留空：从训练文件中切出。</translation>
    </message>
    <message>
        <source>Sentences stored in the package, with their answers, for the device to repeat.</source>
        <translation>连同答案存入软件包、供设备复核的句子。</translation>
    </message>
    <message>
        <source>Sentences to choose by while training. Empty: cut from the training file.</source>
        <translation>训练时用于选择模型的句子。留空：从训练文件中切出。</translation>
    </message>
    <message>
        <source>Share of the features left out at random while training.</source>
        <translation>训练时随机丢弃的特征比例。</translation>
    </message>
    <message>
        <source>Share of the rows that becomes the test part where it is cut.</source>
        <translation>切分时划为测试集的行比例。</translation>
    </message>
    <message>
        <source>Share of the rows that becomes the validation part where it is cut.</source>
        <translation>切分时划为验证集的行比例。</translation>
    </message>
    <message>
        <source>Share of the tokens made unknown at random while training.</source>
        <translation>训练时随机变为未知的词元比例。</translation>
    </message>
    <message>
        <source>Share of the weights that become zero.</source>
        <translation>变为零的权重比例。</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Splits</source>
        <translation>数据划分</translation>
    </message>
    <message>
        <source>Storing the release</source>
        <translation>正在存放发布版本</translation>
    </message>
    <message>
        <source>Stratified</source>
        <translation>分层</translation>
    </message>
    <message>
        <source>Tabs (TSV)</source>
        <translation>制表符（TSV）</translation>
    </message>
    <message>
        <source>Test file</source>
        <translation>测试文件</translation>
    </message>
    <message>
        <source>Test share</source>
        <translation>测试比例</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Testing the device</source>
        <translation>正在测试设备</translation>
    </message>
    <message>
        <source>Text column</source>
        <translation>文本列</translation>
    </message>
    <message>
        <source>TextCNN</source>
        <translation>TextCNN</translation>
    </message>
    <message>
        <source>The family of the model.</source>
        <translation>模型的家族。</translation>
    </message>
    <message>
        <source>The part of the data to measure on.</source>
        <translation>用于测量的数据部分。</translation>
    </message>
    <message>
        <source>The rest of a longer sentence is cut.</source>
        <translation>更长句子的其余部分会被截去。</translation>
    </message>
    <message>
        <source>The same seed gives the same model.</source>
        <translation>相同的种子得到相同的模型。</translation>
    </message>
    <message>
        <source>The same seed gives the same parts.</source>
        <translation>相同的种子得到相同的划分。</translation>
    </message>
    <message>
        <source>The same share of every layer, or one ranking over all layers.</source>
        <translation>每层剪去相同比例，或对所有层统一排序。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Tokens a pattern spans, separated by commas.</source>
        <translation>模式跨越的词元数，以逗号分隔。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Training file</source>
        <translation>训练文件</translation>
    </message>
    <message>
        <source>Unicode form</source>
        <translation>Unicode 形式</translation>
    </message>
    <message>
        <source>Uploading the release</source>
        <translation>正在上传发布版本</translation>
    </message>
    <message>
        <source>Validation file</source>
        <translation>验证文件</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>验证比例</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Verifying the upload on the device</source>
        <translation>正在设备上校验上传内容</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Whether double quotes enclose fields or are plain characters.</source>
        <translation>双引号是包围字段还是普通字符。</translation>
    </message>
    <message>
        <source>Whether the first line names the columns.</source>
        <translation>首行是否为列名。</translation>
    </message>
    <message>
        <source>With the other layers</source>
        <translation>与其他层一起</translation>
    </message>
    <message>
        <source>Word dropout</source>
        <translation>词元随机失活</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>批</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>fp32</source>
        <translation>fp32</translation>
    </message>
    <message>
        <source>int8</source>
        <translation>int8</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>sentences</source>
        <translation>句</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>BiGRU</source>
        <translation>BiGRU</translation>
    </message>
    <message>
        <source>BiLSTM</source>
        <translation>BiLSTM</translation>
    </message>
    <message>
        <source>Buckets</source>
        <translation>桶数</translation>
    </message>
    <message>
        <source>Hashed n-grams</source>
        <translation>哈希 n 元组</translation>
    </message>
    <message>
        <source>How the states of all tokens become one.</source>
        <translation>如何把所有词元的状态合为一个。</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Longest n-gram</source>
        <translation>最长 n 元组</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Numbers that describe what was read so far, in each direction.</source>
        <translation>每个方向上用多少个数描述已读内容。</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Recurrent layers, one above the other.</source>
        <translation>上下叠放的循环层数。</translation>
    </message>
    <message>
        <source>Rows that all n-grams share by a hash. More keep them apart and make the model larger.</source>
        <translation>所有 n 元组经哈希共用的行数。越多越不易冲突，模型也越大。</translation>
    </message>
    <message>
        <source>Runs of up to so many tokens count as features. 1: words alone.</source>
        <translation>至多这么多个连续词元的组合也算作特征。1：只用单个词。</translation>
    </message>
    <message>
        <source>State size</source>
        <translation>状态维数</translation>
    </message>
    <message>
        <source>For tags: score which tag follows which, and choose the best sequence as a whole.</source>
        <translation>用于标注任务：为标签之间的转移打分，并整体选出最佳序列。</translation>
    </message>
    <message>
        <source>Tag transitions (CRF)</source>
        <translation>标签转移（CRF）</translation>
    </message>
    <message>
        <source>A text file of GloVe or fastText to start the embeddings from. Empty: start at random.</source>
        <translation>用作词嵌入初值的 GloVe 或 fastText 文本文件。留空：随机初始化。</translation>
    </message>
    <message>
        <source>Collecting frequent strings</source>
        <translation>正在收集高频字符串</translation>
    </message>
    <message>
        <source>Keep embeddings</source>
        <translation>固定词嵌入</translation>
    </message>
    <message>
        <source>Learning subwords</source>
        <translation>正在学习子词</translation>
    </message>
    <message>
        <source>Leave the embeddings as they start while training.</source>
        <translation>训练时保持词嵌入的初值不变。</translation>
    </message>
    <message>
        <source>Word vectors</source>
        <translation>词向量</translation>
    </message>
    <message>
        <source>Transformer</source>
        <translation>Transformer</translation>
    </message>
    <message>
        <source>Attention layers, one after the other.</source>
        <translation>依次相连的注意力层。</translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation>隐藏层大小</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>注意力头数</translation>
    </message>
    <message>
        <source>Parts of a layer that attend to other tokens on their own.</source>
        <translation>每层中各自独立关注其他词元的部分。</translation>
    </message>
    <message>
        <source>Feed-forward size</source>
        <translation>前馈层大小</translation>
    </message>
    <message>
        <source>Numbers inside the feed-forward part of a layer. Usually four times the hidden size.</source>
        <translation>每层前馈部分内部的数值个数，通常为隐藏层大小的四倍。</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置数</translation>
    </message>
    <message>
        <source>The longest sentence that the model can read. At least the tokenizer&apos;s longest sentence.</source>
        <translation>模型能读取的最长句子，不小于分词器的最大句长。</translation>
    </message>
    <message>
        <source>Layer norm</source>
        <translation>层归一化</translation>
    </message>
    <message>
        <source>Before each part of a layer, which trains more easily, or after it, as in BERT.</source>
        <translation>放在每个部分之前（更易训练），或像 BERT 一样放在之后。</translation>
    </message>
    <message>
        <source>Before (pre-norm)</source>
        <translation>之前（pre-norm）</translation>
    </message>
    <message>
        <source>After (post-norm)</source>
        <translation>之后（post-norm）</translation>
    </message>
    <message>
        <source>Sentence vector</source>
        <translation>句向量</translation>
    </message>
    <message>
        <source>The mean of all tokens, or the first token through BERT&apos;s pooler.</source>
        <translation>所有词元的平均，或经 BERT 池化层的首个词元。</translation>
    </message>
    <message>
        <source>Mean of tokens</source>
        <translation>词元平均</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首个词元</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>The function inside the feed-forward part: GELU as in BERT, or the cheaper ReLU.</source>
        <translation>前馈部分的激活函数：BERT 所用的 GELU，或计算更省的 ReLU。</translation>
    </message>
    <message>
        <source>GELU</source>
        <translation>GELU</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>Hidden dropout</source>
        <translation>隐藏层随机失活</translation>
    </message>
    <message>
        <source>Share of the numbers between the parts of a layer left out at random while training.</source>
        <translation>训练时在各部分之间随机略去的数值所占的比例。</translation>
    </message>
    <message>
        <source>Attention dropout</source>
        <translation>注意力随机失活</translation>
    </message>
    <message>
        <source>Share of the attention weights left out at random while training.</source>
        <translation>训练时随机略去的注意力权重所占的比例。</translation>
    </message>
    <message>
        <source>0: as many as the smallest class has, or the largest when rows are repeated.</source>
        <translation>0：与最小的类别相同；重复时与最大的类别相同。</translation>
    </message>
    <message>
        <source>A data file, or a folder with a folder for each class.</source>
        <translation>一个数据文件，或一个内含各类别子文件夹的文件夹。</translation>
    </message>
    <message>
        <source>A folder a class</source>
        <translation>每类一个文件夹</translation>
    </message>
    <message>
        <source>A tag a word</source>
        <translation>每个词一个标签</translation>
    </message>
    <message>
        <source>A tokenizer.json, a vocab.txt (WordPiece), or a vocab.json with the merges.txt that goes with it (byte-level BPE).</source>
        <translation>tokenizer.json、vocab.txt（WordPiece），或 vocab.json 及其配套的 merges.txt（字节级 BPE）。</translation>
    </message>
    <message>
        <source>Across the parts</source>
        <translation>跨部分</translation>
    </message>
    <message>
        <source>AdamW suits most models; SGD with momentum needs a larger learning rate.</source>
        <translation>AdamW 适合大多数模型；带动量的 SGD 需要更大的学习率。</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>Alike after normalisation</source>
        <translation>规范化后一致</translation>
    </message>
    <message>
        <source>All probabilities</source>
        <translation>全部概率</translation>
    </message>
    <message>
        <source>Also zero-width spaces and directional marks.</source>
        <translation>也包括零宽空格和方向标记。</translation>
    </message>
    <message>
        <source>Any number of classes</source>
        <translation>任意多个类别</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>平衡</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Batches a step</source>
        <translation>每步批次数</translation>
    </message>
    <message>
        <source>Batches of</source>
        <translation>批次单位</translation>
    </message>
    <message>
        <source>Best by</source>
        <translation>最佳依据</translation>
    </message>
    <message>
        <source>Big5</source>
        <translation>Big5</translation>
    </message>
    <message>
        <source>By group</source>
        <translation>按组</translation>
    </message>
    <message>
        <source>Byte for byte</source>
        <translation>逐字节一致</translation>
    </message>
    <message>
        <source>Byte-level BPE</source>
        <translation>字节级 BPE</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>类别权重</translation>
    </message>
    <message>
        <source>Classes with fewer in the training rows are dropped.</source>
        <translation>训练行中少于此数的类别会被去掉。</translation>
    </message>
    <message>
        <source>Clean</source>
        <translation>清洗</translation>
    </message>
    <message>
        <source>Cleaning texts</source>
        <translation>正在清洗文本</translation>
    </message>
    <message>
        <source>Collapse white space</source>
        <translation>合并空白</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Cost of rejection</source>
        <translation>拒识代价</translation>
    </message>
    <message>
        <source>Count sentences, or tokens with padding, which keeps memory even where lengths differ much.</source>
        <translation>按句子计，或按含填充的词元计；后者在句长差异很大时使内存占用保持平稳。</translation>
    </message>
    <message>
        <source>Counting rows</source>
        <translation>正在统计各行</translation>
    </message>
    <message>
        <source>Deduplicate</source>
        <translation>去重</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>EUC-KR</source>
        <translation>EUC-KR</translation>
    </message>
    <message>
        <source>Embedding decay</source>
        <translation>嵌入衰减</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Filter labels</source>
        <translation>筛选标签</translation>
    </message>
    <message>
        <source>Fits the model and keeps the best epoch on the validation part, and the last beside it.</source>
        <translation>训练模型，保留验证集上最佳的一轮，并在旁边保留最后一轮。</translation>
    </message>
    <message>
        <source>Folds upper and lower case together. From a file: only for a vocab.txt, the others say it themselves.</source>
        <translation>不区分大小写字母。来自文件时仅对 vocab.txt 有效，其他文件自行规定。</translation>
    </message>
    <message>
        <source>For a vocab.json. Empty: merges.txt in the same folder.</source>
        <translation>用于 vocab.json。留空：同一文件夹中的 merges.txt。</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>GB18030</source>
        <translation>GB18030</translation>
    </message>
    <message>
        <source>Gives every class the same number of training rows. Validation and test stay as they are.</source>
        <translation>让每个类别的训练行数相同。验证集和测试集保持不变。</translation>
    </message>
    <message>
        <source>Gradients of several batches make one step: a large batch in little memory.</source>
        <translation>多个批次的梯度合成一步：用少量内存实现大批次。</translation>
    </message>
    <message>
        <source>Group column</source>
        <translation>分组列</translation>
    </message>
    <message>
        <source>How characters are written as bytes.</source>
        <translation>字符写成字节的方式。</translation>
    </message>
    <message>
        <source>How strongly weights are pulled towards zero. Biases and norms are not.</source>
        <translation>权重被拉向零的强度；偏置和归一化参数除外。</translation>
    </message>
    <message>
        <source>How texts and labels are written down.</source>
        <translation>文本和标签的书写方式。</translation>
    </message>
    <message>
        <source>How the file is packed.</source>
        <translation>文件的压缩方式。</translation>
    </message>
    <message>
        <source>How the learning rate falls after the warm-up. One cycle also rises from a low rate and moves the momentum against it.</source>
        <translation>预热之后学习率如何下降。单周期还会从较低的学习率升起，并使动量反向变化。</translation>
    </message>
    <message>
        <source>In each part by itself, or also across the parts, so that no test sentence is trained on.</source>
        <translation>在各部分内部查找，或也跨部分查找，使测试句子不会被用来训练。</translation>
    </message>
    <message>
        <source>In their place</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>In-scope accuracy that the rejection threshold may cost on the validation part.</source>
        <translation>拒识阈值在验证集上最多可以损失的域内准确率。</translation>
    </message>
    <message>
        <source>JSON Lines</source>
        <translation>JSON Lines</translation>
    </message>
    <message>
        <source>Keep only</source>
        <translation>只保留</translation>
    </message>
    <message>
        <source>Keep the files&apos; own parts and cut only what is missing, or mix all rows and cut anew, class by class or keeping groups together.</source>
        <translation>保留文件原有的划分，只切出缺少的部分；或把所有行混合后重新划分，按类别进行，或让同组的行在一起。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Label separator</source>
        <translation>标签分隔符</translation>
    </message>
    <message>
        <source>Labels separated by commas. Empty: all.</source>
        <translation>用逗号隔开的标签。留空：全部。</translation>
    </message>
    <message>
        <source>Labels separated by commas.</source>
        <translation>用逗号隔开的标签。</translation>
    </message>
    <message>
        <source>Labels that become one, as in “a, b -&gt; c”. Separate several by semicolons.</source>
        <translation>合为一个的标签，写作“a, b -&gt; c”。多条之间用分号隔开。</translation>
    </message>
    <message>
        <source>Learns a vocabulary from the training part, or loads one, and turns text into tokens, here and on the device.</source>
        <translation>从训练集学习词表，或载入已有的词表，并在本机和设备上将文本转换为词元。</translation>
    </message>
    <message>
        <source>Least examples</source>
        <translation>最少样本数</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>去掉多余的</translation>
    </message>
    <message>
        <source>Leave rows of larger classes out, or repeat rows of smaller ones.</source>
        <translation>去掉较大类别的行，或重复较小类别的行。</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Longer ones are set aside. 0: no limit.</source>
        <translation>更长的另行列出。0：不限。</translation>
    </message>
    <message>
        <source>Longest text</source>
        <translation>最长文本</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Looks ahead along the momentum.</source>
        <translation>沿动量方向提前一步计算。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Macro-F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Makes texts uniform and sets those aside that are too short or too long. Words that carry tags are cleaned one by one.</source>
        <translation>统一文本的写法，并把过短或过长的文本另行列出。带标签的词逐个清洗。</translation>
    </message>
    <message>
        <source>Measures accuracy, F1, calibration and the confusion matrix on sentences the model was not trained on, and keeps every answer as CSV.</source>
        <translation>在模型未训练过的句子上测量准确率、F1、校准度和混淆矩阵，并把每个预测保存为 CSV。</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Merges file</source>
        <translation>合并规则文件</translation>
    </message>
    <message>
        <source>Merges, keeps and drops classes, in this order.</source>
        <translation>依次合并、保留和去掉类别。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>Nesterov momentum</source>
        <translation>Nesterov 动量</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Not packed</source>
        <translation>未压缩</translation>
    </message>
    <message>
        <source>Of texts that are the same keeps the first, and takes out of the training rows what also stands in validation or test.</source>
        <translation>相同的文本只保留第一条，并从训练行中去除也出现在验证集或测试集的文本。</translation>
    </message>
    <message>
        <source>Of the bootstrap and the random sample.</source>
        <translation>用于自助法和随机样本。</translation>
    </message>
    <message>
        <source>One class a text</source>
        <translation>每条文本一个类别</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>单周期</translation>
    </message>
    <message>
        <source>One space between words, none at the ends.</source>
        <translation>词间留一个空格，首尾不留。</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Out-of-scope test file</source>
        <translation>域外测试文件</translation>
    </message>
    <message>
        <source>Out-of-scope validation file</source>
        <translation>域外验证文件</translation>
    </message>
    <message>
        <source>Parts of words to learn, at most.</source>
        <translation>最多学习的子词数。</translation>
    </message>
    <message>
        <source>Products in</source>
        <translation>乘积精度</translation>
    </message>
    <message>
        <source>Reads labelled texts from CSV, TSV, JSON Lines, CoNLL or fastText files, plain or compressed, or from a folder a class. Rows that cannot be used are set aside with their line numbers.</source>
        <translation>从 CSV、TSV、JSON Lines、CoNLL 或 fastText 文件（可压缩）读取带标签的文本，或从每类一个的文件夹读取。无法使用的行会连同行号另行列出。</translation>
    </message>
    <message>
        <source>Removes tags, comments and scripts, and decodes character references. Texts with tagged words stay.</source>
        <translation>去除标记、注释和脚本，并解码字符引用。含带标签词的文本保持不变。</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复不足的</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Report the probabilities after temperature scaling, fitted on the validation part. A package that gets this report is scaled too.</source>
        <translation>报告温度缩放之后的概率，温度在验证集上拟合。接收此报告的模型包也会同样缩放。</translation>
    </message>
    <message>
        <source>Rows a class</source>
        <translation>每类行数</translation>
    </message>
    <message>
        <source>Rows that agree in this column can be kept in one part, by Split. Empty: none.</source>
        <translation>此列取值相同的行可由“划分”保留在同一部分。留空：不分组。</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Same is</source>
        <translation>相同的标准</translation>
    </message>
    <message>
        <source>Scale by temperature</source>
        <translation>温度缩放</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Sentences or tokens a batch.</source>
        <translation>每个批次的句子数或词元数。</translation>
    </message>
    <message>
        <source>Sentences that belong to no class, to choose the kind of threshold by. Labels are ignored.</source>
        <translation>不属于任何类别的句子，用来选择阈值的种类。其中的标签会被忽略。</translation>
    </message>
    <message>
        <source>Sentences that belong to no class, to measure the rejection on. Labels are ignored.</source>
        <translation>不属于任何类别的句子，用来测量拒识效果。其中的标签会被忽略。</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>Share of the last steps&apos; direction that is kept.</source>
        <translation>保留之前各步方向的比例。</translation>
    </message>
    <message>
        <source>Share of the training over which the rate grows; 0.3 is usual for one cycle.</source>
        <translation>学习率上升阶段占整个训练的比例；单周期通常取 0.3。</translation>
    </message>
    <message>
        <source>Shift JIS</source>
        <translation>Shift JIS</translation>
    </message>
    <message>
        <source>Shorter ones are set aside.</source>
        <translation>更短的另行列出。</translation>
    </message>
    <message>
        <source>Shortest text</source>
        <translation>最短文本</translation>
    </message>
    <message>
        <source>Size of a step, at its largest.</source>
        <translation>步长的最大值。</translation>
    </message>
    <message>
        <source>Take HTML out</source>
        <translation>去除 HTML</translation>
    </message>
    <message>
        <source>Take control characters out</source>
        <translation>去除控制字符</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>去除</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>The same for embeddings.</source>
        <translation>对嵌入的同样作用。</translation>
    </message>
    <message>
        <source>The same seed gives the same rows.</source>
        <translation>相同的种子得到相同的行。</translation>
    </message>
    <message>
        <source>Tokenizer file</source>
        <translation>分词器文件</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Training the baseline</source>
        <translation>正在训练基线</translation>
    </message>
    <message>
        <source>Trains hashed n-grams first, in seconds, to show what this model gains over them.</source>
        <translation>先用几秒钟训练哈希 n 元模型，以显示本模型比它好多少。</translation>
    </message>
    <message>
        <source>Trying learning rates</source>
        <translation>正在尝试学习率</translation>
    </message>
    <message>
        <source>UTF-16 (big endian)</source>
        <translation>UTF-16（大端）</translation>
    </message>
    <message>
        <source>UTF-16 (little endian)</source>
        <translation>UTF-16（小端）</translation>
    </message>
    <message>
        <source>UTF-8</source>
        <translation>UTF-8</translation>
    </message>
    <message>
        <source>Unigram</source>
        <translation>Unigram</translation>
    </message>
    <message>
        <source>Vocabulary size</source>
        <translation>词表大小</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Web addresses</source>
        <translation>网址</translation>
    </message>
    <message>
        <source>What a model shall answer: one class a text, any number of classes, or a tag a word.</source>
        <translation>模型要回答什么：每条文本一个类别、任意多个类别，或每个词一个标签。</translation>
    </message>
    <message>
        <source>What becomes of http://, https:// and www. addresses. Texts with tagged words stay.</source>
        <translation>如何处理 http://、https:// 和 www. 开头的网址。含带标签词的文本保持不变。</translation>
    </message>
    <message>
        <source>What ignores case, width and white space, or what agrees byte for byte.</source>
        <translation>忽略大小写、全半角和空白，或逐字节一致。</translation>
    </message>
    <message>
        <source>What is seen less often in the training part becomes unknown, or is not joined.</source>
        <translation>在训练集出现次数更少的内容视为未知，或不予合并。</translation>
    </message>
    <message>
        <source>What stands between several labels of one field. Empty: a field is one label.</source>
        <translation>同一字段中多个标签之间的分隔符。留空：一个字段就是一个标签。</translation>
    </message>
    <message>
        <source>What stands for a web address.</source>
        <translation>用来代替网址的文字。</translation>
    </message>
    <message>
        <source>Windows-1251</source>
        <translation>Windows-1251</translation>
    </message>
    <message>
        <source>Windows-1252</source>
        <translation>Windows-1252</translation>
    </message>
    <message>
        <source>Within each part</source>
        <translation>各部分内部</translation>
    </message>
    <message>
        <source>WordPiece</source>
        <translation>WordPiece</translation>
    </message>
    <message>
        <source>Words or characters taken whole, parts of words learnt from the training part, or a tokenizer from a file.</source>
        <translation>整词或整字，从训练集学习的子词，或文件中的分词器。</translation>
    </message>
    <message>
        <source>Words with tags (CoNLL)</source>
        <translation>带标签的词（CoNLL）</translation>
    </message>
    <message>
        <source>Write the probability of every class into the CSV of predictions, not the answer&apos;s only.</source>
        <translation>在预测 CSV 中写入每个类别的概率，而不只是预测类别的概率。</translation>
    </message>
    <message>
        <source>auto, cpu, or a GPU such as cuda:0. auto takes the first GPU that there is.</source>
        <translation>auto、cpu 或某块 GPU（如 cuda:0）。auto 使用现有的第一块 GPU。</translation>
    </message>
    <message>
        <source>bf16 halves the numbers in products, on processors that have it; weights stay fp32.</source>
        <translation>在支持的处理器上，bf16 把乘积中的数减半；权重仍为 fp32。</translation>
    </message>
    <message>
        <source>bf16</source>
        <translation>bf16</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>fastText</source>
        <translation>fastText</translation>
    </message>
    <message>
        <source>gzip</source>
        <translation>gzip</translation>
    </message>
    <message>
        <source>points</source>
        <translation>个百分点</translation>
    </message>
    <message>
        <source>zstd</source>
        <translation>zstd</translation>
    </message>
    <message>
        <source>Check for leaks</source>
        <translation>检查泄漏</translation>
    </message>
    <message>
        <source>Looking for leaks</source>
        <translation>正在查找泄漏</translation>
    </message>
    <message>
        <source>Looks for validation and test sentences that also stand in the training part, which make a model look better than it is, and says whether their labels agree.</source>
        <translation>查找同时出现在训练集中的验证和测试句子（它们会让模型显得比实际更好），并指出其标签是否一致。</translation>
    </message>
    <message>
        <source>Removes the training rows whose text, case, width and white space ignored, stands in validation or test.</source>
        <translation>移除其文本（忽略大小写、全半角和空白）出现在验证集或测试集中的训练行。</translation>
    </message>
    <message>
        <source>Take out of training</source>
        <translation>从训练集中移出</translation>
    </message>
    <message>
        <source>Balanced: sentences of rare classes count more. Where a sentence has one class.</source>
        <translation>均衡：稀少类别的句子权重更大。适用于一句一个类别的任务。</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Share of the target spread over all classes. Not used by a CRF.</source>
        <translation>目标中均摊到所有类别的比例。CRF 不使用。</translation>
    </message>
    <message>
        <source>The family of the model and its sizes. Train gives it its weights.</source>
        <translation>模型的类型与各项尺寸。权重由“训练”节点给出。</translation>
    </message>
    <message>
        <source>What makes an epoch the best on the validation part. The score is accuracy, micro-F1 of several labels, or F1 of entities.</source>
        <translation>在验证集上以什么判定最佳轮次。评分为准确率、多标签的微平均 F1 或实体 F1。</translation>
    </message>
    <message>
        <source>All layers together</source>
        <translation>所有层一起</translation>
    </message>
    <message>
        <source>Allow emptied layers</source>
        <translation>允许清空某层</translation>
    </message>
    <message>
        <source>Any weight</source>
        <translation>任意权重</translation>
    </message>
    <message>
        <source>Blocks of 1 x 4</source>
        <translation>1 x 4 块</translation>
    </message>
    <message>
        <source>Blocks of 4 x 4</source>
        <translation>4 x 4 块</translation>
    </message>
    <message>
        <source>Columns, by L1</source>
        <translation>按 L1 选列</translation>
    </message>
    <message>
        <source>Columns, by L2</source>
        <translation>按 L2 选列</translation>
    </message>
    <message>
        <source>Columns, by the largest</source>
        <translation>按最大值选列</translation>
    </message>
    <message>
        <source>Excluded layers</source>
        <translation>不剪的层</translation>
    </message>
    <message>
        <source>Go on where a layer would lose its last weight. Otherwise that is an error, before anything is trained.</source>
        <translation>即使某层会失去最后一个权重也继续；否则在训练开始之前报错。</translation>
    </message>
    <message>
        <source>LAMP</source>
        <translation>LAMP（层自适应幅值）</translation>
    </message>
    <message>
        <source>Layer by layer</source>
        <translation>逐层</translation>
    </message>
    <message>
        <source>Layers that are not pruned, by name, with commas between.</source>
        <translation>不剪枝的层的名称，以逗号分隔。</translation>
    </message>
    <message>
        <source>Layers with a sparsity of their own, with commas between: output.weight=0.5, embedding.weight=0.9</source>
        <translation>单独指定稀疏度的层，以逗号分隔：output.weight=0.5, embedding.weight=0.9</translation>
    </message>
    <message>
        <source>Magnitude</source>
        <translation>幅值</translation>
    </message>
    <message>
        <source>N of 16</source>
        <translation>每 16 个留 N 个</translation>
    </message>
    <message>
        <source>N of 32</source>
        <translation>每 32 个留 N 个</translation>
    </message>
    <message>
        <source>N of 4</source>
        <translation>每 4 个留 N 个</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Random seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Rows, by L1</source>
        <translation>按 L1 选行</translation>
    </message>
    <message>
        <source>Rows, by L2</source>
        <translation>按 L2 选行</translation>
    </message>
    <message>
        <source>Rows, by the largest</source>
        <translation>按最大值选行</translation>
    </message>
    <message>
        <source>Sets the weights that matter least, by magnitude or another score, to zero, and can train the rest on to win accuracy back.</source>
        <translation>把最不重要的权重（按幅值或其他评分）置零，并可继续训练其余权重以恢复准确率。</translation>
    </message>
    <message>
        <source>Sparsity by layer</source>
        <translation>各层稀疏度</translation>
    </message>
    <message>
        <source>The same seed prunes the same weights.</source>
        <translation>相同的种子剪去相同的权重。</translation>
    </message>
    <message>
        <source>Which weights fall together. Balanced and N of M keep the same number of every run of 64 or M inputs of a row; a shorter run at a row&apos;s end keeps the same share. Blocks, rows and columns fall whole. Runs and blocks are for layers that multiply; tables of embeddings lose any weight.</source>
        <translation>哪些权重一起被剪去。均衡与“每 M 个留 N 个”在每一行连续 64 个或 M 个输入中保留相同的数目；行尾较短的一段保留相同的比例。块、行和列整体剪去。段与块只用于做乘法的层；嵌入表中任何权重都可剪去。</translation>
    </message>
    <message>
        <source>k of 64, balanced</source>
        <translation>每 64 个留 k 个（均衡）</translation>
    </message>
    <message>
        <source>Calibration sentences</source>
        <translation>校准句数</translation>
    </message>
    <message>
        <source>Measuring gradients</source>
        <translation>测量梯度</translation>
    </message>
    <message>
        <source>Taylor</source>
        <translation>泰勒展开</translation>
    </message>
    <message>
        <source>Distillation weight</source>
        <translation>蒸馏权重</translation>
    </message>
    <message>
        <source>Fine-tune with distillation</source>
        <translation>蒸馏微调</translation>
    </message>
    <message>
        <source>Gradual with distillation</source>
        <translation>渐进剪枝并蒸馏</translation>
    </message>
    <message>
        <source>Hidden states&apos; weight</source>
        <translation>隐藏状态权重</translation>
    </message>
    <message>
        <source>How often an epoch weights are chosen anew, at most once a step.</source>
        <translation>每轮重新选择被剪权重的次数，每步至多一次。</translation>
    </message>
    <message>
        <source>Less dropout</source>
        <translation>降低随机失活</translation>
    </message>
    <message>
        <source>Mask updates</source>
        <translation>掩码更新次数</translation>
    </message>
    <message>
        <source>Multiplies dropout by the square root of the share of weights that are kept: few weights need less of it.</source>
        <translation>将随机失活率乘以保留权重比例的平方根：权重越少，需要的随机失活越少。</translation>
    </message>
    <message>
        <source>Scores of both models are divided by it, so that unlikely answers count more.</source>
        <translation>两个模型的得分都除以该值，使可能性低的答案也有更大影响。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Train on under the mask; the same with the model before pruning as the teacher; with that teacher, and weights going little by little meanwhile, after which the learning rate begins anew; or stop after pruning.</source>
        <translation>在掩码下继续训练；或同时以剪枝前的模型为教师；或在该教师指导下边训练边逐步剪枝，剪完后学习率从头开始；或剪枝后停止。</translation>
    </message>
    <message>
        <source>What the distance between both models&apos; layer outputs counts in the loss. Transformers only; else 0.</source>
        <translation>两个模型各层输出之间的距离在损失中的权重。仅用于 Transformer，其他模型为 0。</translation>
    </message>
    <message>
        <source>an epoch</source>
        <translation>每轮</translation>
    </message>
    <message>
        <source>Passes over the training part before fine-tuning, while weights go: most of them early (a cubic schedule).</source>
        <translation>微调之前遍历训练集的次数，其间逐步剪去权重，多数在早期剪去（三次方调度）。</translation>
    </message>
    <message>
        <source>Pruning epochs</source>
        <translation>剪枝轮次</translation>
    </message>
    <message>
        <source>Asking the teacher</source>
        <translation>正在询问教师模型</translation>
    </message>
    <message>
        <source>Distil</source>
        <translation>蒸馏</translation>
    </message>
    <message>
        <source>More sentences, which only the teacher&apos;s answers are learnt of: one a line (.txt), or a data file, whose labels are ignored.</source>
        <translation>更多句子，只从教师的答案学习：每行一句（.txt），或数据文件，其中的标签会被忽略。</translation>
    </message>
    <message>
        <source>Passes over the training part and the unlabelled text, at most.</source>
        <translation>遍历训练集和无标签文本的最多次数。</translation>
    </message>
    <message>
        <source>Teacher</source>
        <translation>教师</translation>
    </message>
    <message>
        <source>Trains a model on the answers of another, the teacher, beside the labels, and on unlabelled text. Any family, any tokenizer.</source>
        <translation>除标签外，还用另一个模型（教师）的答案训练模型，并可使用无标签文本。可用任何类型的模型、任何分词器。</translation>
    </message>
    <message>
        <source>Unlabelled text</source>
        <translation>无标签文本</translation>
    </message>
    <message>
        <source>What the teacher&apos;s answers count in the loss; the labels have the rest.</source>
        <translation>教师的答案在损失中的权重，其余归标签。</translation>
    </message>
    <message>
        <source>Fail</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Pinned sentences</source>
        <translation>固定句子</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参照</translation>
    </message>
    <message>
        <source>Sentences whose answers must stay: a .txt with one a line, for the reference&apos;s answers, or a data file with the labels to be answered.</source>
        <translation>答案必须保持不变的句子：每行一句的 .txt 文件（以参照模型的答案为准），或带有应答标签的数据文件。</translation>
    </message>
    <message>
        <source>Warn</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>What happens when the package answers a pinned sentence otherwise.</source>
        <translation>软件包对固定句子给出不同答案时如何处理。</translation>
    </message>
    <message>
        <source>When one flips</source>
        <translation>句子翻转时</translation>
    </message>
    <message>
        <source>Writes the one file a device needs, and proves that the edge runtime answers as the engine does. With a report it also takes over the report&apos;s temperature and rejection threshold; with the checkpoint before pruning as reference it shows which answers became others.</source>
        <translation>写出设备所需的唯一文件，并证明边缘运行时的回答与引擎一致。若接入报告，还会采用报告中的温度和拒识阈值；若以剪枝前的检查点为参照，会显示哪些答案变了。</translation>
    </message>
    <message>
        <source>Added to the second derivative of every weight. The larger it is, the more magnitude decides.</source>
        <translation>加到每个权重的二阶导数上。数值越大，幅值的影响越大。</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>块大小</translation>
    </message>
    <message>
        <source>Damping</source>
        <translation>阻尼</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度数</translation>
    </message>
    <message>
        <source>Measuring inputs</source>
        <translation>正在测量输入</translation>
    </message>
    <message>
        <source>Measuring second derivatives</source>
        <translation>正在测量二阶导数</translation>
    </message>
    <message>
        <source>The calibration sentences are cut into so many parts, each of which gives a gradient.</source>
        <translation>校准句子分成这么多份，每份给出一个梯度。</translation>
    </message>
    <message>
        <source>Wanda</source>
        <translation>Wanda（输入加权）</translation>
    </message>
    <message>
        <source>Weights beside each other in a row whose second derivatives are known together. Takes about twice as many bytes for every weight of the model.</source>
        <translation>一行中相邻且一起计算二阶导数的权重数。模型的每个权重约占此数两倍的字节。</translation>
    </message>
    <message>
        <source>oBERT</source>
        <translation>oBERT（二阶）</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>个权重</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>个梯度</translation>
    </message>
    <message>
        <source>measurements</source>
        <translation>次测量</translation>
    </message>
    <message>
        <source>Measuring layers</source>
        <translation>正在逐层测量</translation>
    </message>
    <message>
        <source>Movement</source>
        <translation>移动量</translation>
    </message>
    <message>
        <source>Training sentences to measure on. What they do not use seems unimportant, so take many. Gradual recovery measures again every epoch. 0: all.</source>
        <translation>用于测量的训练句子数。它们没有用到的权重会显得不重要，所以要多取一些。渐进恢复时每轮重新测量。0：全部。</translation>
    </message>
    <message>
        <source>What makes a weight important. LAMP weighs magnitudes so that layers of different scale compete fairly. Measured on training sentences: Taylor, how much the loss changes without the weight; Wanda, its magnitude times the size of its inputs, compared within each output; oBERT, how much the loss grows by second derivatives when the weights beside it make up for it, which they do. Movement: how far training moves it away from zero; with gradual recovery only. Random is a baseline.</source>
        <translation>权重的重要性由什么决定。LAMP 对幅值加权，使尺度不同的层公平竞争。在训练句子上测量的有：泰勒展开，去掉该权重时损失的变化；Wanda，幅值乘以其输入的大小，在每个输出内比较；oBERT，由二阶导数得出的、相邻权重补偿之后损失的增加（补偿会真正进行）。移动量：训练使权重离开零的程度，仅用于渐进恢复。随机是基线。</translation>
    </message>
    <message>
        <source>8-bit integers with a scale a row, or with one for each group of inputs; 4-bit integers, which take less room and are less exact; or 32-bit floating point.</source>
        <translation>8 位整数，每行一个缩放系数，或每组输入各有一个；4 位整数，占用更小、精度更低；或 32 位浮点数。</translation>
    </message>
    <message>
        <source>8-bit integers with a scale a row, or with one for each group of inputs; or 4-bit integers, which take less room and are less exact.</source>
        <translation>8 位整数，每行一个缩放系数，或每组输入各有一个；或 4 位整数，占用更小、精度更低。</translation>
    </message>
    <message>
        <source>Accuracy lost</source>
        <translation>准确率损失</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活值</translation>
    </message>
    <message>
        <source>As quantised, else int8</source>
        <translation>按检查点的量化方式，否则 int8</translation>
    </message>
    <message>
        <source>As the weights</source>
        <translation>与权重相同</translation>
    </message>
    <message>
        <source>Calibrated</source>
        <translation>预先校准</translation>
    </message>
    <message>
        <source>Calibrating activations</source>
        <translation>正在校准激活值</translation>
    </message>
    <message>
        <source>Columns that each layer&apos;s feed-forward part keeps: a number, a share such as 50%, or all.</source>
        <translation>每层前馈部分保留的列：数目、比例（如 50%），或 all（全部）。</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>覆盖比例</translation>
    </message>
    <message>
        <source>Cut vocabulary</source>
        <translation>裁剪词表</translation>
    </message>
    <message>
        <source>Filters that a TextCNN keeps of each width: a number, a share such as 50%, or all.</source>
        <translation>TextCNN 每种宽度保留的卷积核：数目、比例（如 50%），或 all（全部）。</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组大小</translation>
    </message>
    <message>
        <source>Head size</source>
        <translation>注意力头大小</translation>
    </message>
    <message>
        <source>Heads that each attention layer keeps: a number, a share such as 50%, or all.</source>
        <translation>每个注意力层保留的注意力头：数目、比例（如 50%），或 all（全部）。</translation>
    </message>
    <message>
        <source>Inputs that share a scale, where the scale is one of a group. Smaller groups are more exact, and take more room.</source>
        <translation>按组缩放时，共用一个缩放系数的输入数。组越小越精确，占用也越大。</translation>
    </message>
    <message>
        <source>Layers of a Transformer that stay, from the first on: a number, a share such as 50%, or all.</source>
        <translation>Transformer 从第一层起保留的层：数目、比例（如 50%），或 all（全部）。</translation>
    </message>
    <message>
        <source>Layers of a recurrent model that stay, from the first on: a number, a share such as 50%, or all.</source>
        <translation>循环模型从第一层起保留的层：数目、比例（如 50%），或 all（全部）。</translation>
    </message>
    <message>
        <source>Leaves out tokens that the training part hardly uses, with their rows of the embedding table. Whole words become unknown; parts of words are spelt with smaller ones.</source>
        <translation>去掉训练集很少用到的词元及其在嵌入表中的行。整词变为未知；子词则由更小的片段拼出。</translation>
    </message>
    <message>
        <source>Measured on the device</source>
        <translation>在设备上测量</translation>
    </message>
    <message>
        <source>Measuring a candidate</source>
        <translation>正在测量候选方案</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>Numbers inside a head. 0: the hidden size divided by the heads.</source>
        <translation>每个注意力头内的数的个数。0 表示隐藏大小除以头数。</translation>
    </message>
    <message>
        <source>Numbers that describe one token in every layer. A multiple of the heads, unless these have a size of their own.</source>
        <translation>每一层用多少个数描述一个词元，须为注意力头数的倍数，除非注意力头另有自己的大小。</translation>
    </message>
    <message>
        <source>Package size</source>
        <translation>软件包大小</translation>
    </message>
    <message>
        <source>Quantize</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Recurrent layers</source>
        <translation>循环层数</translation>
    </message>
    <message>
        <source>Rounds the weights to few bits, and can train on under that rounding, so that the model learns to live with it. Package then stores just these weights.</source>
        <translation>把权重舍入到少数几位，并可在这种舍入下继续训练，让模型适应它。随后“打包”存储的正是这些权重。</translation>
    </message>
    <message>
        <source>Running the recommended nodes</source>
        <translation>正在运行推荐的节点</translation>
    </message>
    <message>
        <source>Share, in per cent, of the rows whose largest value the range covers. Below 100 rare outliers are cut off, and the others are rounded less.</source>
        <translation>范围覆盖其最大值的行所占的百分比。低于 100 时，少见的离群值会被截断，其余数值的舍入误差更小。</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Store pruned weights as a mask, and quantised weights entropy-coded, where that makes the file smaller.</source>
        <translation>在能使文件更小的地方，把剪枝后的权重存为掩码，把量化后的权重做熵编码。</translation>
    </message>
    <message>
        <source>Tables of which a sentence reads a few rows. They are most of a small model.</source>
        <translation>每个句子只读取其中几行的表。小模型的大部分就是它们。</translation>
    </message>
    <message>
        <source>Takes whole heads, feed-forward columns, filters, units, layers or positions out, and can train the rest on. What remains is a smaller dense model, with less to compute on every device.</source>
        <translation>整块去掉注意力头、前馈列、卷积核、单元、层或位置，并可继续训练其余部分。剩下的是一个更小的稠密模型，在任何设备上计算量都更少。</translation>
    </message>
    <message>
        <source>The same seed takes out the same parts.</source>
        <translation>相同的种子去掉相同的部分。</translation>
    </message>
    <message>
        <source>Tokens of a sentence that the model can read afterwards; the rest is cut. A number, a share such as 50%, fit (as many as the longest training sentence has), or all.</source>
        <translation>模型此后能读入的句子词元数，超出部分被截断。可写数目、比例（如 50%）、fit（与最长的训练句子相同），或 all（全部）。</translation>
    </message>
    <message>
        <source>Tokens seen less often in the training part go. Special tokens stay, and what others are spelt with.</source>
        <translation>训练集中出现次数更少的词元将被去掉。特殊词元以及用来拼写其他词元的片段保留。</translation>
    </message>
    <message>
        <source>Train on with every step&apos;s weights rounded as the package will hold them; the same with the model before rounding as the teacher; or round and do no more.</source>
        <translation>继续训练，每一步都使用与打包后完全相同的舍入权重；或同时以舍入前的模型为教师；或只做舍入。</translation>
    </message>
    <message>
        <source>Train on with the smaller vocabulary, or stop after the cut.</source>
        <translation>用较小的词表继续训练，或在裁剪后停止。</translation>
    </message>
    <message>
        <source>Train the smaller model on; the same with the model before as the teacher; or leave it as it is.</source>
        <translation>继续训练缩小后的模型；或同时以缩小前的模型为教师；或保持原样。</translation>
    </message>
    <message>
        <source>Training a candidate</source>
        <translation>正在训练候选方案</translation>
    </message>
    <message>
        <source>Training sentences to measure on. What they do not use seems unimportant, so take many. 0: all.</source>
        <translation>用于测量的训练句数。这些句子没有用到的权重会显得不重要，因此宜多取。0：全部。</translation>
    </message>
    <message>
        <source>Training sentences to measure the ranges on.</source>
        <translation>用来测量范围的训练句子数。</translation>
    </message>
    <message>
        <source>Units that each direction of a recurrent layer keeps: a number, a share such as 50%, or all.</source>
        <translation>循环层每个方向保留的单元：数目、比例（如 50%），或 all（全部）。</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>What flows between layers is rounded to 8 bits for products: by the range of each row, measured on the device, or by one range a layer, calibrated here.</source>
        <translation>层间流动的数值在做乘积时舍入到 8 位：按每一行的范围（在设备上测量），或每层一个在此校准好的范围。</translation>
    </message>
    <message>
        <source>What makes a head, column, filter or unit important. Taylor is how much the loss changes without it, measured on training sentences. Magnitude is the norm of its weights. Random is a baseline.</source>
        <translation>注意力头、列、卷积核或单元的重要性如何评定。泰勒展开是去掉它后损失的变化量，在训练句子上测量。幅值是其权重的范数。随机用作基线。</translation>
    </message>
    <message>
        <source>What the answers of the model before this node count in the loss; the labels have the rest.</source>
        <translation>本节点之前的模型的回答在损失中所占的份额；其余归标签。</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>个输入</translation>
    </message>
    <message>
        <source>int4 in groups</source>
        <translation>int4，按组缩放</translation>
    </message>
    <message>
        <source>int8 in groups</source>
        <translation>int8，按组缩放</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>Preparing another model</source>
        <translation>正在准备另一个模型</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Time a sentence</source>
        <translation>每句耗时</translation>
    </message>
</context>
<context>
    <name>devices</name>
    <message>
        <source>Out of scope</source>
        <translation>域外</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>A value cannot be used</source>
        <translation>某个值无法使用</translation>
    </message>
    <message>
        <source>Something is not there</source>
        <translation>找不到所需内容</translation>
    </message>
    <message>
        <source>A file or message cannot be read</source>
        <translation>文件或消息无法解析</translation>
    </message>
    <message>
        <source>A file could not be read or written</source>
        <translation>文件读写失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>This is not supported here</source>
        <translation>此处不支持</translation>
    </message>
    <message>
        <source>The connection failed</source>
        <translation>连接失败</translation>
    </message>
    <message>
        <source>The device&apos;s host key is not known yet</source>
        <translation>设备的主机密钥尚未登记</translation>
    </message>
    <message>
        <source>The device&apos;s host key has changed</source>
        <translation>设备的主机密钥已改变</translation>
    </message>
    <message>
        <source>The device refused the sign-in</source>
        <translation>设备拒绝登录</translation>
    </message>
    <message>
        <source>A step failed on the device</source>
        <translation>设备上的某个步骤失败</translation>
    </message>
    <message>
        <source>Something went wrong inside Espalier</source>
        <translation>Espalier 内部出错</translation>
    </message>
    <message>
        <source>The package does not answer as it should</source>
        <translation>软件包的回答与应有的不一致</translation>
    </message>
</context>
<context>
    <name>espalier::Actions</name>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>清空此列表</translation>
    </message>
    <message>
        <source>&amp;New pipeline</source>
        <translation>新建流水线(&amp;N)</translation>
    </message>
    <message>
        <source>New from &amp;data...</source>
        <translation>从数据新建(&amp;D)...</translation>
    </message>
    <message>
        <source>Open the sam&amp;ple</source>
        <translation>打开示例(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Open...</source>
        <translation>打开(&amp;O)...</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as...</source>
        <translation>另存为(&amp;A)...</translation>
    </message>
    <message>
        <source>&amp;Close project</source>
        <translation>关闭项目(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Restart the &amp;engine</source>
        <translation>重启引擎(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Problems</source>
        <translation>问题(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>日志(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About Espalier</source>
        <translation>关于 Espalier(&amp;A)</translation>
    </message>
    <message>
        <source>Run the pipeline; what is up to date is not run again (%1)</source>
        <translation>运行流水线；已是最新的部分不会重新运行（%1）</translation>
    </message>
    <message>
        <source>Stop the run (%1)</source>
        <translation>停止运行（%1）</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Recent</source>
        <translation>最近的项目(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>语言(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>&amp;Import settings...</source>
        <translation>导入设置(&amp;I)...</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>数据(&amp;D)</translation>
    </message>
    <message>
        <source>Show data</source>
        <translation>查看数据</translation>
    </message>
    <message>
        <source>Import settings...</source>
        <translation>导入设置...</translation>
    </message>
    <message>
        <source>S&amp;torage...</source>
        <translation>存储(&amp;T)...</translation>
    </message>
</context>
<context>
    <name>espalier::AnswerCard</name>
    <message>
        <source>No label</source>
        <translation>无标签</translation>
    </message>
</context>
<context>
    <name>espalier::CandidateTable</name>
    <message>
        <source>%1 ± %2</source>
        <translation>%1 ± %2</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Points lost</source>
        <translation>损失百分点</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>每句耗时</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Bold: recommended. Grey: another one is as small and as accurate, or better</source>
        <translation>粗体：推荐。灰色：另有方案大小和准确率都不逊于它</translation>
    </message>
    <message>
        <source>✗: over the budget. (✗): over it, but within noise</source>
        <translation>✗：超出预算。(✗)：超出，但在噪声范围内</translation>
    </message>
    <message>
        <source>Of validation accuracy, with half its 95 % interval</source>
        <translation>验证准确率的损失，附 95&#xa0;% 区间的一半</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选方案</translation>
    </message>
</context>
<context>
    <name>espalier::CanvasActions</name>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>创建副本(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>重命名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Run to here</source>
        <translation>运行到此处(&amp;R)</translation>
    </message>
    <message>
        <source>Tidy &amp;up</source>
        <translation>整理布局(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Fit to window</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>A&amp;ctual size</source>
        <translation>实际大小(&amp;C)</translation>
    </message>
</context>
<context>
    <name>espalier::CanvasHint</name>
    <message>
        <source>From a file of sentences to a device</source>
        <translation>从一个句子文件到一台设备</translation>
    </message>
    <message>
        <source>Open the &amp;sample</source>
        <translation>打开示例(&amp;S)</translation>
    </message>
    <message>
        <source>Open a &amp;file…</source>
        <translation>打开文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Drop a file of labelled sentences anywhere on the window and get a whole pipeline for it, or drag the first node from the list on the left.</source>
        <translation>将带标注的句子文件拖到窗口任意位置即可得到完整的流水线，或从左侧列表拖入第一个节点。</translation>
    </message>
</context>
<context>
    <name>espalier::CheckList</name>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Processor features</source>
        <translation>处理器特性</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Shell tools</source>
        <translation>Shell 工具</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Not tested yet. Test finds out what the device is and whether it has what a release needs.</source>
        <translation>尚未测试。“测试”会查明设备的情况，以及它是否具备发布版本所需的条件。</translation>
    </message>
    <message>
        <source>Asking the device...</source>
        <translation>正在询问设备...</translation>
    </message>
    <message>
        <source>The device could not be tested.</source>
        <translation>无法测试该设备。</translation>
    </message>
    <message>
        <source>Ready to take a release.</source>
        <translation>可以接收发布版本。</translation>
    </message>
    <message>
        <source>Not ready: a check did not pass.</source>
        <translation>未就绪：有检查未通过。</translation>
    </message>
</context>
<context>
    <name>espalier::ClassCountModel</name>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>分布</translation>
    </message>
</context>
<context>
    <name>espalier::ClassScoreModel</name>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>句子数</translation>
    </message>
    <message>
        <source>The true label</source>
        <translation>真实标签</translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall</source>
        <translation>精确率与召回率的调和平均</translation>
    </message>
    <message>
        <source>Of those predicted as this class, the share that are</source>
        <translation>预测为该类的句子中确实属于该类的比例</translation>
    </message>
    <message>
        <source>Of those that are this class, the share found</source>
        <translation>属于该类的句子中被找出的比例</translation>
    </message>
    <message>
        <source>Sentences whose true label it is</source>
        <translation>真实标签为该类的句子数</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Entities</source>
        <translation>实体</translation>
    </message>
    <message>
        <source>The type of entity</source>
        <translation>实体的类型</translation>
    </message>
    <message>
        <source>Entities of this type in the data</source>
        <translation>数据中该类型的实体数</translation>
    </message>
</context>
<context>
    <name>espalier::CompressionChoices</name>
    <message>
        <source>&amp;Model of</source>
        <translation>模型来自(&amp;M)</translation>
    </message>
    <message>
        <source>Me&amp;thod</source>
        <translation>方法(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Embeddings</source>
        <translation>嵌入(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Precision</source>
        <translation>精度(&amp;P)</translation>
    </message>
    <message>
        <source>Node whose model is compressed</source>
        <translation>被压缩模型所在的节点</translation>
    </message>
    <message>
        <source>Pruning method</source>
        <translation>剪枝方法</translation>
    </message>
    <message>
        <source>How embeddings are pruned</source>
        <translation>嵌入的剪枝方式</translation>
    </message>
    <message>
        <source>Precision of the package</source>
        <translation>软件包的精度</translation>
    </message>
    <message>
        <source>&amp;Score</source>
        <translation>评分(&amp;S)</translation>
    </message>
    <message>
        <source>Patter&amp;n</source>
        <translation>模式(&amp;N)</translation>
    </message>
    <message>
        <source>What makes a weight important</source>
        <translation>权重的重要性如何评定</translation>
    </message>
    <message>
        <source>Which weights fall together</source>
        <translation>哪些权重一起被剪去</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>model and method</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Own sparsity: %1</source>
        <translation>单独的稀疏度：%1</translation>
    </message>
    <message>
        <source>Excluded: %1</source>
        <translation>不剪枝：%1</translation>
    </message>
</context>
<context>
    <name>espalier::CompressionController</name>
    <message>
        <source>Prune to %1</source>
        <translation>剪枝到 %1</translation>
    </message>
    <message>
        <source>There is no edge runtime for this computer.</source>
        <translation>没有适用于本机的边缘运行时。</translation>
    </message>
</context>
<context>
    <name>espalier::CompressionPanel</name>
    <message>
        <source>Train a model first</source>
        <translation>请先训练模型</translation>
    </message>
    <message>
        <source>Here a trained model is made small: a slider takes weights away, and its size and measured accuracy stand beside it.</source>
        <translation>在这里缩小训练好的模型：用滑块去掉权重，旁边显示其大小和实测准确率。</translation>
    </message>
    <message>
        <source>Train the model</source>
        <translation>训练模型</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>&amp;Apply to pipeline</source>
        <translation>应用到流水线(&amp;A)</translation>
    </message>
    <message>
        <source>Sets the Prune node to this method and sparsity; fine-tuning there wins accuracy back</source>
        <translation>将剪枝节点设为此方法和稀疏度；在那里微调可恢复准确率</translation>
    </message>
    <message>
        <source>reading the model…</source>
        <translation>正在读取模型…</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>各层</translation>
    </message>
    <message>
        <source>Flips</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>Answers that compression changed</source>
        <translation>被压缩改变的答案</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Tokens that a smaller vocabulary leaves out</source>
        <translation>较小词表会去掉的词元</translation>
    </message>
    <message>
        <source>Layers, flips and vocabulary</source>
        <translation>各层、翻转和词表</translation>
    </message>
</context>
<context>
    <name>espalier::CompressionReadout</name>
    <message>
        <source>≈ %1</source>
        <translation>≈ %1</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>估计值</translation>
    </message>
    <message>
        <source>at the last measured position</source>
        <translation>最近一次测量位置的值</translation>
    </message>
    <message>
        <source>measured when the hand rests</source>
        <translation>停手后测量</translation>
    </message>
    <message>
        <source>%1 bytes, measured</source>
        <translation>%1 字节，实测</translation>
    </message>
    <message>
        <source>%1 ×</source>
        <comment>ratio</comment>
        <translation>%1 倍</translation>
    </message>
    <message>
        <source>larger than dense fp32 (%1)</source>
        <translation>大于稠密 fp32（%1）</translation>
    </message>
    <message>
        <source>smaller than dense fp32 (%1)</source>
        <translation>小于稠密 fp32（%1）</translation>
    </message>
    <message>
        <source>the dense model is measured next</source>
        <translation>接下来测量稠密模型</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 个百分点</translation>
    </message>
    <message>
        <source>against the dense model (%1)</source>
        <translation>相对于稠密模型（%1）</translation>
    </message>
    <message>
        <source>Package size</source>
        <translation>软件包大小</translation>
    </message>
    <message>
        <source>Times smaller</source>
        <translation>缩小倍数</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>验证准确率</translation>
    </message>
    <message>
        <source>Change of accuracy</source>
        <translation>准确率变化</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>Measuring on the validation part</source>
        <translation>正在验证集上测量</translation>
    </message>
    <message>
        <source>measured next</source>
        <translation>接着测量</translation>
    </message>
    <message>
        <source>Time a sentence</source>
        <translation>每句耗时</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1 to %2 (95 %), on %3 sentences</source>
        <translation>%1 至 %2（95&#xa0;%），%3 句</translation>
    </message>
    <message>
        <source>measured on %1 sentences</source>
        <translation>在 %1 个句子上实测</translation>
    </message>
    <message>
        <source>Measured on the validation part, with its 95 % interval</source>
        <translation>在验证集上测得，附 95&#xa0;% 置信区间</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>Median in the edge runtime on %1, one thread</source>
        <translation>边缘运行时在 %1 上的中位数，单线程</translation>
    </message>
    <message>
        <source>Largest resident memory of the edge runtime on %1</source>
        <translation>边缘运行时在 %1 上的最大常驻内存</translation>
    </message>
    <message>
        <source>%1, on %2</source>
        <translation>%1，%2 测得</translation>
    </message>
    <message>
        <source>on %1</source>
        <translation>%1 测得</translation>
    </message>
    <message>
        <source>dense %1, on %2</source>
        <translation>稠密 %1，%2 测得</translation>
    </message>
</context>
<context>
    <name>espalier::ConfusionMatrixView</name>
    <message>
        <source>Predicted →</source>
        <translation>预测 →</translation>
    </message>
    <message>
        <source>Truth ↓</source>
        <translation>真实 ↓</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Truth: %1. Predicted: %2. %3 of %4 sentences (%5)</source>
        <translation>真实：%1。预测：%2。%4 个句子中的 %3 个（%5）</translation>
    </message>
</context>
<context>
    <name>espalier::CurvePlot</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2 (smoothed %3)</source>
        <translation>%1：%2（平滑后 %3）</translation>
    </message>
</context>
<context>
    <name>espalier::CurveToolbar</name>
    <message>
        <source>Show or hide: %1</source>
        <translation>显示或隐藏：%1</translation>
    </message>
    <message>
        <source>Show curve: %1</source>
        <translation>显示曲线：%1</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Smoothing: %1 epochs</source>
        <translation>平滑：%1 轮</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>对数坐标</translation>
    </message>
    <message>
        <source>Show all points (double click in the plot)</source>
        <translation>显示所有点（在图中双击）</translation>
    </message>
    <message>
        <source>Show all points</source>
        <translation>显示所有点</translation>
    </message>
    <message>
        <source>Copy or save the curves</source>
        <translation>复制或保存曲线</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>复制为图片</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>另存为 PNG…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>另存为 SVG…</translation>
    </message>
</context>
<context>
    <name>espalier::DataController</name>
    <message>
        <source>The pipeline has no tokenizer.</source>
        <translation>流水线中没有分词器。</translation>
    </message>
</context>
<context>
    <name>espalier::DataOverview</name>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Near repeats</source>
        <translation>近似重复</translation>
    </message>
    <message>
        <source>Also in train</source>
        <translation>训练集中也有</translation>
    </message>
    <message>
        <source>Rows whose text stands in an earlier row of the part, byte for byte</source>
        <translation>其文本与该部分中较早的某一行逐字节相同的行</translation>
    </message>
    <message>
        <source>The same, with case, Unicode form and white space ignored</source>
        <translation>同上，但忽略大小写、Unicode 形式和空白</translation>
    </message>
    <message>
        <source>Rows whose text stands in the training part too, ignoring the same: they flatter the figures. A Check node lists them.</source>
        <translation>其文本也出现在训练集中的行（忽略同样的差异）：它们会使指标虚高。“检查泄漏”节点会列出它们。</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>各部分</translation>
    </message>
    <message>
        <source>Scripts</source>
        <translation>各种文字</translation>
    </message>
</context>
<context>
    <name>espalier::DataPanel</name>
    <message>
        <source>Reading the data…</source>
        <translation>正在读取数据…</translation>
    </message>
    <message>
        <source>Everything is counted, over all rows.</source>
        <translation>统计涵盖所有行。</translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation>还没有数据</translation>
    </message>
    <message>
        <source>Bring a file of labelled sentences, and its classes, lengths, repeats and rows stand here.</source>
        <translation>导入一个带标签的句子文件，这里就会显示它的类别、长度、重复情况和各行内容。</translation>
    </message>
    <message>
        <source>New from data...</source>
        <translation>从数据新建...</translation>
    </message>
    <message>
        <source>The data could not be read</source>
        <translation>无法读取数据</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Set aside (%1)</source>
        <translation>搁置（%1）</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>Leaks (%1)</source>
        <translation>泄漏（%1）</translation>
    </message>
    <message>
        <source>Leaks</source>
        <translation>泄漏</translation>
    </message>
</context>
<context>
    <name>espalier::DeployFlow</name>
    <message>
        <source>Open a project first.</source>
        <translation>请先打开项目。</translation>
    </message>
    <message>
        <source>The pipeline has no Package node: there is nothing to deploy.</source>
        <translation>流水线中没有打包节点：没有可部署的内容。</translation>
    </message>
    <message>
        <source>A run is under way. Wait for its end.</source>
        <translation>正在运行，请等待结束。</translation>
    </message>
    <message>
        <source>Looking whether the package is up to date</source>
        <translation>正在检查软件包是否为最新</translation>
    </message>
    <message>
        <source>Running the pipeline up to the package</source>
        <translation>正在运行流水线直到打包</translation>
    </message>
    <message>
        <source>The pipeline has problems. Mend them first; they are listed under Problems.</source>
        <translation>流水线存在问题，请先解决；问题列在“问题”中。</translation>
    </message>
    <message>
        <source>The engine did not say where the package is.</source>
        <translation>引擎没有告知软件包的位置。</translation>
    </message>
</context>
<context>
    <name>espalier::DeviceChoice</name>
    <message>
        <source>this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Measure &amp;on</source>
        <translation>测量设备(&amp;O)</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Device that measures time and memory</source>
        <translation>测量耗时和内存的设备</translation>
    </message>
    <message>
        <source>Time and memory of every package are measured there, through SSH, in the edge runtime with one thread</source>
        <translation>每个软件包的耗时和内存都在该设备上通过 SSH 测量，使用单线程的边缘运行时</translation>
    </message>
</context>
<context>
    <name>espalier::DeviceController</name>
    <message>
        <source>The device list could not be read; it is left as it is.</source>
        <translation>无法读取设备列表；已保持原样。</translation>
    </message>
    <message>
        <source>Nothing was sent. Either the device was set up anew, or someone stands between you and it. Find out which before you go on.</source>
        <translation>没有发送任何内容。要么设备被重新安装过，要么有人介于你与设备之间。请先查明原因再继续。</translation>
    </message>
    <message>
        <source>Testing %1</source>
        <translation>正在测试 %1</translation>
    </message>
    <message>
        <source>%1 is ready to take a release.</source>
        <translation>%1 可以接收发布版本。</translation>
    </message>
    <message>
        <source>%1 is not ready.</source>
        <translation>%1 未就绪。</translation>
    </message>
    <message>
        <source>Deploying to %1</source>
        <translation>正在部署到 %1</translation>
    </message>
    <message>
        <source>%1 answers with the new release.</source>
        <translation>%1 已用新的发布版本应答。</translation>
    </message>
    <message>
        <source>Going back on %1</source>
        <translation>正在回滚 %1</translation>
    </message>
    <message>
        <source>%1 answers with the previous release.</source>
        <translation>%1 已用上一个发布版本应答。</translation>
    </message>
    <message>
        <source>Asking %1 for its releases</source>
        <translation>正在查询 %1 的发布版本</translation>
    </message>
    <message>
        <source>Nothing is deployed on this device yet.</source>
        <translation>此设备上尚未部署任何内容。</translation>
    </message>
</context>
<context>
    <name>espalier::DeviceForm</name>
    <message>
        <source>Private key</source>
        <translation>私钥</translation>
    </message>
    <message>
        <source>New device</source>
        <translation>新设备</translation>
    </message>
    <message>
        <source>Device %1</source>
        <translation>设备 %1</translation>
    </message>
    <message>
        <source>Any Linux machine that you can reach by SSH. It needs no root account, no Python and no internet.</source>
        <translation>任何可通过 SSH 访问的 Linux 机器。不需要 root 账户、Python 或互联网。</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Host name, address, or alias of your SSH configuration</source>
        <translation>主机名、地址，或 SSH 配置中的别名</translation>
    </message>
    <message>
        <source>What you call it</source>
        <translation>你对它的称呼</translation>
    </message>
    <message>
        <source>As your SSH configuration says</source>
        <translation>按 SSH 配置</translation>
    </message>
    <message>
        <source>The agent and your usual keys</source>
        <translation>代理和常用密钥</translation>
    </message>
    <message>
        <source>.espalier in the home folder</source>
        <translation>主目录中的 .espalier</translation>
    </message>
    <message>
        <source>Browse...</source>
        <translation>浏览...</translation>
    </message>
    <message>
        <source>Add device</source>
        <translation>添加设备</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>espalier::DeviceList</name>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Add...</source>
        <translation>添加...</translation>
    </message>
    <message>
        <source>Add a Linux machine that is reached by SSH</source>
        <translation>添加一台通过 SSH 访问的 Linux 机器</translation>
    </message>
    <message>
        <source>Edit...</source>
        <translation>编辑...</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove from the list; nothing is deleted on the device</source>
        <translation>从列表中移除；设备上的内容不会被删除</translation>
    </message>
</context>
<context>
    <name>espalier::DevicePrompts</name>
    <message>
        <source>Is this the right device?</source>
        <translation>这是正确的设备吗？</translation>
    </message>
    <message>
        <source>%1 (%2) was never reached from here before. This is its host key (%3):</source>
        <translation>此前从未从本机连接过 %1（%2）。它的主机密钥（%3）如下：</translation>
    </message>
    <message>
        <source>Compare it with the one the device shows for: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. No password or key is offered before you accept.</source>
        <translation>请与设备上运行 ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub 显示的结果比较。在你接受之前，不会提供任何密码或密钥。</translation>
    </message>
    <message>
        <source>Accept and remember</source>
        <translation>接受并记住</translation>
    </message>
    <message>
        <source>Do not connect</source>
        <translation>不连接</translation>
    </message>
    <message>
        <source>That was refused. Try again:</source>
        <translation>被拒绝了，请重试：</translation>
    </message>
    <message>
        <source>It is kept in memory until Espalier ends, and never written to disk.</source>
        <translation>它只保存在内存中，直到 Espalier 结束，绝不写入磁盘。</translation>
    </message>
</context>
<context>
    <name>espalier::DevicesPanel</name>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>未就绪</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>Deployed %1</source>
        <translation>部署于 %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Remove %1 from the list?</source>
        <translation>要从列表中移除 %1 吗？</translation>
    </message>
    <message>
        <source>Nothing is deleted on the device itself; it goes on answering.</source>
        <translation>设备上的内容不会被删除；它会继续应答。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Push the model with its runtime, test it there, and make it current</source>
        <translation>推送模型及其运行时，在设备上测试，并设为当前版本</translation>
    </message>
    <message>
        <source>Always there: releases run here as they do on a device</source>
        <translation>始终可用：发布版本在本机上的运行方式与设备上相同</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Find out what the device is and whether it has what a release needs</source>
        <translation>查明设备的情况，以及它是否具备发布版本所需的条件</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>发布版本</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
</context>
<context>
    <name>espalier::Drawer</name>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation>问题（%1）</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
</context>
<context>
    <name>espalier::EngineNotices</name>
    <message>
        <source>The engine is not running</source>
        <translation>引擎没有运行</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Training will be slow on this computer</source>
        <translation>在这台计算机上训练会很慢</translation>
    </message>
    <message>
        <source>Its matrix library reaches %1 GFLOP/s.</source>
        <translation>其矩阵库的速度为 %1 GFLOP/s。</translation>
    </message>
</context>
<context>
    <name>espalier::EvaluationDetailsView</name>
    <message>
        <source>Expected calibration error %1; with the temperature %2, fitted on the validation part, %3. %4</source>
        <translation>期望校准误差 %1；使用在验证集上拟合的温度 %2 后为 %3。%4</translation>
    </message>
    <message>
        <source>The report&apos;s probabilities are scaled.</source>
        <translation>报告中的概率已缩放。</translation>
    </message>
    <message>
        <source>The report&apos;s probabilities are not scaled.</source>
        <translation>报告中的概率未缩放。</translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>训练所得</translation>
    </message>
    <message>
        <source>Scaled</source>
        <translation>缩放后</translation>
    </message>
    <message>
        <source>Below %1 of %2 an answer is rejected: %3 of %4 out-of-scope sentences are, and accuracy falls from %5 to %6. AUROC %7.</source>
        <translation>当%1低于 %2 时拒绝回答：%4 个域外句子中有 %3 被拒绝，准确率从 %5 降到 %6。AUROC 为 %7。</translation>
    </message>
    <message>
        <source>the energy</source>
        <translation>能量</translation>
    </message>
    <message>
        <source>the probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>能量</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Class %1</source>
        <translation>类别 %1</translation>
    </message>
    <message>
        <source>%1 to %2 characters</source>
        <translation>%1 到 %2 个字符</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Out of scope</source>
        <translation>域外</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>切片</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Probability of the answer</source>
        <translation>预测的概率</translation>
    </message>
    <message>
        <source>Share that is right</source>
        <translation>正确的比例</translation>
    </message>
    <message>
        <source>Reliability curve</source>
        <translation>可靠性曲线</translation>
    </message>
    <message>
        <source>In-scope sentences rejected</source>
        <translation>被拒绝的域内句子</translation>
    </message>
    <message>
        <source>Out-of-scope sentences rejected</source>
        <translation>被拒绝的域外句子</translation>
    </message>
    <message>
        <source>ROC curve of the rejection</source>
        <translation>拒识的 ROC 曲线</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>切片</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>句子数</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Mean probability</source>
        <translation>平均概率</translation>
    </message>
    <message>
        <source>Accuracy of each slice</source>
        <translation>每个切片的准确率</translation>
    </message>
    <message>
        <source>Worst: wrong and sure</source>
        <translation>最差：错误且确信</translation>
    </message>
    <message>
        <source>Best: right and sure</source>
        <translation>最好：正确且确信</translation>
    </message>
    <message>
        <source>At random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Which sentences</source>
        <translation>哪些句子</translation>
    </message>
    <message>
        <source>Only where a sentence has one class.</source>
        <translation>仅适用于每个句子只有一个类别的情形。</translation>
    </message>
    <message>
        <source>No calibration</source>
        <translation>没有校准</translation>
    </message>
    <message>
        <source>This report was made without it. Evaluate again to measure whether the probabilities can be believed.</source>
        <translation>此报告未包含校准。请重新评估，以衡量概率是否可信。</translation>
    </message>
    <message>
        <source>No out-of-scope sentences</source>
        <translation>没有域外句子</translation>
    </message>
    <message>
        <source>Name a file of sentences that belong to no class in the Evaluate node, to choose a threshold below which an answer is rejected.</source>
        <translation>请在评估节点中指定一个不属于任何类别的句子文件，以选择拒绝回答的阈值。</translation>
    </message>
</context>
<context>
    <name>espalier::EvaluationView</name>
    <message>
        <source>on the test part</source>
        <translation>在测试集上</translation>
    </message>
    <message>
        <source>on the validation part</source>
        <translation>在验证集上</translation>
    </message>
    <message>
        <source>before this run</source>
        <translation>此次运行之前</translation>
    </message>
    <message>
        <source>mean over classes</source>
        <translation>各类别平均</translation>
    </message>
    <message numerus="yes">
        <source>%n classes</source>
        <translation>
            <numerusform>%n 个类别</numerusform>
        </translation>
    </message>
    <message>
        <source>Not evaluated yet</source>
        <translation>尚未评估</translation>
    </message>
    <message>
        <source>Accuracy, F1 of every class and the confusion matrix stand here once the model has been evaluated.</source>
        <translation>评估模型后，这里会显示准确率、各类别的 F1 和混淆矩阵。</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Macro-F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>句子数</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>混淆</translation>
    </message>
    <message>
        <source>Scores of each class</source>
        <translation>各类别得分</translation>
    </message>
    <message>
        <source>Previous mistake, larger</source>
        <translation>上一个（更多的）错误</translation>
    </message>
    <message>
        <source>Next mistake, smaller</source>
        <translation>下一个（更少的）错误</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>%1 → %2: %3 of %4 sentences, worst first</source>
        <translation>%1 → %2：%4 个句子中的 %3 个，最差的在前</translation>
    </message>
    <message>
        <source>95 %: %1 to %2</source>
        <translation>95&#xa0;%：%1 至 %2</translation>
    </message>
    <message>
        <source>Weighted F1 %1, micro-F1 %2</source>
        <translation>加权 F1 %1，微平均 F1 %2</translation>
    </message>
    <message>
        <source>Save all predictions as CSV</source>
        <translation>把全部预测保存为 CSV</translation>
    </message>
    <message>
        <source>Rows are true labels, columns predictions. Point at a cell to read it; choose it to list its sentences.</source>
        <translation>行为真实标签，列为预测。指向单元格可查看数值，选中可列出其句子。</translation>
    </message>
    <message>
        <source>Only where a sentence has one class.</source>
        <translation>仅适用于每个句子只有一个类别的情形。</translation>
    </message>
    <message>
        <source>All labels right</source>
        <translation>标签全部正确</translation>
    </message>
    <message>
        <source>labels from %1 on</source>
        <translation>概率不低于 %1 即给出标签</translation>
    </message>
    <message>
        <source>of %1 sentences</source>
        <translation>共 %1 个句子</translation>
    </message>
    <message>
        <source>Words tagged right</source>
        <translation>标注正确的词</translation>
    </message>
    <message>
        <source>precision %1, recall %2</source>
        <translation>精确率 %1，召回率 %2</translation>
    </message>
    <message numerus="yes">
        <source>mean over %n types</source>
        <translation>
            <numerusform>%n 个类型的平均</numerusform>
        </translation>
    </message>
    <message>
        <source>in %1 sentences</source>
        <translation>在 %1 个句子中</translation>
    </message>
    <message numerus="yes">
        <source>%1 → %2: %n sentences, worst first</source>
        <translation>
            <numerusform>%1 → %2：%n 个句子，最差的在前</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>espalier::FileEditor</name>
    <message>
        <source>No file</source>
        <translation>无文件</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Browse for a file</source>
        <translation>浏览文件</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation>表格 (*.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>espalier::FlipsView</name>
    <message>
        <source>No package compared yet</source>
        <translation>尚未比较任何软件包</translation>
    </message>
    <message>
        <source>Connect the checkpoint before pruning to the input Reference of Package, and run to there: the answers that compression changed stand here.</source>
        <translation>将剪枝前的检查点连到打包节点的“参照”输入并运行到该处：被压缩改变的答案会列在这里。</translation>
    </message>
    <message>
        <source>Class or length</source>
        <translation>类别或长度</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>句子数</translation>
    </message>
    <message>
        <source>Flips</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>期望答案</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>实际答案</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Flips by class and length</source>
        <translation>按类别和长度统计的翻转</translation>
    </message>
    <message>
        <source>Sentences that are answered otherwise</source>
        <translation>答案有变的句子</translation>
    </message>
    <message>
        <source>%1 of %2 pinned sentences flip.</source>
        <translation>%2 个固定句子中有 %1 个翻转。</translation>
    </message>
    <message>
        <source>%1 to %2 characters</source>
        <translation>%1 到 %2 个字符</translation>
    </message>
    <message>
        <source>Pinned: %1</source>
        <translation>固定：%1</translation>
    </message>
    <message>
        <source>Of the expected answer, before compression and now; sorts by what was lost</source>
        <translation>期望答案的概率，压缩前与现在；按损失排序</translation>
    </message>
    <message>
        <source>Choose one to see only its sentences</source>
        <translation>选择一项，只看它的句子</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Only flips of: %1</source>
        <translation>仅显示此项的翻转：%1</translation>
    </message>
    <message>
        <source>Only flips of: %1 (the worst %2 of %3 are kept)</source>
        <translation>仅显示此项的翻转：%1（只保留 %3 句中最严重的 %2 句）</translation>
    </message>
    <message>
        <source>%1 of %2 test sentences are answered otherwise than before compression. Right before: %3; right now: %4.</source>
        <translation>%2 个测试句子中有 %1 个的答案与压缩前不同：其中 %3 个原来正确，%4 个现在正确。</translation>
    </message>
    <message>
        <source>%1 of %2 validation sentences are answered otherwise than before compression. Right before: %3; right now: %4.</source>
        <translation>%2 个验证句子中有 %1 个的答案与压缩前不同：其中 %3 个原来正确，%4 个现在正确。</translation>
    </message>
</context>
<context>
    <name>espalier::FloorBar</name>
    <message>
        <source>Accuracy &amp;floor</source>
        <translation>准确率下限(&amp;F)</translation>
    </message>
    <message>
        <source>Names the smallest measured model that is at least so accurate. In the chart: drag the line, or use the arrows up and down</source>
        <translation>指出准确率不低于此值的最小已测模型。在图中可拖动此线，或用上下方向键</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Least accuracy in percent</source>
        <translation>最低准确率（百分比）</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>显示(&amp;W)</translation>
    </message>
    <message>
        <source>Goes to that model</source>
        <translation>转到该模型</translation>
    </message>
</context>
<context>
    <name>espalier::GainLine</name>
    <message>
        <source>Memory and speed: not measured. %1</source>
        <translation>内存与速度：未测量。%1</translation>
    </message>
    <message>
        <source>Memory and speed: not measured yet.</source>
        <translation>内存与速度：尚未测量。</translation>
    </message>
    <message>
        <source>Zeros make the package smaller to download and to store: %1 instead of %2.</source>
        <translation>置零的权重使软件包更小，便于下载和存储：%1，原为 %2。</translation>
    </message>
    <message>
        <source>Zeros make the package smaller to download and to store.</source>
        <translation>置零的权重使软件包更小，便于下载和存储。</translation>
    </message>
    <message>
        <source>Memory while running: %1 instead of %2. Speed: %3 (%4 a sentence), measured on %5; other devices may differ.</source>
        <translation>运行时内存：%1，原为 %2。速度：%3（每句 %4），在 %5 上测得；其他设备可能不同。</translation>
    </message>
</context>
<context>
    <name>espalier::GradualProposal</name>
    <message>
        <source>Pruning at once costs %1 points here, more than %2. Gradual pruning takes weights away while the model trains on, with the dense model as its teacher.</source>
        <translation>此处一次性剪枝损失 %1 个百分点，超过 %2。渐进剪枝在模型继续训练时逐步剪去权重，并以稠密模型为教师。</translation>
    </message>
    <message>
        <source>Prune &amp;gradually</source>
        <translation>渐进剪枝(&amp;G)</translation>
    </message>
    <message>
        <source>Sets the Prune node to this sparsity, with LAMP scores over all layers together and gradual recovery; run it to measure what that keeps</source>
        <translation>把“剪枝”节点设为此稀疏度，所有层一起按 LAMP 评分，并采用渐进恢复；运行后即可测得保留了多少准确率</translation>
    </message>
    <message>
        <source>This score is gathered while the model trains, so nothing can be measured before. Gradual pruning takes weights away meanwhile, with the dense model as its teacher.</source>
        <translation>此评分在模型训练时累积，因此事先无法测量。渐进剪枝在训练过程中逐步去掉权重，并以稠密模型为教师。</translation>
    </message>
    <message>
        <source>Sets the Prune node to these choices and this sparsity with gradual recovery; run it to measure what that keeps</source>
        <translation>把剪枝节点设为这些选项和此稀疏度并采用渐进恢复；运行它即可测量能保留多少</translation>
    </message>
</context>
<context>
    <name>espalier::ImportDialog</name>
    <message>
        <source>Choose a column</source>
        <translation>选择列</translation>
    </message>
    <message>
        <source>No file yet. Choose the training file on the left.</source>
        <translation>还没有文件。请在左侧选择训练文件。</translation>
    </message>
    <message>
        <source>A file is needed here.</source>
        <translation>这里需要一个文件。</translation>
    </message>
    <message>
        <source>Found: %1</source>
        <translation>检测到：%1</translation>
    </message>
    <message>
        <source>Importing once the files have been looked at…</source>
        <translation>文件检查完毕后即导入…</translation>
    </message>
    <message>
        <source>Looking at the files…</source>
        <translation>正在检查文件…</translation>
    </message>
    <message>
        <source>Import data</source>
        <translation>导入数据</translation>
    </message>
    <message>
        <source>How the files are read</source>
        <translation>文件的读取方式</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>espalier::ImportFindings</name>
    <message>
        <source>%1 (%2)</source>
        <comment>part, rows</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Use as: %1</source>
        <translation>用作：%1</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>First rows of the file</source>
        <translation>文件的前若干行</translation>
    </message>
</context>
<context>
    <name>espalier::ImportFlow</name>
    <message>
        <source>Import settings</source>
        <translation>导入设置</translation>
    </message>
</context>
<context>
    <name>espalier::Inspector</name>
    <message>
        <source>Choose a node to see what it does, change how it does it, and read its result.</source>
        <translation>选择一个节点，查看它的作用、修改它的参数、阅读它的结果。</translation>
    </message>
    <message>
        <source>Title of the node</source>
        <translation>节点标题</translation>
    </message>
    <message>
        <source>What this node is called on the canvas. Empty: the name of its type.</source>
        <translation>此节点在画布上的名称。留空：使用类型名。</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>This version does not know this type of node. It is kept in the project as it is.</source>
        <translation>此版本不认识这种节点。它会原样保留在项目中。</translation>
    </message>
</context>
<context>
    <name>espalier::JobProgress</name>
    <message>
        <source>about %1 left</source>
        <translation>剩余约 %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>espalier::LayerBars</name>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Sparsity of %1 in percent</source>
        <translation>%1 的稀疏度（百分比）</translation>
    </message>
</context>
<context>
    <name>espalier::LayerModel</name>
    <message>
        <source>stays dense</source>
        <translation>保持稠密</translation>
    </message>
    <message>
        <source>%1 is not pruned with these settings.</source>
        <translation>按这些设置，%1 不会被剪枝。</translation>
    </message>
    <message>
        <source>%1 keeps %2 of %3 weights: it is about to be emptied, and the model with it. Less sparsity, or the layer-wise method, spares it.</source>
        <translation>%1 只保留 %3 个权重中的 %2 个：它即将被清空，模型也随之失效。降低稀疏度或改用逐层方法可避免。</translation>
    </message>
    <message>
        <source>%1 keeps %2 of %3 weights.</source>
        <translation>%1 保留 %3 个权重中的 %2 个。</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>稠密</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>%1 pt</source>
        <translation>%1 点</translation>
    </message>
    <message>
        <source>Alone</source>
        <translation>单独</translation>
    </message>
    <message>
        <source>Points of accuracy lost when this layer alone is as sparse as it is here</source>
        <translation>只有这一层达到此处的稀疏度时损失的准确率（百分点）</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>不剪枝</translation>
    </message>
    <message>
        <source>It has a sparsity of its own, whatever the slider says.</source>
        <translation>它有单独的稀疏度，不随滑块变化。</translation>
    </message>
    <message>
        <source>Drag its bar, or type a figure, to give it a sparsity of its own.</source>
        <translation>拖动其条形或输入数值，即可为它单独设定稀疏度。</translation>
    </message>
    <message>
        <source>%1 is excluded from pruning.</source>
        <translation>%1 不参与剪枝。</translation>
    </message>
</context>
<context>
    <name>espalier::LayerTable</name>
    <message>
        <source>Sparsity of each layer</source>
        <translation>各层的稀疏度</translation>
    </message>
    <message>
        <source>About to be emptied: %1. Less than 1 % of the weights are kept there.</source>
        <translation>即将被清空：%1。那里保留的权重不到 1 %。</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>估计</translation>
    </message>
    <message numerus="yes">
        <source>%n with own sparsity</source>
        <translation>
            <numerusform>%n 层单独设定</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n excluded</source>
        <translation>
            <numerusform>%n 层不剪枝</numerusform>
        </translation>
    </message>
    <message>
        <source>A layer&apos;s own sparsity holds at every position of the slider, at 0 %, too.</source>
        <translation>单独设定的稀疏度在滑块的任何位置都有效，0 % 时也一样。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Takes the selected layer&apos;s own sparsity away: it follows the slider again</source>
        <translation>取消所选层单独的稀疏度：重新跟随滑块</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>不剪枝</translation>
    </message>
    <message>
        <source>Leaves the selected layer dense</source>
        <translation>使所选层保持稠密</translation>
    </message>
</context>
<context>
    <name>espalier::LeakTable</name>
    <message>
        <source>The same, byte for byte</source>
        <translation>逐字节相同</translation>
    </message>
    <message>
        <source>The same after normalisation: case, width or white space differ</source>
        <translation>规范化后相同：大小写、全半角或空白不同</translation>
    </message>
    <message>
        <source>The labels do not agree</source>
        <translation>标签不一致</translation>
    </message>
    <message>
        <source>No validation or test sentence stands in the training part.</source>
        <translation>没有验证或测试句子出现在训练集中。</translation>
    </message>
    <message>
        <source>%1 training rows were taken out because of them; they are numbered here as before.</source>
        <translation>因此移出了 %1 个训练行；此处仍按移出前编号。</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Training row</source>
        <translation>训练行</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Label in training</source>
        <translation>训练集中的标签</translation>
    </message>
    <message>
        <source>Sentences that also stand in the training part</source>
        <translation>同时出现在训练集中的句子</translation>
    </message>
    <message>
        <source>Choose one to see it among the rows.</source>
        <translation>选中一个即可在各行中查看。</translation>
    </message>
    <message>
        <source>%1: %2 of %3 sentences stand in the training part, %4 byte for byte, %5 with other labels.</source>
        <translation>%1：%3 个句子中有 %2 个出现在训练集中，%4 个逐字节相同，%5 个标签不同。</translation>
    </message>
</context>
<context>
    <name>espalier::LengthPlot</name>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Mean %1, median %2, 95 % are no longer than %3, the longest has %4.</source>
        <translation>平均 %1，中位数 %2，95&#xa0;% 不超过 %3，最长 %4。</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Unit of length</source>
        <translation>长度单位</translation>
    </message>
    <message>
        <source>Histogram of lengths</source>
        <translation>长度直方图</translation>
    </message>
</context>
<context>
    <name>espalier::MainWindow</name>
    <message>
        <source>About Espalier</source>
        <translation>关于 Espalier</translation>
    </message>
    <message>
        <source>A workbench in which one engineer trains, prunes and ships language models to small devices.</source>
        <translation>一个工作台：工程师一人即可训练、剪枝语言模型，并交付到小型设备。</translation>
    </message>
    <message>
        <source>Licence: GPL-3.0-or-later. Made with Qt %1, QCustomPlot and libssh; LibTorch in the engine.</source>
        <translation>许可证：GPL-3.0-or-later。使用 Qt %1、QCustomPlot 和 libssh；引擎使用 LibTorch。</translation>
    </message>
    <message>
        <source>A run is under way</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>Stop the run and close?</source>
        <translation>要停止运行并关闭吗？</translation>
    </message>
    <message>
        <source>It goes on from its last epoch when you run again.</source>
        <translation>再次运行时会从最后一轮继续。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
</context>
<context>
    <name>espalier::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>espalier::ModeBar</name>
    <message>
        <source>Pipeline</source>
        <translation>流水线</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>压缩</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Engine stopped</source>
        <translation>引擎已停止</translation>
    </message>
    <message>
        <source>Engine starting</source>
        <translation>引擎启动中</translation>
    </message>
    <message>
        <source>Engine ready</source>
        <translation>引擎就绪</translation>
    </message>
    <message>
        <source>Engine lost</source>
        <translation>引擎已断开</translation>
    </message>
    <message>
        <source>espalier-engine %1, %2 threads
%3: %4 GFLOP/s</source>
        <translation>espalier-engine %1，%2 线程
%3：%4 GFLOP/s</translation>
    </message>
</context>
<context>
    <name>espalier::NodePalette</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search node types</source>
        <translation>搜索节点类型</translation>
    </message>
    <message>
        <source>Node types</source>
        <translation>节点类型</translation>
    </message>
    <message>
        <source>Enter adds the type to the pipeline.</source>
        <translation>按回车将该类型加入流水线。</translation>
    </message>
</context>
<context>
    <name>espalier::OutlineTree</name>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Outline of the pipeline</source>
        <translation>流水线大纲</translation>
    </message>
    <message>
        <source>%1 ← %2</source>
        <translation>%1 ← %2</translation>
    </message>
    <message>
        <source>%1: no wire</source>
        <translation>%1：无连线</translation>
    </message>
    <message>
        <source>%1: no wire (optional)</source>
        <translation>%1：无连线（可选）</translation>
    </message>
    <message>
        <source>Has problems</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>&amp;Run to here</source>
        <translation>运行到此处(&amp;R)</translation>
    </message>
    <message>
        <source>D&amp;isconnect</source>
        <translation>断开连接(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
</context>
<context>
    <name>espalier::ParameterEditor</name>
    <message>
        <source>%1 (not on the list)</source>
        <translation>%1（不在列表中）</translation>
    </message>
    <message>
        <source>Choose a device</source>
        <translation>选择设备</translation>
    </message>
</context>
<context>
    <name>espalier::ParameterRow</name>
    <message>
        <source>Back to the default: %1</source>
        <translation>恢复默认值：%1</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>重置 %1</translation>
    </message>
</context>
<context>
    <name>espalier::PipelineModel</name>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Delete selection</source>
        <translation>删除所选</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>移动 %1</translation>
    </message>
    <message>
        <source>Move nodes</source>
        <translation>移动节点</translation>
    </message>
    <message>
        <source>Connect %1 to %2</source>
        <translation>将 %1 连接到 %2</translation>
    </message>
    <message>
        <source>Change %1 of %2</source>
        <translation>更改 %2 的%1</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>重命名 %1</translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>创建 %1 的副本</translation>
    </message>
    <message>
        <source>Duplicate nodes</source>
        <translation>创建节点副本</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>整理布局</translation>
    </message>
</context>
<context>
    <name>espalier::PipelinePage</name>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
</context>
<context>
    <name>espalier::PipelineView</name>
    <message>
        <source>Pipeline canvas</source>
        <translation>流水线画布</translation>
    </message>
    <message>
        <source>The pipeline as nodes and wires. Tab goes through the nodes; the outline holds the same as a list.</source>
        <translation>以节点和连线表示的流水线。按 Tab 键遍历节点；大纲以列表形式显示相同内容。</translation>
    </message>
</context>
<context>
    <name>espalier::PreviewModel</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Line %1 is set aside: %2</source>
        <translation>第 %1 行被搁置：%2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>name of a column and its role</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1: not used. Click to use it.</source>
        <translation>%1：未使用。单击即可使用。</translation>
    </message>
    <message>
        <source>%1 is read as: %2. Click to change that.</source>
        <translation>%1 读作：%2。单击可更改。</translation>
    </message>
    <message>
        <source>Column %1</source>
        <translation>第 %1 列</translation>
    </message>
</context>
<context>
    <name>espalier::ProblemsList</name>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>No problems: the pipeline can run.</source>
        <translation>没有问题：流水线可以运行。</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流水线</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1：%2 %3</translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation>错误：%1</translation>
    </message>
    <message>
        <source>Warning: %1</source>
        <translation>警告：%1</translation>
    </message>
    <message>
        <source>Problems of the pipeline will be listed here.</source>
        <translation>流水线的问题会列在这里。</translation>
    </message>
</context>
<context>
    <name>espalier::ProjectDocument</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Save in another folder</source>
        <translation>保存到其他文件夹</translation>
    </message>
</context>
<context>
    <name>espalier::ProjectFlow</name>
    <message>
        <source>%1 could not be opened</source>
        <translation>无法打开 %1</translation>
    </message>
    <message>
        <source>The sample could not be opened</source>
        <translation>无法打开示例</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Espalier projects (*.espalier)</source>
        <translation>Espalier 项目 (*.espalier)</translation>
    </message>
    <message>
        <source>Start from data</source>
        <translation>从数据开始</translation>
    </message>
    <message>
        <source>The project could not be saved</source>
        <translation>无法保存项目</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>保存项目</translation>
    </message>
    <message>
        <source>Save the project as</source>
        <translation>项目另存为</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Save the changes to %1?</source>
        <translation>要保存对 %1 的更改吗？</translation>
    </message>
    <message>
        <source>Changes that are not saved are lost.</source>
        <translation>未保存的更改将会丢失。</translation>
    </message>
    <message>
        <source>Unsaved changes to %1 were found</source>
        <translation>发现 %1 有未保存的更改</translation>
    </message>
    <message>
        <source>Espalier ended before they were saved (%1).</source>
        <translation>Espalier 在保存之前就结束了（%1）。</translation>
    </message>
    <message>
        <source>Restore them</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard them</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Images (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>%1 could not be saved</source>
        <translation>无法保存 %1</translation>
    </message>
    <message>
        <source>Data (*.csv *.tsv *.jsonl *.conll *.txt *.gz *.zst);;All files (*)</source>
        <translation>数据 (*.csv *.tsv *.jsonl *.conll *.txt *.gz *.zst);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Drawings (*.svg)</source>
        <translation>矢量图 (*.svg)</translation>
    </message>
</context>
<context>
    <name>espalier::PromptBridge</name>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Password of %1:</source>
        <translation>%1 的密码：</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Passphrase of the key %1:</source>
        <translation>密钥 %1 的口令：</translation>
    </message>
</context>
<context>
    <name>espalier::ReceiptView</name>
    <message>
        <source>Latency, median</source>
        <translation>延迟（中位数）</translation>
    </message>
    <message>
        <source>Latency, 95 of 100</source>
        <translation>延迟（第 95 百分位）</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>内存峰值</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>发布版本</translation>
    </message>
    <message>
        <source>Current release</source>
        <translation>当前发布版本</translation>
    </message>
    <message>
        <source>Previous release</source>
        <translation>上一个发布版本</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Deployed</source>
        <translation>部署时间</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>Package SHA-256</source>
        <translation>软件包 SHA-256</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>已上传</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1，用时 %2</translation>
    </message>
    <message>
        <source>nothing, the release was there already</source>
        <translation>无，发布版本已在设备上</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>自检</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>The device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Processor features</source>
        <translation>处理器特性</translation>
    </message>
    <message>
        <source>none that the runtime uses</source>
        <translation>没有运行时可用的特性</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1, of which %2 available</source>
        <translation>%1，其中 %2 可用</translation>
    </message>
    <message>
        <source>Free disk</source>
        <translation>可用磁盘空间</translation>
    </message>
    <message>
        <source>Test set, classified on the device</source>
        <translation>测试集（在设备上分类）</translation>
    </message>
    <message>
        <source>Macro-F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Self-test sentences, one at a time</source>
        <translation>自检句子（逐句）</translation>
    </message>
    <message>
        <source>Nothing was deployed to this device yet.
Deploy pushes the model with its runtime, tests it there, and brings back a receipt.</source>
        <translation>尚未向此设备部署任何内容。
“部署”会推送模型及其运行时，在设备上测试，并带回回执。</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测量项</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the whole receipt as text</source>
        <translation>将整个回执复制为文本</translation>
    </message>
    <message>
        <source>Answers timed</source>
        <translation>计时的回答数</translation>
    </message>
    <message>
        <source>Latency, 99 of 100</source>
        <translation>延迟（第 99 百分位）</translation>
    </message>
</context>
<context>
    <name>espalier::RecipeController</name>
    <message>
        <source>Stopped. What was found by then stands below.</source>
        <translation>已停止。下面是到那时为止找到的结果。</translation>
    </message>
    <message>
        <source>Apply recipe</source>
        <translation>应用方案</translation>
    </message>
</context>
<context>
    <name>espalier::RecipeView</name>
    <message>
        <source>Searching</source>
        <translation>正在搜索</translation>
    </message>
    <message>
        <source>Find a recipe</source>
        <translation>寻找方案</translation>
    </message>
    <message>
        <source>Pac&amp;kage at most</source>
        <translation>软件包上限(&amp;K)</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source> points</source>
        <translation> 个百分点</translation>
    </message>
    <message>
        <source>A senten&amp;ce at most</source>
        <translation>每句耗时上限(&amp;C)</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source>On the validation part, against the model as it is</source>
        <translation>在验证集上，与当前模型相比</translation>
    </message>
    <message>
        <source>Pruning at once comes first, without training; 0 leaves it at that</source>
        <translation>先尝试不训练的一次性剪枝；设为 0 则不再训练</translation>
    </message>
    <message>
        <source>Candidates to train, at most</source>
        <translation>最多训练的候选方案数</translation>
    </message>
    <message>
        <source>F&amp;ind a recipe</source>
        <translation>寻找方案(&amp;I)</translation>
    </message>
    <message>
        <source>App&amp;ly recipe</source>
        <translation>应用方案(&amp;L)</translation>
    </message>
    <message>
        <source>Puts these nodes with exactly these parameters into the pipeline, in one step that can be undone</source>
        <translation>把这些节点按这些参数原样放进流水线，一步即可撤销</translation>
    </message>
    <message>
        <source>Memor&amp;y at most</source>
        <translation>内存上限(&amp;Y)</translation>
    </message>
    <message>
        <source>T&amp;rainings at most</source>
        <translation>训练次数上限(&amp;R)</translation>
    </message>
    <message>
        <source>No search yet</source>
        <translation>尚未搜索</translation>
    </message>
    <message>
        <source>Say above what the model may cost. What meets it is measured here, first without training; the pipeline stays as it is until you apply a recipe.</source>
        <translation>请在上方设定模型的预算。系统会寻找并实测满足预算的方案，先试不需训练的；在您应用方案之前，流水线保持不变。</translation>
    </message>
    <message>
        <source>Tick one budget at least</source>
        <translation>请至少勾选一项上限</translation>
    </message>
    <message>
        <source>Points lost at m&amp;ost</source>
        <translation>准确率损失上限(&amp;O)</translation>
    </message>
    <message>
        <source>Measured on %1, in the edge runtime with one thread</source>
        <translation>在 %1 上用边缘运行时单线程测量</translation>
    </message>
</context>
<context>
    <name>espalier::ReleaseTable</name>
    <message>
        <source>current</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>rolled back: %1</source>
        <translation>已回滚：%1</translation>
    </message>
    <message>
        <source>No release lies on this device yet. Deploy puts the first one there.</source>
        <translation>此设备上还没有发布版本。“部署”会放置第一个。</translation>
    </message>
    <message>
        <source>Not asked yet. Refresh lists the releases that lie on the device.</source>
        <translation>尚未查询。“刷新”会列出设备上的发布版本。</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>发布版本</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>存放时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>发布版本</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>回滚</translation>
    </message>
    <message>
        <source>Make the previous release current again, after testing it</source>
        <translation>测试上一个发布版本后，将其重新设为当前版本</translation>
    </message>
</context>
<context>
    <name>espalier::RowsModel</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
</context>
<context>
    <name>espalier::RowsPanel</name>
    <message>
        <source>All labels</source>
        <translation>所有标签</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 行，共 %2 行</translation>
    </message>
    <message>
        <source>Search the sentences</source>
        <translation>搜索句子</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Tokenizing…</source>
        <translation>正在分词…</translation>
    </message>
</context>
<context>
    <name>espalier::RunConductor</name>
    <message>
        <source>Stopping...</source>
        <translation>正在停止...</translation>
    </message>
    <message>
        <source>The pipeline has problems that must be mended first.</source>
        <translation>流水线存在必须先解决的问题。</translation>
    </message>
    <message>
        <source>Starting the run</source>
        <translation>正在开始运行</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Run started</source>
        <translation>运行开始</translation>
    </message>
    <message>
        <source>up to date</source>
        <translation>已是最新</translation>
    </message>
    <message>
        <source>done in %1</source>
        <translation>完成，用时 %1</translation>
    </message>
    <message>
        <source>The run is done.</source>
        <translation>运行完成。</translation>
    </message>
    <message>
        <source>The run was stopped. Run again to go on from the last epoch.</source>
        <translation>运行已停止。再次运行会从最后一轮继续。</translation>
    </message>
    <message>
        <source>The run failed.</source>
        <translation>运行失败。</translation>
    </message>
    <message>
        <source>The run was interrupted.</source>
        <translation>运行被中断。</translation>
    </message>
    <message>
        <source>Run done</source>
        <translation>运行完成</translation>
    </message>
    <message>
        <source>Run ended</source>
        <translation>运行结束</translation>
    </message>
    <message>
        <source>The engine ended in the middle of the run</source>
        <translation>引擎在运行途中结束了</translation>
    </message>
    <message>
        <source>Your project is untouched. The run goes on where its last epoch ended.</source>
        <translation>你的项目完好无损。运行会从最后一轮结束处继续。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go to the device</source>
        <translation>转到设备</translation>
    </message>
    <message>
        <source>The run failed</source>
        <translation>运行失败</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 失败</translation>
    </message>
</context>
<context>
    <name>espalier::RunCurves</name>
    <message>
        <source>Validation scores</source>
        <translation>验证分数</translation>
    </message>
    <message>
        <source>Training accuracy</source>
        <translation>训练准确率</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Share labelled right</source>
        <translation>标注正确的比例</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>验证损失</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>Cross-entropy (nats)</source>
        <translation>交叉熵（奈特）</translation>
    </message>
    <message>
        <source>Tick runs that trained to draw their curves.</source>
        <translation>勾选训练过的运行以绘制其曲线。</translation>
    </message>
    <message>
        <source>On the validation part</source>
        <translation>在验证集上</translation>
    </message>
    <message>
        <source>On the training part</source>
        <translation>在训练集上</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
</context>
<context>
    <name>espalier::RunsView</name>
    <message>
        <source>These runs have the same parameters and results.</source>
        <translation>这些运行的参数和结果都相同。</translation>
    </message>
    <message>
        <source>Tick two runs or more to see in what they differ.</source>
        <translation>勾选两个或更多运行记录，即可查看它们的差异。</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>%1 was deleted.</source>
        <translation>已删除 %1。</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>还没有运行记录</translation>
    </message>
    <message>
        <source>Every training and evaluation is kept here, to be named and compared.</source>
        <translation>每次训练和评估都保存在这里，可以命名和比较。</translation>
    </message>
    <message>
        <source>Train the model</source>
        <translation>训练模型</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>分数</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Tick runs to compare them. F2 renames, Delete deletes. A pinned run keeps its model.</source>
        <translation>勾选运行记录以比较。F2 重命名，Delete 删除。固定的运行会保留其模型。</translation>
    </message>
    <message>
        <source>What differs between the runs</source>
        <translation>各次运行的差异</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>保存为 CSV</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>espalier::SensitivityBar</name>
    <message>
        <source>Progress of measuring each layer</source>
        <translation>逐层测量的进度</translation>
    </message>
    <message>
        <source>What each layer costs when it is pruned alone was not measured with this score and pattern.</source>
        <translation>尚未用此评分和模式测量单独剪枝每一层的代价。</translation>
    </message>
    <message>
        <source>Pruning each layer alone…</source>
        <translation>正在逐层单独剪枝…</translation>
    </message>
    <message>
        <source>Points: accuracy lost when a layer is pruned alone, on %1 validation sentences.</source>
        <translation>百分点：单独剪枝该层时在 %1 条验证句子上损失的准确率。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>&amp;Measure each layer</source>
        <translation>逐层测量(&amp;M)</translation>
    </message>
</context>
<context>
    <name>espalier::SentenceModel</name>
    <message>
        <source>Sentence</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>True label</source>
        <translation>真实标签</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
</context>
<context>
    <name>espalier::SentenceTable</name>
    <message>
        <source>Sentences with their predictions</source>
        <translation>句子及其预测</translation>
    </message>
</context>
<context>
    <name>espalier::SetAsideTable</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Rows set aside</source>
        <translation>搁置的行</translation>
    </message>
    <message>
        <source>No row was set aside.</source>
        <translation>没有行被搁置。</translation>
    </message>
    <message>
        <source>Rows set aside: %1, of which the first %2:</source>
        <translation>搁置的行：%1，以下是前 %2 行：</translation>
    </message>
    <message>
        <source>Rows set aside: %1</source>
        <translation>搁置的行：%1</translation>
    </message>
</context>
<context>
    <name>espalier::SparsitySlider</name>
    <message>
        <source>&amp;Sparsity</source>
        <translation>稀疏度(&amp;S)</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Sparsity in percent</source>
        <translation>稀疏度（百分比）</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>Share of the prunable weights set to zero. Arrows: 0.5 %, Page up and down: 10 %</source>
        <translation>被置零的可剪枝权重所占比例。方向键：0.5 %，上下翻页键：10 %</translation>
    </message>
</context>
<context>
    <name>espalier::StatusLine</name>
    <message numerus="yes">
        <source>%1 (and %n more)</source>
        <translation>
            <numerusform>%1（另有 %n 项）</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>剩余约 %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop what runs</source>
        <translation>停止当前运行的任务</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>espalier::StorageDialog</name>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Why it stays</source>
        <translation>保留原因</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Stored results</source>
        <translation>已存储的结果</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>Takes away results that no project in this folder, no pinned run and no running run needs. They can be made again.</source>
        <translation>移除此文件夹中的项目、固定的运行和正在进行的运行都不需要的结果。它们可以重新生成。</translation>
    </message>
    <message>
        <source>&amp;Limit</source>
        <translation>上限(&amp;L)</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>After a run, results that were not used for longest go until the rest fits.</source>
        <translation>运行结束后，最久未使用的结果会被移除，直到其余的不超过上限。</translation>
    </message>
    <message>
        <source>Nothing is stored yet.</source>
        <translation>尚未存储任何内容。</translation>
    </message>
    <message>
        <source>Clean up (%1)</source>
        <translation>清理（%1）</translation>
    </message>
    <message>
        <source>A pinned run</source>
        <translation>固定的运行</translation>
    </message>
    <message>
        <source>A run under way</source>
        <translation>正在进行的运行</translation>
    </message>
    <message>
        <source>A project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Unfinished work</source>
        <translation>未完成的工作</translation>
    </message>
    <message>
        <source>%1 were freed.</source>
        <translation>已释放 %1。</translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n results, all of them needed.</source>
        <translation>
            <numerusform>%n 个结果共 %1，全部需要保留。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n results; %2 of it can go.</source>
        <translation>
            <numerusform>%n 个结果共 %1，其中 %2 可以移除。</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>espalier::SweepController</name>
    <message>
        <source>%1 points, %2 of them measured before.</source>
        <translation>%1 个点，其中 %2 个以前测量过。</translation>
    </message>
    <message>
        <source>Stopped at %1 points, %2 of them measured before. Start again to go on.</source>
        <translation>已在 %1 个点处停止，其中 %2 个以前测量过。再次开始可继续。</translation>
    </message>
</context>
<context>
    <name>espalier::SweepView</name>
    <message>
        <source>Measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>%1 of accuracy in %2</source>
        <translation>准确率 %1，大小 %2</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Sparsities of this choice</source>
        <translation>当前设置的各稀疏度</translation>
    </message>
    <message>
        <source>Every score and method</source>
        <translation>所有评分与方法</translation>
    </message>
    <message>
        <source>Every pattern</source>
        <translation>所有模式</translation>
    </message>
    <message>
        <source>What the sweep measures</source>
        <translation>扫描的内容</translation>
    </message>
    <message>
        <source>Start s&amp;weep</source>
        <translation>开始扫描(&amp;W)</translation>
    </message>
    <message>
        <source>Measures the model over sparsities in the background, without training it; what was measured before is not measured again</source>
        <translation>在后台按不同稀疏度测量模型，不训练；以前测量过的不再测量</translation>
    </message>
    <message>
        <source>Accuracy by choice and sparsity</source>
        <translation>各设置与稀疏度下的准确率</translation>
    </message>
    <message>
        <source>Not everything could be measured: %1</source>
        <translation>部分组合无法测量：%1</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>尚无测量结果</translation>
    </message>
    <message>
        <source>A sweep measures accuracy and size at many sparsities, without training. Its figures stand here, its dots on the chart.</source>
        <translation>扫描在多个稀疏度下测量准确率和大小，不训练。数值列在这里，各点画在图上。</translation>
    </message>
</context>
<context>
    <name>espalier::TitleEditor</name>
    <message>
        <source>Title of the node</source>
        <translation>节点标题</translation>
    </message>
</context>
<context>
    <name>espalier::TokenCountModel</name>
    <message>
        <source>Token that goes</source>
        <translation>去掉的词元</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>出现次数</translation>
    </message>
</context>
<context>
    <name>espalier::TokenStrip</name>
    <message>
        <source>A token that is not in the sentence</source>
        <translation>不在句子中的词元</translation>
    </message>
    <message>
        <source>Stands for “%1”</source>
        <translation>对应“%1”</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Tokens of the chosen row</source>
        <translation>所选行的词元</translation>
    </message>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n 个词元</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>espalier::TradeoffChart</name>
    <message>
        <source>Accuracy and size</source>
        <translation>准确率与大小</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>验证准确率</translation>
    </message>
    <message>
        <source>Every measured sparsity becomes a dot here. Let the slider rest to measure one.</source>
        <translation>每个测量过的稀疏度在此显示为一个点。松开滑块即可测量。</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Show all points (double click in the plot)</source>
        <translation>显示所有点（在图中双击）</translation>
    </message>
    <message>
        <source>Show all points</source>
        <translation>显示所有点</translation>
    </message>
    <message>
        <source>Copy or save the chart</source>
        <translation>复制或保存图表</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>复制为图片</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>另存为 PNG…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>另存为 SVG…</translation>
    </message>
    <message>
        <source>hashed n-grams</source>
        <translation>哈希 n 元组</translation>
    </message>
    <message>
        <source>No model&apos;s %1 has been measured yet. Let the slider rest to measure one.</source>
        <translation>还没有测过任何模型的%1。松开滑块即可测量。</translation>
    </message>
    <message>
        <source>No measured model is so accurate.</source>
        <translation>没有已测模型达到此准确率。</translation>
    </message>
    <message>
        <source>Accuracy against</source>
        <translation>准确率对比</translation>
    </message>
    <message>
        <source>What accuracy is weighed against</source>
        <translation>与准确率权衡的量</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>Accuracy against %1</source>
        <translation>准确率与%1</translation>
    </message>
    <message numerus="yes">
        <source>%n not measured</source>
        <translation>
            <numerusform>%n 个未测量</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>espalier::TrainingPanel</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Cross-entropy (nats)</source>
        <translation>交叉熵（奈特）</translation>
    </message>
    <message>
        <source>The loss appears here with the first batches.</source>
        <translation>处理最初几批后，这里会显示损失。</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Share labelled right</source>
        <translation>标注正确的比例</translation>
    </message>
    <message>
        <source>The accuracy appears here after the first epoch.</source>
        <translation>第一轮之后，这里会显示准确率。</translation>
    </message>
    <message>
        <source>No training run yet</source>
        <translation>尚未训练</translation>
    </message>
    <message>
        <source>Loss and accuracy are drawn here while a model learns, and its evaluation stands beside them.</source>
        <translation>模型学习时，这里会绘出损失和准确率，旁边显示评估结果。</translation>
    </message>
    <message>
        <source>Train the model</source>
        <translation>训练模型</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>最佳轮次</translation>
    </message>
    <message>
        <source>Progress of the training run</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>The loss is no longer a number. Lower the learning rate of the Train node and run it again.</source>
        <translation>损失不再是数值。请降低训练节点的学习率后重新运行。</translation>
    </message>
    <message>
        <source>after the first epoch</source>
        <translation>第一轮之后</translation>
    </message>
    <message>
        <source>Best: epoch %1</source>
        <translation>最佳：第 %1 轮</translation>
    </message>
    <message>
        <source>Best: epoch %1, %2</source>
        <translation>最佳：第 %1 轮，%2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>trained</source>
        <translation>已训练</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>估计</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>is training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>finished early: no improvement any more</source>
        <translation>提前结束：不再有改善</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>was stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Training run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>weights kept</source>
        <translation>保留其权重</translation>
    </message>
    <message>
        <source>Accuracy and F1</source>
        <translation>准确率与 F1</translation>
    </message>
    <message>
        <source>Training accuracy</source>
        <translation>训练准确率</translation>
    </message>
    <message>
        <source>best, at epoch %1</source>
        <translation>最佳，第 %1 轮</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
</context>
<context>
    <name>espalier::TrainingPlace</name>
    <message>
        <source>Training of</source>
        <translation>训练节点</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>本次运行</translation>
    </message>
    <message>
        <source>Compare runs</source>
        <translation>比较运行</translation>
    </message>
</context>
<context>
    <name>espalier::TryItBox</name>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>Type a sentence and press Enter</source>
        <translation>输入一个句子并按回车</translation>
    </message>
    <message>
        <source>Sentence to classify</source>
        <translation>要分类的句子</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>The engine, here</source>
        <translation>本机引擎</translation>
    </message>
    <message>
        <source>Time in the engine</source>
        <translation>引擎内用时</translation>
    </message>
    <message>
        <source>The device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Time with the way to the device and back, and the start of the runtime there</source>
        <translation>包括往返设备以及在设备上启动运行时的用时</translation>
    </message>
    <message>
        <source>The trained model&apos;s answer appears here.</source>
        <translation>训练好的模型的回答会显示在这里。</translation>
    </message>
    <message>
        <source>The deployed model&apos;s answer appears here.</source>
        <translation>已部署模型的回答会显示在这里。</translation>
    </message>
</context>
<context>
    <name>espalier::TryItController</name>
    <message>
        <source>There is no trained model yet. Run the pipeline first.</source>
        <translation>还没有训练好的模型。请先运行流水线。</translation>
    </message>
    <message>
        <source>The model is not up to date with the pipeline. Run it first.</source>
        <translation>模型与流水线不同步。请先运行。</translation>
    </message>
</context>
<context>
    <name>espalier::VocabularyController</name>
    <message>
        <source>Cut the vocabulary</source>
        <translation>裁剪词表</translation>
    </message>
</context>
<context>
    <name>espalier::VocabularyView</name>
    <message>
        <source>No vocabulary to cut</source>
        <translation>没有可裁剪的词表</translation>
    </message>
    <message>
        <source>Counting tokens</source>
        <translation>正在统计词元</translation>
    </message>
    <message>
        <source>How often the training part uses each token of the vocabulary stands here, and what goes when rare ones are left out.</source>
        <translation>此处显示训练集使用词表中每个词元的次数，以及去掉罕见词元时会失去什么。</translation>
    </message>
    <message>
        <source>&amp;Keep tokens seen at least</source>
        <translation>保留至少出现(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Cut in pipeline</source>
        <translation>在流水线中裁剪(&amp;C)</translation>
    </message>
    <message>
        <source>Sets the Cut vocabulary node to this least frequency</source>
        <translation>把“裁剪词表”节点设为此最低频次</translation>
    </message>
    <message>
        <source>Search tokens that go</source>
        <translation>搜索去掉的词元</translation>
    </message>
    <message>
        <source>Tokens that go</source>
        <translation>去掉的词元</translation>
    </message>
    <message>
        <source>Share of the text&apos;s tokens that go, by the size of the vocabulary</source>
        <translation>随词表大小变化，文本中被去掉的词元比例</translation>
    </message>
    <message>
        <source>%1 of %2 tokens stay. Unknown are then %3 of the training part&apos;s tokens and %4 of the validation part&apos;s.</source>
        <translation>保留 %2 个词元中的 %1 个。此时训练集有 %3 的词元未知，验证集有 %4。</translation>
    </message>
    <message>
        <source>%1 of %2 tokens stay. Unknown or in smaller parts are then %3 of the training part&apos;s tokens and %4 of the validation part&apos;s.</source>
        <translation>保留 %2 个词元中的 %1 个。此时训练集有 %3 的词元未知或被拆得更小，验证集有 %4。</translation>
    </message>
    <message>
        <source>Training part</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>Validation part</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Tokens that stay</source>
        <translation>保留的词元数</translation>
    </message>
    <message>
        <source>Share that goes</source>
        <translation>被去掉的比例</translation>
    </message>
    <message>
        <source> ×</source>
        <comment>times</comment>
        <translation> 次的词元</translation>
    </message>
</context>
<context>
    <name>espalier::WelcomePage</name>
    <message>
        <source>Train a language model on your own sentences, prune it, and ship it to your devices.</source>
        <translation>用你自己的句子训练语言模型，剪枝，并交付到你的设备。</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <source>Smart-home commands in English and Chinese. Trains within a minute.</source>
        <translation>中英文智能家居指令，一分钟内即可训练完成。</translation>
    </message>
    <message>
        <source>Start from your data...</source>
        <translation>从你的数据开始...</translation>
    </message>
    <message>
        <source>Open a project...</source>
        <translation>打开项目...</translation>
    </message>
    <message>
        <source>An .espalier file.</source>
        <translation>.espalier 文件。</translation>
    </message>
    <message>
        <source>New empty pipeline</source>
        <translation>新建空流水线</translation>
    </message>
    <message>
        <source>Build it node by node.</source>
        <translation>逐个节点搭建。</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Labelled sentences as CSV, TSV, JSON Lines, CoNLL or fastText, or a folder a class. Or drop them on this window.</source>
        <translation>带标注的句子：CSV、TSV、JSON Lines、CoNLL 或 fastText 文件，或每类一个文件夹。也可以直接拖入此窗口。</translation>
    </message>
</context>
<context>
    <name>espalier::Workbench</name>
    <message>
        <source>A Prune node was added. Run to prune and fine-tune.</source>
        <translation>已添加剪枝节点。运行以剪枝并微调。</translation>
    </message>
    <message>
        <source>The Prune node was set. Run to prune and fine-tune.</source>
        <translation>已设置剪枝节点。运行以剪枝并微调。</translation>
    </message>
    <message>
        <source>The device list could not be read</source>
        <translation>无法读取设备列表</translation>
    </message>
    <message>
        <source>The recipe&apos;s nodes are in the pipeline. Run to make the package.</source>
        <translation>方案的节点已在流水线中。运行即可生成软件包。</translation>
    </message>
    <message>
        <source>A node Cut vocabulary was added. Run to cut and fine-tune.</source>
        <translation>已添加“裁剪词表”节点。运行即可裁剪并微调。</translation>
    </message>
    <message>
        <source>Cut vocabulary was set. Run to cut and fine-tune.</source>
        <translation>已设置“裁剪词表”节点。运行即可裁剪并微调。</translation>
    </message>
</context>
<context>
    <name>format</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Micro-F1</source>
        <translation>微平均 F1</translation>
    </message>
    <message>
        <source>Entity F1</source>
        <translation>实体 F1</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Validation micro-F1</source>
        <translation>验证微平均 F1</translation>
    </message>
    <message>
        <source>Validation entity F1</source>
        <translation>验证实体 F1</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>验证准确率</translation>
    </message>
</context>
</TS>
