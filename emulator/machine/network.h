/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The networks behind the board's Ethernet, one for each persona: `line` is the VM's number. The
 * host does NAT; in each network the persona is 10.0.2.15 and the host 10.0.2.2. From any thread;
 * done in the machine's main loop, in the order of the calls. No QEMU types in this header.
 */
#ifndef MACHINE_NETWORK_H
#define MACHINE_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

struct network_way {
    uint64_t rate; /* bits per second; 0: no limit */
    uint32_t delay_us;
    uint32_t jitter_us; /* up to so much more */
    uint32_t loss;      /* of a million frames */
};

struct network_counts {
    uint64_t frames_in, bytes_in, frames_out, bytes_out; /* of the persona */
    uint64_t lost;
};

/* `why`: NULL, or the reason why it was not done, valid only during the call. Machine's thread. */
typedef void network_done_fn(void *opaque, const char *why);
typedef void network_counts_fn(void *opaque, const struct network_counts *counts);

/* Up or down, and what the way into and out of the persona is like. No such line: nothing. */
void network_shape(unsigned line, bool up, const struct network_way *in,
                   const struct network_way *out);

void network_count(unsigned line, network_counts_fn *counts, void *opaque);

/* TCP connections to `host_port` of 127.0.0.1 go to `port` of the persona, or no longer. */
void network_forward(unsigned line, unsigned host_port, unsigned port, bool forward,
                     network_done_fn *done, void *opaque);

/* Every frame from and to the persona is also written to `file`, as pcap; NULL: no longer. */
void network_capture(unsigned line, const char *file, network_done_fn *done, void *opaque);

#endif
