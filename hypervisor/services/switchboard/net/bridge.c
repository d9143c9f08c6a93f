/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "bridge.h"

#include "el1/ether.h"

unsigned bridge_add(struct bridge *bridge, const uint8_t mac[BRIDGE_MAC], unsigned group)
{
    if (!bridge->ports) {
        bridge->ports = 1;
    }
    if (bridge->ports == BRIDGE_PORTS) {
        return 0;
    }
    memcpy(bridge->mac[bridge->ports], mac, BRIDGE_MAC);
    bridge->group[bridge->ports] = group;
    return bridge->ports++;
}

/* The VM's port with this address; the uplink if there is none. */
static unsigned find(const struct bridge *bridge, const uint8_t *mac)
{
    for (unsigned port = 1; port < bridge->ports; port++) {
        if (!memcmp(bridge->mac[port], mac, BRIDGE_MAC)) {
            return port;
        }
    }
    return BRIDGE_UPLINK;
}

/* The ports that `from` may reach: from the uplink all of them, from a VM the uplink and its group.
 */
static uint32_t reach(const struct bridge *bridge, unsigned from)
{
    uint32_t ports = 0;

    for (unsigned port = 0; port < bridge->ports; port++) {
        const bool joined =
            bridge->group[port] != BRIDGE_ALONE && bridge->group[port] == bridge->group[from];

        if (port != from && (port == BRIDGE_UPLINK || from == BRIDGE_UPLINK || joined)) {
            ports |= 1u << port;
        }
    }
    return ports;
}

uint32_t bridge_route(const struct bridge *bridge, unsigned from, const void *frame, size_t len)
{
    const uint8_t *to = frame;
    const uint8_t *sender = to + BRIDGE_MAC;

    if (len < NET_FRAME_MIN || len > NET_FRAME_MAX || from >= bridge->ports ||
        find(bridge, sender) != from || (*sender & NET_GROUP)) {
        return 0;
    }
    if (*to & NET_GROUP) {
        return reach(bridge, from);
    }
    return 1u << find(bridge, to) & reach(bridge, from);
}
