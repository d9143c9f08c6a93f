/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "bridge.h"
#include "drivers/gem.h"
#include "net.h"
#include "vm/manager.h"
#include "vm/vms.h"
#include "wakes.h"

#include "el1/log.h"

/* One of the board's controllers, and who is on it. */
struct wire {
    struct bridge bridge;
    struct vm *vm[BRIDGE_PORTS];
    struct gem *uplink; /* NULL: the board has no such controller */
};

static struct {
    struct wire wire[NET_WIRES];
    unsigned sent, received, dropped;
    net_receive_fn *deliver;
} net;

/* One that sleeps cannot take the frame, but who sent it will send it again. */
static void give(struct wire *wire, struct vm *vm, const void *frame, size_t len, bool valid)
{
    if (vm->state == PB_VM_SUSPENDED && net_wakes(frame, len)) {
        manager_wake(vm, "data");
    }
    net.deliver(vm, (enum net_wire)(wire - net.wire), frame, len, valid);
}

static bool deliver(struct wire *wire, uint32_t ports, const void *frame, size_t len, bool valid)
{
    bool all = true;

    for (unsigned port = 1; port < wire->bridge.ports; port++) {
        if (ports >> port & 1) {
            give(wire, wire->vm[port], frame, len, valid);
        }
    }
    if (ports >> BRIDGE_UPLINK & 1) {
        all = wire->uplink && gem_send(wire->uplink, frame, len);
        net.sent += all;
    }
    net.dropped += !all || !ports;
    return all && ports;
}

static void received(void *owner, const void *frame, size_t len)
{
    struct wire *wire = owner;

    net.received++;
    deliver(wire, bridge_route(&wire->bridge, BRIDGE_UPLINK, frame, len), frame, len, true);
}

bool net_send(struct vm *vm, enum net_wire number, const void *frame, size_t len)
{
    struct wire *wire = &net.wire[number];

    for (unsigned port = 1; port < wire->bridge.ports; port++) {
        if (wire->vm[port] == vm) {
            return deliver(wire, bridge_route(&wire->bridge, port, frame, len), frame, len, false);
        }
    }
    return false;
}

/* Those with the same word in their description see each other, on Wi-Fi: phones in a cellular
 * network do not. */
static unsigned group_of(const struct vm *vm, enum net_wire wire)
{
    const char *join = vms_config(vm)->join;
    unsigned group = 0;

    if (!join[0] || wire != NET_WIFI) {
        return BRIDGE_ALONE;
    }
    while (strcmp(vms_config(vm_at(group))->join, join)) {
        group++;
    }
    return group + 1;
}

bool net_has(const struct vm *vm, enum net_wire wire)
{
    return vm->kind == PB_KIND_PERSONA && vms_config(vm)->networks >> wire & 1 &&
           (net.wire[wire].uplink || wire == NET_WIFI);
}

void net_address(const struct vm *vm, enum net_wire wire, uint8_t mac[NET_MAC])
{
    const uint8_t address[NET_MAC] = {0x02, 'P', 'B', (uint8_t)wire, 0x00, (uint8_t)vm->id};

    memcpy(mac, address, sizeof(address));
}

static void add_port(enum net_wire number, struct vm *vm)
{
    struct wire *wire = &net.wire[number];
    uint8_t mac[NET_MAC];
    unsigned port;

    net_address(vm, number, mac);
    port = bridge_add(&wire->bridge, mac, group_of(vm, number));
    if (!port) {
        return;
    }
    wire->vm[port] = vm;
    if (wire->uplink && port <= GEM_FILTERS) {
        gem_listen(wire->uplink, port - 1, mac);
    }
}

void net_init(const struct board *board, net_receive_fn *receive)
{
    struct vm *vm;

    net.deliver = receive;
    for (unsigned wire = 0; wire < NET_WIRES; wire++) {
        net.wire[wire].uplink = gem_init(&board->net[wire], received, &net.wire[wire]);
        for (unsigned i = 0; (vm = vm_at(i)) != NULL; i++) {
            if (net_has(vm, wire)) {
                add_port(wire, vm);
            }
        }
    }
    if (!net.wire[NET_WIFI].uplink) {
        log_line("net: no Ethernet controller");
    }
}

void net_stats(char *text, size_t size)
{
    snprintf(text, size, "net_sent=%u net_received=%u net_dropped=%u", net.sent, net.received,
             net.dropped);
}
