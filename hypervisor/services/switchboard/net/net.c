/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "bridge.h"
#include "drivers/gem.h"
#include "net.h"
#include "switchboard.h"
#include "vm/vms.h"

static struct {
    struct bridge bridge;
    struct vm *vm[BRIDGE_PORTS];
    bool uplink;
    unsigned sent, received, dropped;
} net;

static bool deliver(uint32_t ports, const void *frame, size_t len)
{
    bool all = true;

    for (unsigned port = 1; port < net.bridge.ports; port++)
        if (ports >> port & 1)
            virtio_net_receive(net.vm[port], frame, len);
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
    for (unsigned port = 1; port < net.bridge.ports; port++)
        if (net.vm[port] == vm)
            return deliver(bridge_route(&net.bridge, port, frame, len), frame, len);
    return false;
}

/* Those with the same word in their description see each other. */
static unsigned group_of(const struct vm *vm)
{
    const char *join = vms_config(vm)->join;
    unsigned group = 0;

    if (!join[0])
        return BRIDGE_ALONE;
    while (strcmp(vms_config(vm_at(group))->join, join))
        group++;
    return group + 1;
}

void net_init(const struct board *board)
{
    struct vm *vm;

    net.uplink = gem_init(board, received);
    for (unsigned i = 0; (vm = vm_at(i)) != NULL; i++) {
        unsigned port;

        if (vm->kind != VM_KIND_PERSONA || !(port = bridge_add(&net.bridge, vm->mac, group_of(vm))))
            continue;
        net.vm[port] = vm;
        if (net.uplink && port <= GEM_FILTERS)
            gem_listen(port - 1, vm->mac);
    }
    if (!net.uplink)
        log_line("net: no Ethernet controller");
}

void net_stats(char *text, size_t size)
{
    snprintf(text, size, "net_sent=%u net_received=%u net_dropped=%u", net.sent, net.received,
             net.dropped);
}
