/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "guest_tar.h"
#include "say.h"

#include <errno.h>
#include <fcntl.h>
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

int guest_send(struct guest *guest, const char *line, const struct tar_item *items, char **output)
{
    struct sender sender = {.items = items};
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0) {
        say("cannot make a pipe: %s", g_strerror(errno));
        return EXIT_LOCAL;
    }
    sender.descriptor = ends[1];
    GThread *thread = g_thread_new("tar", send_items, &sender);
    int code = guest_ask_with(guest, line, ends[0], output);
    close(ends[0]); /* the sender's next write fails then, if it is not at its end */
    g_thread_join(thread);
    if (sender.error != NULL && code != EXIT_LOCAL &&
        !g_error_matches(sender.error, G_FILE_ERROR, G_FILE_ERROR_PIPE)) {
        code = cli_fail(sender.error);
    }
    g_clear_error(&sender.error);
    return code;
}

static gboolean write_file(gpointer data, enum adb_stream stream, const void *bytes, gsize length,
                           GError **error)
{
    const int *file = data;

    if (stream == ADB_ERR) {
        return guest_pass_on(NULL, stream, bytes, length, error);
    }
    for (gsize done = 0; done < length;) {
        gssize now = write(*file, (const char *)bytes + done, length - done);
        if (now < 0) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot write: %s",
                        g_strerror(errno));
            return FALSE;
        }
        done += (gsize)now;
    }
    return TRUE;
}

int guest_fetch(struct guest *guest, const char *line, int file)
{
    const struct adb_command command = {
        .line = line, .input = -1, .output = write_file, .data = &file};
    int status;
    int code = guest_run(guest, &command, &status);

    if (code == EXIT_DONE && status != 0) {
        return EXIT_REFUSED;
    }
    if (code == EXIT_DONE && lseek(file, 0, SEEK_SET) != 0) {
        say("cannot read what has come: %s", g_strerror(errno));
        return EXIT_LOCAL;
    }
    return code;
}
