// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for every node type, so that a new one is tested on the day it is listed.
#include "engine/graph/NodeCatalog.h"

#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace espalier;

Q_DECLARE_METATYPE(const espalier::NodeType*)

namespace {

bool stableId(const std::string& id)
{
    return QRegularExpression("^[a-z][a-z0-9_]*$").match(QString::fromStdString(id)).hasMatch();
}

template <typename T>
bool uniqueIds(const std::vector<T>& items)
{
    std::set<std::string> ids;
    for (const T& item : items)
        ids.insert(item.id);
    return ids.size() == items.size();
}

/// One choice box has one entry a value, and starts at one of them.
void checkChoices(const ParameterSpec& spec)
{
    QVERIFY(!spec.choices.empty());
    std::set<std::string> values;
    for (const ParameterChoice& choice : spec.choices) {
        QVERIFY(stableId(choice.value) && !choice.label.empty());
        values.insert(choice.value);
    }
    QCOMPARE(values.size(), spec.choices.size());
}

void checkCondition(const NodeType& type, const ParameterSpec& spec)
{
    const ParameterSpec* ruler = type.parameter(spec.shownWhen);
    QVERIFY2(ruler && ruler != &spec, spec.id.c_str());
    QVERIFY(!spec.shownValues.empty());
    for (const std::string& value : spec.shownValues)
        QVERIFY2(checkParameter(*ruler, value).ok(), value.c_str());
}

} // namespace

class tst_NodeCatalog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void idsAreUnique()
    {
        QVERIFY(uniqueIds(nodeCatalog().members()));
        QVERIFY(uniqueIds(portTypes().members()));
        for (const char* id : {"dataset", "split", "tokenizer", "model", "train", "prune", "evaluate", "package", "deploy"})
            QVERIFY2(nodeCatalog().find(id), id);
    }

    void everyType_data()
    {
        QTest::addColumn<const NodeType*>("type");
        for (const NodeType& type : nodeCatalog().members())
            QTest::newRow(type.id.c_str()) << &type;
    }

    void everyType()
    {
        QFETCH(const NodeType*, type);
        QVERIFY(stableId(type->id) && type->version >= 1);
        QVERIFY(!type->category.empty() && !type->label.empty() && !type->help.empty());
        QVERIFY(!type->outputs.empty());
        QVERIFY(uniqueIds(type->inputs) && uniqueIds(type->outputs) && uniqueIds(type->parameters));
        for (const auto* ports : {&type->inputs, &type->outputs})
            for (const PortSpec& port : *ports) {
                QVERIFY(stableId(port.id) && !port.label.empty());
                QVERIFY2(portTypes().find(port.type), port.type.c_str());
            }
    }

    void everyParameter_data() { everyType_data(); }

    void everyParameter()
    {
        QFETCH(const NodeType*, type);
        for (ParameterSpec spec : type->parameters) {
            QVERIFY2(stableId(spec.id) && !spec.label.empty() && !spec.help.empty(), spec.id.c_str());
            spec.required = false; // what the user must give has no default
            QVERIFY2(checkParameter(spec, spec.fallback).ok(), spec.id.c_str());
            QVERIFY2(spec.minimum <= spec.maximum && spec.step > 0, spec.id.c_str());
            if (spec.kind == ParameterKind::Choice)
                checkChoices(spec);
            if (!spec.shownWhen.empty())
                checkCondition(*type, *type->parameter(spec.id));
        }
    }

    /// Every port type is made by some node, and every input can be fed.
    void everyPortTypeHasASource()
    {
        std::set<std::string> made;
        for (const NodeType& type : nodeCatalog().members())
            for (const PortSpec& port : type.outputs)
                made.insert(port.type);
        for (const PortType& type : portTypes().members())
            QVERIFY2(made.contains(type.id), type.id.c_str());
    }

    void describesItself()
    {
        const Json json = toJson(*nodeCatalog().find("prune"));
        QVERIFY(json.at("id") == Json("prune"));
        QCOMPARE(json.at("parameters").size(), nodeCatalog().find("prune")->parameters.size());
        QVERIFY(json.at("inputs").at(0).at("type") == Json("checkpoint"));
    }
};

QTEST_GUILESS_MAIN(tst_NodeCatalog)
#include "tst_NodeCatalog.moc"
