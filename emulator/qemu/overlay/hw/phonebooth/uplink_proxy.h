/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A persona's way to web servers, TCP ports 80 and 443 of IPv4 outside of its own network, by a
 * proxy: each server gets a port of the host, behind which somebody else speaks with the proxy
 * (UplinkRelays), and a connection to the server is one to that port, as the network sees it. UDP
 * to port 443 (QUIC) and both ports by IPv6 are no way around it: they get no answer. No QEMU in
 * it.
 */
#ifndef HW_PHONEBOOTH_UPLINK_PROXY_H
#define HW_PHONEBOOTH_UPLINK_PROXY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More servers at a time than a page in a browser talks to. */
#define UPLINK_SERVERS 64

typedef struct UplinkRelays {
    /* A port of the host whose connections go on to `port` of `address`, and *relay for close(). 0:
     * none can be had. */
    unsigned (*open)(void *opaque, const uint8_t address[4], unsigned port, void **relay);
    void (*close)(void *opaque, void *relay);
    void *opaque;
} UplinkRelays;

typedef struct UplinkServer {
    uint8_t address[4];
    unsigned port, host_port; /* 0: this one is free */
    void *relay;
    uint64_t used; /* when, by `now` */
} UplinkServer;

typedef struct UplinkProxy {
    bool on;
    uint8_t host[4]; /* its address in this network, the rest of which needs no proxy: /24 */
    UplinkRelays relays;
    uint64_t now; /* segments so far */
    UplinkServer server[UPLINK_SERVERS];
} UplinkProxy;

/* An Ethernet frame on its way out of the persona, changed if it is for a web server. False: it
 * must not pass. */
bool uplink_proxy_out(UplinkProxy *proxy, uint8_t *frame, size_t len);

/* One on its way in, changed if it comes from a relay. */
void uplink_proxy_in(const UplinkProxy *proxy, uint8_t *frame, size_t len);

/* All relays are closed, none is known. */
void uplink_proxy_forget(UplinkProxy *proxy);

#endif
