/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "small_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *fail(const char *path, int code, const char *why, GError **error)
{
    g_set_error(error, G_FILE_ERROR, code, "%s: %s", path, why);
    return NULL;
}

static char *read_text(int file, const char *path, gsize most, GError **error)
{
    g_autofree char *text = g_malloc(most + 2);
    gsize length = 0;
    gssize got;

    while (length <= most && (got = read(file, text + length, most + 1 - length)) != 0) {
        if (got < 0) {
            return fail(path, (int)g_file_error_from_errno(errno), g_strerror(errno), error);
        }
        length += (gsize)got;
    }
    text[length] = '\0';
    if (length > most || strlen(text) != length) {
        return fail(path, G_FILE_ERROR_INVAL, "is too large, or no text", error);
    }
    return g_steal_pointer(&text);
}

char *small_file_read(const char *path, gsize most, GError **error)
{
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC); /* a pipe does not hold us up */
    struct stat about;
    char *text;

    if (file < 0) {
        return fail(path, (int)g_file_error_from_errno(errno), g_strerror(errno), error);
    }
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode)) {
        text = read_text(file, path, most, error);
    } else {
        text = fail(path, G_FILE_ERROR_INVAL, "is no file", error);
    }
    close(file);
    return text;
}
