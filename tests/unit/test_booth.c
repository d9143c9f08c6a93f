/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* libbooth against a stand-in for the phone that answers what each test gives it. */
#include "sdk/lib/booth.h"

#include <CUnit/Basic.h>
#include "stand_in.h"

/* One call of verb "status"; the reply or NULL. client stays open if kept is given. */
static JsonObject *call(struct stand_in *phone, booth_client **kept, GError **error)
{
    booth_client *client = booth_client_new(phone->path, error);
    g_autoptr(JsonObject) request = json_object_new();

    CU_ASSERT_PTR_NOT_NULL_FATAL(client);
    json_object_set_string_member(request, "verb", "status");
    JsonObject *reply = booth_client_call(client, request, error);
    if (kept != NULL) {
        *kept = client;
    } else {
        booth_client_free(client);
    }
    return reply;
}

static void test_reply(void)
{
    struct stand_in phone;
    g_autoptr(GError) error = NULL;

    stand_in_start(&phone, "{\"id\":1,\"ok\":true,\"name\":\"x\"}\n");
    g_autoptr(JsonObject) reply = call(&phone, NULL, &error);
    CU_ASSERT_PTR_NOT_NULL_FATAL(reply);
    CU_ASSERT_STRING_EQUAL(json_object_get_string_member(reply, "name"), "x");
    stand_in_finish(&phone);
}

static void test_request_is_one_line_with_id(void)
{
    struct stand_in phone;

    stand_in_start(&phone, "{\"id\":1,\"ok\":true}\n");
    g_autoptr(JsonObject) reply = call(&phone, NULL, NULL);
    g_thread_join(g_steal_pointer(&phone.thread));
    CU_ASSERT_STRING_EQUAL(phone.request, "{\"verb\":\"status\",\"id\":1}");
    stand_in_finish(&phone);
}

static void test_events_before_reply_are_kept(void)
{
    struct stand_in phone;
    booth_client *client = NULL;

    stand_in_start(&phone,
                   "{\"event\":\"front\",\"vm\":\"work\"}\n{\"id\":7,\"ok\":true,\"late\":1}\n"
                   "{\"id\":1,\"ok\":true}\n{\"event\":\"ready\"}\n");
    g_autoptr(JsonObject) reply = call(&phone, &client, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(reply);
    CU_ASSERT_FALSE(json_object_has_member(reply, "late"));
    for (int i = 0; i < 2; i++) {
        g_autoptr(JsonObject) event = booth_client_event(client, NULL);
        CU_ASSERT_PTR_NOT_NULL_FATAL(event);
        CU_ASSERT_STRING_EQUAL(json_object_get_string_member(event, "event"),
                               i == 0 ? "front" : "ready");
    }
    CU_ASSERT_PTR_NULL(booth_client_event(client, NULL));
    booth_client_free(client);
    stand_in_finish(&phone);
}

static void count_event(gpointer data, JsonObject *event)
{
    unsigned *count = data;

    CU_ASSERT_STRING_EQUAL(json_object_get_string_member(event, "event"), "progress");
    (*count)++;
}

static void test_events_are_watched(void)
{
    struct stand_in phone;
    unsigned count = 0;

    stand_in_start(&phone,
                   "{\"event\":\"progress\"}\n{\"event\":\"progress\"}\n{\"id\":1,\"ok\":true}\n");
    booth_client *client = booth_client_new(phone.path, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(client);
    g_autoptr(JsonObject) request = json_object_new();
    booth_client_watch(client, count_event, &count);
    g_autoptr(JsonObject) reply = booth_client_call(client, request, NULL);
    CU_ASSERT_PTR_NOT_NULL(reply);
    CU_ASSERT_EQUAL(count, 2);
    CU_ASSERT_PTR_NULL(booth_client_event(client, NULL)); /* none was kept */
    booth_client_free(client);
    stand_in_finish(&phone);
}

static void expect_error(const char *answer, gint code, const char *part)
{
    struct stand_in phone;
    g_autoptr(GError) error = NULL;

    stand_in_start(&phone, answer);
    CU_ASSERT_PTR_NULL(call(&phone, NULL, &error));
    CU_ASSERT_TRUE_FATAL(error != NULL);
    CU_ASSERT_TRUE(g_error_matches(error, BOOTH_ERROR, code));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, part));
    stand_in_finish(&phone);
}

static void test_errors(void)
{
    expect_error("{\"id\":1,\"ok\":false,\"error\":\"no-vm\",\"message\":\"no VM 'x'\"}\n",
                 BOOTH_ERROR_NO_VM, "no VM 'x'");
    expect_error("{\"id\":null,\"ok\":false,\"error\":\"too-many\",\"message\":\"32\"}\n",
                 BOOTH_ERROR_TOO_MANY, "32");
    expect_error("{\"id\":1,\"ok\":false,\"error\":\"new-word\",\"message\":\"m\"}\n",
                 BOOTH_ERROR_OTHER, "m");
    expect_error("{\"id\":1,\"ok\":false}\n", BOOTH_ERROR_OTHER, "no reason");
}

static void test_garbage(void)
{
    expect_error("hello\n", BOOTH_ERROR_PROTOCOL, "no JSON object: hello");
    expect_error("[1]\n", BOOTH_ERROR_PROTOCOL, "no JSON object");
    expect_error("", BOOTH_ERROR_PROTOCOL, "closed the connection");
}

static void test_no_phone(void)
{
    g_autoptr(GError) error = NULL;

    CU_ASSERT_PTR_NULL(booth_client_new("/nonexistent/control.sock", &error));
    CU_ASSERT_TRUE(g_error_matches(error, BOOTH_ERROR, BOOTH_ERROR_CONNECT));
}

static void test_socket_path(void)
{
    g_setenv("XDG_RUNTIME_DIR", "/run/user/7", TRUE);
    g_autofree char *named = booth_socket_path("a");
    CU_ASSERT_STRING_EQUAL(named, "/run/user/7/phonebooth/a/control.sock");
    g_setenv("XDG_RUNTIME_DIR", "relative", TRUE);
    g_autofree char *fallback = booth_socket_path(NULL);
    CU_ASSERT_TRUE(g_str_has_prefix(fallback, "/tmp/phonebooth-"));
    CU_ASSERT_TRUE(g_str_has_suffix(fallback, "/default/control.sock"));
}

int main(void)
{
    CU_initialize_registry();
    CU_pSuite suite = CU_add_suite("libbooth", NULL, NULL);
    CU_add_test(suite, "reply", test_reply);
    CU_add_test(suite, "request", test_request_is_one_line_with_id);
    CU_add_test(suite, "events", test_events_before_reply_are_kept);
    CU_add_test(suite, "watched events", test_events_are_watched);
    CU_add_test(suite, "errors", test_errors);
    CU_add_test(suite, "garbage", test_garbage);
    CU_add_test(suite, "no phone", test_no_phone);
    CU_add_test(suite, "socket path", test_socket_path);
    CU_basic_set_mode(CU_BRM_VERBOSE);
    CU_basic_run_tests();
    unsigned failures = CU_get_number_of_failures();
    CU_cleanup_registry();
    return failures != 0;
}
