/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth-panel: a window to set battery, motion, position, network and sound of a running phone. */
#include <locale.h>
#include <stdio.h>

#include "../lib/errors.h"
#include "panel.h"

struct options {
    char *name, *control;
};

/* Exit code; -1: go on. */
static int parse(struct options *options, int argc, char **argv)
{
    const GOptionEntry entries[] = {
        {"name", 0, 0, G_OPTION_ARG_STRING, &options->name, "the phone of that name", "NAME"},
        {"control", 0, 0, G_OPTION_ARG_FILENAME, &options->control,
         "the phone with that control socket", "SOCKET"},
        {0},
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, "booth-panel: %s\n", error->message);
        return EXIT_USAGE;
    }
    if (argc > 1) {
        fprintf(stderr, "booth-panel: one argument too many: '%s'\n", argv[1]);
        return EXIT_USAGE;
    }
    return -1;
}

/* One for each control socket: a second panel of a phone brings the first to the front. Free with
 * g_free(). */
static char *application_id(const char *path)
{
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, path, -1);

    return g_strdup_printf("phonebooth.Panel.p%.16s", sum);
}

static void on_activate(GtkApplication *app, gpointer data)
{
    struct panel *panel = g_object_get_data(G_OBJECT(app), "panel");
    g_autoptr(GError) error = NULL;

    if (panel != NULL) {
        panel_present(panel);
        return;
    }
    panel = panel_new(app, data);
    g_object_set_data(G_OBJECT(app), "panel", panel);
    if (!panel_connect(panel, &error)) {
        panel_complain(panel, error->message);
    }
    panel_present(panel);
}

static gboolean answers(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(booth_client) client = booth_client_new(path, &error);

    if (client == NULL) {
        fprintf(stderr, "booth-panel: %s\n", error->message);
    }
    return client != NULL;
}

/* Without a session bus the panel works all the same: it knows of no other one, nothing can read it
 * aloud, and file choosers do not remember how they were. */
static void check_bus(void)
{
    g_autoptr(GDBusConnection) bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);

    if (bus == NULL) {
        g_setenv("GTK_A11Y", "none", TRUE);
        g_setenv("GSETTINGS_BACKEND", "memory", TRUE);
    }
}

int main(int argc, char **argv)
{
    g_autofree char *control = NULL, *id = NULL;
    struct options options = {0};
    int code = parse(&options, argc, argv);

    if (code >= 0) {
        return code;
    }
    /* Numbers are written as the control API writes them. */
    gtk_disable_setlocale();
    setlocale(LC_CTYPE, "");
    control = options.control ? g_canonicalize_filename(options.control, NULL)
                              : booth_socket_path(options.name);
    if (!answers(control)) {
        return EXIT_NO_PHONE;
    }
    check_bus();
    if (!gtk_init_check()) {
        fprintf(stderr, "booth-panel: no display: neither DISPLAY nor WAYLAND_DISPLAY names one "
                        "that can be opened\n");
        return EXIT_LOCAL;
    }
    id = application_id(control);
    g_autoptr(GtkApplication) app = gtk_application_new(id, G_APPLICATION_DEFAULT_FLAGS);
    g_signal_connect(app, "activate", G_CALLBACK(on_activate), control);
    return g_application_run(G_APPLICATION(app), 1, argv) == 0 ? EXIT_DONE : EXIT_LOCAL;
}
