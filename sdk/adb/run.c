/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* One command of adbd's shell service, from its start to its exit status. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../lib/booth.h"
#include "frames.h"
#include "link.h"

enum { PROBE_SECONDS = 5 };

struct run {
    struct adb *adb;
    const struct adb_command *command;
    struct frames frames;
    guint32 ours, theirs; /* numbers of the stream; theirs is 0 until it is open */
    int input;            /* -1: none any more */
    gboolean free;        /* the daemon has taken what was sent before */
    gboolean closed;
    guint quiet; /* seconds since the daemon has said something */
};

static gboolean fail(GError **error, BoothError code, const char *why)
{
    g_set_error_literal(error, BOOTH_ERROR, code, why);
    return FALSE;
}

static gboolean send_frame(struct run *run, enum frame_kind kind, const void *data, gsize length,
                           GError **error)
{
    guint8 frame[PACKET_DATA];
    const struct packet packet = {PACKET_WRITE, run->ours, run->theirs, frame,
                                  FRAME_HEADER + length};

    frames_write(frame, kind, data, length);
    run->free = FALSE;
    return link_send(run->adb, &packet, error);
}

/* Passes a piece of the input on, or its end. */
static gboolean send_input(struct run *run, GError **error)
{
    guint8 bytes[PACKET_DATA];
    gsize most = MIN(run->adb->most, sizeof(bytes)) - FRAME_HEADER;
    gssize got = read(run->input, bytes, most);

    if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
        return TRUE;
    }
    if (got < 0) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot read the input: %s",
                    g_strerror(errno));
        return FALSE;
    }
    if (got == 0) {
        run->input = -1;
        return send_frame(run, FRAME_IN_END, NULL, 0, error);
    }
    if (run->command->sent != NULL) {
        run->command->sent(run->command->sent_data, (gsize)got);
    }
    return send_frame(run, FRAME_IN, bytes, (gsize)got, error);
}

/* Before the terminal is used, and after each change of its size. */
static gboolean send_size(struct run *run, GError **error)
{
    struct winsize size;
    char text[64];

    if (ioctl(run->command->input, TIOCGWINSZ, &size) != 0) {
        return TRUE;
    }
    int length = snprintf(text, sizeof(text), "%ux%u,%ux%u", size.ws_row, size.ws_col,
                          size.ws_xpixel, size.ws_ypixel);
    return send_frame(run, FRAME_SIZE, text, (gsize)length + 1, error);
}

static gboolean take_written(struct run *run, const struct packet *packet, GError **error)
{
    const struct packet okay = {PACKET_OKAY, run->ours, run->theirs, NULL, 0};

    return frames_read(&run->frames, packet->data, packet->length, run->command, error) &&
           link_send(run->adb, &okay, error);
}

static gboolean opened(struct run *run, guint32 theirs, GError **error)
{
    run->theirs = theirs;
    if (run->command->terminal != NULL) {
        return send_size(run, error);
    }
    return run->command->input >= 0 || send_frame(run, FRAME_IN_END, NULL, 0, error);
}

/* Packets of a command before this one are passed over. */
static gboolean take_packet(struct run *run, const struct packet *packet, GError **error)
{
    if (packet->second != run->ours) {
        return TRUE;
    }
    switch (packet->command) {
    case PACKET_OKAY:
        run->free = TRUE;
        return run->theirs != 0 || opened(run, packet->first, error);
    case PACKET_WRITE:
        return run->theirs == 0 || take_written(run, packet, error);
    case PACKET_CLOSE:
        run->closed = TRUE;
        return run->theirs != 0 ||
               fail(error, BOOTH_ERROR_REFUSED, "its adbd does not run the command");
    default:
        return TRUE;
    }
}

static gboolean take_all(struct run *run, GError **error)
{
    struct packet packet;
    int result = 0;

    while (!run->closed && (result = link_take(run->adb, &packet, error)) > 0) {
        if (!take_packet(run, &packet, error)) {
            return FALSE;
        }
    }
    return result >= 0;
}

/*
 * Nothing has come for some seconds: sends a packet that the daemon passes over. If the guest has
 * lost its end of the connection, it says so now; otherwise we would wait for ever.
 */
static gboolean probe(struct run *run, guint seconds, GError **error)
{
    const struct packet nothing = {PACKET_CLOSE, run->ours, G_MAXUINT32, NULL, 0};

    run->quiet += seconds;
    if (run->command->silence != 0 && run->quiet >= run->command->silence) {
        return fail(error, BOOTH_ERROR_TIMEOUT, "it does not answer any more");
    }
    return link_send(run->adb, &nothing, error);
}

/* Waits for either side and does what is then to be done. */
static gboolean step(struct run *run, GError **error)
{
    gboolean listens = run->free && run->theirs != 0;
    struct pollfd wait[] = {
        {.fd = run->adb->descriptor, .events = POLLIN},
        {.fd = listens ? run->input : -1, .events = POLLIN},
    };
    guint seconds =
        run->command->silence ? MIN(run->command->silence, PROBE_SECONDS) : PROBE_SECONDS;
    int ready = poll(wait, G_N_ELEMENTS(wait), (int)seconds * 1000);

    if (ready < 0 && errno == EINTR) {
        return run->command->terminal == NULL || !listens || send_size(run, error);
    }
    if (ready == 0) {
        return probe(run, seconds, error);
    }
    run->quiet = 0;
    if (wait[0].revents != 0 && (!link_fill(run->adb, error) || !take_all(run, error))) {
        return FALSE;
    }
    return wait[1].revents == 0 || run->closed || send_input(run, error);
}

static gboolean open_stream(struct run *run, GError **error)
{
    const struct adb_command *command = run->command;
    g_autofree char *service =
        command->terminal ? g_strdup_printf("shell,v2,TERM=%s,pty:%s", command->terminal,
                                            command->line ? command->line : "")
                          : g_strdup_printf("shell,v2,raw:%s", command->line ? command->line : "");
    const struct packet open = {PACKET_OPEN, run->ours, 0, (const guint8 *)service,
                                strlen(service) + 1};

    if (open.length > run->adb->most) {
        return fail(error, BOOTH_ERROR_TOO_LONG, "the command is too long for its adbd");
    }
    return link_send(run->adb, &open, error);
}

int adb_run(struct adb *adb, const struct adb_command *command, GError **error)
{
    struct run run = {.adb = adb,
                      .command = command,
                      .frames = {.status = -1},
                      .ours = ++adb->last_open,
                      .input = command->input};

    if (!open_stream(&run, error) || !take_all(&run, error)) {
        return -1;
    }
    while (!run.closed) {
        if (!step(&run, error)) {
            return -1;
        }
    }
    if (run.frames.status < 0) {
        fail(error, BOOTH_ERROR_REFUSED, "its adbd has ended the command without an exit status");
    }
    return run.frames.status;
}
