/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* virtio-input as Linux's driver and evdev see it: virtio 1.2, section 5.8. */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <linux/input.h>
#include <string.h>

#include "virtio_fake.h"

static struct fake_queue touch_q, keys_q, status_q;
static uint64_t touch_buf, keys_buf;

struct event {
    uint16_t type, code;
    uint32_t value;
};

/* Buffers by head, as the driver keeps them. */
static uint64_t where[2][FAKE_QUEUE];

static void fill(struct fake_queue *q, uint64_t buf, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        struct fake_buf b = {buf + i * 8, 8, true};
        int head = fake_add(q, &b, 1, false);

        if (head < 0) {
            break;
        }
        where[q == &keys_q][head] = b.ipa;
    }
    fake_kick(q);
}

static void start(unsigned slot, struct fake_queue *q, uint64_t *buf, unsigned buffers)
{
    fake_negotiate(slot, FAKE_VERSION1 | FAKE_INDIRECT | FAKE_EVENT);
    fake_queue_start(q, slot, 0, 0);
    q->event_idx = true;
    fake_queue_start(&status_q, slot, 1, 0);
    fake_driver_ok(slot);
    *buf = fake_alloc(64 * 8, 8);
    fill(q, *buf, buffers);
}

static void set_up(void)
{
    fake_start();
    start(SLOT_TOUCH, &touch_q, &touch_buf, 64);
    start(SLOT_KEYS, &keys_q, &keys_buf, 64);
}

/* The next event, its buffer given back to the device at once, as Linux does. */
static bool next(struct fake_queue *q, struct event *e)
{
    uint32_t written;
    int head = fake_get(q, &written);
    struct fake_buf b;

    if (head < 0) {
        return false;
    }
    CU_ASSERT_EQUAL(written, 8);
    b = (struct fake_buf){where[q == &keys_q][head], 8, true};
    memcpy(e, fake_at(b.ipa), 8);
    head = fake_add(q, &b, 1, false);
    where[q == &keys_q][head] = b.ipa;
    return true;
}

static void expect(struct fake_queue *q, uint16_t type, uint16_t code, uint32_t value)
{
    struct event e = {0xffff, 0, 0};

    CU_ASSERT_TRUE(next(q, &e));
    CU_ASSERT_EQUAL(e.type, type);
    CU_ASSERT_EQUAL(e.code, code);
    CU_ASSERT_EQUAL(e.value, value);
}

static void expect_end(struct fake_queue *q)
{
    expect(q, EV_SYN, SYN_REPORT, 0);
    CU_ASSERT_EQUAL(fake_get(q, NULL), -1);
}

/* ---- Configuration ---------------------------------------------------------------------- */

static unsigned select_config(unsigned slot, uint8_t select, uint8_t subsel)
{
    virtio_bus_write(&fake.bus, slot, 0x100, 1, select);
    virtio_bus_write(&fake.bus, slot, 0x101, 1, subsel);
    return fake_read(slot, 0x100) >> 16 & 0xff;
}

static bool has_bit(unsigned slot, unsigned bit)
{
    return fake_read(slot, 0x108 + bit / 32 * 4) >> bit % 32 & 1;
}

static bool has_event(unsigned slot, uint8_t type, unsigned code)
{
    return select_config(slot, 0x11, type) > code / 8 && has_bit(slot, code);
}

static void expect_axis(uint8_t axis, uint32_t max)
{
    CU_ASSERT_EQUAL(select_config(SLOT_TOUCH, 0x12, axis), 20);
    CU_ASSERT_EQUAL(fake_read(SLOT_TOUCH, 0x108), 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_TOUCH, 0x10c), max);
}

