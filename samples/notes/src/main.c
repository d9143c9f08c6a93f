/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Notes: short texts that are there again after a restart, of the app or of the phone. */
#include "window.h"

static void activate(GtkApplication *app, gpointer data)
{
    (void)data;
    window_show(app);
}

int main(int argc, char **argv)
{
    g_autoptr(GtkApplication) app =
        gtk_application_new("org.phonebooth.Notes", G_APPLICATION_DEFAULT_FLAGS);

    setvbuf(stdout, NULL, _IOLBF, 0); /* the journal gets whole lines, at once */
    g_signal_connect(app, "activate", G_CALLBACK(activate), NULL);
    return g_application_run(G_APPLICATION(app), argc, argv);
}
