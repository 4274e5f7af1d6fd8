// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MainLayout.h"

#include "app/Actions.h"
#include "app/DevicesPlace.h"
#include "app/Drawer.h"
#include "app/MessageBar.h"
#include "app/ModeBar.h"
#include "app/StatusLine.h"
#include "app/TrainingPlace.h"
#include "app/WelcomePage.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/RecipeView.h"
#include "widgets/compression/SparsitySlider.h"
#include "widgets/compression/SweepView.h"
#include "widgets/forms/Inspector.h"
#include "widgets/pipeline/NodePalette.h"
#include "widgets/pipeline/OutlineTree.h"
#include "widgets/pipeline/PipelinePage.h"
#include "widgets/pipeline/PipelineView.h"
#include "widgets/pipeline/ProblemsList.h"

#include <QHBoxLayout>
#include <QMainWindow>
#include <QMenuBar>
#include <QSlider>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>

namespace espalier {
namespace {

/// Only the page that is seen says how small the window may be.
void letOthersShrink(QStackedWidget& pages)
{
    for (int i = 0; i < pages.count(); ++i) {
        const auto policy = i == pages.currentIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        pages.widget(i)->setSizePolicy(policy, policy);
    }
}

} // namespace

MainLayout::MainLayout(QMainWindow* window, PipelineModel* model, Settings* settings)
    : modeBar(new ModeBar), messages(new MessageBar), status(new StatusLine), pipeline(new PipelinePage(*model)), training(new TrainingPlace(model)),
      compression(new CompressionPanel), recipe(new RecipeView), sweep(new SweepView), devices(new DevicesPlace), welcome(new WelcomePage), pages(new QStackedWidget), drawer(new Drawer(model, &pipeline->problems())),
      actions(new Actions({window->menuBar(), &pipeline->canvas().actions(), modeBar, settings}, window))
{
    nameParts();
    compression->addPage(recipe);
    compression->addPage(sweep);
    for (QWidget* page : std::initializer_list<QWidget*>{pipeline, training, compression, devices, welcome})
        pages->addWidget(page);
    QObject::connect(pages, &QStackedWidget::currentChanged, pages, [pages = pages] { letOthersShrink(*pages); });
    letOthersShrink(*pages);
    auto* vertical = new QSplitter(Qt::Vertical);
    vertical->setChildrenCollapsible(false);
    vertical->addWidget(pages);
    vertical->addWidget(drawer);
    vertical->setStretchFactor(0, 1);
    vertical->setSizes({600, 168});
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(messages);
    right->addWidget(vertical, 1);
    auto* central = new QWidget;
    auto* layout = new QHBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(modeBar);
    layout->addLayout(right, 1);
    window->setCentralWidget(central);
    window->statusBar()->addWidget(status, 1);
    window->statusBar()->setSizeGripEnabled(false);
    modeBar->setRunActions(actions->run, actions->stop);
    drawer->setActions({actions->problems, actions->log, actions->data});
}

void MainLayout::nameParts()
{
    const std::pair<QObject*, const char*> names[] = {{&pipeline->canvas(), "canvas"}, {&pipeline->palettePanel(), "palette"},
                                                      {pipeline->palettePanel().list(), "paletteList"}, {&pipeline->outline(), "outline"},
                                                      {&pipeline->inspector(), "inspector"}, {&pipeline->problems(), "problems"},
                                                      {compression, "compressionPanel"}, {compression->slider()->slider(), "sparsitySlider"}};
    for (const auto& [part, name] : names)
        part->setObjectName(QString::fromLatin1(name));
}

} // namespace espalier
