/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "virtio_fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fake fake;
struct fake_devices fake_devices;

struct blk_dev {
    bool read_only;
};
static struct blk_dev fake_system = {true}, fake_data = {false};
static uint32_t *page;
static uint64_t next_free;

/* ---- The platform ---------------------------------------------------------------------- */

static void *map(const void *owner, uint64_t ipa, uint64_t len)
{
    (void)owner;
    if (!fake.ram_here || ipa < FAKE_RAM_IPA || ipa - FAKE_RAM_IPA > fake.ram_size ||
        len > fake.ram_size - (ipa - FAKE_RAM_IPA)) {
        return NULL;
    }
    return fake.ram + (ipa - FAKE_RAM_IPA);
}

static void vio_raise(void *owner, unsigned slot, uint32_t bits)
{
    (void)owner;
    page[slot * PB_VIO_STRIDE / 4 + 0x60 / 4] |= bits;
    fake.raised[slot]++;
}

static void complain(void *owner, const char *text)
{
    (void)owner;
    (void)text;
    fake.complaints++;
}

static const struct virtio_bus_ops bus_ops = {map, vio_raise, complain};

uint64_t blk_sectors(const struct blk_dev *dev)
{
    (void)dev;
    return FAKE_SECTORS;
}

bool blk_read_only(const struct blk_dev *dev)
{
    return dev->read_only;
}

bool blk_can_trim(const struct blk_dev *dev)
{
    return !dev->read_only && !fake.no_trim;
}

void blk_submit(struct blk_req *req)
{
    struct blk_req **end = &fake.pending;

    while (*end) {
        end = &(*end)->next;
    }
    req->next = NULL;
    *end = req;
    fake.submitted++;
}

void blk_cancel(struct blk_dev *dev)
{
    struct blk_req **at = &fake.pending;

    while (*at) {
        if ((*at)->dev == dev) {
            *at = (*at)->next;
            fake.cancelled++;
        } else {
            at = &(*at)->next;
        }
    }
}

static enum blk_status disk_zero(const struct blk_req *req)
{
    if (req->sectors > FAKE_SECTORS || req->sector > FAKE_SECTORS - req->sectors) {
        return BLK_RANGE;
    }
    if (fake.trim_error && req->op == BLK_TRIM) {
        return BLK_IO_ERROR;
    }
    memset(fake.disk + req->sector * BLK_SECTOR, 0, req->sectors * BLK_SECTOR);
    *(req->op == BLK_TRIM ? &fake.trims : &fake.zeros) += 1;
    return BLK_OK;
}

static enum blk_status disk_do(struct blk_req *req)
{
    uint64_t at = req->sector * BLK_SECTOR, bytes = 0;

    if (fake.disk_error) {
        return BLK_IO_ERROR;
    }
    if (req->op == BLK_FLUSH) {
        fake.flushes++;
        return BLK_OK;
    }
    if (req->op != BLK_READ && req->dev->read_only) {
        return BLK_DENIED;
    }
    if (req->op == BLK_ZERO || req->op == BLK_TRIM) {
        return disk_zero(req);
    }
    for (unsigned i = 0; i < req->segs; i++) {
        bytes += req->seg[i].len;
    }
    if (bytes % BLK_SECTOR || at + bytes > sizeof(fake.disk)) {
        return BLK_RANGE;
    }
    for (unsigned i = 0; i < req->segs; at += req->seg[i++].len) {
        if (req->op == BLK_READ) {
            memcpy(req->seg[i].data, fake.disk + at, req->seg[i].len);
        } else {
            memcpy(fake.disk + at, req->seg[i].data, req->seg[i].len);
        }
    }
    return BLK_OK;
}

bool fake_disk_step(void)
{
    struct blk_req *req = fake.pending;

    if (!req) {
        return false;
    }
    fake.pending = req->next;
    req->done(req, disk_do(req));
    return true;
}

void fake_disk_run(void)
{
    while (fake_disk_step()) {
        ;
    }
}

static void send_frame(void *owner, const void *frame, size_t len)
{
    (void)owner;
    memcpy(fake.frame, frame, len < sizeof(fake.frame) ? len : sizeof(fake.frame));
    fake.frame_len = len;
    fake.frames++;
}

static void scanout(void *owner, const struct image *image)
{
    (void)owner;
    fake.scanouts++;
    fake.scanout_on = image != NULL;
    if (image) {
        fake.scanout = *image;
    }
}

static void flush(void *owner, const struct rect *rect)
{
    (void)owner;
    fake.flushed++;
    fake.flush = *rect;
}

