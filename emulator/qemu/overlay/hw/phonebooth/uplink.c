/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The far end of the board's Ethernet controllers: uplink.h. Ethernet frames are those of IEEE
 * 802.3. */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/timer.h"
#include "net/net.h"
#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "board_parts.h"
#include "uplink.h"

#define MAC 6
/* A line takes frames for so long ahead; then it has no room, as a modem's buffer has none. */
#define QUEUE_NS  (500 * SCALE_MS)
#define QUEUE_MAX 1000 /* frames, each way */

/* The first bytes of a persona's address; then come wire, 0 and the persona's number. */
static const uint8_t persona[] = {0x02, 'P', 'B'};

typedef struct Frame {
    int64_t due_ns;
    size_t len;
    uint8_t data[];
} Frame;

typedef struct Way {
    const UplinkWay *shape;
    GQueue frames;            /* of Frame *, by the time when they are due */
    int64_t busy_ns, last_ns; /* until when the line is busy; when the last frame is due */
    QEMUTimer *timer;
    NetClientState *out;
    uint64_t *frames_passed, *bytes_passed;
    struct Line *line;
} Way;

typedef struct Line {
    unsigned wire, id;
    NetClientState *nc; /* its peer is the network behind; NULL: there is no such line */
    UplinkShape shape;
    UplinkCounts counts;
    UplinkDns dns;
    Way to, from;
} Line;

static struct {
    unsigned wires;
    NetClientState *nc[UPLINK_WIRES]; /* their peers are the board's Ethernet controllers */
    Line line[UPLINK_WIRES * UPLINK_PERSONAS];
} uplink;

static void pass(Way *way, const uint8_t *data, size_t len)
{
    (*way->frames_passed)++;
    *way->bytes_passed += len;
    qemu_send_packet(way->out, data, len);
}

static void on_due(void *opaque)
{
    Way *way = opaque;
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    Frame *frame;

    while ((frame = g_queue_peek_head(&way->frames)) && frame->due_ns <= now) {
        g_queue_pop_head(&way->frames);
        pass(way, frame->data, frame->len);
        g_free(frame);
    }
    if (frame) {
        timer_mod(way->timer, frame->due_ns);
    }
}

/* When a frame of `len` bytes that comes now has passed the line; -1: there is no room for it. */
static int64_t due(Way *way, size_t len, int64_t now)
{
    const UplinkWay *shape = way->shape;
    int64_t start = MAX(now, way->busy_ns);

    if (start - now > QUEUE_NS || g_queue_get_length(&way->frames) == QUEUE_MAX) {
        return -1;
    }
    way->busy_ns = start;
    if (shape->rate) {
        way->busy_ns += (int64_t)(len * 8 * NANOSECONDS_PER_SECOND / shape->rate);
    }
    way->last_ns =
        MAX(way->last_ns, way->busy_ns + ((int64_t)shape->delay_us +
                                          g_random_int_range(0, (gint32)shape->jitter_us + 1)) *
                                             SCALE_US);
    return way->last_ns;
}

static void send_later(Way *way, const uint8_t *data, size_t len)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    int64_t due_ns = due(way, len, now);
    Frame *frame;

    if (due_ns < 0) {
        way->line->counts.lost++;
        return;
    }
    frame = g_malloc(sizeof(*frame) + len);
    frame->due_ns = due_ns;
    frame->len = len;
    memcpy(frame->data, data, len);
    g_queue_push_tail(&way->frames, frame);
    if (g_queue_get_length(&way->frames) == 1) {
        timer_mod(way->timer, due_ns);
    }
}

static void send_on(Way *way, const uint8_t *data, size_t len)
{
    const UplinkWay *shape = way->shape;

    if (!way->line->shape.up || (uint32_t)g_random_int_range(0, 1000000) < shape->loss) {
        way->line->counts.lost++;
    } else if (shape->rate || shape->delay_us || shape->jitter_us ||
               !g_queue_is_empty(&way->frames)) {
        send_later(way, data, len);
    } else {
        pass(way, data, len);
    }
}

/* ---- From and to the board --------------------------------------------------------------- */

static Line *find(unsigned line)
{
    return line < ARRAY_SIZE(uplink.line) && uplink.line[line].nc ? &uplink.line[line] : NULL;
}

static Line *line_of(unsigned wire, const uint8_t *mac)
{
    unsigned id = mac[MAC - 1];
    bool known = !memcmp(mac, persona, sizeof(persona)) && mac[3] == wire && !mac[4] &&
                 id < UPLINK_PERSONAS && find(UPLINK_LINE(wire, id));

    return &uplink.line[UPLINK_LINE(wire, known ? id : 0)];
}

