/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "scenario.h"

#include <gio/gio.h>
#include <string.h>

#include "steps.h"

#define DEPTH_MAX      8
#define SIZE_MAX_BYTES (1u << 20)

struct reader {
    GPtrArray *steps;
    GHashTable *variables;
    guint depth;
};

static gboolean refuse(GError **error, const char *file, guint line, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static gboolean refuse(GError **error, const char *file, guint line, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s:%u: %s", file, line, what);
    return FALSE;
}

static void step_free(gpointer data)
{
    struct scenario_step *step = data;

    g_free(step->file);
    g_free(step->text);
    g_strfreev(step->words);
    g_free(step);
}

/* `${NAME}` becomes its value. NULL: *unknown, to be freed, has none. */
static char *fill_in(const struct reader *reader, const char *word, char **unknown)
{
    GString *out = g_string_new(NULL);
    const char *open, *close;

    while ((open = strstr(word, "${")) && (close = strchr(open, '}'))) {
        g_autofree char *name = g_strndup(open + 2, (gsize)(close - open - 2));
        const char *value = g_hash_table_lookup(reader->variables, name);
        if (value == NULL) {
            *unknown = g_steal_pointer(&name);
            g_string_free(out, TRUE);
            return NULL;
        }
        g_string_append_len(out, word, open - word);
        g_string_append(out, value);
        word = close + 1;
    }
    g_string_append(out, word);
    return g_string_free(out, FALSE);
}

static gboolean fill_all(const struct reader *reader, char **words, const char *file, guint line,
                         GError **error)
{
    for (char **word = words; *word; word++) {
        g_autofree char *unknown = NULL;
        char *filled = fill_in(reader, *word, &unknown);
        if (filled == NULL) {
            return refuse(error, file, line, "no variable '%s'; 'set %s VALUE' makes it", unknown,
                          unknown);
        }
        g_free(*word);
        *word = filled;
    }
    return TRUE;
}

static gboolean read_file(struct reader *reader, const char *file, GError **error);

static gboolean include(struct reader *reader, char **words, const char *file, guint line,
                        GError **error)
{
    g_autofree char *folder = g_path_get_dirname(file);
    g_autofree char *path = words[1] ? g_canonicalize_filename(words[1], folder) : NULL;

    if (path == NULL || words[2]) {
        return refuse(error, file, line, "include: give one file");
    }
    if (reader->depth == DEPTH_MAX) {
        return refuse(error, file, line, "include: more than %d files in one another", DEPTH_MAX);
    }
    return read_file(reader, path, error);
}

static gboolean set(struct reader *reader, char **words, const char *file, guint line,
                    GError **error)
{
    if (g_strv_length(words) != 3) {
        return refuse(error, file, line, "set: give a name and a value");
    }
    g_hash_table_replace(reader->variables, g_strdup(words[1]), g_strdup(words[2]));
    return TRUE;
}

static gboolean add_step(struct reader *reader, const char *text, char **words, const char *file,
                         guint line, GError **error)
{
    g_autofree char *wrong = steps_check(words, reader->steps->len == 0);
    struct scenario_step *step;

    if (wrong) {
        return refuse(error, file, line, "%s", wrong);
    }
    step = g_new0(struct scenario_step, 1);
    step->file = g_strdup(file);
    step->line = line;
    step->text = g_strdup(text);
    step->words = g_strdupv(words);
    g_ptr_array_add(reader->steps, step);
    return TRUE;
}

static gboolean read_line(struct reader *reader, const char *text, const char *file, guint line,
                          GError **error)
{
    g_auto(GStrv) words = NULL;
    g_autoptr(GError) why = NULL;

    if (*text == '\0' || *text == '#') {
        return TRUE;
    }
    if (!g_shell_parse_argv(text, NULL, &words, &why)) {
        return refuse(error, file, line, "%s", why->message);
    }
    if (!fill_all(reader, words, file, line, error)) {
        return FALSE;
    }
    if (strcmp(words[0], "include") == 0) {
        return include(reader, words, file, line, error);
    }
    if (strcmp(words[0], "set") == 0) {
        return set(reader, words, file, line, error);
    }
    return add_step(reader, text, words, file, line, error);
}

static gboolean read_file(struct reader *reader, const char *file, GError **error)
{
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;
    gsize length;

    if (!g_file_get_contents(file, &text, &length, error)) {
        return FALSE;
    }
    if (length > SIZE_MAX_BYTES || !g_utf8_validate(text, (gssize)length, NULL)) {
        return refuse(error, file, 1, "is no UTF-8 text of at most %u bytes", SIZE_MAX_BYTES);
    }
    reader->depth++;
    lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        if (!read_line(reader, g_strstrip(lines[i]), file, i + 1, error)) {
            return FALSE;
        }
    }
    reader->depth--;
    return TRUE;
}

GPtrArray *scenario_read(const char *file, GError **error)
{
    struct reader reader = {
        .steps = g_ptr_array_new_with_free_func(step_free),
        .variables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
    };
    gboolean done;

    g_hash_table_insert(reader.variables, g_strdup("folder"), g_path_get_dirname(file));
    done = read_file(&reader, file, error) &&
           (reader.steps->len > 0 || refuse(error, file, 1, "has no step; the first is 'start'"));
    g_hash_table_unref(reader.variables);
    if (!done) {
        g_clear_pointer(&reader.steps, g_ptr_array_unref);
    }
    return reader.steps;
}

static void find_below(GPtrArray *found, const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
            continue; /* no circles */
        }
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            find_below(found, path);
        } else if (g_str_has_suffix(name, SCENARIO_SUFFIX)) {
            g_ptr_array_add(found, g_steal_pointer(&path));
        }
    }
}

static gint compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **scenario_find(const char *path, GError **error)
{
    GPtrArray *found = g_ptr_array_new();

    if (g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        g_ptr_array_add(found, g_strdup(path));
    } else {
        find_below(found, path);
    }
    g_ptr_array_sort(found, compare);
    if (found->len == 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "%s: no file *" SCENARIO_SUFFIX " there", path);
        g_ptr_array_unref(found);
        return NULL;
    }
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_free(found, FALSE);
}
