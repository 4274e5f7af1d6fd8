// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/devices/DevicesPanel.h"

#include "widgets/devices/CheckList.h"
#include "widgets/devices/DeviceForm.h"
#include "widgets/devices/DeviceList.h"
#include "widgets/devices/JobProgress.h"
#include "widgets/devices/ReceiptView.h"
#include "widgets/devices/ReleaseTable.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace espalier {

DevicesPanel::DevicesPanel(QWidget* parent) : QWidget(parent), m_list(new DeviceList), m_pages(new QStackedWidget), m_form(new DeviceForm)
{
    setObjectName(QStringLiteral("devicesPanel"));
    m_pages->addWidget(buildDevicePage());
    m_pages->addWidget(m_form);
    auto* splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(m_pages);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({272, 800});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connectParts();
    retranslate();
}

QWidget* DevicesPanel::buildDevicePage()
{
    m_progress = new JobProgress;
    m_receipt = new ReceiptView;
    m_releases = new ReleaseTable;
    m_checks = new CheckList;
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_checks);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_tabs = new QTabWidget;
    m_tabs->setObjectName(QStringLiteral("deviceTabs"));
    m_tabs->setDocumentMode(true);
    for (QWidget* tab : std::initializer_list<QWidget*>{m_receipt, m_releases, scroll})
        m_tabs->addTab(tab, {});

    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(buildHead());
    layout->addWidget(m_progress);
    layout->addWidget(m_tabs, 1);
    return page;
}

QLayout* DevicesPanel::buildHead()
{
    m_name = new QLabel;
    QFont large = font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.25);
    m_name->setFont(large);
    m_address = new QLabel;
    m_address->setForegroundRole(QPalette::PlaceholderText);
    m_test = new QPushButton(icon(QStringLiteral("test")), {});
    m_test->setObjectName(QStringLiteral("testButton"));
    m_deploy = new QPushButton(icon(QStringLiteral("deploy")), {});
    m_deploy->setObjectName(QStringLiteral("deployButton"));
    m_deploy->setDefault(true);
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_name);
    names->addWidget(m_address);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 8, 16, 8);
    head->setSpacing(8);
    head->addLayout(names, 1);
    head->addWidget(m_test);
    head->addWidget(m_deploy);
    return head;
}

void DevicesPanel::connectParts()
{
    connect(m_list, &DeviceList::currentChanged, this, [this](const QString& name) {
        showDevice();
        Q_EMIT currentDeviceChanged(name);
    });
    connect(m_list, &DeviceList::addRequested, this, &DevicesPanel::openNewDeviceForm);
    connect(m_list, &DeviceList::editRequested, this, [this](const QString& name) {
        if (const DeviceItem* device = item(name)) {
            m_pages->setCurrentWidget(m_form);
            m_form->openFor(*device);
        }
    });
    connect(m_list, &DeviceList::removeRequested, this, &DevicesPanel::askRemove);
    connect(m_form, &DeviceForm::saveRequested, this, &DevicesPanel::saveRequested);
    connect(m_form, &DeviceForm::closed, this, &DevicesPanel::closeForm);
    connect(m_test, &QPushButton::clicked, this, [this] {
        m_facts[currentDevice()].testing = true;
        showDevice();
        showPage(Page::Checks);
        Q_EMIT testRequested(currentDevice());
    });
    const auto deploy = [this] {
        if (m_deploy->isEnabled())
            Q_EMIT deployRequested(currentDevice());
    };
    connect(m_deploy, &QPushButton::clicked, this, deploy);
    connect(m_receipt, &ReceiptView::deployRequested, this, deploy);
    connect(m_releases, &ReleaseTable::refreshRequested, this, [this] { Q_EMIT releasesRequested(currentDevice()); });
    connect(m_releases, &ReleaseTable::rollbackRequested, this, [this] { Q_EMIT rollbackRequested(currentDevice()); });
    connect(m_progress, &JobProgress::cancelRequested, this, &DevicesPanel::cancelRequested);
}

const DeviceItem* DevicesPanel::item(const QString& name) const
{
    const auto it = std::find_if(m_devices.begin(), m_devices.end(), [&](const DeviceItem& device) { return device.name == name; });
    return it == m_devices.end() ? nullptr : &*it;
}

QString DevicesPanel::displayName(const QString& name) const
{
    const DeviceItem* device = item(name);
    return device && device->builtIn ? tr("This computer") : name;
}

void DevicesPanel::setDevices(const QList<DeviceItem>& devices)
{
    m_devices = devices;
    m_list->setDevices(devices);
    showDevice();
}