static void cursor_move(void *owner, int x, int y)
{
    (void)owner;
    fake.cursor_x = x;
    fake.cursor_y = y;
}

static void pace(void *owner)
{
    (void)owner;
    fake.paced++;
}

static void cursor(void *owner, const struct image *image, int x, int y)
{
    fake.cursor_on = image != NULL;
    if (image) {
        fake.cursor = *image;
    }
    cursor_move(owner, x, y);
}

static void append(uint8_t *to, size_t *used, size_t size, const void *data, size_t len)
{
    len = len < size - *used ? len : size - *used;
    memcpy(to + *used, data, len);
    *used += len;
}

static void output(void *owner, const void *data, size_t len)
{
    (void)owner;
    append(fake.console, &fake.console_len, sizeof(fake.console), data, len);
}

static void port_output(void *owner, const void *data, size_t len)
{
    (void)owner;
    append(fake.port, &fake.port_len, sizeof(fake.port), data, len);
}

static void port_opened(void *owner, bool open)
{
    (void)owner;
    fake.port_open = open;
    fake.port_changes++;
}

static void sound_changed(void *owner)
{
    (void)owner;
    fake.sound_changes++;
}

/* ---- A service on a port: what it holds is given back; '!' ends the connection ----------------
 */

static struct echo {
    bool used;
    uint8_t data[64u << 10];
    size_t len;
} echo[FAKE_ECHOES];

static bool echo_opened(void *owner, struct vsock_conn *conn)
{
    (void)owner;
    for (unsigned i = 0; i < FAKE_ECHOES; i++) {
        if (!echo[i].used) {
            echo[i].used = true;
            echo[i].len = 0;
            conn->user = &echo[i];
            fake.echoes++;
            fake.opened++;
            return true;
        }
    }
    return false;
}

static bool echo_input(struct vsock_conn *conn, const uint8_t *data, size_t len)
{
    struct echo *to = conn->user;

    append(to->data, &to->len, sizeof(to->data), data, len);
    return !len || data[0] != '!';
}

static bool echo_waits(const struct vsock_conn *conn)
{
    return ((struct echo *)conn->user)->len > 0;
}

static size_t echo_output(struct vsock_conn *conn, uint8_t *to, size_t room)
{
    struct echo *from = conn->user;
    const size_t n = from->len < room ? from->len : room;

    memcpy(to, from->data, n);
    from->len -= n;
    memmove(from->data, from->data + n, from->len);
    return n;
}

static void echo_closed(struct vsock_conn *conn)
{
    ((struct echo *)conn->user)->used = false;
    fake.echoes--;
}

static const struct vsock_service echo_service = {FAKE_ECHO,  echo_opened, echo_input,
                                                  echo_waits, echo_output, echo_closed};
static const struct vsock_service *const services[] = {&echo_service, NULL};

bool entropy_ready(void)
{
    return fake.seeded;
}

void entropy_fill(void *data, size_t len)
{
    memset(data, 0xe7 ^ fake.noise, len);
}

void timer_start(struct timer *timer, uint64_t after_us)
{
    timer_stop(timer);
    timer->due_us = after_us;
    timer->running = true;
    timer->next = fake.timers;
    fake.timers = timer;
}

void timer_stop(struct timer *timer)
{
    struct timer **at = &fake.timers;

    while (*at && *at != timer) {
        at = &(*at)->next;
    }
    if (*at) {
        *at = timer->next;
    }
    timer->running = false;
}

unsigned fake_timers(void)
{
    struct timer *due = fake.timers, *timer;
    unsigned fired = 0;

    fake.timers = NULL;
    while (due) {
        timer = due;
        due = timer->next;
        timer->running = false;
        timer->fire(timer);
        fired++;
    }
    return fired;
}

/* ---- The virtual machine --------------------------------------------------------------- */

void fake_start(void)
{
    fake_start_small(FAKE_RAM, FAKE_PIXELS);
}

