/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* @TITLE@: a window with a button that counts. What it prints is in 'booth logs --app @ID@'. */
#include <QApplication>
#include <QPushButton>
#include <cstdio>

static void count(QPushButton &button)
{
    static int times;

    button.setText(QString::number(++times));
    std::printf("pressed %d times\n", times);
}

int main(int argc, char **argv)
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    qputenv("QT_QPA_PLATFORM", "wayland"); /* drawn by the CPU */
    QGuiApplication::setDesktopFileName("@ID@");
    QApplication app(argc, argv);
    QPushButton button("Press me");

    button.setWindowTitle("@TITLE@");
    QObject::connect(&button, &QPushButton::clicked, [&button] { count(button); });
    button.show();
    std::printf("the window is there\n");
    return app.exec();
}
