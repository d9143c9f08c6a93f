/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "uplink_lane.h"

/* A line takes frames for so long ahead; then it has no room, as a modem's buffer has none. */
#define QUEUE_NS  (500 * SCALE_MS)
#define QUEUE_MAX 1000 /* frames */

typedef struct Frame {
    int64_t due_ns;
    size_t len;
    uint8_t data[];
} Frame;

static void pass(UplinkLane *lane, const uint8_t *data, size_t len)
{
    (*lane->frames_passed)++;
    *lane->bytes_passed += len;
    qemu_send_packet(lane->out, data, len);
}

static void on_due(void *opaque)
{
    UplinkLane *lane = opaque;
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    Frame *frame;

    while ((frame = g_queue_peek_head(&lane->frames)) && frame->due_ns <= now) {
        g_queue_pop_head(&lane->frames);
        pass(lane, frame->data, frame->len);
        g_free(frame);
    }
    if (frame) {
        timer_mod(lane->timer, frame->due_ns);
    }
}

/* When a frame of `len` bytes that comes now has passed the line; -1: there is no room for it. */
static int64_t due(UplinkLane *lane, size_t len, int64_t now)
{
    const UplinkWay *shape = lane->shape;
    int64_t start = MAX(now, lane->busy_ns);

    if (start - now > QUEUE_NS || g_queue_get_length(&lane->frames) == QUEUE_MAX) {
        return -1;
    }
    lane->busy_ns = start;
    if (shape->rate) {
        lane->busy_ns += (int64_t)(len * 8 * NANOSECONDS_PER_SECOND / shape->rate);
    }
    lane->last_ns =
        MAX(lane->last_ns, lane->busy_ns + ((int64_t)shape->delay_us +
                                            g_random_int_range(0, (gint32)shape->jitter_us + 1)) *
                                               SCALE_US);
    return lane->last_ns;
}

static void send_later(UplinkLane *lane, const uint8_t *data, size_t len)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    int64_t due_ns = due(lane, len, now);
    Frame *frame;

    if (due_ns < 0) {
        (*lane->lost)++;
        return;
    }
    frame = g_malloc(sizeof(*frame) + len);
    frame->due_ns = due_ns;
    frame->len = len;
    memcpy(frame->data, data, len);
    g_queue_push_tail(&lane->frames, frame);
    if (g_queue_get_length(&lane->frames) == 1) {
        timer_mod(lane->timer, due_ns);
    }
}

void uplink_lane_send(UplinkLane *lane, const uint8_t *data, size_t len)
{
    const UplinkWay *shape = lane->shape;

    if (!*lane->up || (uint32_t)g_random_int_range(0, 1000000) < shape->loss) {
        (*lane->lost)++;
    } else if (shape->rate || shape->delay_us || shape->jitter_us ||
               !g_queue_is_empty(&lane->frames)) {
        send_later(lane, data, len);
    } else {
        pass(lane, data, len);
    }
}

void uplink_lane_init(UplinkLane *lane)
{
    lane->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, on_due, lane);
    g_queue_init(&lane->frames);
}

unsigned uplink_lane_waiting(UplinkLane *lane)
{
    return g_queue_get_length(&lane->frames);
}

void uplink_lane_clear(UplinkLane *lane)
{
    g_queue_clear_full(&lane->frames, g_free);
    timer_del(lane->timer);
    lane->busy_ns = lane->last_ns = 0;
}
