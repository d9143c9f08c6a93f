/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Small pure parts of the switchboard: key chords, the bridge, frames that wake, ChaCha20. */
#include <stdlib.h>
#include <string.h>

#include "net/bridge.h"
#include "net/wakes.h"
#include "el1/chacha20.h"
#include "input/keychord.h"
#include "suite.h"
#include "el1/ether.h"

static struct keychord chord;

static enum key_meaning key(enum key line, bool down)
{
    return keychord_event(&chord, line, down);
}

static void test_power_alone(void)
{
    memset(&chord, 0, sizeof(chord));
    CU_ASSERT_EQUAL(key(KEY_LINE_POWER, false), KEY_MEANS_NOTHING);
    CU_ASSERT_EQUAL(key(KEY_LINE_POWER, true), KEY_MEANS_NOTHING);
    CU_ASSERT_EQUAL(key(KEY_LINE_POWER, true), KEY_MEANS_NOTHING);
    CU_ASSERT_EQUAL(key(KEY_LINE_POWER, false), KEY_MEANS_POWER);
}

static void test_volume(void)
{
    memset(&chord, 0, sizeof(chord));
    CU_ASSERT_EQUAL(key(KEY_LINE_VOLUME_UP, true), KEY_MEANS_PRESS);
    CU_ASSERT_EQUAL(key(KEY_LINE_VOLUME_DOWN, true), KEY_MEANS_PRESS);
    CU_ASSERT_EQUAL(key(KEY_LINE_VOLUME_UP, false), KEY_MEANS_RELEASE);
    CU_ASSERT_EQUAL(key(KEY_LINE_VOLUME_DOWN, false), KEY_MEANS_RELEASE);
}

/* Both orders; the persona gets a release for each press and nothing else, and power does nothing.
 */
static void test_chord(void)
{
    memset(&chord, 0, sizeof(chord));
    CU_ASSERT_EQUAL(key(KEY_LINE_VOLUME_UP, true), KEY_MEANS_PRESS);
    CU_ASSERT_EQUAL(key(KEY_LINE_POWER, true), KEY_MEANS_NEXT);
    CU_ASSERT_EQUAL(key(KEY_LINE_VOLUME_UP, false), KEY_MEANS_RELEASE);
    CU_ASSERT_EQUAL(key(KEY_LINE_POWER, false), KEY_MEANS_NOTHING);
    CU_ASSERT_EQUAL(key(KEY_LINE_POWER, true), KEY_MEANS_NOTHING);
    CU_ASSERT_EQUAL(key(KEY_LINE_VOLUME_UP, true), KEY_MEANS_NEXT);
    CU_ASSERT_EQUAL(key(KEY_LINE_VOLUME_UP, false), KEY_MEANS_NOTHING);
    CU_ASSERT_EQUAL(key(KEY_LINE_POWER, false), KEY_MEANS_NOTHING);
    CU_ASSERT_EQUAL(key(KEY_LINE_POWER, true), KEY_MEANS_NOTHING);
    CU_ASSERT_EQUAL(key(KEY_LINE_POWER, false), KEY_MEANS_POWER);
}

static const uint8_t mac[3][BRIDGE_MAC] = {
    {2, 0, 0, 0, 0, 1}, {2, 0, 0, 0, 0, 2}, {2, 0, 0, 0, 0, 9}};

static uint32_t route(unsigned from, const uint8_t *to, const uint8_t *sender, size_t len)
{
    static struct bridge bridge;
    uint8_t frame[NET_FRAME_MAX + 1] = {0};

    if (!bridge.ports) {
        CU_ASSERT_EQUAL(bridge_add(&bridge, mac[0], 1), 1);
        CU_ASSERT_EQUAL(bridge_add(&bridge, mac[1], 1), 2);
    }
    memcpy(frame, to, BRIDGE_MAC);
    memcpy(frame + BRIDGE_MAC, sender, BRIDGE_MAC);
    return bridge_route(&bridge, from, frame, len);
}

