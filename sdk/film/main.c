/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * booth-film: the encoder of `booth record`, a process of its own so that neither its CPU time nor
 * its faults are the phone's. The emulator starts it and feeds it (film_wire.h); when the emulator
 * ends, however that may be, the film ends too and the file is made whole.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "film.h"

#define NICE 5 /* the phone goes first */

/* The answer to the emulator, in one line. It may have gone. */
static void say(const char *format, ...) G_GNUC_PRINTF(1, 2);

static void say(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_strdelimit(text, "\n", ' ');
    g_autofree char *line = g_strconcat(text, "\n", NULL);
    send(STDIN_FILENO, line, strlen(line), MSG_NOSIGNAL);
}

/* FALSE: the stream has ended before. */
static gboolean receive(void *bytes, gsize size)
{
    while (size > 0) {
        ssize_t got = read(STDIN_FILENO, bytes, size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return FALSE;
        }
        bytes = (char *)bytes + got;
        size -= (gsize)got;
    }
    return TRUE;
}

static gboolean head_is_sound(const struct film_head *head)
{
    return head->width > 0 && head->height > 0 && head->width <= FILM_SIDE_MAX &&
           head->height <= FILM_SIDE_MAX && head->fps > 0;
}

static void feed(film *film, const struct film_head *head)
{
    const gsize room = MAX((gsize)head->width * head->height * 4,
                           (gsize)FILM_SOUND * FILM_CHANNELS * sizeof(gint16));
    g_autofree void *bytes = g_malloc(room);
    struct film_piece piece;

    while (receive(&piece, sizeof(piece)) && piece.bytes <= room && receive(bytes, piece.bytes) &&
           film_take(film, &piece, bytes)) {
    }
}

static int open_part(const char *part)
{
    struct stat state;
    int fd = g_open(part, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0644);

    if (fd >= 0 && (fstat(fd, &state) != 0 || !S_ISREG(state.st_mode) || ftruncate(fd, 0) != 0)) {
        close(fd);
        errno = EINVAL;
        fd = -1;
    }
    return fd;
}

static void conclude(film *film, const char *part, const char *file)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *why = NULL;
    double seconds;
    guint64 bytes;
    guint frames;

    if (!film_end(film, &seconds, &bytes, &frames, &why, &error)) {
        g_unlink(part);
        say("failed %s: %s", file, error->message);
    } else if (g_rename(part, file) != 0) {
        say("failed %s: %s", file, g_strerror(errno));
    } else {
        say("done %.3f %" G_GUINT64_FORMAT " %u %s", seconds, bytes, frames,
            why ? why : FILM_ASKED);
    }
}

static int make(const char *file)
{
    g_autofree char *part = g_strconcat(file, ".part", NULL);
    g_autoptr(GError) error = NULL;
    struct film_head head;
    int fd;

    if (!receive(&head, sizeof(head)) || !head_is_sound(&head)) {
        return 1;
    }
    fd = open_part(part);
    if (fd < 0) {
        say("failed %s: %s", part, g_strerror(errno));
        return 1;
    }
    film *film = film_new(&head, fd, &error);
    if (film == NULL) {
        g_unlink(part);
        say("failed %s; 'booth doctor' says which packages are missing", error->message);
        return 1;
    }
    say("ready");
    feed(film, &head);
    conclude(film, part, file);
    return 0;
}

/* What ends a whole terminal's processes must not end this one: the emulator's end does. */
static void ignore_signals(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ};

    for (gsize i = 0; i < G_N_ELEMENTS(signals); i++) {
        signal(signals[i], SIG_IGN);
    }
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    struct stat state;

    if (argc != 2 || fstat(STDIN_FILENO, &state) != 0 || !S_ISSOCK(state.st_mode)) {
        fprintf(stderr, FILM_PROGRAM ": only for 'booth record'; it takes a file, and a socket as "
                                     "its standard input\n");
        return 2;
    }
    ignore_signals();
    setpriority(PRIO_PROCESS, 0, NICE);
    if (!gst_init_check(NULL, NULL, &error)) {
        say("failed GStreamer: %s", error ? error->message : "does not start");
        return 1;
    }
    return make(argv[1]);
}
