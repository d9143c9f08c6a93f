/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "frontends/film_feed.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "beside.h"

#define ANSWER_MAX 512

struct film_feed {
    int socket;
    GPid pid;
    int width, height;
    uint32_t *pixels; /* room for a picture */
    gint64 us;        /* of the last piece */
};

static bool send_all(struct film_feed *feed, const void *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(feed->socket, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        bytes = (const char *)bytes + sent;
        size -= (size_t)sent;
    }
    return true;
}

static bool send_piece(struct film_feed *feed, gint64 us, struct film_piece piece,
                       const void *bytes)
{
    feed->us = piece.us = MAX(us, feed->us);
    return send_all(feed, &piece, sizeof(piece)) && send_all(feed, bytes, piece.bytes);
}

/* The encoder's next line, without its end; empty: it has ended. */
static void read_line(struct film_feed *feed, char line[ANSWER_MAX])
{
    size_t length = 0;

    while (length < ANSWER_MAX - 1) {
        ssize_t got = read(feed->socket, line + length, 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0 || line[length] == '\n') {
            break;
        }
        length++;
    }
    line[length] = '\0';
}

/* Its other end of the socket is its standard input. */
static bool spawn(struct film_feed *feed, const char *file, GError **error)
{
    g_autofree char *program = beside_find(FILM_PROGRAM);
    const char *words[] = {program, file, NULL};
    int ends[2];
    bool spawned;

    if (program == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "there is no " FILM_PROGRAM " beside the emulator; build or install it again");
        return false;
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "no socket: %s", g_strerror(errno));
        return false;
    }
    feed->socket = ends[0];
    spawned = g_spawn_async_with_fds(NULL, (char **)words, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                                     NULL, &feed->pid, ends[1], -1, -1, error);
    close(ends[1]);
    return spawned;
}

static bool measure(struct film_feed *feed, struct shadow *shadow, GError **error)
{
    g_mutex_lock(&shadow->lock);
    feed->width = shadow->pixels ? shadow->width : 0;
    feed->height = shadow->height;
    g_mutex_unlock(&shadow->lock);
    if (feed->width == 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "the handset has no screen yet");
    }
    return feed->width != 0;
}

static bool is_ready(struct film_feed *feed, const struct film_options *options, GError **error)
{
    const struct film_head head = {
        .width = (uint32_t)feed->width,
        .height = (uint32_t)feed->height,
        .fps = options->fps,
        .max_seconds = options->max_seconds,
        .max_bytes = options->max_bytes,
    };
    char line[ANSWER_MAX];

    send_all(feed, &head, sizeof(head));
    read_line(feed, line);
    if (strcmp(line, "ready") == 0) {
        return true;
    }
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "no recording: %s",
                g_str_has_prefix(line, "failed ") ? line + strlen("failed ")
                                                  : "the encoder does not start");
    return false;
}

struct film_feed *film_feed_new(struct shadow *shadow, const struct film_options *options,
                                GError **error)
{
    struct film_feed *feed = g_new0(struct film_feed, 1);

    feed->socket = -1;
    if (!measure(feed, shadow, error) || !spawn(feed, options->file, error) ||
        !is_ready(feed, options, error)) {
        film_feed_free(feed);
        return NULL;
    }
    feed->pixels = g_new(uint32_t, (gsize)feed->width * (gsize)feed->height);
    return feed;
}

bool film_feed_sounds(struct film_feed *feed, gint64 us, const int16_t *samples, unsigned frames)
{
    while (frames > 0) {
        const unsigned count = MIN(frames, FILM_SOUND);
        const struct film_piece piece = {
            .kind = FILM_SOUNDS, .w = count, .bytes = count * FILM_CHANNELS * sizeof(*samples)};
        if (!send_piece(feed, us, piece, samples)) {
            return false;
        }
        samples += count * FILM_CHANNELS;
        frames -= count;
        us += (gint64)count * G_USEC_PER_SEC / FILM_RATE;
    }
    return true;
}

/* False: the screen has another size now. */
static bool copy(struct film_feed *feed, struct shadow *shadow, struct rect part)
{
    bool fits;

    g_mutex_lock(&shadow->lock);
    fits = shadow->pixels && shadow->width == feed->width && shadow->height == feed->height;
    for (int row = 0; fits && row < part.h; row++) {
        memcpy(feed->pixels + row * part.w,
               shadow->pixels + (part.y + row) * shadow->width + part.x,
               (size_t)part.w * sizeof(*feed->pixels));
    }
    g_mutex_unlock(&shadow->lock);
    return fits;
}

bool film_feed_picture(struct film_feed *feed, gint64 us, struct shadow *shadow, struct rect part)
{
    part = rect_intersect(part, (struct rect){0, 0, feed->width, feed->height});
    if (part.w == 0 || part.h == 0 || !copy(feed, shadow, part)) {
        return true;
    }
    const struct film_piece piece = {
        .kind = FILM_PICTURE,
        .x = (uint32_t)part.x,
        .y = (uint32_t)part.y,
        .w = (uint32_t)part.w,
        .h = (uint32_t)part.h,
        .bytes = (uint32_t)part.w * (uint32_t)part.h * sizeof(*feed->pixels),
    };
    return send_piece(feed, us, piece, feed->pixels);
}

bool film_feed_tick(struct film_feed *feed, gint64 us)
{
    return us - feed->us < FILM_TICK_US ||
           send_piece(feed, us, (struct film_piece){.kind = FILM_TICK}, NULL);
}

static bool parse_done(const char *line, struct film_state *state)
{
    g_auto(GStrv) words = g_strsplit(line, " ", 5);

    if (g_strv_length(words) != 5 || strcmp(words[0], "done") != 0) {
        return false;
    }
    state->seconds = g_ascii_strtod(words[1], NULL);
    state->bytes = g_ascii_strtoull(words[2], NULL, 10);
    state->frames = (unsigned)g_ascii_strtoull(words[3], NULL, 10);
    state->why = strcmp(words[4], FILM_ASKED) == 0 ? NULL : g_strdup(words[4]);
    return true;
}

bool film_feed_end(struct film_feed *feed, gint64 us, struct film_state *state)
{
    char line[ANSWER_MAX];
    bool whole;

    send_piece(feed, us, (struct film_piece){.kind = FILM_TICK}, NULL);
    shutdown(feed->socket, SHUT_WR);
    read_line(feed, line);
    whole = parse_done(line, state);
    if (!whole) {
        state->why = g_strdup(g_str_has_prefix(line, "failed ") ? line + strlen("failed ")
                                                                : "the encoder has been killed");
    }
    return whole;
}

void film_feed_free(struct film_feed *feed)
{
    if (feed->socket >= 0) {
        close(feed->socket);
    }
    if (feed->pid != 0) {
        waitpid(feed->pid, NULL, 0);
        g_spawn_close_pid(feed->pid);
    }
    g_free(feed->pixels);
    g_free(feed);
}
