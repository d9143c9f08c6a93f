/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest that does whatever it likes: random register writes, rings, descriptors and commands,
 * with the platform's own events in between. The devices must neither touch memory that is not
 * theirs (the sanitizers watch) nor hang, and a reset must make each of them work again.
 */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "virtio/vgpu_abi.h"
#include "virtio/vsound_abi.h"
#include "virtio_fake.h"

#define OPERATIONS 200000u
#define QUEUES     CONSOLE_QUEUES

static uint64_t seed;
static struct fake_queue queue[SLOT_COUNT][QUEUES];

static uint32_t below(uint32_t n)
{
    return fake_random(&seed) % n;
}

/* An address: mostly in RAM, sometimes at its edges or anywhere. */
static uint64_t address(void)
{
    static const uint64_t edge[] = {0,
                                    FAKE_RAM_IPA - 1,
                                    FAKE_RAM_IPA,
                                    FAKE_RAM_IPA + FAKE_RAM - 1,
                                    FAKE_RAM_IPA + FAKE_RAM,
                                    UINT64_MAX,
                                    UINT64_MAX - 4095};

    if (below(40) == 0) {
        return edge[below(sizeof(edge) / sizeof(edge[0]))];
    }
    if (below(100) == 0) {
        return (uint64_t)fake_random(&seed) << 32 | fake_random(&seed);
    }
    return FAKE_RAM_IPA + below(FAKE_RAM);
}

static uint32_t length(void)
{
    static const uint32_t odd[] = {0, 1, 11, 12, 15, 16, 17, 23, 24, 4096, UINT32_MAX, FAKE_RAM};

    if (below(3) == 0) {
        return odd[below(sizeof(odd) / sizeof(odd[0]))];
    }
    return below(2048);
}

static void start_device(unsigned slot)
{
    static const unsigned queues[SLOT_COUNT] = {1, 1, 2, 2, 2, 2, CONSOLE_QUEUES, 1, 4, 3};
    uint64_t wanted = FAKE_VERSION1 | 0xffffff;

    wanted |= below(2) ? FAKE_INDIRECT : 0;
    wanted |= below(2) ? FAKE_EVENT : 0;
    if (!fake_negotiate(slot, wanted)) {
        CU_FAIL_FATAL("negotiation after reset");
    }
    for (unsigned i = 0; i < queues[slot]; i++) {
        fake_queue_start(&queue[slot][i], slot, i, 1u << below(5));
    }
    fake_driver_ok(slot);
    if (fake_read(slot, 0x70) != 15) {
        CU_FAIL_FATAL("start after reset");
    }
}

/* A GPU command that is nearly right. */
static void make_gpu_command(uint8_t *to)
{
    static const uint16_t types[] = {0x100, 0x101, 0x102, 0x103, 0x104, 0x105, 0x106,
                                     0x107, 0x10a, 0x300, 0x301, 0x10c, 0x10d};
    uint32_t word[24];

    for (unsigned i = 0; i < 24; i++) {
        word[i] = below(10) ? below(80) : fake_random(&seed);
    }
    word[0] = below(20) ? types[below(13)] : fake_random(&seed);
    if (word[0] == GPU_CMD_RESOURCE_CREATE_2D) {
        word[6] = 1 + below(10);
        word[7] = 1 + below(2);
        word[8] = below(900);
        word[9] = below(900);
    } else if (word[0] == GPU_CMD_RESOURCE_ATTACH_BACKING) {
        word[6] = 1 + below(10);
        word[7] = below(3);
        word[8] = (uint32_t)address();
        word[9] = 0;
        word[10] = length();
    } else if (word[0] == GPU_CMD_RESOURCE_CREATE_BLOB) {
        word[6] = 1 + below(10);
        word[7] = GPU_BLOB_MEM_GUEST;
        word[9] = 1;
        word[12] = below(4) ? below(40000) : length();
        word[13] = 0;
        word[14] = (uint32_t)address();
        word[15] = 0;
        word[16] = length();
    } else if (word[0] == GPU_CMD_SET_SCANOUT_BLOB) {
        word[10] = 0;
        word[11] = 1 + below(10);
        word[14] = 1 + below(2);
        word[16] = below(300) * 4;
    }
    memcpy(to, word, sizeof(word));
}

/* A sound request, or the header of a buffer: a small number is a stream. */
static void make_sound_request(uint8_t *to)
{
    static const uint16_t codes[] = {0,     1,     0,     1,     0x100, 0x101,
                                     0x101, 0x102, 0x103, 0x104, 0x105, 0x200};
    struct sound_set_params params = {
        .code = below(20) ? codes[below(12)] : fake_random(&seed),
        .stream = below(3),
        .buffer_bytes = below(8) ? 4096 : fake_random(&seed),
        .period_bytes = below(8) ? 1 + below(2048) : fake_random(&seed),
        .channels = (uint8_t)below(4),
        .format = below(2) ? SOUND_FMT_S16 : (uint8_t)below(80),
        .rate = SOUND_RATE_48000,
    };

    memcpy(to, &params, sizeof(params));
}