static void test_bridge(void)
{
    static const uint8_t all[BRIDGE_MAC] = {255, 255, 255, 255, 255, 255};

    CU_ASSERT_EQUAL(route(1, mac[2], mac[0], 60), 1u << 0);
    CU_ASSERT_EQUAL(route(1, mac[1], mac[0], 60), 1u << 2);
    CU_ASSERT_EQUAL(route(1, mac[0], mac[0], 60), 0);
    CU_ASSERT_EQUAL(route(1, all, mac[0], 60), 1u << 0 | 1u << 2);
    CU_ASSERT_EQUAL(route(0, all, mac[2], 60), 1u << 1 | 1u << 2);
    CU_ASSERT_EQUAL(route(0, mac[1], mac[2], 60), 1u << 2);
    CU_ASSERT_EQUAL(route(0, mac[2], mac[2], 60), 0); /* neither ours nor to be sent back */
}

/* Work cannot reach Personal by any frame, nor can one that another is joined with. */
static void test_bridge_apart(void)
{
    static const uint8_t all[BRIDGE_MAC] = {255, 255, 255, 255, 255, 255};
    static const uint8_t group[BRIDGE_MAC] = {1, 0, 0x5e, 0, 0, 1};
    static const unsigned groups[][3] = {{BRIDGE_ALONE, BRIDGE_ALONE, 7}, {1, 2, 2}};
    static const uint8_t *const to[] = {mac[0], mac[1], all, group};

    for (unsigned i = 0; i < 2; i++) {
        struct bridge apart = {0};
        uint8_t frame[60] = {0};

        bridge_add(&apart, mac[0], groups[i][0]);
        bridge_add(&apart, mac[1], groups[i][1]);
        bridge_add(&apart, mac[2], groups[i][2]);
        for (unsigned from = 1; from <= 2; from++) {
            for (unsigned n = 0; n < 4; n++) {
                memcpy(frame, to[n], BRIDGE_MAC);
                memcpy(frame + BRIDGE_MAC, mac[from - 1], BRIDGE_MAC);
                CU_ASSERT_EQUAL(bridge_route(&apart, from, frame, sizeof(frame)) & 6, 0);
            }
        }
        memcpy(frame, all, BRIDGE_MAC);
        memcpy(frame + BRIDGE_MAC, mac[1], BRIDGE_MAC);
        CU_ASSERT_EQUAL(bridge_route(&apart, 2, frame, sizeof(frame)), i ? 1u | 1u << 3 : 1u);
    }
}

static void test_bridge_hostile(void)
{
    static const uint8_t group[BRIDGE_MAC] = {1, 0, 0x5e, 0, 0, 1};

    CU_ASSERT_EQUAL(route(1, mac[2], mac[1], 60), 0); /* another persona's address */
    CU_ASSERT_EQUAL(route(1, mac[2], mac[2], 60), 0); /* an address of nobody's */
    CU_ASSERT_EQUAL(route(0, mac[1], mac[0], 60), 0); /* from outside, as if from a persona */
    CU_ASSERT_EQUAL(route(0, mac[1], group, 60), 0);  /* no group sends */
    CU_ASSERT_EQUAL(route(1, mac[2], mac[0], 13), 0);
    CU_ASSERT_EQUAL(route(1, mac[2], mac[0], NET_FRAME_MAX), 1);
    CU_ASSERT_EQUAL(route(1, mac[2], mac[0], NET_FRAME_MAX + 1), 0);
    CU_ASSERT_EQUAL(route(3, mac[2], mac[0], 60), 0);
}

/* A frame of type `type`, whose packet has `value` at `at`, `len` bytes in all. */
static bool wakes(unsigned type, unsigned at, uint8_t value, unsigned message, size_t len)
{
    uint8_t frame[60 + NET_FRAME_MIN] = {0};

    memcpy(frame, mac[1], BRIDGE_MAC);
    frame[12] = (uint8_t)(type >> 8);
    frame[13] = (uint8_t)type;
    frame[NET_FRAME_MIN + at] = value;
    frame[NET_FRAME_MIN + 40] = (uint8_t)message;
    return net_wakes(frame, len);
}

