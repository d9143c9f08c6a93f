/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The far end of the board's Ethernet controllers: uplink.h. Ethernet frames are those of IEEE
 * 802.3. */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "net/net.h"
#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "board_parts.h"
#include "uplink.h"
#include "uplink_lane.h"

#define MAC 6

/* The first bytes of a persona's address; then come wire, 0 and the persona's number. */
static const uint8_t persona[] = {0x02, 'P', 'B'};

typedef struct Line {
    unsigned wire, id;
    NetClientState *nc; /* its peer is the network behind; NULL: there is no such line */
    UplinkShape shape;
    UplinkCounts counts;
    UplinkDns dns;
    UplinkProxy proxy;
    UplinkFirewall firewall;
    UplinkLane to, from;
} Line;

static struct {
    unsigned wires;
    NetClientState *nc[UPLINK_WIRES]; /* their peers are the board's Ethernet controllers */
    Line line[UPLINK_WIRES * UPLINK_PERSONAS];
    bool closed; /* nothing passes */
} uplink;

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

/* Addresses in its frames are changed. */
static bool changes(const Line *line)
{
    return line->dns.on || line->proxy.on;
}

static void leave(Line *line, const uint8_t *data, size_t len)
{
    if (!uplink_firewall_out(&line->firewall, data, len)) {
        line->counts.blocked++;
    } else if (changes(line)) {
        g_autofree uint8_t *frame = g_memdup2(data, len);

        if (uplink_dns_out(&line->dns, frame, len) && uplink_proxy_out(&line->proxy, frame, len)) {
            uplink_lane_send(&line->from, frame, len);
        }
    } else {
        uplink_lane_send(&line->from, data, len);
    }
}

static ssize_t from_board(NetClientState *nc, const uint8_t *data, size_t len)
{
    unsigned wire = 0;

    while (uplink.nc[wire] != nc) {
        wire++; /* it is one of them */
    }
    if (len >= 2 * MAC && !uplink.closed) {
        Line *line = line_of(wire, data + MAC);

        if (line->nc) {
            leave(line, data, len);
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
    uplink_lane_send(&line->to, frame, len);
}

static ssize_t from_network(NetClientState *nc, const uint8_t *data, size_t len)
{
    Line *line = uplink.line;

    while (line->nc != nc) {
        line++; /* it is that of one line */
    }
    if (len >= 2 * MAC && !uplink.closed) {
        uplink_firewall_in(&line->firewall, data, len);
        if (line->id && (data[0] & 1)) {
            send_to_one(line, data, len);
        } else if (changes(line)) {
            g_autofree uint8_t *frame = g_memdup2(data, len);

            uplink_dns_in(&line->dns, frame, len);
            uplink_proxy_in(&line->proxy, frame, len);
            uplink_lane_send(&line->to, frame, len);
        } else {
            uplink_lane_send(&line->to, data, len);
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
    line->to = (UplinkLane){.shape = &line->shape.to,
                            .up = &line->shape.up,
                            .out = uplink.nc[wire],
                            .frames_passed = &counts->frames_to,
                            .bytes_passed = &counts->bytes_to,
                            .lost = &counts->lost};
    line->from = (UplinkLane){.shape = &line->shape.from,
                              .up = &line->shape.up,
                              .out = line->nc,
                              .frames_passed = &counts->frames_from,
                              .bytes_passed = &counts->bytes_from,
                              .lost = &counts->lost};
    uplink_lane_init(&line->to);
    uplink_lane_init(&line->from);
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

bool uplink_shape(unsigned number, const UplinkShape *shape)
{
    Line *line = find(number);

    if (!line) {
        return false;
    }
    if (!shape->up) {
        line->counts.lost += uplink_lane_waiting(&line->to) + uplink_lane_waiting(&line->from);
        uplink_lane_clear(&line->to);
        uplink_lane_clear(&line->from);
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

bool uplink_proxy(unsigned number, const uint8_t host[4], const UplinkRelays *relays)
{
    Line *line = find(number);

    if (line) {
        uplink_proxy_forget(&line->proxy);
        memset(&line->proxy, 0, sizeof(line->proxy));
        line->proxy.on = relays != NULL;
        line->proxy.relays = relays ? *relays : (UplinkRelays){0};
        memcpy(line->proxy.host, host, sizeof(line->proxy.host));
    }
    return line != NULL;
}

bool uplink_rules(unsigned number, const UplinkRules *rules)
{
    Line *line = find(number);

    if (line) {
        line->firewall.rules = *rules;
    }
    return line != NULL;
}

void uplink_close(void)
{
    uplink.closed = true;
}
