/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What a network driver leaves to its device (virtio 1.2, 5.1.6.2): checksums, and cutting TCP data
 * into frames (RFC 9293, 791, 8200). Nothing of the driver's is trusted. No I/O.
 */
#ifndef VIRTIO_OFFLOAD_H
#define VIRTIO_OFFLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OFFLOAD_NEEDS_CSUM 1u
#define OFFLOAD_DATA_VALID 2u

#define OFFLOAD_GSO_NONE  0u
#define OFFLOAD_GSO_TCPV4 1u
#define OFFLOAD_GSO_TCPV6 4u

#define OFFLOAD_HEADERS 256u                 /* most bytes of headers of data that is cut */
#define OFFLOAD_MAX     (14u + 40u + 65535u) /* most bytes of such a frame */

/* struct virtio_net_hdr, 5.1.6. */
struct offload_header {
    uint8_t flags, gso_type;
    uint16_t hdr_len, gso_size, csum_start, csum_offset;
    uint16_t num_buffers;
};

/* How a frame is cut. */
struct offload {
    uint8_t headers[OFFLOAD_HEADERS];
    uint32_t header_bytes, tcp; /* of each frame; where the TCP header begins */
    uint32_t size, total;       /* bytes of TCP data: of a frame, the last may have fewer; of all */
    bool v6;
};

/* The checksum that is missing in a frame as one sends it. False: it cannot be there. */
bool offload_checksum(const struct offload_header *header, uint8_t *frame, size_t len);

/*
 * How a frame of `len` bytes is cut into frames of at most `most`; `start` are its first bytes,
 * `bytes` of them, OFFLOAD_HEADERS if there are so many. False: it cannot be cut as the header
 * says.
 */
bool offload_plan(struct offload *plan, const struct offload_header *header, const uint8_t *start,
                  size_t bytes, size_t len, size_t most);

/*
 * Headers of the frame with the data from byte `at` on, which are `data` and lie in `frame` behind
 * the room for the headers already.
 */
void offload_finish(const struct offload *plan, uint8_t *frame, uint32_t at, uint32_t data);

#endif