static void test_touch_config(void)
{
    unsigned s = SLOT_TOUCH;

    CU_ASSERT_EQUAL(select_config(s, 0x01, 0), strlen("Phonebooth touch panel"));
    CU_ASSERT_EQUAL(fake_read(s, 0x108), 0x6e6f6850); /* "Phon" */
    CU_ASSERT_EQUAL(select_config(s, 0x01, 1), 0);
    CU_ASSERT_EQUAL(select_config(s, 0x02, 0), 0);
    CU_ASSERT_EQUAL(select_config(s, 0x03, 0), 8);
    CU_ASSERT_EQUAL(fake_read(s, 0x108) & 0xffff, BUS_VIRTUAL);
    CU_ASSERT_EQUAL(select_config(s, 0x10, 0), 1);
    CU_ASSERT_TRUE(has_bit(s, INPUT_PROP_DIRECT));
    CU_ASSERT_TRUE(has_event(s, EV_KEY, BTN_TOUCH));
    CU_ASSERT_FALSE(has_event(s, EV_KEY, KEY_A));
    CU_ASSERT_TRUE(has_event(s, EV_ABS, ABS_X));
    CU_ASSERT_TRUE(has_event(s, EV_ABS, ABS_Y));
    CU_ASSERT_FALSE(has_event(s, EV_ABS, ABS_Z));
    CU_ASSERT_TRUE(has_event(s, EV_ABS, ABS_MT_SLOT));
    CU_ASSERT_TRUE(has_event(s, EV_ABS, ABS_MT_TRACKING_ID));
    CU_ASSERT_TRUE(has_event(s, EV_ABS, ABS_MT_POSITION_X));
    CU_ASSERT_TRUE(has_event(s, EV_ABS, ABS_MT_POSITION_Y));
    CU_ASSERT_EQUAL(select_config(s, 0x11, EV_REL), 0);
    CU_ASSERT_EQUAL(select_config(s, 0x11, EV_LED), 0);
    expect_axis(ABS_X, FAKE_WIDTH - 1);
    expect_axis(ABS_MT_POSITION_X, FAKE_WIDTH - 1);
    expect_axis(ABS_MT_POSITION_Y, FAKE_HEIGHT - 1);
    expect_axis(ABS_MT_SLOT, 9);
    expect_axis(ABS_MT_TRACKING_ID, 65535);
    CU_ASSERT_EQUAL(select_config(s, 0x12, ABS_Z), 0);
    CU_ASSERT_EQUAL(select_config(s, 0xff, 0xff), 0);
    CU_ASSERT_EQUAL(fake_read(s, 0x108), 0);
}

static void test_keys_config(void)
{
    unsigned s = SLOT_KEYS;

    for (unsigned key = KEY_ESC; key <= KEY_MICMUTE; key++) {
        CU_ASSERT_TRUE(has_event(s, EV_KEY, key));
    }
    CU_ASSERT_FALSE(has_event(s, EV_KEY, KEY_RESERVED));
    CU_ASSERT_TRUE(has_event(s, EV_KEY, KEY_POWER));
    CU_ASSERT_TRUE(has_event(s, EV_KEY, KEY_VOLUMEUP));
    CU_ASSERT_TRUE(has_event(s, EV_REL, REL_WHEEL));
    CU_ASSERT_FALSE(has_event(s, EV_REL, REL_X));
    CU_ASSERT_TRUE(has_event(s, EV_LED, LED_CAPSL));
    CU_ASSERT_NOT_EQUAL(select_config(s, 0x11, EV_REP), 0);
    CU_ASSERT_EQUAL(select_config(s, 0x11, EV_ABS), 0);
    CU_ASSERT_EQUAL(select_config(s, 0x10, 0), 0);
    /* Both selectors in one write. */
    virtio_bus_write(&fake.bus, s, 0x100, 2, 0x0111);
    CU_ASSERT_EQUAL(fake_read(s, 0x100) >> 16 & 0xff, KEY_MICMUTE / 8 + 1);
}

/* ---- Touch ------------------------------------------------------------------------------- */

static void test_tap(void)
{
    struct fake_queue *q = &touch_q;

    touch_contact(&fake_devices.touch, 0, TOUCH_DOWN, 100, 200);
    CU_ASSERT_EQUAL(fake_get(q, NULL), -1); /* not before the report is whole */
    touch_sync(&fake_devices.touch);
    CU_ASSERT_EQUAL(fake_ack(SLOT_TOUCH), 1);
    expect(q, EV_ABS, ABS_MT_TRACKING_ID, 0);
    expect(q, EV_ABS, ABS_MT_POSITION_X, 100);
    expect(q, EV_ABS, ABS_MT_POSITION_Y, 200);
    expect(q, EV_KEY, BTN_TOUCH, 1);
    expect(q, EV_ABS, ABS_X, 100);
    expect(q, EV_ABS, ABS_Y, 200);
    expect_end(q);
    touch_contact(&fake_devices.touch, 0, TOUCH_MOVE, 100, 210);
    touch_sync(&fake_devices.touch);
    expect(q, EV_ABS, ABS_MT_POSITION_Y, 210);
    expect(q, EV_ABS, ABS_X, 100);
    expect(q, EV_ABS, ABS_Y, 210);
    expect_end(q);
    touch_sync(&fake_devices.touch); /* nothing new: no report */
    CU_ASSERT_EQUAL(fake_get(q, NULL), -1);
    touch_contact(&fake_devices.touch, 0, TOUCH_UP, 0, 0);
    touch_sync(&fake_devices.touch);
    expect(q, EV_ABS, ABS_MT_TRACKING_ID, UINT32_MAX);
    expect(q, EV_KEY, BTN_TOUCH, 0);
    expect_end(q);
}

