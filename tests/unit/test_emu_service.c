/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The service port's lines, and its client against a switchboard that may say anything. */
#include "suite.h"

#include <gio/gio.h>
#include <string.h>

#include "phone/service.h"

static void parses_lines(void)
{
    struct service_line line;

    CU_ASSERT_TRUE(service_line_parse("7 ok", &line));
    CU_ASSERT_EQUAL(line.kind, SERVICE_OK);
    CU_ASSERT_EQUAL(line.id, 7);
    service_line_clear(&line);

    CU_ASSERT_TRUE(service_line_parse("8 ok frame=12 us=16000 name=\"two words\" empty=", &line));
    CU_ASSERT_EQUAL(service_line_number(&line, "frame", -1), 12);
    CU_ASSERT_EQUAL(service_line_number(&line, "name", -1), -1);
    CU_ASSERT_EQUAL(service_line_number(&line, "nothing", 5), 5);
    CU_ASSERT_STRING_EQUAL(service_line_get(&line, "name"), "two words");
    CU_ASSERT_STRING_EQUAL(service_line_get(&line, "empty"), "");
    service_line_clear(&line);

    CU_ASSERT_TRUE(service_line_parse("9 err no such persona = \"", &line));
    CU_ASSERT_EQUAL(line.kind, SERVICE_ERR);
    CU_ASSERT_STRING_EQUAL(line.text, "no such persona = \"");
    service_line_clear(&line);

    CU_ASSERT_TRUE(service_line_parse("! front vm=work", &line));
    CU_ASSERT_EQUAL(line.kind, SERVICE_EVENT);
    CU_ASSERT_STRING_EQUAL(line.text, "front");
    CU_ASSERT_STRING_EQUAL(service_line_get(&line, "vm"), "work");
    service_line_clear(&line);
}

static void refuses_lines(void)
{
    static const char *const bad[] = {
        "",
        " ",
        "!",
        "7",
        "seven ok",
        "-1 ok",
        "4294967296 ok",
        "7 maybe",
        "! vm name",
        "! vm =x",
        "! vm name=\"open",
        "7 ok \xff=1",
    };
    char *endless = g_strnfill(5000, 'x');
    char *text = g_strdup_printf("! vm name=%s", endless);
    struct service_line line = {.text = (char *)"untouched"};

    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
        CU_ASSERT_FALSE(service_line_parse(bad[i], &line));
    }
    CU_ASSERT_FALSE(service_line_parse(text, &line));
    CU_ASSERT_STRING_EQUAL(line.text, "untouched");
    g_free(text);
    g_free(endless);
}

/* A switchboard: what was sent to it, what came of it. */
static GString *sent, *got;
static bool full;

static bool send_bytes(const char *bytes, gsize length)
{
    if (!full) {
        g_string_append_len(sent, bytes, (gssize)length);
    }
    return !full;
}

static void on_event(void *opaque, const struct service_line *line)
{
    (void)opaque;
    g_string_append_printf(got, "event %s|", line->text);
}

static void on_reply(void *opaque, const struct service_line *line, const GError *error)
{
    g_string_append_printf(got, "%s %s|", (const char *)opaque,
                           error                       ? error->message
                           : line->kind == SERVICE_ERR ? line->text
                                                       : "ok");
}

static struct service *new_service(void)
{
    sent = g_string_new(NULL);
    got = g_string_new(NULL);
    full = false;
    return service_new(NULL, send_bytes, on_event, NULL);
}

static void end_service(struct service *service)
{
    service_free(service);
    g_string_free(sent, TRUE);
    g_string_free(got, TRUE);
}

static void receive(struct service *service, const char *text)
{
    service_receive(service, (const uint8_t *)text, strlen(text));
}

static void answers_requests(void)
{
    struct service *service = new_service();

    service_request(service, "switch work", 10, on_reply, "a");
    service_request(service, "stop work", 10, on_reply, "b");
    CU_ASSERT_STRING_EQUAL(sent->str, "2 switch work\n3 stop work\n");
    receive(service, "! front vm=w");
    CU_ASSERT_STRING_EQUAL(got->str, "");
    receive(service, "ork\r\n3 err not now\n2 ok frame=1 us=2\n2 ok\n99 ok\nnoise\n");
    CU_ASSERT_STRING_EQUAL(got->str, "event front|b not now|a ok|");
    end_service(service);
}

static void bears_a_bad_switchboard(void)
{
    struct service *service = new_service();
    char *endless = g_strnfill(3 * SERVICE_LINE_MAX, '!');

    receive(service, endless);
    receive(service, endless);
    receive(service, "\n! ready\n");
    /* the long line is dropped, the next one (which has no value) is an event */
    CU_ASSERT_STRING_EQUAL(got->str, "event ready|");
    full = true;
    service_request(service, "vms", 10, on_reply, "c");
    CU_ASSERT_STRING_EQUAL(got->str, "event ready|c the service port takes no more requests|");
    full = false;
    g_string_truncate(got, 0);
    service_request(service, "vms", 10, on_reply, "d");
    service_cancel_all(service);
    CU_ASSERT_STRING_EQUAL(got->str, "d the switchboard started anew|");
    g_free(endless);
    end_service(service);
}

static void times_out(void)
{
    struct service *service = new_service();

    service_request(service, "vms", 1, on_reply, "e");
    while (got->len == 0) {
        g_main_context_iteration(NULL, TRUE);
    }
    CU_ASSERT_STRING_EQUAL(got->str, "e the switchboard does not answer|");
    end_service(service);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"parses lines", parses_lines},
        {"refuses what is no line", refuses_lines},
        {"matches answers to requests", answers_requests},
        {"bears a bad switchboard", bears_a_bad_switchboard},
        {"times out", times_out},
        CU_TEST_INFO_NULL,
    };
    return run_suite("service", tests);
}
