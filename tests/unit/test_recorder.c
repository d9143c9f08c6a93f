/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a person does becomes the steps of a scenario. */
#include "suite.h"

#include <string.h>

#include "sdk/scenario/recorder.h"

static GString *said;
static const char *text_there, *landmark_there;

static void on_line(gpointer data G_GNUC_UNUSED, const char *line)
{
    g_string_append_printf(said, "%s\n", line);
}

static void on_look(gpointer data G_GNUC_UNUSED, double time G_GNUC_UNUSED, int x G_GNUC_UNUSED,
                    int y G_GNUC_UNUSED, char **text, char **landmark)
{
    *text = g_strdup(text_there);
    *landmark = g_strdup(landmark_there);
}

static struct recorder *begin(void)
{
    static const struct recorder_listener listener = {on_line, on_look, NULL};

    said = g_string_new(NULL);
    text_there = landmark_there = NULL;
    return recorder_new(&listener);
}

static void take(struct recorder *recorder, double time, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* An event whose members are given, without braces. */
static void take(struct recorder *recorder, double time, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *members = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *text = g_strdup_printf("{\"time\":%.3f,%s}", time, members);
    g_autoptr(JsonNode) node = json_from_string(text, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(node);
    recorder_take(recorder, json_node_get_object(node), time);
}

static void touch(struct recorder *recorder, double time, const char *type, int slot, int x, int y)
{
    take(recorder, time,
         "\"event\":\"input\",\"kind\":\"touch\",\"type\":\"%s\",\"slot\":%d,\"x\":%d,\"y\":%d",
         type, slot, x, y);
}

static void key(struct recorder *recorder, double time, int code, const char *name, int value)
{
    take(recorder, time,
         "\"event\":\"input\",\"kind\":\"key\",\"code\":%d,\"key\":\"%s\",\"value\":%d", code, name,
         value);
}

static void press(struct recorder *recorder, double time, int code, const char *name)
{
    key(recorder, time, code, name, 1);
    key(recorder, time, code, name, 0);
}

static void end(struct recorder *recorder, const char *wanted)
{
    recorder_flush(recorder);
    CU_ASSERT_STRING_EQUAL(said->str, wanted);
    if (strcmp(said->str, wanted)) {
        printf("\n%s", said->str);
    }
    recorder_free(recorder);
    g_string_free(said, TRUE);
}

static void test_touches(void)
{
    struct recorder *recorder = begin();

    touch(recorder, 10.0, "up", 0, 0, 0); /* it was down before */
    touch(recorder, 10.0, "down", 0, 100, 200);
    touch(recorder, 10.1, "move", 0, 104, 203);
    touch(recorder, 10.1, "up", 0, 0, 0);
    touch(recorder, 12.1, "down", 0, 50, 60);
    touch(recorder, 13.3, "up", 0, 0, 0);
    touch(recorder, 13.4, "down", 0, 360, 1400);
    touch(recorder, 13.5, "move", 0, 360, 900);
    touch(recorder, 13.7, "move", 0, 362, 500);
    touch(recorder, 13.7, "up", 0, 0, 0);
    end(recorder, "tap 100 200\nsleep 2.0\ntap --hold 1200 50 60\n"
                  "swipe --duration 300 360 1400 362 500\n");
}

static void test_two_fingers(void)
{
    struct recorder *recorder = begin();

    touch(recorder, 1.0, "down", 0, 100, 100);
    touch(recorder, 1.1, "down", 1, 200, 200);
    touch(recorder, 1.2, "move", 1, 300, 300);
    touch(recorder, 1.21, "move", 0, 90, 90); /* too soon after the other */
    touch(recorder, 1.3, "up", 0, 0, 0);
    touch(recorder, 1.4, "up", 1, 0, 0);
    end(recorder, "touch --slot 0 down 100 100\ntouch --slot 1 down 200 200\n"
                  "touch --slot 1 move 300 300\ntouch --slot 0 up\ntouch --slot 1 up\n");
}

static void tap(struct recorder *recorder, double time)
{
    touch(recorder, time, "down", 0, 10, 20);
    touch(recorder, time, "up", 0, 0, 0);
}

static void test_text_of_taps(void)
{
    struct recorder *recorder = begin();

    text_there = "It's me";
    tap(recorder, 1);
    text_there = NULL;
    landmark_there = "Calculator";
    tap(recorder, 5);
    end(recorder, "tap text 'It'\\''s me'\nwait text 'Calculator'\ntap 10 20\n");
}

static void test_keys(void)
{
    struct recorder *recorder = begin();

    key(recorder, 1.0, 42, "LEFTSHIFT", 1);
    press(recorder, 1.1, 35, "H");
    key(recorder, 1.2, 42, "LEFTSHIFT", 0);
    press(recorder, 1.3, 23, "I");
    key(recorder, 1.3, 23, "I", 2);
    press(recorder, 1.4, 40, "APOSTROPHE");
    press(recorder, 1.5, 28, "ENTER");
    key(recorder, 1.6, 29, "LEFTCTRL", 1);
    press(recorder, 1.7, 46, "C");
    key(recorder, 1.8, 29, "LEFTCTRL", 0);
    press(recorder, 3.8, 11, "0");
    end(recorder, "text -- 'Hi'\\'''\nkey ENTER\nkey --action down LEFTCTRL\nkey --action down C\n"
                  "key --action up C\nkey --action up LEFTCTRL\nsleep 2.0\ntext -- '0'\n");
}

static void test_the_rest(void)
{
    struct recorder *recorder = begin();

    take(recorder, 1, "\"event\":\"input\",\"kind\":\"button\",\"button\":\"power\",\"value\":1");
    take(recorder, 1, "\"event\":\"input\",\"kind\":\"button\",\"button\":\"power\",\"value\":0");
    take(recorder, 2, "\"event\":\"display\",\"on\":false"); /* that was the button */
    take(recorder, 5, "\"event\":\"attitude\",\"attitude\":\"left\"");
    take(recorder, 5, "\"event\":\"front\",\"vm\":\"work\"");
    take(recorder, 5.1,
         "\"event\":\"request\",\"request\":{\"id\":4,\"verb\":\"geo\",\"latitude\":1}");
    take(recorder, 5.1, "\"event\":\"request\",\"request\":{\"id\":5,\"verb\":\"battery\"}");
    take(recorder, 5.1,
         "\"event\":\"request\",\"request\":{\"id\":6,\"verb\":\"tap\",\"x\":1,\"y\":2}");
    take(recorder, 5.1, "\"event\":\"nothing-known\"");
    end(recorder, "button --action down power\nbutton --action up power\nsleep 4.0\nrotate 'left'\n"
                  "switch 'work'\ncall '{\"verb\":\"geo\",\"latitude\":1}'\n");
}

/* A switch soon after a key is the key's only if nobody has asked for it. */
static void test_asked_for(void)
{
    struct recorder *recorder = begin();

    key(recorder, 1, 1, "ESC", 1);
    key(recorder, 1, 1, "ESC", 0);
    take(recorder, 1.5, "\"event\":\"front\",\"vm\":\"work\"");
    take(recorder, 1.6,
         "\"event\":\"request\",\"request\":{\"verb\":\"switch\",\"to\":\"personal\"}");
    take(recorder, 1.6, "\"event\":\"front\",\"vm\":\"personal\"");
    take(recorder, 1.7,
         "\"event\":\"request\",\"request\":{\"verb\":\"text\",\"text\":\"it's\\nso\\n\"}");
    end(recorder, "key ESC\nswitch 'personal'\ntext 'it'\\''s'\nkey enter\n"
                  "text 'so'\nkey enter\n");
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"one finger", test_touches},
        {"two fingers", test_two_fingers},
        {"text where it was tapped", test_text_of_taps},
        {"keys", test_keys},
        {"buttons, changes, requests", test_the_rest},
        {"a change that was asked for", test_asked_for},
        CU_TEST_INFO_NULL,
    };

    return run_suite("recorder", tests);
}