static void test_two_fingers(void)
{
    struct fake_queue *q = &touch_q;

    touch_contact(&fake_devices.touch, 2, TOUCH_DOWN, 10, 10);
    touch_contact(&fake_devices.touch, 5, TOUCH_DOWN, 5000, 5000); /* the edge is the end */
    touch_sync(&fake_devices.touch);
    expect(q, EV_ABS, ABS_MT_SLOT, 2);
    expect(q, EV_ABS, ABS_MT_TRACKING_ID, 0);
    expect(q, EV_ABS, ABS_MT_POSITION_X, 10);
    expect(q, EV_ABS, ABS_MT_POSITION_Y, 10);
    expect(q, EV_ABS, ABS_MT_SLOT, 5);
    expect(q, EV_ABS, ABS_MT_TRACKING_ID, 1);
    expect(q, EV_ABS, ABS_MT_POSITION_X, FAKE_WIDTH - 1);
    expect(q, EV_ABS, ABS_MT_POSITION_Y, FAKE_HEIGHT - 1);
    expect(q, EV_KEY, BTN_TOUCH, 1);
    expect(q, EV_ABS, ABS_X, 10);
    expect(q, EV_ABS, ABS_Y, 10);
    expect_end(q);
    touch_contact(&fake_devices.touch, 2, TOUCH_UP, 0, 0);
    touch_contact(&fake_devices.touch, 11, TOUCH_DOWN, 0, 0);  /* no such contact */
    touch_contact(&fake_devices.touch, 3, TOUCH_MOVE, 50, 50); /* not down */
    touch_sync(&fake_devices.touch);
    expect(q, EV_ABS, ABS_MT_SLOT, 2);
    expect(q, EV_ABS, ABS_MT_TRACKING_ID, UINT32_MAX);
    expect(q, EV_ABS, ABS_X, FAKE_WIDTH - 1); /* the pointer follows the other finger */
    expect(q, EV_ABS, ABS_Y, FAKE_HEIGHT - 1);
    expect_end(q);
}

static void test_all_fingers_fit(void)
{
    struct event e;
    unsigned n = 0;

    for (unsigned i = 0; i < 10; i++) {
        touch_contact(&fake_devices.touch, 9 - i, TOUCH_DOWN, i * 10, i * 20);
    }
    touch_sync(&fake_devices.touch);
    while (next(&touch_q, &e)) {
        n++;
    }
    CU_ASSERT_EQUAL(e.type, EV_SYN);
    CU_ASSERT_EQUAL(n, 4 * 10 - 1 + 4);
}

static void test_touch_full_queue(void)
{
    struct event e;
    unsigned syns = 0, events = 0, raised;
    uint32_t id = 0, y = 0;

    /* The driver takes nothing: reports that do not fit are held back and joined. */
    for (unsigned i = 0; i < 100; i++) {
        touch_contact(&fake_devices.touch, 0, i ? TOUCH_MOVE : TOUCH_DOWN, 5, 10 + i);
        touch_sync(&fake_devices.touch);
    }
    touch_contact(&fake_devices.touch, 0, TOUCH_UP, 0, 0);
    touch_sync(&fake_devices.touch);
    raised = fake.raised[SLOT_TOUCH];
    CU_ASSERT_TRUE(raised >= 1);
    /* It wakes up, takes all, gives the buffers back and notifies if asked to. */
    for (unsigned round = 0; round < 3; round++) {
        while (next(&touch_q, &e)) {
            events++;
            syns += e.type == EV_SYN;
            if (e.type == EV_ABS && e.code == ABS_MT_TRACKING_ID) {
                id = e.value;
            }
            if (e.type == EV_ABS && e.code == ABS_MT_POSITION_Y) {
                y = e.value;
            }
        }
        CU_ASSERT_EQUAL(e.type, EV_SYN); /* only whole reports */
        fake_kick(&touch_q);
    }
    CU_ASSERT_EQUAL(id, UINT32_MAX); /* the finger is up in the end */
    CU_ASSERT_TRUE(y > 20 && y <= 109);
    CU_ASSERT_TRUE(syns > 10 && syns < 100);
    CU_ASSERT_TRUE(events > 64);
}

