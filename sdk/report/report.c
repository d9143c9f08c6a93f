/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../app/tar.h"
#include "redact.h"

#define FILE_BYTES (1 << 20)

static void add_words(GPtrArray *all, const char *option, const char *value)
{
    if (value) {
        g_ptr_array_add(all, g_strdup(option));
        g_ptr_array_add(all, g_strdup(value));
    }
}

gboolean report_begin(struct report *report, const char *name, const char *control, GError **error)
{
    char *self = g_file_read_link("/proc/self/exe", NULL);

    *report = (struct report){
        .folder = g_dir_make_tmp("phonebooth-report-XXXXXX", error),
        .before = g_ptr_array_new_with_free_func(g_free),
        .missing = g_string_new(NULL),
    };
    g_ptr_array_add(report->before, self ? self : g_strdup("booth"));
    add_words(report->before, "--name", name);
    add_words(report->before, "--control", control);
    return report->folder != NULL;
}

void report_clear(struct report *report)
{
    if (report->folder) {
        tar_remove(report->folder);
    }
    g_free(report->folder);
    g_ptr_array_unref(report->before);
    g_string_free(report->missing, TRUE);
}

char *report_path(const struct report *report, const char *file)
{
    return g_build_filename(report->folder, file, NULL);
}

void report_text(struct report *report, const char *file, const char *text, gsize length)
{
    g_autofree char *path = report_path(report, file), *safe = redact(text, length);
    g_autoptr(GError) error = NULL;

    if (!g_file_set_contents(path, safe, -1, &error)) {
        g_string_append_printf(report->missing, "%s: %s\n", file, error->message);
    }
}

void report_file(struct report *report, const char *file, const char *path)
{
    FILE *in = fopen(path, "re");
    g_autofree char *text = NULL;
    gsize length;

    if (in == NULL) {
        return;
    }
    text = g_malloc(FILE_BYTES);
    if (fseek(in, -FILE_BYTES, SEEK_END) != 0) {
        rewind(in);
    }
    length = fread(text, 1, FILE_BYTES, in);
    fclose(in);
    report_text(report, file, text, length);
}

void report_logs(struct report *report, const char *prefix, const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *file = g_strconcat(prefix, name, NULL);
        if (g_str_has_suffix(name, ".log") && g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
            report_file(report, file, path);
        }
    }
}

void report_picture(struct report *report, const char *file, const char *path)
{
    g_autofree char *to = report_path(report, file), *bytes = NULL;
    gsize length;

    if (g_file_get_contents(path, &bytes, &length, NULL)) {
        g_file_set_contents(to, bytes, (gssize)length, NULL);
    }
}

/* timeout(1) ends what does not answer. */
static char **command_line(const struct report *report, guint seconds, const char *const *words)
{
    g_autoptr(GStrvBuilder) all = g_strv_builder_new();
    g_autofree char *limit = g_strdup_printf("%u", seconds);

    g_strv_builder_add_many(all, "timeout", "--foreground", "-k", "5", limit, NULL);
    for (guint i = 0; i < report->before->len; i++) {
        g_strv_builder_add(all, report->before->pdata[i]);
    }
    g_strv_builder_addv(all, (const char **)words);
    return g_strv_builder_end(all);
}

char *report_ask(struct report *report, const char *file, guint seconds, const char *const *words)
{
    g_auto(GStrv) all = command_line(report, seconds, words);
    g_autofree char *said = NULL;
    char *text = NULL;
    g_autoptr(GBytes) out = NULL, err = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GSubprocess) process =
        g_subprocess_newv((const char *const *)all,
                          G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);

    if (process == NULL || !g_subprocess_communicate(process, NULL, NULL, &out, &err, &error)) {
        g_string_append_printf(report->missing, "%s: %s\n", file, error->message);
        return NULL;
    }
    if (g_bytes_get_size(out) > 0) {
        text = g_strndup(g_bytes_get_data(out, NULL), g_bytes_get_size(out));
        report_text(report, file, text, strlen(text));
    }
    if (!g_subprocess_get_successful(process)) {
        const gsize length = g_bytes_get_size(err);
        said = length > 0 ? g_strndup(g_bytes_get_data(err, NULL), length) : g_strdup("");
        g_string_append_printf(report->missing, "%s: %s\n", file,
                               *g_strstrip(said) ? said : "not in time");
        g_clear_pointer(&text, g_free);
    }
    return text;
}

gboolean report_write(struct report *report, const char *path, GError **error)
{
    g_autofree char *part = g_strconcat(path, ".part-XXXXXX", NULL);
    g_autofree char *top = g_path_get_basename(path);
    char *end = strchr(top, '.');
    int descriptor;

    if (end && end > top) {
        *end = '\0';
    }
    report_text(report, "missing.txt", report->missing->str, report->missing->len);
    const struct tar_item items[] = {{report->folder, top}, {NULL, NULL}};
    descriptor = g_mkstemp(part);
    if (descriptor < 0) {
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s", path,
                    g_strerror(errno));
        return FALSE;
    }
    gboolean done = tar_write(descriptor, items, TAR_GZIP, error);
    if (done && (close(descriptor) != 0 || g_rename(part, path) != 0)) {
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s", path,
                    g_strerror(errno));
        done = FALSE;
    }
    if (!done) {
        g_unlink(part);
    }
    return done;
}
