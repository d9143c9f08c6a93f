/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "guest_tar.h"
#include "say.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct sender {
    int descriptor; /* of a pipe */
    const struct tar_item *items;
    GError *error;
};

static gpointer send_items(gpointer data)
{
    struct sender *sender = data;

    tar_write(sender->descriptor, sender->items, TAR_PLAIN, &sender->error);
    close(sender->descriptor);
    return NULL;
}

int guest_send(struct guest *guest, const char *what, const char *line,
               const struct tar_item *items, char **output)
{
    struct sender sender = {.items = items};
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0) {
        say("cannot make a pipe: %s", g_strerror(errno));
        return EXIT_LOCAL;
    }
    sender.descriptor = ends[1];
    struct transfer transfer;
    g_autofree char *first = g_path_get_basename(items[0].path);
    transfer_begin(&transfer, what ? what : first, tar_size(items));
    guest->transfer = &transfer;
    GThread *thread = g_thread_new("tar", send_items, &sender);
    int code = guest_ask_with(guest, line, ends[0], output);
    guest->transfer = NULL;
    transfer_end(&transfer);
    close(ends[0]); /* the sender's next write fails then, if it is not at its end */
    g_thread_join(thread);
    if (sender.error != NULL && code != EXIT_LOCAL &&
        !g_error_matches(sender.error, G_FILE_ERROR, G_FILE_ERROR_PIPE)) {
        code = cli_fail(sender.error);
    }
    g_clear_error(&sender.error);
    return code;
}

/* What comes, and where it goes. */
struct fetch {
    int file;
    GString *size; /* the line before it, until that is whole; NULL: it is, or there is none */
    struct transfer transfer;
};

static gboolean write_all(int file, const char *bytes, gsize length, GError **error)
{
    for (gsize done = 0; done < length;) {
        gssize now = write(file, bytes + done, length - done);
        if (now < 0) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot write: %s",
                        g_strerror(errno));
            return FALSE;
        }
        done += (gsize)now;
    }
    return TRUE;
}

/* How many of the bytes belong to the line with the size. */
static gsize take_size(struct fetch *fetch, const char *bytes, gsize length)
{
    const char *end = memchr(bytes, '\n', length);
    gsize piece = end ? (gsize)(end - bytes) : length;

    g_string_append_len(fetch->size, bytes, (gssize)piece);
    if (end || fetch->size->len > 20) {
        fetch->transfer.total = g_ascii_strtoll(fetch->size->str, NULL, 10);
        g_string_free(g_steal_pointer(&fetch->size), TRUE);
    }
    return piece + (end != NULL);
}

static gboolean take_piece(gpointer data, enum adb_stream stream, const void *bytes, gsize length,
                           GError **error)
{
    struct fetch *fetch = data;

    if (stream == ADB_ERR) {
        return guest_pass_on(NULL, stream, bytes, length, error);
    }
    gsize first = fetch->size ? take_size(fetch, bytes, length) : 0;
    transfer_add(&fetch->transfer, length - first);
    return write_all(fetch->file, (const char *)bytes + first, length - first, error);
}

int guest_fetch(struct guest *guest, const char *line, const char *what, int file)
{
    struct fetch fetch = {.file = file, .size = what ? g_string_new(NULL) : NULL};
    const struct adb_command command = {
        .line = line, .input = -1, .output = take_piece, .data = &fetch};
    int status;

    transfer_begin(&fetch.transfer, what ? what : "", 0);
    int code = guest_run(guest, &command, &status);
    transfer_end(&fetch.transfer);
    if (fetch.size) {
        g_string_free(fetch.size, TRUE);
    }
    if (code == EXIT_DONE && status != 0) {
        return EXIT_REFUSED;
    }
    if (code == EXIT_DONE && lseek(file, 0, SEEK_SET) != 0) {
        say("cannot read what has come: %s", g_strerror(errno));
        return EXIT_LOCAL;
    }
    return code;
}