/* ---- Keys -------------------------------------------------------------------------------- */

static void test_keys(void)
{
    struct fake_queue *q = &keys_q;

    fake_key(KEY_POWER, 1);
    expect(q, EV_KEY, KEY_POWER, 1);
    expect_end(q);
    fake_key(KEY_POWER, 2); /* the guest repeats by itself */
    CU_ASSERT_EQUAL(fake_get(q, NULL), -1);
    fake_key(KEY_POWER, 0);
    expect(q, EV_KEY, KEY_POWER, 0);
    expect_end(q);
    fake_wheel(-3);
    expect(q, EV_REL, REL_WHEEL, (uint32_t)-3);
    expect_end(q);
    fake_key(0, 1);
    fake_key(600, 1);
    fake_key(KEY_A, 3);
    fake_wheel(0);
    CU_ASSERT_EQUAL(fake_get(q, NULL), -1);
}

/* Takes all events of the keyboard; down[] says which keys the guest then holds. */
static unsigned drain(bool down[256], uint16_t *order, unsigned max)
{
    struct event e;
    unsigned n = 0;

    for (bool more = true; more;) {
        more = false;
        while (next(&keys_q, &e)) {
            more = true;
            if (e.type != EV_KEY) {
                continue;
            }
            down[e.code] = e.value;
            if (e.value && n < max) {
                order[n++] = e.code;
            }
        }
        fake_kick(&keys_q);
    }
    return n;
}

static void test_typed_text_is_kept(void)
{
    bool down[256] = {false};
    uint16_t order[200];

    /* 100 keys at once, of which a queue of 64 events holds 16: the rest waits in order. */
    for (unsigned i = 0; i < 100; i++) {
        fake_key((uint16_t)(KEY_Q + i % 10), 1);
        fake_key((uint16_t)(KEY_Q + i % 10), 0);
    }
    CU_ASSERT_EQUAL(drain(down, order, 200), 100);
    for (unsigned i = 0; i < 100; i++) {
        CU_ASSERT_EQUAL(order[i], KEY_Q + i % 10);
    }
    for (unsigned i = 0; i < 256; i++) {
        CU_ASSERT_FALSE(down[i]);
    }
}

static void test_no_key_stays_down(void)
{
    bool down[256] = {false};

    fake_key(KEY_LEFTSHIFT, 1);
    for (unsigned i = 0; i < 1000; i++) {
        fake_key(KEY_A, i % 2 == 0);
    }
    fake_key(KEY_LEFTSHIFT, 0); /* lost to a full backlog, made up for */
    CU_ASSERT_EQUAL(fake_key(KEY_B, 1), KEYS_FULL);
    drain(down, NULL, 0);
    CU_ASSERT_FALSE(down[KEY_LEFTSHIFT]);
    CU_ASSERT_FALSE(down[KEY_A]);
    CU_ASSERT_FALSE(down[KEY_B]);
}

/* Taken is what the driver has given the buffers back of, not what lies in the queue. */
static void test_taken(void)
{
    struct event e;

    CU_ASSERT_EQUAL(fake_key(KEY_A, 1), KEYS_OK);
    CU_ASSERT_EQUAL(fake.number, 1);
    CU_ASSERT_EQUAL(fake_key(KEY_A, 0), KEYS_OK);
    CU_ASSERT_EQUAL(fake.number, 2);
    CU_ASSERT_EQUAL(keys_taken(&fake_devices.keys), 0);
    next(&keys_q, &e);
    CU_ASSERT_EQUAL(keys_taken(&fake_devices.keys), 0);
    next(&keys_q, &e);
    CU_ASSERT_TRUE(fake_kick(&keys_q)); /* it is asked to tell */
    CU_ASSERT_EQUAL(keys_taken(&fake_devices.keys), 1);
    while (next(&keys_q, &e)) {
        ;
    }
    CU_ASSERT_TRUE(fake_kick(&keys_q));
    CU_ASSERT_EQUAL(keys_taken(&fake_devices.keys), 2);
}