/* A packet of the socket device, of one of a few connections. */
static void make_packet(uint8_t *to)
{
    const struct __attribute__((packed)) {
        uint64_t src_cid, dst_cid;
        uint32_t src_port, dst_port, len;
        uint16_t type, op;
        uint32_t flags, buf_alloc, fwd_cnt;
    } packet = {below(20) ? FAKE_CID : below(5),
                below(20) ? VSOCK_HOST : below(5),
                below(VSOCK_CONNECTIONS + 2),
                below(20) ? FAKE_ECHO : below(9),
                below(4) ? below(100) : length(),
                below(20) ? 1 : (uint16_t)below(4),
                (uint16_t)(below(2) ? 1 + 4 * below(2) : below(9)),
                below(4),
                below(8) ? below(5000) : fake_random(&seed),
                below(8) ? below(5000) : fake_random(&seed)};

    memcpy(to, &packet, sizeof(packet));
}

static void make_request(unsigned slot, uint64_t at)
{
    uint8_t *to;

    if (!(to = virtio_bus_map(&fake.bus, at, 64))) {
        return;
    }
    if (slot == SLOT_GPU) {
        make_gpu_command(to);
    } else if (slot == SLOT_CONSOLE) {
        const uint16_t message[4] = {(uint16_t)below(4), 0, (uint16_t)below(9), (uint16_t)below(2)};
        memcpy(to, message, sizeof(message));
    } else if (slot == SLOT_SOUND) {
        make_sound_request(to);
    } else if (slot == SLOT_VSOCK) {
        make_packet(to);
    } else if (slot <= SLOT_DATA) {
        const uint32_t request[8] = {
            below(14),           0, below(8) ? below(FAKE_SECTORS) : UINT32_MAX, 0,
            below(FAKE_SECTORS), 0, below(8) ? below(FAKE_SECTORS) : UINT32_MAX, below(8) / 6};

        memcpy(to, request, sizeof(request)); /* with the range of a discard */
    }
}

static void random_descriptor(struct fake_desc *d, unsigned size, unsigned slot)
{
    d->addr = address();
    d->len = length();
    d->flags = (uint16_t)(below(20) ? below(4) : below(65536));
    d->next = (uint16_t)(below(50) ? below(size) : below(65536));
    if (below(8) == 0) { /* an indirect table, of random rubbish or of good descriptors */
        struct fake_desc *table;

        d->flags = 4;
        d->len = 16 * (1 + below(6));
        table = virtio_bus_map(&fake.bus, d->addr &= ~15ull, d->len);
        for (unsigned i = 0; table && i < d->len / 16; i++) {
            table[i] =
                (struct fake_desc){address(), length(), (uint16_t)below(4), (uint16_t)below(7)};
            make_request(slot, table[i].addr);
        }
    } else {
        make_request(slot, d->addr);
    }
}

/* A request as the driver would make it, but for what random numbers do to it. */
static void plausible_request(unsigned slot, struct fake_queue *q)
{
    uint64_t at = FAKE_RAM_IPA + FAKE_RAM / 2 + below(FAKE_RAM / 4);
    struct fake_buf buf[4] = {{at,
                               slot == SLOT_GPU     ? 24 + below(80)
                               : slot == SLOT_VSOCK ? 44 + below(100)
                               : below(3)           ? 16
                                                    : 32,
                               false}};
    unsigned n = 1;

    make_request(slot, at);
    for (; n < 3 && below(2); n++) {
        buf[n] = (struct fake_buf){address(), 512 * below(4), n == 2 || below(2)};
    }
    buf[n++] = (struct fake_buf){at + 4096, 1 + below(600), true};
    fake_add(q, buf, n, false);
}

static void ring_operation(unsigned slot)
{
    struct fake_queue *q = &queue[slot][below(slot == SLOT_CONSOLE ? QUEUES : 2)];
    uint16_t *avail;

    if (!q->size) {
        return;
    }
    avail = fake_avail(q);
    switch (below(20)) {
    case 0:
        random_descriptor(&fake_descs(q)[below(q->size)], q->size, slot);
        break;
    case 1:
        avail[2 + below(q->size)] = (uint16_t)(below(30) ? below(q->size) : below(65536));
        break;
    case 2:
        avail[1] = (uint16_t)(avail[1] + (below(50) ? 1 : below(65536)));
        break;
    default:
        while (fake_get(q, NULL) >= 0 && q->free_count < q->size) {
            ;
        }
        q->next_avail = avail[1];
        plausible_request(slot, q);
        break;
    }
}

static void register_operation(unsigned slot)
{
    static const uint32_t regs[] = {0x14, 0x20, 0x24, 0x30, 0x38, 0x44, 0x70,  0x80,
                                    0x84, 0x90, 0x94, 0xa0, 0xa4, 0xac, 0x100, 0x101};
    uint32_t offset = below(20) ? regs[below(16)] : below(PB_VIO_STRIDE);
    uint64_t value = below(3) ? below(16) : fake_random(&seed);

    virtio_bus_write(&fake.bus, slot, offset, below(10) ? 4 : 1u << below(4), value);
}

