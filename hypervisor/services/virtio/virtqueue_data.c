/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What is in a chain's segments. */
#include "virtqueue.h"

#include <string.h>

/* Finds the segment that holds byte *offset of `count` segments; *offset becomes the place in it.
 */
static unsigned seek(const struct vq_seg *seg, unsigned count, size_t *offset)
{
    unsigned i = 0;

    while (i < count && *offset >= seg[i].len) {
        *offset -= seg[i++].len;
    }
    return i;
}

size_t vq_read(const struct vq_chain *chain, size_t offset, void *to, size_t len)
{
    size_t done = 0, n;

    for (unsigned i = seek(chain->seg, chain->out, &offset); i < chain->out && done < len; i++) {
        n = chain->seg[i].len - offset;
        n = n < len - done ? n : len - done;
        memcpy((uint8_t *)to + done, chain->seg[i].data + offset, n);
        done += n;
        offset = 0;
    }
    return done;
}

size_t vq_write(const struct vq_chain *chain, size_t offset, const void *from, size_t len)
{
    const struct vq_seg *seg = chain->seg + chain->out;
    size_t done = 0, n;

    for (unsigned i = seek(seg, chain->in, &offset); i < chain->in && done < len; i++) {
        n = seg[i].len - offset;
        n = n < len - done ? n : len - done;
        memcpy(seg[i].data + offset, (const uint8_t *)from + done, n);
        done += n;
        offset = 0;
    }
    return done;
}
