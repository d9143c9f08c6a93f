/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The networks behind the board's Ethernet controllers: Wi-Fi and cellular data, and a line of each
 * for each persona. The host does NAT; in a persona's Wi-Fi it is 10.0.2.15 and the host 10.0.2.2,
 * in its cellular network 10.0.3.15 and 10.0.3.2. From any thread; done in the machine's main loop,
 * in the order of the calls. No QEMU types in this header.
 */
#ifndef MACHINE_NETWORK_H
#define MACHINE_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "netrule.h"

enum network_wire { NETWORK_WIFI, NETWORK_CELLULAR, NETWORK_WIRES };

/* The number of a line: `vm` is the VM's. */
#define NETWORK_LINE(wire, vm) ((unsigned)(wire)*9 + (vm))

struct network_way {
    uint64_t rate; /* bits per second; 0: no limit */
    uint32_t delay_us;
    uint32_t jitter_us; /* up to so much more */
    uint32_t loss;      /* of a million frames */
};

struct network_counts {
    uint64_t frames_in, bytes_in, frames_out, bytes_out; /* of the persona */
    uint64_t lost;
    uint64_t blocked; /* out of the persona, by its rules */
};

/* `why`: NULL, or the reason why it was not done, valid only during the call. Machine's thread. */
typedef void network_done_fn(void *opaque, const char *why);
typedef void network_counts_fn(void *opaque, const struct network_counts *counts);

/* Up or down, and what the way into and out of the persona is like. No such line: nothing. */
void network_shape(unsigned line, bool up, const struct network_way *in,
                   const struct network_way *out);

void network_count(unsigned line, network_counts_fn *counts, void *opaque);

/*
 * A name server of IPv4 for what is sent to the one that DHCP names; the host is 127.0.0.1. Port 0:
 * the host's own name servers answer, as at first.
 */
void network_dns(unsigned line, const uint8_t address[4], unsigned port);

/* Connections of the persona to web servers are made by somebody else (phone/relay.h). */
struct network_relays {
    /* A port of 127.0.0.1 whose connections go on to `port` of `address`, and *relay for close().
     * 0: none can be had. Machine's thread. */
    unsigned (*open)(void *opaque, const uint8_t address[4], unsigned port, void **relay);
    void (*close)(void *opaque, void *relay);
    void (*free)(void *opaque); /* no more calls come */
    void *opaque;
};

/* NULL: by nobody, as at first. What opaque points to is taken over, also if there is no such line.
 */
void network_proxy(unsigned line, const struct network_relays *relays);

/* What may leave the persona, NETRULE_MAX rules at most: the last one that fits decides. */
void network_rules(unsigned line, const struct netrule *rules, unsigned count);

/* TCP connections to `host_port` of 127.0.0.1 go to `port` of the persona, or no longer. */
void network_forward(unsigned line, unsigned host_port, unsigned port, bool forward,
                     network_done_fn *done, void *opaque);

/* Every frame from and to the persona is also written to `file`, as pcap; NULL: no longer. */
void network_capture(unsigned line, const char *file, network_done_fn *done, void *opaque);

/*
 * Main thread, after machine_init(): from now on no line lets anything pass, whatever is asked of
 * it. What the world outside says, and when, is not the machine's.
 */
void network_close(void);

#endif
