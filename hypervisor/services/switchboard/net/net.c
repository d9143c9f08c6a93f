/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "bridge.h"
#include "drivers/gem.h"
#include "net.h"
#include "vm/vms.h"

#include "el1/log.h"

static struct {
    struct bridge bridge;
    struct vm *vm[BRIDGE_PORTS];
    bool uplink;
    unsigned sent, received, dropped;
    void (*deliver)(struct vm *vm, const void *frame, size_t len);
} net;

static bool deliver(uint32_t ports, const void *frame, size_t len)
{
    bool all = true;

    for (unsigned port = 1; port < net.bridge.ports; port++) {
        if (ports >> port & 1) {
            net.deliver(net.vm[port], frame, len);
        }
    }
    if (ports >> BRIDGE_UPLINK & 1) {
        all = gem_send(frame, len);
        net.sent += all;
    }
    net.dropped += !all || !ports;
    return all && ports;
}

static void received(const void *frame, size_t len)
{
    net.received++;
    deliver(bridge_route(&net.bridge, BRIDGE_UPLINK, frame, len), frame, len);
}

bool net_send(struct vm *vm, const void *frame, size_t len)
{
    for (unsigned port = 1; port < net.bridge.ports; port++) {
        if (net.vm[port] == vm) {
            return deliver(bridge_route(&net.bridge, port, frame, len), frame, len);
        }
    }
    return false;
}

/* Those with the same word in their description see each other. */
static unsigned group_of(const struct vm *vm)
{
    const char *join = vms_config(vm)->join;
    unsigned group = 0;

    if (!join[0]) {
        return BRIDGE_ALONE;
    }
    while (strcmp(vms_config(vm_at(group))->join, join)) {
        group++;
    }
    return group + 1;
}

void net_address(const struct vm *vm, uint8_t mac[NET_MAC])
{
    static const uint8_t prefix[NET_MAC - 1] = {0x02, 'P', 'B', 0x00, 0x00};

    memcpy(mac, prefix, sizeof(prefix));
    mac[NET_MAC - 1] = (uint8_t)vm->id;
}

void net_init(const struct board *board,
              void (*receive)(struct vm *vm, const void *frame, size_t len))
{
    struct vm *vm;

    net.deliver = receive;
    net.uplink = gem_init(board, received);
    for (unsigned i = 0; (vm = vm_at(i)) != NULL; i++) {
        uint8_t mac[NET_MAC];
        unsigned port;

        net_address(vm, mac);
        if (vm->kind != PB_KIND_PERSONA || !(port = bridge_add(&net.bridge, mac, group_of(vm)))) {
            continue;
        }
        net.vm[port] = vm;
        if (net.uplink && port <= GEM_FILTERS) {
            gem_listen(port - 1, mac);
        }
    }
    if (!net.uplink) {
        log_line("net: no Ethernet controller");
    }
}

void net_stats(char *text, size_t size)
{
    snprintf(text, size, "net_sent=%u net_received=%u net_dropped=%u", net.sent, net.received,
             net.dropped);
}
