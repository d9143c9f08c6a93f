/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the board's Ethernet controllers are connected to: the first to Wi-Fi, the second to
 * cellular data; behind each a network for each persona, so that each has an address space, a
 * firewall and forwarded ports of its own. A persona is known by the address from which it sends,
 * 02:50:42:WIRE:00:ID (docs/design/contracts.md), WIRE 0 or 1; all else is the board's, ID 0.
 *
 * A line is connected to the netdev "vmID" (Wi-Fi) or "cellID", if there is one, and behaves like a
 * radio network: it has a rate, a delay and a loss in each direction. What is on its way when the
 * machine is saved is lost.
 */
#ifndef HW_PHONEBOOTH_UPLINK_H
#define HW_PHONEBOOTH_UPLINK_H

#include <stdbool.h>
#include <stdint.h>

#include "uplink_dns.h"
#include "uplink_firewall.h"
#include "uplink_proxy.h"

#define UPLINK_WIRES    2
#define UPLINK_PERSONAS 9 /* with the board itself */

/* The number of a line. */
#define UPLINK_LINE(wire, id) ((wire)*UPLINK_PERSONAS + (id))

typedef struct UplinkWay {
    uint64_t rate; /* bits per second; 0: no limit */
    uint32_t delay_us;
    uint32_t jitter_us; /* added to the delay: 0 to this much. Frames keep their order */
    uint32_t loss;      /* of a million frames */
} UplinkWay;

typedef struct UplinkShape {
    bool up;            /* false: no frame passes */
    UplinkWay to, from; /* the persona */
} UplinkShape;

typedef struct UplinkCounts {
    uint64_t frames_to, bytes_to, frames_from, bytes_from; /* the persona, that passed */
    uint64_t lost;    /* both ways: by the loss of the line, or since it had no room or was down */
    uint64_t blocked; /* from the persona, by its rules */
} UplinkCounts;

/*
 * With the machine's lock held, the machine is made. False: there is no such line. A line that goes
 * down loses what is on its way.
 */
bool uplink_shape(unsigned line, const UplinkShape *shape);
bool uplink_count(unsigned line, UplinkCounts *counts);

/* Who answers names: `dns` without what was asked, which begins anew. */
bool uplink_dns(unsigned line, const UplinkDns *dns);

/* By which relays the persona reaches web servers; NULL: by none, as at first. `host`: this
 * computer's address in the line's network. Those of before are closed. */
bool uplink_proxy(unsigned line, const uint8_t host[4], const UplinkRelays *relays);

/* What may leave the persona, from the next frame on. */
bool uplink_rules(unsigned line, const UplinkRules *rules);

/* From now on nothing passes any line. */
void uplink_close(void);

#endif
