/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "qemu/main-loop.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "chardev/char.h"
#include "qapi/error.h"
#include "machine/call.h"
#include "machine/line.h"
#include "machine/trace_hash.h"

#define TYPE_CHARDEV_LINE "chardev-phonebooth-line"
#define REFILL_NS         (16 * 10 * NANOSECONDS_PER_SECOND / 115200) /* a FIFO full, by wire */

struct line {
    GMutex lock; /* protects pending and input; innermost */
    GMainContext *context;
    line_output_fn *output;
    void *opaque;
    GByteArray *pending; /* from the guest; non-empty: deliver() is on its way */
    GByteArray *input;   /* to the guest */
    gsize coming;        /* bytes that are on their way to `input` */
    Chardev *chr;        /* NULL until the machine is made */
    QEMUTimer *refill;
};

static struct line lines[LINE_COUNT];
static line_watch_fn *watch;
static bool deaf;

void line_listen(unsigned uart, GMainContext *context, line_output_fn *output, void *opaque)
{
    struct line *line = &lines[uart];

    line->context = context;
    line->output = output;
    line->opaque = opaque;
    line->pending = g_byte_array_new();
    line->input = g_byte_array_new();
}

void line_watch(line_watch_fn *output)
{
    watch = output;
}

void line_deafen(void)
{
    deaf = true;
}

/* Phone's thread: takes over what has come since. */
static gboolean deliver(gpointer opaque)
{
    struct line *line = opaque;
    g_autoptr(GByteArray) bytes = NULL;

    g_mutex_lock(&line->lock);
    bytes = line->pending;
    line->pending = g_byte_array_new();
    g_mutex_unlock(&line->lock);
    line->output(line->opaque, bytes->data, bytes->len);
    return G_SOURCE_REMOVE;
}

static void schedule_delivery(struct line *line)
{
    g_autoptr(GSource) source = g_idle_source_new();
    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, deliver, line, NULL);
    g_source_attach(source, line->context);
}

/* Any thread, mostly a vCPU's with the BQL held: only copies. */
static int line_chr_write(Chardev *chr, const uint8_t *buf, int len)
{
    struct line *line = &lines[chr->label[4] - '0'];
    bool first, room;

    if (!line->output) {
        return len;
    }
    g_mutex_lock(&line->lock);
    first = line->pending->len == 0;
    room = line->pending->len + (guint)len <= LINE_PENDING_MAX;
    if (room) {
        g_byte_array_append(line->pending, buf, (guint)len);
    }
    g_mutex_unlock(&line->lock);
    if (!room) {
        errno = EAGAIN; /* the caller tries again in a moment */
        return -1;
    }
    if (watch) {
        watch((unsigned)(line - lines), buf, (gsize)len);
    }
    trace_hash_add(TRACE_OUTPUT, (uint64_t)(line - lines), buf, (gsize)len);
    if (first && len > 0) {
        schedule_delivery(line);
    }
    return len;
}

/* Main loop, BQL held: as much as the UART takes now. */
static void push(struct line *line)
{
    uint8_t chunk[64];
    guint count;

    do {
        int room = qemu_chr_be_can_write(line->chr);
        g_mutex_lock(&line->lock);
        count = MIN(MIN((guint)MAX(room, 0), line->input->len), sizeof(chunk));
        if (count > 0) {
            memcpy(chunk, line->input->data, count);
            g_byte_array_remove_range(line->input, 0, count);
        }
        g_mutex_unlock(&line->lock);
        if (count > 0) {
            trace_hash_add(TRACE_INPUT, (uint64_t)(line - lines), chunk, count);
            qemu_chr_be_write(line->chr, chunk, (int)count);
        }
    } while (count > 0);
}

static void refill(void *opaque)
{
    push(opaque);
}

/*
 * BQL held: the guest has read from the UART's FIFO. More comes no sooner than by wire. Linux, when
 * it opens the console, acknowledges the receive interrupt and reads 32 times or until the FIFO is
 * empty; one that each read fills up stays full, and its interrupt never comes again.
 */
static void line_chr_accept_input(Chardev *chr)
{
    struct line *line = &lines[chr->label[4] - '0'];
    bool waits;

    if (!line->output || timer_pending(line->refill)) {
        return;
    }
    g_mutex_lock(&line->lock);
    waits = line->input->len > 0;
    g_mutex_unlock(&line->lock);
    if (waits) {
        timer_mod(line->refill, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + REFILL_NS);
    }
}

struct sending {
    struct line *line;
    gsize length;
    guint8 bytes[];
};

/* Main loop, BQL held. Each sending arrives as it was cut, however late the main loop is. */
static void accept_input(void *opaque)
{
    g_autofree struct sending *sending = opaque;
    struct line *line = sending->line;

    g_mutex_lock(&line->lock);
    line->coming -= sending->length;
    g_byte_array_append(line->input, sending->bytes, (guint)sending->length);
    g_mutex_unlock(&line->lock);
    if (line->chr) {
        push(line);
    }
}

static void post(struct line *line, const void *bytes, gsize length)
{
    struct sending *sending = g_malloc(sizeof(*sending) + length);

    *sending = (struct sending){line, length};
    memcpy(sending->bytes, bytes, length);
    machine_call(accept_input, sending);
}

bool line_send(unsigned uart, const void *bytes, gsize length)
{
    struct line *line = &lines[uart];
    bool room;

    if (deaf) {
        return true;
    }
    g_mutex_lock(&line->lock);
    room = line->input->len + line->coming + length <= LINE_INPUT_MAX;
    line->coming += room ? length : 0;
    g_mutex_unlock(&line->lock);
    if (room) {
        post(line, bytes, length);
    }
    return room;
}

static void line_chr_open(Chardev *chr, ChardevBackend *backend, bool *be_opened, Error **errp)
{
    struct line *line;

    if (strlen(chr->label) != 5 || !g_str_has_prefix(chr->label, "line") || chr->label[4] < '0' ||
        chr->label[4] >= '0' + LINE_COUNT) {
        error_setg(errp, "a phonebooth-line is called line0 to line%d", LINE_COUNT - 1);
        return;
    }
    line = &lines[chr->label[4] - '0'];
    line->chr = chr;
    line->refill = timer_new_ns(QEMU_CLOCK_VIRTUAL, refill, line);
    *be_opened = true;
}

static void line_chr_class_init(ObjectClass *oc, void *data)
{
    ChardevClass *cc = CHARDEV_CLASS(oc);

    cc->open = line_chr_open;
    cc->chr_write = line_chr_write;
    cc->chr_accept_input = line_chr_accept_input;
}

static const TypeInfo line_chr_info = {
    .name = TYPE_CHARDEV_LINE,
    .parent = TYPE_CHARDEV,
    .instance_size = sizeof(Chardev),
    .class_init = line_chr_class_init,
};

static void line_register_types(void)
{
    type_register_static(&line_chr_info);
}

type_init(line_register_types)
