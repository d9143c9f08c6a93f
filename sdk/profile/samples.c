/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "samples.h"

#include <string.h>

/* "hello 1234  567.123456:", where a name may have spaces. */
static gboolean read_head(struct samples *samples, const char *line, struct sample *sample)
{
    g_autofree char *text = g_strchomp(g_strdup(line));
    gsize length = strlen(text);
    char *time, *number;

    if (length == 0 || text[length - 1] != ':') {
        return FALSE;
    }
    text[length - 1] = '\0';
    time = strrchr(text, ' ');
    if (time == NULL || !g_ascii_isdigit(time[1])) {
        return FALSE;
    }
    *time = '\0';
    number = strrchr(g_strchomp(text), ' ');
    if (number == NULL || !g_ascii_isdigit(number[1])) {
        return FALSE;
    }
    *number = '\0';
    g_autofree char *valid = g_utf8_make_valid(g_strstrip(text), -1);
    g_autofree char *thread = g_strdup_printf("%s %s", valid, number + 1);
    sample->thread = g_string_chunk_insert_const(samples->words, thread);
    sample->time_us = (gint64)(g_ascii_strtod(time + 1, NULL) * 1e6);
    sample->function = g_ptr_array_new();
    return TRUE;
}

/* What stands for a function without a name: the file that it is in, or what perf says of it. */
static char *name_of_file(const char *path)
{
    g_autofree char *file = g_path_get_basename(path);

    return file[0] == '[' ? g_steal_pointer(&file) : g_strdup_printf("[%s]", file);
}

/* "  ffffa2c41234 g_main_loop_run+0x1c (/usr/lib/libglib-2.0.so.0)" */
static const char *read_function(struct samples *samples, const char *line)
{
    const char *name = strchr(line + strspn(line, " \t"), ' ');
    const char *file = g_strrstr(line, " (");
    g_autofree char *word = NULL;

    if (name == NULL || file == NULL || file <= name) {
        return NULL;
    }
    name++;
    g_autofree char *symbol = g_strndup(name, (gsize)(file - name));
    g_autofree char *path = g_strndup(file + 2, strcspn(file + 2, ")"));
    if (strcmp(symbol, "[unknown]") == 0) {
        word = name_of_file(path);
    } else {
        char *offset = g_strrstr(symbol, "+0x");
        if (offset != NULL) {
            *offset = '\0';
        }
        word = g_steal_pointer(&symbol);
    }
    g_autofree char *valid = g_utf8_make_valid(word, -1);
    return g_string_chunk_insert_const(samples->words, valid);
}

/* perf begins with the function that ran. */
static void turn_round(GPtrArray *functions)
{
    for (guint i = 0; i < functions->len / 2; i++) {
        gpointer other = functions->pdata[functions->len - 1 - i];
        functions->pdata[functions->len - 1 - i] = functions->pdata[i];
        functions->pdata[i] = other;
    }
}

static void finish(struct samples *samples, struct sample *sample)
{
    if (sample->function == NULL) {
        return;
    }
    turn_round(sample->function);
    g_array_append_val(samples->sample, *sample);
    *sample = (struct sample){0};
}

static void read_line(struct samples *samples, struct sample *sample, const char *line)
{
    if (line[0] == '\0') {
        finish(samples, sample);
    } else if (!g_ascii_isspace(line[0]) || sample->function == NULL) {
        finish(samples, sample);
        read_head(samples, line, sample);
    } else if (sample->function->len < SAMPLES_DEEPEST) {
        const char *function = read_function(samples, line);
        if (function != NULL) {
            g_ptr_array_add(sample->function, (gpointer)function);
        }
    }
}

static void clear_sample(gpointer data)
{
    struct sample *sample = data;

    g_ptr_array_unref(sample->function);
}

struct samples *samples_read(const char *text)
{
    struct samples *samples = g_new0(struct samples, 1);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    struct sample sample = {0};

    samples->sample = g_array_new(FALSE, TRUE, sizeof(struct sample));
    g_array_set_clear_func(samples->sample, clear_sample);
    samples->words = g_string_chunk_new(4096);
    for (char **line = lines; *line != NULL; line++) {
        read_line(samples, &sample, *line);
    }
    finish(samples, &sample);
    return samples;
}

void samples_free(struct samples *samples)
{
    if (samples != NULL) {
        g_array_unref(samples->sample);
        g_string_chunk_free(samples->words);
        g_free(samples);
    }
}