static ssize_t from_board(NetClientState *nc, const uint8_t *data, size_t len)
{
    unsigned wire = 0;

    while (uplink.nc[wire] != nc) {
        wire++; /* it is one of them */
    }
    if (len >= 2 * MAC) {
        Line *line = line_of(wire, data + MAC);

        if (line->nc && line->dns.on) {
            g_autofree uint8_t *frame = g_memdup2(data, len);

            if (uplink_dns_out(&line->dns, frame, len)) {
                send_on(&line->from, frame, len);
            }
        } else if (line->nc) {
            send_on(&line->from, data, len);
        }
    }
    return len;
}

/*
 * What a network says to everyone is for its persona alone. The board has one wire for all of them,
 * so it is addressed to that one.
 */
static void send_to_one(Line *line, const uint8_t *data, size_t len)
{
    g_autofree uint8_t *frame = g_memdup2(data, len);

    memcpy(frame, persona, sizeof(persona));
    frame[3] = (uint8_t)line->wire;
    frame[4] = 0;
    frame[5] = (uint8_t)line->id;
    send_on(&line->to, frame, len);
}

static ssize_t from_network(NetClientState *nc, const uint8_t *data, size_t len)
{
    Line *line = uplink.line;

    while (line->nc != nc) {
        line++; /* it is that of one line */
    }
    if (len >= 2 * MAC) {
        if (line->id && (data[0] & 1)) {
            send_to_one(line, data, len);
        } else if (line->dns.on) {
            g_autofree uint8_t *frame = g_memdup2(data, len);

            uplink_dns_in(&line->dns, frame, len);
            send_on(&line->to, frame, len);
        } else {
            send_on(&line->to, data, len);
        }
    }
    return len;
}

static NetClientInfo board_info = {
    .type = NET_CLIENT_DRIVER_NONE,
    .size = sizeof(NetClientState),
    .receive = from_board,
};

static NetClientInfo network_info = {
    .type = NET_CLIENT_DRIVER_NONE,
    .size = sizeof(NetClientState),
    .receive = from_network,
};

static void way_init(Way *way, Line *line, const UplinkWay *shape, NetClientState *out,
                     uint64_t *frames, uint64_t *bytes)
{
    *way = (Way){
        .shape = shape, .out = out, .frames_passed = frames, .bytes_passed = bytes, .line = line};
    way->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, on_due, way);
    g_queue_init(&way->frames);
}

static const char *const wire_names[UPLINK_WIRES] = {"vm", "cell"};

static void line_init(unsigned wire, unsigned id)
{
    g_autofree char *name = g_strdup_printf("%s%u", wire_names[wire], id);
    g_autofree char *own = g_strdup_printf("line-%s", name);
    NetClientState *network = qemu_find_netdev(name);
    Line *line = &uplink.line[UPLINK_LINE(wire, id)];
    UplinkCounts *counts = &line->counts;

    if (!network || network->peer) {
        return;
    }
    line->nc = qemu_new_net_client(&network_info, network, "uplink", own);
    line->wire = wire;
    line->id = id;
    line->shape.up = true;
    way_init(&line->to, line, &line->shape.to, uplink.nc[wire], &counts->frames_to,
             &counts->bytes_to);
    way_init(&line->from, line, &line->shape.from, line->nc, &counts->frames_from,
             &counts->bytes_from);
}

bool board_connect_uplink(DeviceState *ethernet)
{
    unsigned wire = uplink.wires;
    g_autofree char *own = g_strdup_printf("uplink%u", wire);

    if (wire == UPLINK_WIRES || !qemu_find_netdev("vm0")) {
        return false;
    }
    uplink.nc[wire] = qemu_new_net_client(&board_info, NULL, "uplink", own);
    for (unsigned id = 0; id < UPLINK_PERSONAS; id++) {
        line_init(wire, id);
    }
    qdev_prop_set_netdev(ethernet, "netdev", uplink.nc[wire]);
    uplink.wires++;
    return true;
}

/* ---- For the emulator -------------------------------------------------------------------- */

static void forget(Way *way)
{
    g_queue_clear_full(&way->frames, g_free);
    timer_del(way->timer);
    way->busy_ns = way->last_ns = 0;
}

bool uplink_shape(unsigned number, const UplinkShape *shape)
{
    Line *line = find(number);

    if (!line) {
        return false;
    }
    if (!shape->up) {
        line->counts.lost +=
            g_queue_get_length(&line->to.frames) + g_queue_get_length(&line->from.frames);
        forget(&line->to);
        forget(&line->from);
    }
    line->shape = *shape;
    return true;
}

bool uplink_count(unsigned number, UplinkCounts *counts)
{
    Line *line = find(number);

    if (line) {
        *counts = line->counts;
    }
    return line != NULL;
}

bool uplink_dns(unsigned number, const UplinkDns *dns)
{
    Line *line = find(number);

    if (line) {
        line->dns = *dns;
    }
    return line != NULL;
}
