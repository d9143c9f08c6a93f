/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Other addresses and ports for TCP and UDP by IPv4 (RFC 791) in their Ethernet frames, with
 * checksums that are as right as they were. No QEMU in it.
 */
#ifndef HW_PHONEBOOTH_UPLINK_REWRITE_H
#define HW_PHONEBOOTH_UPLINK_REWRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A segment or datagram in its frame. */
typedef struct UplinkSegment {
    uint8_t *ip, *data; /* the two headers */
    bool tcp;
} UplinkSegment;

typedef enum UplinkEnd { UPLINK_SOURCE, UPLINK_DESTINATION } UplinkEnd;

/* A whole UDP or TCP header. False: there is none; fragments but the first have none. */
bool uplink_segment_parse(UplinkSegment *segment, uint8_t *frame, size_t len);

/* An address of 4 bytes in the frame. */
uint8_t *uplink_segment_address(const UplinkSegment *segment, UplinkEnd end);
unsigned uplink_segment_port(const UplinkSegment *segment, UplinkEnd end);

/* A TCP segment that begins a connection. */
bool uplink_segment_begins(const UplinkSegment *segment);

void uplink_segment_change(const UplinkSegment *segment, UplinkEnd end, const uint8_t address[4],
                           unsigned port);

#endif
