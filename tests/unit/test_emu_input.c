/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* One owner of fingers and keys: two sources at a time, and sources that go away. */
#include "suite.h"

#include <linux/input-event-codes.h>
#include <string.h>

#include "input/input.h"

static const struct input_point here = {10, 20, 720, 1440}, there = {30, 40, 720, 1440};

/* What the phone has been told, one word per change: "d0" finger down in slot 0, "P" power down. */
static GString *told;

static void touch(unsigned slot, enum touch_type type, int x G_GNUC_UNUSED, int y G_GNUC_UNUSED,
                  int width G_GNUC_UNUSED, int height G_GNUC_UNUSED)
{
    g_string_append_printf(told, "%c%u ", "dmu"[type], slot);
}

static void button(enum button which, bool down)
{
    g_string_append_printf(told, "%c ", down ? "PVW"[which] : "pvw"[which]);
}

static void key(void *opaque G_GNUC_UNUSED, int code, int value, input_reply_fn *reply,
                void *reply_opaque)
{
    g_string_append_printf(told, "%d=%d ", code, value);
    if (reply) {
        reply(reply_opaque, NULL, NULL);
    }
}

static struct input *start(void)
{
    static const struct input_target target = {touch, button, key, NULL};
    struct input *input = input_new(&target);

    told = g_string_new(NULL);
    input_set_running(input, true);
    return input;
}

/* What has been told since the last call. */
static bool tells(const char *expected)
{
    bool same = strcmp(told->str, expected) == 0;

    if (!same) {
        printf("told '%s', expected '%s'\n", told->str, expected);
    }
    g_string_truncate(told, 0);
    return same;
}

static void finish(struct input *input)
{
    input_free(input);
    g_string_free(told, TRUE);
}

static void gives_each_source_its_fingers(void)
{
    struct input *input = start();
    struct input_source *window = input_source_new(input), *client = input_source_new(input);
    int x, y;

    CU_ASSERT_EQUAL(input_finger_down(window, 0, here), INPUT_DONE);
    CU_ASSERT_EQUAL(input_finger_down(client, 0, there), INPUT_DONE);
    CU_ASSERT_EQUAL(input_finger_down(client, 0, there), INPUT_HELD);
    CU_ASSERT_EQUAL(input_finger_move(client, 0, here), INPUT_DONE);
    CU_ASSERT_EQUAL(input_finger_move(client, 0, here), INPUT_DONE); /* is there already */
    CU_ASSERT_TRUE(tells("d0 d1 m1 "));
    CU_ASSERT_TRUE(input_finger_at(window, 0, &x, &y) && x == 10 && y == 20);
    CU_ASSERT_EQUAL(input_finger_up(window, 0), INPUT_DONE);
    CU_ASSERT_EQUAL(input_finger_up(window, 0), INPUT_NOT_HELD);
    CU_ASSERT_FALSE(input_finger_at(window, 0, &x, &y));
    CU_ASSERT_EQUAL(input_finger_move(window, 0, there), INPUT_NOT_HELD);
    CU_ASSERT_EQUAL(input_finger_down(window, 7, here), INPUT_DONE); /* slot 0 is free again */
    CU_ASSERT_TRUE(tells("u0 d0 "));
    input_source_free(client); /* as when it disconnects */
    CU_ASSERT_TRUE(tells("u1 "));
    input_source_free(window);
    CU_ASSERT_TRUE(tells("u0 "));
    input_source_free(NULL);
    finish(input);
}

static void counts_fingers(void)
{
    struct input *input = start();
    struct input_source *one = input_source_new(input), *two = input_source_new(input);

    for (int id = 0; id < PANEL_SLOTS; id++) {
        CU_ASSERT_EQUAL(input_finger_down(id & 1 ? one : two, id, here), INPUT_DONE);
    }
    CU_ASSERT_EQUAL(input_finger_down(one, 100, here), INPUT_FULL);
    input_release(two);
    CU_ASSERT_EQUAL(input_finger_down(one, 100, here), INPUT_DONE);
    input_source_free(one);
    input_source_free(two);
    finish(input);
}

static void keeps_a_button_for_its_last_holder(void)
{
    struct input *input = start();
    struct input_source *one = input_source_new(input), *two = input_source_new(input);

    input_button(one, BUTTON_POWER, true);
    input_button(two, BUTTON_POWER, true);
    CU_ASSERT_EQUAL(input_button(one, BUTTON_POWER, false), INPUT_DONE);
    CU_ASSERT_EQUAL(input_button(one, BUTTON_POWER, false), INPUT_NOT_HELD);
    CU_ASSERT_TRUE(tells("P "));
    input_button(two, BUTTON_VOLUME_UP, true);
    input_source_free(two);
    CU_ASSERT_TRUE(tells("V p v "));
    input_source_free(one);
    CU_ASSERT_TRUE(tells(""));
    finish(input);
}