/* The press that would be lost is refused; a release never is. */
static void test_full(void)
{
    bool down[256] = {false};
    uint16_t order[600];
    unsigned accepted = 0;

    while (fake_key(KEY_A, 1) == KEYS_OK && fake_key(KEY_A, 0) == KEYS_OK) {
        accepted++;
    }
    CU_ASSERT_EQUAL(fake_key(KEY_B, 1), KEYS_FULL);
    CU_ASSERT_EQUAL(fake_wheel(1), KEYS_FULL);
    CU_ASSERT_EQUAL(fake_key(KEY_A, 0), KEYS_OK);
    CU_ASSERT_EQUAL(drain(down, order, 600), accepted);
    CU_ASSERT_EQUAL(fake_key(500, 1), KEYS_NO_SUCH_KEY);
    fake_write(SLOT_KEYS, 0x70, 0);
    CU_ASSERT_EQUAL(keys_taken(&fake_devices.keys), 0);
    CU_ASSERT_EQUAL(fake_key(KEY_A, 1), KEYS_NO_DRIVER);
}

static void test_status_queue(void)
{
    struct fake_buf b = {fake_alloc(8, 8), 8, false};

    fake_add(&status_q, &b, 1, false); /* of the keyboard, started last */
    fake_kick(&status_q);
    CU_ASSERT_TRUE(fake_get(&status_q, NULL) >= 0);
}

static void test_reset_forgets(void)
{
    fake_key(KEY_A, 1);
    touch_contact(&fake_devices.touch, 0, TOUCH_DOWN, 1, 1);
    touch_sync(&fake_devices.touch);
    start(SLOT_KEYS, &keys_q, &keys_buf, 64);
    start(SLOT_TOUCH, &touch_q, &touch_buf, 64);
    CU_ASSERT_EQUAL(fake_get(&keys_q, NULL), -1);
    CU_ASSERT_EQUAL(fake_get(&touch_q, NULL), -1);
    touch_contact(&fake_devices.touch, 0, TOUCH_MOVE, 2, 2);
    touch_sync(&fake_devices.touch);
    CU_ASSERT_EQUAL(fake_get(&touch_q, NULL), -1);
}

static void test_no_buffers_yet(void)
{
    start(SLOT_KEYS, &keys_q, &keys_buf, 0);
    fake_key(KEY_A, 1);
    CU_ASSERT_EQUAL(fake_get(&keys_q, NULL), -1);
    fill(&keys_q, keys_buf, 1); /* one is not enough for a report */
    CU_ASSERT_EQUAL(fake_get(&keys_q, NULL), -1);
    fill(&keys_q, keys_buf + 8, 1);
    expect(&keys_q, EV_KEY, KEY_A, 1);
    expect_end(&keys_q);
}

int main(void)
{
    CU_pSuite suite;

    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 1;
    }
    suite = CU_add_suite_with_setup_and_teardown("input", NULL, NULL, set_up, fake_end);
    CU_add_test(suite, "touch: configuration", test_touch_config);
    CU_add_test(suite, "keys: configuration", test_keys_config);
    CU_add_test(suite, "tap", test_tap);
    CU_add_test(suite, "two fingers", test_two_fingers);
    CU_add_test(suite, "ten fingers in one report", test_all_fingers_fit);
    CU_add_test(suite, "touch with a full queue", test_touch_full_queue);
    CU_add_test(suite, "keys and wheel", test_keys);
    CU_add_test(suite, "typed text is kept", test_typed_text_is_kept);
    CU_add_test(suite, "no key stays down", test_no_key_stays_down);
    CU_add_test(suite, "taken by the driver", test_taken);
    CU_add_test(suite, "full", test_full);
    CU_add_test(suite, "status queue", test_status_queue);
    CU_add_test(suite, "reset forgets", test_reset_forgets);
    CU_add_test(suite, "no buffers yet", test_no_buffers_yet);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    return CU_get_number_of_failures() != 0;
}