QString DevicesPanel::currentDevice() const { return m_list->current(); }

void DevicesPanel::selectDevice(const QString& name) { m_list->select(name); }

void DevicesPanel::setProfile(const QString& device, const DeviceProfile& profile)
{
    Facts& facts = m_facts[device];
    facts.profile = profile;
    facts.testError.clear();
    facts.testing = false;
    m_list->setNote(device, profile.usable() ? tr("Ready") : tr("Not ready"));
    showDevice();
}

void DevicesPanel::setTestError(const QString& device, const QString& text)
{
    m_facts[device].testError = text;
    m_facts[device].testing = false;
    m_list->setNote(device, tr("Not reached"));
    showDevice();
}

void DevicesPanel::setReceipt(const QString& device, const Receipt& receipt)
{
    Facts& facts = m_facts[device];
    if (facts.receipt && facts.receipt->deployedAt > receipt.deployedAt) // ISO 8601 in UTC sorts as text
        return;
    facts.receipt = receipt;
    m_list->setNote(device, tr("Deployed %1").arg(localTimeText(receipt.deployedAt)));
    showDevice();
}

void DevicesPanel::setReleases(const QString& device, const QList<ReleaseItem>& releases)
{
    m_facts[device].releases = releases;
    m_facts[device].releasesError.clear();
    showDevice();
}

void DevicesPanel::setReleasesError(const QString& device, const QString& text)
{
    m_facts[device].releasesError = text;
    showDevice();
}

void DevicesPanel::setDeployable(bool possible, const QString& reason)
{
    m_deployable = possible;
    m_deployReason = reason;
    updateButtons();
}

void DevicesPanel::beginJob(const QString& device, const QString& activity)
{
    m_busyDevice = device;
    m_progress->begin(activity);
    updateButtons();
}

void DevicesPanel::endJob()
{
    m_facts[m_busyDevice].testing = false;
    m_busyDevice.clear();
    showDevice();
}

void DevicesPanel::showPage(Page page) { m_tabs->setCurrentIndex(static_cast<int>(page)); }

void DevicesPanel::openNewDeviceForm()
{
    m_pages->setCurrentWidget(m_form);
    m_form->openNew();
}

void DevicesPanel::closeForm() { m_pages->setCurrentIndex(0); }

void DevicesPanel::askRemove(const QString& name)
{
    auto* question = new QMessageBox(QMessageBox::Question, tr("Remove %1").arg(name), tr("Remove %1 from the list?").arg(name), QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(tr("Nothing is deleted on the device itself; it goes on answering."));
    QPushButton* remove = question->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    connect(remove, &QPushButton::clicked, this, [this, name] { Q_EMIT removeRequested(name); });
    question->open();
}

void DevicesPanel::updateButtons()
{
    const bool busy = !m_busyDevice.isEmpty();
    m_test->setEnabled(!busy && !currentDevice().isEmpty());
    m_deploy->setEnabled(!busy && m_deployable && !currentDevice().isEmpty());
    m_deploy->setToolTip(m_deployable ? tr("Push the model with its runtime, test it there, and make it current") : m_deployReason);
    m_releases->setBusy(busy);
}

void DevicesPanel::showDevice()
{
    const DeviceItem* device = item(currentDevice());
    if (!device)
        return;
    const Facts facts = m_facts.value(device->name);
    m_name->setText(displayName(device->name));
    m_address->setText(device->builtIn ? tr("Always there: releases run here as they do on a device") : device->address());
    facts.receipt ? m_receipt->setReceipt(*facts.receipt) : m_receipt->clear();
    if (!facts.releasesError.isEmpty())
        m_releases->setError(facts.releasesError);
    else if (facts.releases)
        m_releases->setReleases(*facts.releases);
    else
        m_releases->clear();
    if (facts.testing)
        m_checks->setWaiting();
    else if (!facts.testError.isEmpty())
        m_checks->setError(facts.testError);
    else if (facts.profile)
        m_checks->setProfile(*facts.profile);
    else
        m_checks->clear();
    updateButtons();
}

void DevicesPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void DevicesPanel::retranslate()
{
    m_test->setText(tr("Test"));
    m_test->setToolTip(tr("Find out what the device is and whether it has what a release needs"));
    m_deploy->setText(tr("Deploy"));
    m_tabs->setTabText(static_cast<int>(Page::Receipt), tr("Receipt"));
    m_tabs->setTabText(static_cast<int>(Page::Releases), tr("Releases"));
    m_tabs->setTabText(static_cast<int>(Page::Checks), tr("Checks"));
    showDevice();
}

} // namespace espalier