/* The other side of the sound device takes and gives some frames. */
static void hear_and_speak(void)
{
    static int32_t mix[1000 * SOUND_CHANNELS];
    static const int16_t samples[1000 * SOUND_CHANNELS];

    sound_mix(&fake_devices.sound, mix, below(1000), below(300));
    sound_capture(&fake_devices.sound, samples, below(1000));
}

static void platform_operation(void)
{
    static const uint8_t frame[1600];

    switch (below(10)) {
    case 0:
        fake_disk_step();
        break;
    case 1:
        fake_timers();
        gpu_frame(&fake_devices.gpu);
        break;
    case 2:
        net_receive(&fake_devices.net, frame, below(1600), below(2));
        break;
    case 3:
        touch_contact(&fake_devices.touch, below(12), below(3), below(2000), below(2000));
        touch_sync(&fake_devices.touch);
        break;
    case 4:
        fake_key((uint16_t)below(700), below(3));
        break;
    case 5:
        fake_wheel((int)below(5) - 2);
        break;
    case 6:
        console_input(&fake_devices.console, below(CONSOLE_PORTS), frame, below(100));
        break;
    case 7:
        fake.disk_error = below(2);
        break;
    case 8:
        hear_and_speak();
        break;
    case 9:
        sound_plug(&fake_devices.sound, below(2));
        break;
    }
}

static void identity_holds(void)
{
    static const uint32_t id[SLOT_COUNT] = {2, 2, 1, 16, 18, 18, 3, 4, 25, 19};

    for (unsigned s = 0; s < SLOT_COUNT; s++) {
        if (fake_read(s, 0) != 0x74726976 || fake_read(s, 8) != id[s]) {
            CU_FAIL_FATAL("the register page is damaged");
        }
    }
}

/* After all that, a driver that keeps to the rules finds a disk that works. */
static void disk_works(void)
{
    uint64_t at = fake_alloc(1024, 512);
    struct fake_buf buf[] = {{at, 16, false}, {at + 16, 512, true}, {at + 600, 1, true}};

    fake_disk_run();
    fake.disk_error = false;
    start_device(SLOT_DATA);
    fake_queue_start(&queue[SLOT_DATA][0], SLOT_DATA, 0, 0);
    fake_negotiate(SLOT_DATA, FAKE_VERSION1);
    fake_queue_start(&queue[SLOT_DATA][0], SLOT_DATA, 0, 0);
    fake_driver_ok(SLOT_DATA);
    memset(fake_at(at), 0, 16);
    memset(fake_at(at + 600), 0xff, 1);
    fake_add(&queue[SLOT_DATA][0], buf, 3, false);
    fake_kick(&queue[SLOT_DATA][0]);
    fake_disk_run();
    CU_ASSERT_TRUE(fake_get(&queue[SLOT_DATA][0], NULL) >= 0);
    CU_ASSERT_EQUAL(*(uint8_t *)fake_at(at + 600), 0);
    CU_ASSERT_EQUAL(memcmp(fake_at(at + 16), fake.disk, 512), 0);
}

/* Guest memory is given out anew from time to time, so that the fake driver does not run out. */
static void run(uint64_t start_seed, unsigned operations)
{
    unsigned complaints = 0, requests = 0;

    seed = start_seed;
    for (unsigned done = 0; done < operations;) {
        fake_start();
        memset(queue, 0, sizeof(queue));
        for (unsigned i = 0; i < 400 && done < operations; i++, done++) {
            unsigned slot = below(SLOT_COUNT);

            if (fake_read(slot, 0x70) != 15 && below(4) == 0) {
                start_device(slot);
            }
            for (unsigned n = below(8); n; n--) {
                ring_operation(slot);
            }
            if (below(3)) {
                virtio_bus_notify(&fake.bus, slot, below(20) ? 0xff : fake_random(&seed));
            }
            if (below(6) == 0) {
                register_operation(slot);
            }
            platform_operation();
        }
        identity_holds();
        if (below(8) == 0) {
            disk_works();
        }
        complaints += fake.complaints;
        requests += fake.submitted + fake.scanouts + fake.frames + fake.opened;
        fake_end();
    }
    /* The run is worth something only if both happened a lot. */
    CU_ASSERT_TRUE(complaints > operations / 100);
    CU_ASSERT_TRUE(requests > operations / 150);
    printf("  seed %llu: %u operations, %u broken devices, %u requests served\n",
           (unsigned long long)start_seed, operations, complaints, requests);
}

static void test_random(void)
{
    const char *env = getenv("VIRTIO_SEED");

    if (env) {
        run(strtoull(env, NULL, 0), OPERATIONS);
        return;
    }
    for (uint64_t s = 1; s <= 4; s++) {
        run(s, OPERATIONS / 4);
    }
}

int main(void)
{
    CU_pSuite suite;

    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 1;
    }
    suite = CU_add_suite("hostile guest", NULL, NULL);
    CU_add_test(suite, "random operations", test_random);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    return CU_get_number_of_failures() != 0;
}