static void count_reply(void *opaque, const struct service_line *line G_GNUC_UNUSED,
                        const GError *error G_GNUC_UNUSED)
{
    ++*(int *)opaque;
}

static void keeps_a_key_for_its_last_holder(void)
{
    struct input *input = start();
    struct input_source *one = input_source_new(input), *two = input_source_new(input);
    int replies = 0;

    CU_ASSERT_EQUAL(input_key(one, KEY_A, 1, count_reply, &replies), INPUT_DONE);
    CU_ASSERT_EQUAL(input_key(one, KEY_A, 2, NULL, NULL), INPUT_DONE);
    CU_ASSERT_EQUAL(input_key(two, KEY_A, 2, NULL, NULL), INPUT_NOT_HELD);
    CU_ASSERT_EQUAL(input_key(two, KEY_A, 1, count_reply, &replies), INPUT_DONE);
    CU_ASSERT_TRUE(input_key_is_held(one, KEY_A) && input_key_is_held(two, KEY_A));
    CU_ASSERT_EQUAL(input_key(one, KEY_A, 0, count_reply, &replies), INPUT_DONE);
    CU_ASSERT_TRUE(tells("30=1 30=2 "));
    CU_ASSERT_EQUAL(replies, 3); /* also when nothing had to be sent */
    CU_ASSERT_EQUAL(input_key(one, KEY_A, 0, count_reply, &replies), INPUT_NOT_HELD);
    CU_ASSERT_EQUAL(replies, 3);
    CU_ASSERT_EQUAL(input_key(two, KEY_A, 0, NULL, NULL), INPUT_DONE);
    CU_ASSERT_TRUE(tells("30=0 "));
    input_source_free(one);
    input_source_free(two);
    finish(input);
}

/* A shortcut of the window: its keys go up, its fingers stay. */
static void releases_keys_alone(void)
{
    struct input *input = start();
    struct input_source *window = input_source_new(input);

    input_finger_down(window, 0, here);
    input_key(window, KEY_LEFTCTRL, 1, NULL, NULL);
    input_release_keys(window);
    CU_ASSERT_TRUE(tells("d0 29=1 29=0 "));
    CU_ASSERT_FALSE(input_key_is_held(window, KEY_LEFTCTRL));
    CU_ASSERT_EQUAL(input_key(window, KEY_LEFTCTRL, 0, NULL, NULL), INPUT_NOT_HELD);
    input_release(window);
    CU_ASSERT_TRUE(tells("u0 "));
    input_source_free(window);
    finish(input);
}

static void lets_go_when_the_machine_stands_still(void)
{
    struct input *input = start();
    struct input_source *one = input_source_new(input), *two = input_source_new(input);

    input_finger_down(one, 0, here);
    input_button(two, BUTTON_VOLUME_DOWN, true);
    input_key(two, KEY_B, 1, NULL, NULL);
    g_string_truncate(told, 0);
    input_set_running(input, false);
    CU_ASSERT_TRUE(tells("u0 w 48=0 "));
    CU_ASSERT_EQUAL(input_finger_down(one, 1, here), INPUT_STILL);
    CU_ASSERT_EQUAL(input_finger_move(one, 0, there), INPUT_STILL);
    CU_ASSERT_EQUAL(input_button(one, BUTTON_POWER, true), INPUT_STILL);
    CU_ASSERT_EQUAL(input_key(one, KEY_B, 1, NULL, NULL), INPUT_STILL);
    CU_ASSERT_EQUAL(input_key(two, KEY_B, 0, NULL, NULL), INPUT_NOT_HELD);
    input_set_running(input, true);
    CU_ASSERT_TRUE(tells(""));
    CU_ASSERT_EQUAL(input_finger_down(one, 0, here), INPUT_DONE);
    input_source_free(one);
    input_source_free(two);
    finish(input);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"gives each source its fingers", gives_each_source_its_fingers},
        {"counts fingers of all sources", counts_fingers},
        {"a button goes up with its last holder", keeps_a_button_for_its_last_holder},
        {"a key goes up with its last holder", keeps_a_key_for_its_last_holder},
        {"releases keys alone", releases_keys_alone},
        {"lets go when the machine stands still", lets_go_when_the_machine_stands_still},
        CU_TEST_INFO_NULL,
    };
    return run_suite("input", tests);
}