void fake_attach(void)
{
    static const struct gpu_screen screen = {scanout, flush, cursor, cursor_move, pace};
    static const struct edid_mode mode = {FAKE_WIDTH, FAKE_HEIGHT, 60, 62, 119, "Phonebooth"};
    static const uint8_t mac[NET_MAC] = {2, 0x50, 0x42, 0, 0, 1};
    static const struct console_port ports[CONSOLE_PORTS] = {
        {.console = true, .output = output},
        [FAKE_PORT] = {.name = "gnss", .output = port_output, .opened = port_opened},
    };
    struct fake_devices *d = &fake_devices;

    virtio_bus_init(&fake.bus);
    block_attach(&d->system, &fake.bus, SLOT_SYSTEM, &fake_system, "personal-system");
    block_attach(&d->data, &fake.bus, SLOT_DATA, fake.no_data ? NULL : &fake_data, "personal-data");
    net_attach(&d->net, &fake.bus, SLOT_NET, mac, send_frame);
    gpu_attach(&d->gpu, &fake.bus, SLOT_GPU, &screen, &mode, fake.pixels, fake.pixels_size);
    touch_attach(&d->touch, &fake.bus, SLOT_TOUCH, FAKE_WIDTH, FAKE_HEIGHT);
    keys_attach(&d->keys, &fake.bus, SLOT_KEYS, NULL);
    console_attach(&d->console, &fake.bus, SLOT_CONSOLE, ports);
    entropy_attach(&d->entropy, &fake.bus, SLOT_RNG);
    sound_attach(&d->sound, &fake.bus, SLOT_SOUND, true, sound_changed);
    vsock_attach(&d->vsock, &fake.bus, SLOT_VSOCK, FAKE_CID, services);
}

void fake_start_small(uint32_t ram, uint32_t pixels)
{
    memset(&fake, 0, sizeof(fake));
    fake.ram = calloc(1, ram);
    fake.ram_size = ram;
    fake.ram_here = true;
    fake.pixels = aligned_alloc(4096, pixels);
    fake.pixels_size = pixels;
    page = calloc(PB_VIO_SLOTS, PB_VIO_STRIDE);
    next_free = FAKE_RAM_IPA + 4096;
    fake.seeded = true;
    fake.bus = (struct virtio_bus){.ops = &bus_ops, .pages = (volatile uint8_t *)page};
    fake_attach();
}

void fake_end(void)
{
    virtio_bus_reset(&fake.bus);
    free(fake.ram);
    free(fake.pixels);
    free(page);
}

uint32_t fake_read(unsigned slot, uint32_t offset)
{
    return page[(slot * PB_VIO_STRIDE + offset) / 4];
}

void fake_write(unsigned slot, uint32_t offset, uint32_t value)
{
    if (offset == 0x50) {
        virtio_bus_notify(&fake.bus, slot, 1u << (value & 31));
    } else {
        virtio_bus_write(&fake.bus, slot, offset, 4, value);
    }
}

uint32_t fake_ack(unsigned slot)
{
    uint32_t *status = &page[slot * PB_VIO_STRIDE / 4 + 0x60 / 4], bits = *status;

    *status = 0;
    return bits;
}

enum keys_result fake_key(uint16_t code, unsigned value)
{
    return keys_key(&fake_devices.keys, code, value, &fake.number);
}

enum keys_result fake_wheel(int steps)
{
    return keys_wheel(&fake_devices.keys, steps, &fake.number);
}

/* ---- The driver ------------------------------------------------------------------------ */

uint64_t fake_alloc(size_t size, size_t align)
{
    uint64_t at = (next_free + align - 1) & ~(uint64_t)(align - 1);

    if (at + size > FAKE_RAM_IPA + fake.ram_size) {
        abort();
    }
    next_free = at + size;
    return at;
}

void *fake_at(uint64_t ipa)
{
    return fake.ram + (ipa - FAKE_RAM_IPA);
}

uint64_t fake_negotiate(unsigned slot, uint64_t wanted)
{
    uint64_t features;

    fake_write(slot, 0x70, 0);
    fake_write(slot, 0x70, 1);
    fake_write(slot, 0x70, 3);
    fake_write(slot, 0x14, 1);
    features = (uint64_t)fake_read(slot, 0x10) << 32;
    fake_write(slot, 0x14, 0);
    features |= fake_read(slot, 0x10);
    features &= wanted;
    fake_write(slot, 0x24, 1);
    fake_write(slot, 0x20, (uint32_t)(features >> 32));
    fake_write(slot, 0x24, 0);
    fake_write(slot, 0x20, (uint32_t)features);
    fake_write(slot, 0x70, 11);
    return fake_read(slot, 0x70) & 8 ? features : 0;
}

