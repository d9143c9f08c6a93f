/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* @TITLE@: a window with a button that counts. What it prints is in 'booth logs --app @ID@'. */
#include <gtk/gtk.h>

static void count(GtkButton *button, gpointer data)
{
    static unsigned times;
    g_autofree char *text = g_strdup_printf("%u", ++times);

    (void)data;
    gtk_button_set_label(button, text);
    g_print("pressed %u times\n", times);
}

static void show(GtkApplication *app)
{
    GtkWidget *window = gtk_application_window_new(app);
    GtkWidget *button = gtk_button_new_with_label("Press me");

    gtk_window_set_title(GTK_WINDOW(window), "@TITLE@");
    g_signal_connect(button, "clicked", G_CALLBACK(count), NULL);
    gtk_window_set_child(GTK_WINDOW(window), button);
    gtk_window_present(GTK_WINDOW(window));
    g_print("the window is there\n");
}

int main(int argc, char **argv)
{
    g_autoptr(GtkApplication) app = gtk_application_new("@ID@", G_APPLICATION_DEFAULT_FLAGS);

    g_signal_connect(app, "activate", G_CALLBACK(show), NULL);
    return g_application_run(G_APPLICATION(app), argc, argv);
}