static void test_wakes(void)
{
    static const uint8_t all[60] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

    CU_ASSERT_TRUE(wakes(0x0800, 16, 10, 0, 60));   /* IPv4, to 10.0.0.0 */
    CU_ASSERT_FALSE(wakes(0x0800, 16, 224, 0, 60)); /* to 224.0.0.0 */
    CU_ASSERT_FALSE(wakes(0x0800, 16, 255, 0, 60));
    CU_ASSERT_FALSE(wakes(0x0806, 0, 0, 0, 60));
    CU_ASSERT_TRUE(wakes(0x86dd, 6, 6, 134, 74));   /* TCP */
    CU_ASSERT_TRUE(wakes(0x86dd, 6, 58, 128, 74));  /* ICMPv6: an echo request */
    CU_ASSERT_FALSE(wakes(0x86dd, 6, 58, 134, 74)); /* a router advertisement */
    CU_ASSERT_FALSE(wakes(0x86dd, 6, 58, 133, 74));
    CU_ASSERT_FALSE(wakes(0x86dd, 6, 58, 137, 74));
    CU_ASSERT_TRUE(wakes(0x86dd, 6, 58, 138, 74));
    CU_ASSERT_FALSE(wakes(0x86dd, 24, 0xff, 0, 74)); /* to ff00:: */
    CU_ASSERT_TRUE(wakes(0x1234, 0, 0, 0, 60));
    CU_ASSERT_FALSE(net_wakes(all, sizeof(all)));
}

/* Each length, with nothing behind it: the sanitizers see what is read from there. */
static void test_wakes_short(void)
{
    static const struct {
        uint8_t type[2];
        size_t least; /* to wake */
    } cases[] = {{{0x08, 0}, 34}, {{0x08, 6}, SIZE_MAX}, {{0x86, 0xdd}, 55}, {{0x12, 0x34}, 14}};

    for (unsigned i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        for (size_t len = 0; len < 60; len++) {
            uint8_t *frame = calloc(1, len ? len : 1);

            for (unsigned at = 0; at < 2 && NET_TYPE_AT + at < len; at++) {
                frame[NET_TYPE_AT + at] = cases[i].type[at];
            }
            CU_ASSERT_EQUAL(net_wakes(frame, len), len >= cases[i].least);
            free(frame);
        }
    }
}

/* RFC 8439, section 2.3.2. */
static void test_chacha20(void)
{
    static const uint32_t expected[CHACHA20_BLOCK] = {
        0xe4e7f110, 0x15593bd1, 0x1fdd0f50, 0xc47120a3, 0xc7f4d1c7, 0x0368c033,
        0x9aaa2204, 0x4e6cd4c3, 0x466482d2, 0x09aa9f07, 0x05d7c214, 0xa2028bd9,
        0xd19c12b5, 0xb94e16de, 0xe883d0cb, 0x4e3c50a2};
    static const uint32_t nonce[CHACHA20_NONCE] = {0x09000000, 0x4a000000, 0};
    uint32_t words[CHACHA20_KEY], out[CHACHA20_BLOCK];

    for (unsigned i = 0; i < CHACHA20_KEY; i++) {
        words[i] = 0x03020100 + i * 0x04040404;
    }
    chacha20_block(out, words, 1, nonce);
    CU_ASSERT_FALSE(memcmp(out, expected, sizeof(out)));
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"power alone", test_power_alone},
                                        {"volume keys", test_volume},
                                        {"volume up and power", test_chord},
                                        {"bridge", test_bridge},
                                        {"bridge, personas apart", test_bridge_apart},
                                        {"bridge, hostile frames", test_bridge_hostile},
                                        {"frames that wake", test_wakes},
                                        {"frames that wake, cut off", test_wakes_short},
                                        {"ChaCha20, RFC 8439", test_chacha20},
                                        CU_TEST_INFO_NULL};

    return run_suite("small", tests);
}
