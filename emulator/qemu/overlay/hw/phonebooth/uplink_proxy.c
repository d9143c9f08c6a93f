/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "uplink_proxy.h"

#include <string.h>

#include "uplink_packet.h"
#include "uplink_rewrite.h"

#define HTTP  80
#define HTTPS 443

static bool is_web(unsigned port)
{
    return port == HTTP || port == HTTPS;
}

/* The ways that are closed: IPv6, QUIC. What cannot be judged is nothing that servers answer. */
static bool goes_around(const uint8_t *frame, size_t len)
{
    UplinkPacket packet;

    if (!uplink_packet_parse(&packet, frame, len)) {
        return false;
    }
    if (packet.protocol == UPLINK_UDP) {
        return packet.port == HTTPS;
    }
    return packet.protocol == UPLINK_TCP && packet.version == 6 && is_web(packet.port);
}

static void close_relay(UplinkProxy *proxy, UplinkServer *server)
{
    if (server->host_port) {
        proxy->relays.close(proxy->relays.opaque, server->relay);
        *server = (UplinkServer){0};
    }
}

static UplinkServer *find(UplinkProxy *proxy, const uint8_t *address, unsigned port)
{
    for (unsigned i = 0; i < UPLINK_SERVERS; i++) {
        UplinkServer *server = &proxy->server[i];

        if (server->host_port && server->port == port && !memcmp(server->address, address, 4)) {
            return server;
        }
    }
    return NULL;
}

/* A free one, or that which has not been used for the longest time. */
static UplinkServer *oldest(UplinkProxy *proxy)
{
    UplinkServer *oldest = &proxy->server[0];

    for (unsigned i = 1; i < UPLINK_SERVERS; i++) {
        if (proxy->server[i].used < oldest->used) {
            oldest = &proxy->server[i];
        }
    }
    return oldest;
}

static UplinkServer *add(UplinkProxy *proxy, const uint8_t *address, unsigned port)
{
    UplinkServer *server = oldest(proxy);

    close_relay(proxy, server);
    memcpy(server->address, address, 4);
    server->port = port;
    server->host_port = proxy->relays.open(proxy->relays.opaque, address, port, &server->relay);
    return server->host_port ? server : NULL;
}

/* A connection that is older than the relay goes on as it began. */
static bool to_relay(UplinkProxy *proxy, const UplinkSegment *segment)
{
    const uint8_t *address = uplink_segment_address(segment, UPLINK_DESTINATION);
    const unsigned port = uplink_segment_port(segment, UPLINK_DESTINATION);
    UplinkServer *server = find(proxy, address, port);

    if (!server) {
        if (!uplink_segment_begins(segment)) {
            return true;
        }
        server = add(proxy, address, port);
    }
    if (server) {
        server->used = ++proxy->now;
        uplink_segment_change(segment, UPLINK_DESTINATION, proxy->host, server->host_port);
    }
    return server != NULL;
}

bool uplink_proxy_out(UplinkProxy *proxy, uint8_t *frame, size_t len)
{
    UplinkSegment segment;

    if (!proxy->on) {
        return true;
    }
    if (uplink_segment_parse(&segment, frame, len) && segment.tcp &&
        is_web(uplink_segment_port(&segment, UPLINK_DESTINATION)) &&
        memcmp(uplink_segment_address(&segment, UPLINK_DESTINATION), proxy->host, 3) != 0) {
        return to_relay(proxy, &segment);
    }
    return !goes_around(frame, len);
}

void uplink_proxy_in(const UplinkProxy *proxy, uint8_t *frame, size_t len)
{
    UplinkSegment segment;
    unsigned port;

    if (!proxy->on || !uplink_segment_parse(&segment, frame, len) || !segment.tcp ||
        memcmp(uplink_segment_address(&segment, UPLINK_SOURCE), proxy->host, 4) != 0) {
        return;
    }
    port = uplink_segment_port(&segment, UPLINK_SOURCE);
    for (unsigned i = 0; i < UPLINK_SERVERS; i++) {
        const UplinkServer *server = &proxy->server[i];

        if (server->host_port == port && port) {
            uplink_segment_change(&segment, UPLINK_SOURCE, server->address, server->port);
            return;
        }
    }
}

void uplink_proxy_forget(UplinkProxy *proxy)
{
    for (unsigned i = 0; i < UPLINK_SERVERS; i++) {
        close_relay(proxy, &proxy->server[i]);
    }
}
