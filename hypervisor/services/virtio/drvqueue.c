/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "drvqueue.h"

#include <string.h>

#define DESC_F_NEXT      0x1u
#define DESC_F_WRITE     0x2u
#define USED_F_NO_NOTIFY 0x1u
#define NONE             DRVQUEUE_MAX

struct desc {
    uint64_t addr;
    uint32_t len;
    uint16_t flags;
    uint16_t next;
};

_Static_assert(sizeof(struct desc) == 16, "virtio 1.2, 2.7.5");

static uint16_t *avail(const struct drvqueue *queue)
{
    return (uint16_t *)(void *)(queue->rings + DRVQUEUE_AVAIL(queue->size));
}

static uint16_t *used(const struct drvqueue *queue)
{
    return (uint16_t *)(void *)(queue->rings + DRVQUEUE_USED(queue->size));
}

void drvqueue_init(struct drvqueue *queue, uint16_t size, void *rings)
{
    memset(queue, 0, sizeof(*queue));
    memset(rings, 0, DRVQUEUE_BYTES(size));
    queue->rings = rings;
    queue->size = queue->free_count = size;
    for (uint16_t i = 0; i < size; i++) {
        queue->next[i] = i + 1u < size ? (uint16_t)(i + 1) : NONE;
    }
}

/* 2.7.4.2: what the device reads comes first. */
static bool is_right(const struct drvqueue_buf *buf, unsigned count)
{
    for (unsigned i = 1; i < count; i++) {
        if (buf[i - 1].in && !buf[i].in) {
            return false;
        }
    }
    return count > 0;
}

bool drvqueue_add(struct drvqueue *queue, const struct drvqueue_buf *buf, unsigned count,
                  void *token)
{
    struct desc *table = (struct desc *)(void *)queue->rings;
    const uint16_t head = queue->free;
    uint16_t at = head;

    if (queue->broken || !is_right(buf, count) || count > queue->free_count) {
        return false;
    }
    queue->room[head] = 0;
    for (unsigned i = 0; i < count; i++) {
        const bool more = i + 1 < count;

        table[at] =
            (struct desc){(uintptr_t)buf[i].data, buf[i].len,
                          (uint16_t)((more ? DESC_F_NEXT : 0) | (buf[i].in ? DESC_F_WRITE : 0)),
                          more ? queue->next[at] : 0};
        queue->room[head] += buf[i].in ? buf[i].len : 0;
        queue->free = queue->next[at];
        at = queue->free;
    }
    queue->free_count = (uint16_t)(queue->free_count - count);
    queue->token[head] = token;
    queue->count[head] = (uint16_t)count;
    avail(queue)[2 + (queue->next_avail & (queue->size - 1))] = head;
    queue->next_avail++;
    __atomic_store_n(&avail(queue)[1], queue->next_avail, __ATOMIC_RELEASE);
    return true;
}

bool drvqueue_wants_notify(const struct drvqueue *queue)
{
    /* The index must be out before the device's wish is read: 2.7.13.3. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    return !(__atomic_load_n(&used(queue)[0], __ATOMIC_ACQUIRE) & USED_F_NO_NOTIFY);
}

static void give_back(struct drvqueue *queue, uint16_t head)
{
    uint16_t last = head;

    for (unsigned i = 1; i < queue->count[head]; i++) {
        last = queue->next[last];
    }
    queue->next[last] = queue->free;
    queue->free = head;
    queue->free_count = (uint16_t)(queue->free_count + queue->count[head]);
    queue->token[head] = NULL;
}

void *drvqueue_take(struct drvqueue *queue, uint32_t *written)
{
    uint32_t elem[2];
    void *token;

    if (queue->broken || __atomic_load_n(&used(queue)[1], __ATOMIC_ACQUIRE) == queue->next_used) {
        return NULL;
    }
    memcpy(elem, (uint8_t *)used(queue) + 4 + 8u * (queue->next_used & (queue->size - 1u)),
           sizeof(elem));
    token = elem[0] < queue->size ? queue->token[elem[0]] : NULL;
    if (!token) {
        queue->broken = true;
        return NULL;
    }
    queue->next_used++;
    *written = elem[1] < queue->room[elem[0]] ? elem[1] : queue->room[elem[0]];
    give_back(queue, (uint16_t)elem[0]);
    return token;
}
