/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The client of the control API that waits for nothing. */
#include "sdk/lib/link.h"

#include <string.h>

#include "stand_in.h"
#include "suite.h"

/* What a link's callbacks have got. */
struct heard {
    GMainLoop *loop;
    unsigned events, replies, closed;
    char *name, *why; /* of the last reply, of the last error of a call */
    char *end;        /* why it closed */
};

static void hear_event(gpointer data, JsonObject *event)
{
    struct heard *heard = data;

    CU_ASSERT_STRING_EQUAL(json_object_get_string_member(event, "event"), "ready");
    CU_ASSERT_EQUAL(heard->closed, 0);
    heard->events++;
}

static void hear_end(gpointer data, const GError *why)
{
    struct heard *heard = data;

    heard->closed++;
    heard->end = g_strdup(why->message);
    g_main_loop_quit(heard->loop);
}

static void hear_reply(gpointer data, JsonObject *reply, const GError *error)
{
    struct heard *heard = data;

    CU_ASSERT_EQUAL(heard->closed, 0);
    heard->replies++;
    if (reply) {
        heard->name = g_strdup(json_object_get_string_member_with_default(reply, "name", "?"));
    } else {
        g_free(heard->why);
        heard->why = g_strdup(error->message);
    }
}

static void link_call(booth_link *link, struct heard *heard)
{
    g_autoptr(JsonObject) request = json_object_new();

    json_object_set_string_member(request, "verb", "status");
    booth_link_call(link, request, hear_reply, heard);
}

static booth_link *link_to(struct stand_in *phone, struct heard *heard, const char *answer)
{
    const struct booth_link_events events = {hear_event, hear_end, heard};

    stand_in_start(phone, answer);
    *heard = (struct heard){.loop = g_main_loop_new(NULL, FALSE)};
    booth_link *link = booth_link_new(phone->path, &events, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(link);
    return link;
}

static void unlink_from(booth_link *link, struct stand_in *phone, struct heard *heard)
{
    booth_link_free(link);
    stand_in_finish(phone);
    g_main_loop_unref(heard->loop);
    g_free(heard->name);
    g_free(heard->why);
    g_free(heard->end);
}

static void test_link(void)
{
    struct stand_in phone;
    struct heard heard;
    booth_link *link = link_to(&phone, &heard,
                               "{\"event\":\"ready\"}\n{\"id\":9,\"ok\":true}\n"
                               "{\"id\":1,\"ok\":true,\"name\":\"x\"}\n");

    link_call(link, &heard);
    link_call(link, &heard); /* is not answered: ends with the connection */
    CU_ASSERT_EQUAL(heard.replies, 0);
    g_main_loop_run(heard.loop);
    CU_ASSERT_EQUAL(heard.events, 1);
    CU_ASSERT_EQUAL(heard.replies, 2);
    CU_ASSERT_STRING_EQUAL(heard.name, "x");
    CU_ASSERT_PTR_NOT_NULL(strstr(heard.why, "closed the connection"));
    CU_ASSERT_EQUAL(heard.closed, 1);
    link_call(link, &heard); /* does nothing any more */
    CU_ASSERT_FALSE(g_main_context_iteration(NULL, FALSE));
    CU_ASSERT_EQUAL(heard.replies, 2);
    unlink_from(link, &phone, &heard);
}

static void expect_end(const char *answer, const char *end)
{
    struct stand_in phone;
    struct heard heard;
    booth_link *link = link_to(&phone, &heard, answer);

    link_call(link, &heard);
    g_main_loop_run(heard.loop);
    CU_ASSERT_PTR_NOT_NULL(strstr(heard.end, end));
    CU_ASSERT_EQUAL(heard.closed, 1);
    CU_ASSERT_EQUAL(heard.replies, 1);
    unlink_from(link, &phone, &heard);
}

static void test_link_errors(void)
{
    expect_end("hello\n", "no JSON object: hello");
    expect_end("{\"id\":null,\"ok\":false,\"error\":\"too-many\",\"message\":\"32\"}\n", "32");
    expect_end("{\"id\":1,\"ok\":false,\"error\":\"no-vm\",\"message\":\"no VM\"}\n",
               "closed the connection");
    CU_ASSERT_PTR_NULL(booth_link_new("/nonexistent/control.sock", NULL, NULL));
}

/* Freed while a call is under way: no callback comes any more. */
static void test_link_free(void)
{
    struct stand_in phone;
    struct heard heard;
    booth_link *link = link_to(&phone, &heard, "{\"id\":1,\"ok\":true}\n");

    link_call(link, &heard);
    booth_link_free(link);
    while (g_main_context_iteration(NULL, FALSE)) {
    }
    CU_ASSERT_EQUAL(heard.replies + heard.closed, 0);
    unlink_from(NULL, &phone, &heard);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"link", test_link},
        {"errors", test_link_errors},
        {"freed", test_link_free},
        CU_TEST_INFO_NULL,
    };

    return run_suite("link", tests);
}
