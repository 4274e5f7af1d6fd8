// SPDX-License-Identifier: GPL-3.0-or-later
// TokenStrip: what the tokenizer makes of one sentence: a column a token, with its id and the bytes of the sentence that it stands for.
#pragma once

#include <QString>
#include <QWidget>

#include <cstdint>
#include <vector>

class QLabel;
class QTableWidget;

namespace espalier {

/// @c begin == @c end: a special token that is not in the sentence.
struct ShownToken {
    std::int64_t id = 0;
    QString token;
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t fileId = -1; ///< in the file that the tokenizer was loaded from; negative: it was learnt
};

class TokenStrip : public QWidget {
    Q_OBJECT

public:
    explicit TokenStrip(QWidget* parent = nullptr);

    /// @p text in UTF-8, which offsets count in bytes.
    void setTokens(const QByteArray& text, const std::vector<ShownToken>& tokens);
    /// In place of tokens: why there are none.
    void setMessage(const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    void addToken(int column, const ShownToken& token);
    void retranslate();

    QByteArray m_text;
    qsizetype m_count = -1; ///< of tokens; negative: a message is shown
    QLabel* m_title;
    QTableWidget* m_table;
};

} // namespace espalier
