/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "debug_libraries.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "guest_tar.h"
#include "say.h"

enum { BYTES_MOST = 1 << 30, LIBRARIES_MOST = 1000 };

/*
 * Name, size and time of each, with tabs between. The dynamic linker only lists: nothing of the app
 * is executed, and if it were, nobody would execute it.
 */
#define LIST                                                                                     \
    "app=/var/lib/phonebooth/apps/$id/payload\n"                                                 \
    "setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --inh-caps=-all -- "      \
    "env LD_LIBRARY_PATH=$app/lib /lib/ld-linux-aarch64.so.1 --list \"$app/$entry\" |\n"         \
    "  sed -n 's,^.* => \\(/[^ ]*\\) .*$,\\1,p; s,^[[:space:]]*\\(/[^ ]*\\) (.*$,\\1,p' | sort " \
    "-u |\n"                                                                                     \
    "  grep -v \"^$app/\" | xargs -r stat -L -c '%%n\t%%s\t%%Y'\n"

/* Of the persona's; and the same here, once it is there. */
struct library {
    char *path; /* absolute */
    char *kept; /* in the cache */
};

static void clear_library(gpointer data)
{
    struct library *library = data;

    g_free(library->path);
    g_free(library->kept);
}

static gboolean is_library(const char *path)
{
    return (g_str_has_prefix(path, "/lib/") || g_str_has_prefix(path, "/usr/lib/")) &&
           strstr(path, "..") == NULL && strlen(path) < 200 &&
           path[strspn(path, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "/+-_.")] == '\0';
}

/* What a persona says is a name here only after a hash. */
static GArray *read_list(const char *text, const char *cache)
{
    GArray *libraries = g_array_new(FALSE, FALSE, sizeof(struct library));
    g_auto(GStrv) lines = g_strsplit(text, "\n", LIBRARIES_MOST);

    g_array_set_clear_func(libraries, clear_library);
    for (char **line = lines; *line != NULL; line++) {
        g_autofree char *path = g_strndup(*line, strcspn(*line, "\t"));
        g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, *line, -1);
        if (is_library(path)) {
            const struct library library = {g_strdup(path), g_build_filename(cache, hash, NULL)};
            g_array_append_val(libraries, library);
        }
    }
    return libraries;
}

/* The line that sends those that are not here; NULL: all are. */
static char *line_for_missing(const GArray *libraries)
{
    g_autoptr(GString) line = g_string_new("exec tar -chf - -C /");
    gsize before = line->len;

    for (guint i = 0; i < libraries->len; i++) {
        const struct library *library = &g_array_index(libraries, struct library, i);
        if (!g_file_test(library->kept, G_FILE_TEST_EXISTS)) {
            g_string_append_printf(line, " %s", library->path + 1);
        }
    }
    return line->len > before ? g_string_free(g_steal_pointer(&line), FALSE) : NULL;
}

/* Into the cache, each as a whole. */
static void keep(const GArray *libraries, const char *folder)
{
    for (guint i = 0; i < libraries->len; i++) {
        const struct library *library = &g_array_index(libraries, struct library, i);
        g_autofree char *come = g_build_filename(folder, library->path, NULL);
        if (g_file_test(come, G_FILE_TEST_IS_REGULAR)) {
            g_rename(come, library->kept);
        }
    }
}

static int fetch_missing(struct guest *guest, const GArray *libraries, const char *cache)
{
    static const struct tar_limits limits = {BYTES_MOST, LIBRARIES_MOST * 4, TRUE};
    g_autofree char *line = line_for_missing(libraries);
    g_autofree char *folder = g_build_filename(cache, "new.XXXXXX", NULL);
    g_autoptr(GError) error = NULL;

    if (line == NULL) {
        return EXIT_DONE;
    }
    say("fetching the persona's libraries, once");
    if (g_mkdtemp(folder) == NULL) {
        say("%s: %s", folder, g_strerror(errno));
        return EXIT_LOCAL;
    }
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    int code = guest_fetch(guest, line, NULL, file);
    if (code == EXIT_DONE && !tar_unpack(file, folder, &limits, &error)) {
        code = cli_fail(error);
    }
    close(file);
    keep(libraries, folder);
    tar_remove(folder);
    return code;
}

/* Debian has /lib in /usr. */
static gboolean show(const struct library *library, const char *root)
{
    const char *path = library->path + (g_str_has_prefix(library->path, "/usr/") ? 5 : 1);
    g_autofree char *shown = g_build_filename(root, "usr", path, NULL);
    g_autofree char *folder = g_path_get_dirname(shown);

    return g_mkdir_with_parents(folder, 0700) == 0 && symlink(library->kept, shown) == 0;
}

int debug_libraries(struct guest *guest, const char *id, const char *entry, const char *root)
{
    g_autofree char *cache =
        g_build_filename(g_get_user_cache_dir(), "phonebooth", "libraries", NULL);
    g_autofree char *quoted = g_shell_quote(entry);
    g_autofree char *line = g_strdup_printf("id=%s entry=%s\n" LIST, id, quoted);
    g_autofree char *lib = g_build_filename(root, "lib", NULL);
    g_autofree char *text = NULL;

    if (g_mkdir_with_parents(cache, 0700) != 0) {
        say("%s: %s", cache, g_strerror(errno));
        return EXIT_LOCAL;
    }
    int code = guest_ask(guest, line, &text);
    if (code != EXIT_DONE) {
        return code;
    }
    g_autoptr(GArray) libraries = read_list(text, cache);
    code = fetch_missing(guest, libraries, cache);
    for (guint i = 0; code == EXIT_DONE && i < libraries->len; i++) {
        show(&g_array_index(libraries, struct library, i), root);
    }
    return code == EXIT_DONE && symlink("usr/lib", lib) != 0 ? EXIT_LOCAL : code;
}
