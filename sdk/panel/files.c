/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "files.h"

struct asked {
    void (*chosen)(gpointer data, const char *path);
    gpointer data;
};

static void on_response(GtkNativeDialog *dialog, int response, gpointer data)
{
    g_autofree struct asked *asked = data;

    if (response == GTK_RESPONSE_ACCEPT) {
        g_autoptr(GFile) file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog));
        g_autofree char *path = file ? g_file_get_path(file) : NULL;
        if (path != NULL) {
            asked->chosen(asked->data, path);
        }
    }
    g_object_unref(dialog);
}

static void add_filter(GtkFileChooser *chooser, const char *name, const char *const *globs)
{
    g_autoptr(GtkFileFilter) filter = gtk_file_filter_new();

    gtk_file_filter_set_name(filter, name);
    for (; *globs != NULL; globs++) {
        gtk_file_filter_add_pattern(filter, *globs);
    }
    gtk_file_chooser_add_filter(chooser, filter);
}

void files_ask(GtkWindow *above, const struct files_question *question,
               void (*chosen)(gpointer data, const char *path), gpointer data)
{
    struct asked *asked = g_new(struct asked, 1);
    GtkFileChooserAction action =
        question->suggested ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN;
    GtkFileChooserNative *dialog =
        gtk_file_chooser_native_new(question->title, above, action, NULL, NULL);

    *asked = (struct asked){chosen, data};
    add_filter(GTK_FILE_CHOOSER(dialog), question->kind, question->globs);
    if (question->suggested) {
        gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(dialog), question->suggested);
    }
    gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(dialog), TRUE);
    g_signal_connect(dialog, "response", G_CALLBACK(on_response), asked);
    gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
}
