/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "phone.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#define OUTPUT_MAX (4u << 20)
#define TIMEOUT    60 /* seconds, if the scenario does not say */
#define SLOW       20 /* so much slower than the machine's time the host's may be */

static gint interrupted;

void phone_interrupt(void)
{
    g_atomic_int_set(&interrupted, 1);
}

gboolean phone_is_interrupted(void)
{
    return g_atomic_int_get(&interrupted) != 0;
}

void phone_init(struct phone *phone, guint number, gboolean keeps)
{
    *phone = (struct phone){
        .name = g_strdup_printf("test-%d-%u", (int)getpid(), number),
        .timeout = TIMEOUT,
        .keeps = keeps,
        .output = g_strdup(""),
        .said = g_strdup(""),
    };
}

void phone_clear(struct phone *phone)
{
    g_free(phone->name);
    g_free(phone->output);
    g_free(phone->said);
}

static char *text_of(GBytes *bytes)
{
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    g_autofree char *text = g_strndup(data ? data : "", MIN(length, OUTPUT_MAX));

    return g_utf8_make_valid(text, -1);
}

static char *last_line(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    const char *last = "";

    for (char **line = lines; *line; line++) {
        last = *g_strstrip(*line) ? *line : last;
    }
    return g_strdup(last);
}

/* timeout(1) ends it: a command in a persona may never come back. It stays where Ctrl-C reaches it.
 */
static GStrv command_line(const struct phone *phone, const char *const *words)
{
    g_autoptr(GStrvBuilder) all = g_strv_builder_new();
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    /* The phone's own limits are of its own time; this one is for one that hangs. */
    g_autofree char *limit = g_strdup_printf("%u", phone->timeout * (phone->stands ? SLOW : 1));

    g_strv_builder_add_many(all, "timeout", "--foreground", "-k", "5", limit, self ? self : "booth",
                            "--name", phone->name, NULL);
    g_strv_builder_addv(all, (const char **)words);
    return g_strv_builder_end(all);
}

int phone_run(struct phone *phone, const char *const *words)
{
    g_auto(GStrv) all = command_line(phone, words);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) out = NULL, err = NULL;
    g_autoptr(GSubprocess) process =
        g_subprocess_newv((const char *const *)all,
                          G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);

    g_free(phone->output);
    g_free(phone->said);
    phone->output = g_strdup("");
    if (process == NULL || !g_subprocess_communicate(process, NULL, NULL, &out, &err, &error)) {
        phone->said = g_strdup(error->message);
        return -1;
    }
    g_autofree char *messages = text_of(err);
    g_free(phone->output);
    phone->output = text_of(out);
    phone->said = last_line(messages);
    return g_subprocess_get_if_exited(process) ? g_subprocess_get_exit_status(process) : -1;
}

int phone_do(struct phone *phone, ...)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    va_list args;
    char *word;

    va_start(args, phone);
    while ((word = va_arg(args, char *))) {
        g_ptr_array_add(words, word);
    }
    va_end(args);
    g_ptr_array_add(words, NULL);
    return phone_run(phone, (const char *const *)words->pdata);
}