void fake_queue_start(struct fake_queue *q, unsigned slot, unsigned index, unsigned size)
{
    memset(q, 0, sizeof(*q));
    q->slot = slot;
    q->index = index;
    fake_write(slot, 0x30, index);
    q->size = size ? size : fake_read(slot, 0x34);
    q->desc = fake_alloc(16 * q->size, 16);
    q->avail = fake_alloc(6 + 2 * q->size, 2);
    q->used = fake_alloc(6 + 8 * q->size, 4);
    memset(fake_at(q->desc), 0, 16 * q->size);
    memset(fake_at(q->avail), 0, 6 + 2 * q->size);
    memset(fake_at(q->used), 0, 6 + 8 * q->size);
    for (unsigned i = 0; i < q->size; i++) {
        q->free[q->free_count++] = (uint16_t)(q->size - 1 - i);
    }
    fake_write(slot, 0x38, q->size);
    fake_write(slot, 0x80, (uint32_t)q->desc);
    fake_write(slot, 0x84, (uint32_t)(q->desc >> 32));
    fake_write(slot, 0x90, (uint32_t)q->avail);
    fake_write(slot, 0x94, (uint32_t)(q->avail >> 32));
    fake_write(slot, 0xa0, (uint32_t)q->used);
    fake_write(slot, 0xa4, (uint32_t)(q->used >> 32));
    fake_write(slot, 0x44, 1);
}

void fake_driver_ok(unsigned slot)
{
    fake_write(slot, 0x70, 15);
}

struct fake_desc *fake_descs(struct fake_queue *q)
{
    return fake_at(q->desc);
}

uint16_t *fake_avail(struct fake_queue *q)
{
    return fake_at(q->avail);
}

static int publish(struct fake_queue *q, uint16_t head, unsigned descs)
{
    uint16_t *avail = fake_avail(q);

    q->chain_len[head] = (uint16_t)descs;
    avail[2 + q->next_avail % q->size] = head;
    avail[1] = ++q->next_avail;
    return head;
}

static int add_indirect(struct fake_queue *q, const struct fake_buf *buf, unsigned count)
{
    uint64_t table = fake_alloc(16 * count, 16);
    struct fake_desc *d = fake_at(table);
    uint16_t head;

    if (!q->free_count) {
        return -1;
    }
    head = q->free[--q->free_count];
    for (unsigned i = 0; i < count; i++) {
        d[i] = (struct fake_desc){buf[i].ipa, buf[i].len,
                                  (uint16_t)((i + 1 < count) | buf[i].in << 1), (uint16_t)(i + 1)};
    }
    fake_descs(q)[head] = (struct fake_desc){table, 16 * count, 4, 0};
    return publish(q, head, 1);
}

int fake_add(struct fake_queue *q, const struct fake_buf *buf, unsigned count, bool indirect)
{
    struct fake_desc *d = fake_descs(q);
    uint16_t at, next;

    if (indirect) {
        return add_indirect(q, buf, count);
    }
    if (q->free_count < count) {
        return -1;
    }
    for (unsigned i = 0; i < count; i++) {
        at = q->free[q->free_count - 1 - i];
        next = i + 1 < count ? q->free[q->free_count - 2 - i] : 0;
        d[at] = (struct fake_desc){buf[i].ipa, buf[i].len,
                                   (uint16_t)((i + 1 < count) | buf[i].in << 1), next};
    }
    at = q->free[q->free_count - 1];
    q->free_count -= count;
    return publish(q, at, count);
}

bool fake_kick(struct fake_queue *q)
{
    uint16_t *used = fake_at(q->used), event = used[2 + 4 * q->size];
    uint16_t old = q->kicked;

    q->kicked = q->next_avail;
    if (q->event_idx && (uint16_t)(q->next_avail - event - 1) >= (uint16_t)(q->next_avail - old)) {
        return false;
    }
    fake_write(q->slot, 0x50, q->index);
    return true;
}

int fake_get(struct fake_queue *q, uint32_t *written)
{
    uint16_t *used = fake_at(q->used);
    uint32_t elem[2];

    if (used[1] == q->next_used) {
        return -1;
    }
    memcpy(elem, (uint8_t *)used + 4 + 8 * (q->next_used % q->size), sizeof(elem));
    q->next_used++;
    if (q->event_idx) { /* interrupt me for the next one */
        fake_avail(q)[2 + q->size] = q->next_used;
    }
    if (written) {
        *written = elem[1];
    }
    /* A test may have let the device write over the ring, so take nothing on trust. */
    elem[0] %= q->size;
    for (uint16_t at = (uint16_t)elem[0], n = q->chain_len[at]; n && q->free_count < q->size; n--) {
        q->free[q->free_count++] = at;
        at = fake_descs(q)[at].next % q->size;
    }
    return (int)elem[0];
}

uint32_t fake_random(uint64_t *state)
{
    *state = *state * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(*state >> 33);
}
